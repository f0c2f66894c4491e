"""Search: two or three letters, in any content language, find topics and answers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from hub.answers.models import Answer, AnswerTopic
from hub.answers.search.engines import Entry, Lookup, engine_of
from hub.answers.search.folding import asked_words
from hub.answers.search.mending import (
    behind_a_particle,
    long_enough,
    one_edit_away,
    sharing_a_beginning,
)
from hub.answers.search.models import SearchEntry
from hub.topics.models import Topic

# Of a query; what follows is not looked at.
MOST_LETTERS: Final = 100
MOST_WORDS: Final = 6

# What a word is worth, by where it stands.
_WORTH: Final = {
    "code": 100, "number": 100, "label": 60, "word": 50, "title": 40, "main": 8, "text": 8,
}  # fmt: skip
_WHOLE: Final = 20  # the word was typed out
_FIRST: Final = 6  # the word opens the phrase
_TOGETHER: Final = 25  # all words stand in one phrase
_OFTEN: Final = 15  # at most, for what the hub is asked most
_SEASON: Final = 3  # an answer for this time of the year
# Places where a word says little about what is asked.
_FAINT: Final = ("main", "text")
# A code is no word, and where a text stands too much would be near.
_UNMENDED: Final = ("code", "number", "text")

# An answer that cannot be found, retired or without Dutch, has no entry for its number.
_TOPICS_AND_SERVICES: Final = (
    select(Topic.code, Topic.position, SearchEntry.answer_slug, AnswerTopic.position, Answer.season)
    .outerjoin(AnswerTopic, AnswerTopic.topic_code == Topic.code)
    .outerjoin(Answer, Answer.slug == AnswerTopic.answer_slug)
    .outerjoin(
        SearchEntry, (SearchEntry.answer_slug == Answer.slug) & (SearchEntry.place == "number")
    )
    .order_by(AnswerTopic.position, Answer.number)
)

# One long line is read ten times faster than thousands of short ones.
_ALL_WORDS: Final = select(func.aggregate_strings(SearchEntry.words, " ")).where(
    SearchEntry.place.not_in(_UNMENDED)
)

Forms = Sequence[str]
Worths = dict[Entry, int]
Scores = dict[str, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A topic that was found, and the answers that serve it, the main one first."""

    topic: str
    score: int
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Service:
    """That an answer serves a topic: at which place of the answer's topics, in which months."""

    topic: str
    answer: str
    place: int
    months: frozenset[int]


