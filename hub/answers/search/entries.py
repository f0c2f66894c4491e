"""Writing what can be found: from topics, their words and the texts of answers."""

import re
from collections.abc import Collection, Iterator
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from hub.answers.library import AnswerView, all_answers
from hub.answers.placeholders import strings_of
from hub.answers.search.folding import stored_words
from hub.answers.search.models import SearchEntry
from hub.topics.listing import TopicView, all_topics
from hub.topics.models import TopicWord

NO_LANGUAGE: Final = "und"
_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")


class Row(NamedTuple):
    """A row of `search_entry` without its number."""

    topic: str | None
    answer: str | None
    language: str
    place: str
    words: str


def write_entries(session: Session) -> int:
    """Bring all of `search_entry` up to date; give how many rows were written or removed.

    Safe to repeat: a repeat writes nothing.
    """
    return write_topic_entries(session) + write_answer_entries(session)


def write_topic_entries(session: Session) -> int:
    """Bring the rows of all topics up to date; give how many were written or removed."""
    topics = all_topics(session)
    words = session.execute(select(TopicWord.topic_code, TopicWord.language, TopicWord.word))
    wanted = {row for topic in topics.values() for row in _rows_of_topic(topic, topics)}
    wanted |= {
        Row(code, None, language, "word", _folded(word))
        for code, language, word in words
        if topics[code].parent is not None
    }
    return _replace(session, SearchEntry.topic_code.is_not(None), wanted)


def write_answer_entries(session: Session, slugs: Collection[str] | None = None) -> int:
    """Bring the rows of some answers, or of all, up to date; give how many were written or removed.

    An answer or a text that is retired has no rows.
    """
    wanted = {
        row for answer in all_answers(session, slugs).values() for row in _rows_of_answer(answer)
    }
    whose = SearchEntry.answer_slug
    return _replace(session, whose.is_not(None) if slugs is None else whose.in_(slugs), wanted)


def _folded(text: str) -> str:
    return " ".join(stored_words(_PLACEHOLDER.sub(" ", text)))


def _rows_of_topic(topic: TopicView, topics: dict[str, TopicView]) -> Iterator[Row]:
    """Give the rows of a topic that can be asked; a main topic only lends it its name."""
    if topic.parent is None:
        return
    yield Row(topic.code, None, NO_LANGUAGE, "code", _folded(topic.code))
    for language, label in topic.labels:
        yield Row(topic.code, None, language, "label", _folded(label))
    for language, label in topics[topic.parent].labels:
        yield Row(topic.code, None, language, "main", _folded(label))


def _rows_of_answer(answer: AnswerView) -> Iterator[Row]:
    yield Row(None, answer.slug, NO_LANGUAGE, "number", _folded(answer.number))
    for language, text in answer.texts.items():
        yield Row(None, answer.slug, language, "title", _folded(text.title))
        yield Row(None, answer.slug, language, "text", _folded(" ".join(_for_residents(text.body))))


def _for_residents(body: dict[str, Any]) -> Iterator[str]:
    for where, string in strings_of(body):
        if where != "title" and not where.startswith("do_not_say"):
            yield string


def _replace(session: Session, which: ColumnElement[bool], wanted: set[Row]) -> int:
    """Make the rows of some owners those that are wanted, and touch no other."""
    there = session.execute(
        select(
            SearchEntry.id,
            SearchEntry.topic_code,
            SearchEntry.answer_slug,
            SearchEntry.language,
            SearchEntry.place,
            SearchEntry.words,
        ).where(which)
    )
    missing = {row for row in wanted if row.words}
    surplus = []
    for number, topic, answer, language, place, words in there:
        row = Row(topic, answer, language, place, words)
        if row in missing:
            missing.remove(row)
        else:
            surplus.append(number)
    if surplus:
        session.execute(delete(SearchEntry).where(SearchEntry.id.in_(surplus)))
    if missing:
        session.execute(
            insert(SearchEntry),
            [
                {
                    "topic_code": row.topic,
                    "answer_slug": row.answer,
                    "language": row.language,
                    "place": row.place,
                    "words": row.words,
                }
                for row in sorted(missing, key=repr)
            ],
        )
    return len(missing) + len(surplus)
