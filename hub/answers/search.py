"""Search: two or three letters, in any content language, find topics and answers."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hub.answers.library import AnswerView, all_answers
from hub.answers.models import AnswerText
from hub.answers.placeholders import strings_of
from hub.topics.listing import TopicView, all_topics
from hub.topics.models import Topic, TopicWord

# How much a hit weighs, by where the word stands.
_CODE: Final = 100
_LABEL: Final = 60
_WORD: Final = 50
_TITLE: Final = 40
_TEXT: Final = 8
_TOKEN: Final = re.compile(r"[^\W_]+")
_LETTERS: Final = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "ى": "ي", "ک": "ك", "ی": "ي", "ة": "ه"}
)


def normalise(text: str) -> str:
    """Give a text without case and accents, so that `Énergie` and `energie` are the same."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)


def words(text: str) -> list[str]:
    """Give the normalised words of a text, in order."""
    return _TOKEN.findall(normalise(text))


@dataclass(frozen=True, slots=True)
class Hit:
    """A topic that was found, and the answers that serve it."""

    topic: str
    score: int
    answers: tuple[str, ...]


class SearchIndex:
    """All words by which topics are found, kept in memory: a few hundred kilobytes."""

    def __init__(
        self,
        topics: Mapping[str, TopicView],
        topic_words: Iterable[tuple[str, str]],
        answers: Iterable[AnswerView],
    ) -> None:
        self._weights: dict[str, dict[str, int]] = defaultdict(dict)
        self._answers: dict[str, list[str]] = defaultdict(list)
        self._order = {code: place for place, code in enumerate(topics)}
        for topic in topics.values():
            if topic.parent is not None:
                self._add_topic(topic, topics[topic.parent])
        for code, word in topic_words:
            self._add(code, word, _WORD)
        for answer in answers:
            self._add_answer(answer)

    def _add(self, topic: str, text: str, weight: int) -> None:
        for word in words(text):
            known = self._weights[word]
            known[topic] = max(known.get(topic, 0), weight)

    def _add_topic(self, topic: TopicView, main: TopicView) -> None:
        self._add(topic.code, topic.code.replace("-", ""), _CODE)
        self._add(topic.code, topic.code, _CODE)
        for _language, label in topic.labels:
            self._add(topic.code, label, _LABEL)
        for _language, label in main.labels:
            self._add(topic.code, label, _TEXT)

    def _add_answer(self, answer: AnswerView) -> None:
        for place, topic in enumerate(answer.topics):
            self._answers[topic].append(answer.slug)
            self._add(topic, answer.number, _CODE)
            for text in answer.texts.values():
                for where, string in strings_of(text.body):
                    if not where.startswith("do_not_say"):
                        self._add(topic, string, (_TITLE if where == "title" else _TEXT) - place)

    def find(
        self, query: str, favoured: Mapping[str, int] | None = None, most: int = 8
    ) -> list[Hit]:
        """Give the topics in which every word of the query begins a word, best first.

        `favoured` counts how often the hub was asked a topic lately; it settles near ties.
        """
        asked = words(query)
        if not asked:
            return []
        scores: dict[str, int] | None = None
        for word in asked:
            found = self._beginning_with(word)
            scores = (
                found
                if scores is None
                else {t: scores[t] + found[t] for t in scores.keys() & found.keys()}
            )
        often = favoured or {}
        ranked = sorted(
            (scores or {}).items(),
            key=lambda item: (-item[1] - min(often.get(item[0], 0), 9), self._order[item[0]]),
        )
        return [Hit(topic, score, tuple(self._answers[topic])) for topic, score in ranked[:most]]

    def _beginning_with(self, beginning: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for word, topics in self._weights.items():
            if not word.startswith(beginning):
                continue
            whole = 20 if word == beginning else 0
            for topic, weight in topics.items():
                found[topic] = max(found.get(topic, 0), weight + whole)
        return found


def content_stamp(session: Session) -> tuple[object, ...]:
    """Give a value that changes whenever what can be found changes."""
    return tuple(
        session.execute(
            select(
                select(func.max(AnswerText.id)).scalar_subquery(),
                select(func.count()).select_from(TopicWord).scalar_subquery(),
                select(func.count()).select_from(Topic).scalar_subquery(),
            )
        ).one()
    )


def build_index(session: Session) -> SearchIndex:
    """Read topics, words and answers and make the index."""
    topic_words = session.execute(select(TopicWord.topic_code, TopicWord.word))
    return SearchIndex(
        all_topics(session),
        [(code, word) for code, word in topic_words],
        all_answers(session).values(),
    )