class SearchIndex:
    """The search of one session; it keeps nothing, so it is never out of date."""

    def __init__(self, session: Session, engine: Lookup | None = None) -> None:
        """Look at what a session sees, with the database's own engine unless another is given."""
        self._session = session
        connection = session.connection()
        self._engine = engine or engine_of(connection)
        self._known: frozenset[str] | None = None  # read when a word is to be mended
        self._order, self._services = _topics_and_services(connection)
        self._of_answer: dict[str, list[_Service]] = defaultdict(list)
        for service in self._services:
            self._of_answer[service.answer].append(service)

    def find(
        self,
        query: str,
        favoured: Mapping[str, int] | None = None,
        most: int = 8,
        month: int | None = None,
    ) -> list[Hit]:
        """Give the topics in which every word of the query begins a word, best first.

        A word that is found nowhere is mended. Where no topic has all words, it is those that
        have most of them. `favoured` counts how often the hub was asked a topic lately and in
        this season; `month` (1 to 12) favours the answers of that time of the year.
        """
        asked = asked_words(query[:MOST_LETTERS])[:MOST_WORDS]
        scores = self._scored(asked)
        often = favoured or {}
        total = {topic: score + _use(often.get(topic, 0)) for topic, score in scores.items()}
        for service in self._services:
            if month in service.months and service.place == 0 and service.topic in total:
                total[service.topic] += _SEASON
        ranked = sorted(total, key=lambda topic: (-total[topic], self._order[topic]))
        return [Hit(topic, total[topic], self._answers(topic)) for topic in ranked[:most]]

    def _scored(self, asked: Sequence[Forms]) -> Scores:
        found = [self._found(forms) for forms in asked]
        if len(found) < 2:
            return self._scores(found[0]) if found else {}
        together = self._with_all(found)
        if not together:
            together = self._scores(self._exactly(["".join(forms[0] for forms in asked)]))
        some = self._with_some(asked, found)
        # All words far inside of texts say less than one of them in a label.
        return together if together and _best(together) >= _best(some) else some

    def _found(self, forms: Forms) -> Worths:
        """Give the entries with a word that begins so.

        Where that is nowhere, or only inside texts, also those with a word that may have been
        meant, at half their worth.
        """
        found = self._exactly(forms)
        if not all(entry.place in _FAINT for entry in found):
            return found
        meant = self._exactly(self._meant(forms[0], far=not found))
        return {entry: worth // 2 for entry, worth in meant.items()} | found

    def _meant(self, asked: str, *, far: bool) -> Forms:
        """Give the known words that a mistyped one may stand for; if need be, far ones."""
        if not long_enough(asked):
            return []
        if self._known is None:
            self._known = frozenset((self._session.scalar(_ALL_WORDS) or "").split())
        near = behind_a_particle(asked, self._known) or one_edit_away(asked, self._known)
        return near or (sharing_a_beginning(asked, self._known) if far else [])

    def _exactly(self, forms: Forms) -> Worths:
        return {entry: _worth(entry, forms) for entry in self._entries(forms)}

    def _entries(self, forms: Forms) -> list[Entry]:
        if not forms:
            return []
        return self._engine.beginning_with(self._session.connection(), forms)

    def _scores(self, worths: Worths) -> Scores:
        """Give each topic the worth of its best entry; an answer serves its first topic best."""
        best: Scores = {}
        for entry, worth in worths.items():
            for topic, less in self._topics(entry):
                best[topic] = max(best.get(topic, 0), worth - less)
        return best

    def _topics(self, entry: Entry) -> list[tuple[str, int]]:
        if entry.topic is not None:
            return [(entry.topic, 0)]
        return [(service.topic, service.place) for service in self._of_answer[entry.answer or ""]]

    def _with_all(self, found: Sequence[Worths]) -> Scores:
        """Give the topics that have every word; more for those where they stand together."""
        scores = [self._scores(worths) for worths in found]
        common = set.intersection(*(set(score) for score in scores))
        total = {topic: sum(score[topic] for score in scores) for topic in common}
        phrases = set.intersection(*(set(worths) for worths in found))
        for topic in self._scores({entry: 1 for entry in phrases if entry.words}):
            total[topic] += _TOGETHER
        return total

    def _with_some(self, asked: Sequence[Forms], found: Sequence[Worths]) -> Scores:
        """Give the topics that have some of the words; short ones count only beside no other."""
        long = [worths for forms, worths in zip(asked, found, strict=True) if len(forms[0]) > 2]
        total: dict[str, int] = defaultdict(int)
        for worths in long or found:
            for topic, score in self._scores(worths).items():
                total[topic] += score
        return total

    def _answers(self, topic: str) -> tuple[str, ...]:
        return tuple(service.answer for service in self._services if service.topic == topic)


def _best(scores: Scores) -> int:
    return max(scores.values(), default=0)


def _worth(entry: Entry, forms: Forms) -> int:
    worth = _WORTH[entry.place]
    if entry.place == "code" and forms[0].isalpha():
        worth = _WORTH["title"]  # the letters of a code stand for a whole group of topics
    if entry.words:
        worth += _WHOLE * any(form in entry.words for form in forms)
        worth += _FIRST * entry.words[0].startswith(tuple(forms))
    return worth


def _use(times: int) -> int:
    """Give what it is worth that a topic was asked so often: much at first, little later on."""
    return round(_OFTEN * times / (times + 5))


def _topics_and_services(connection: Connection) -> tuple[dict[str, int], list[_Service]]:
    """Give the place of each topic in the list, and which answers serve it, its main one first."""
    order: dict[str, int] = {}
    services = []
    for topic, position, answer, place, months in connection.execute(_TOPICS_AND_SERVICES):
        order[topic] = position
        if answer is not None:
            services.append(_Service(topic, answer, place, frozenset(months)))
    return order, services


def build_index(session: Session) -> SearchIndex:
    """Give the search of a session."""
    return SearchIndex(session)
