"""What the desk could not give: counted by demand, and shown as its reader may see it.

Counts are exact for those who sit at the desk of the hubs. For others they are bands over
months that have ended (docs/decisions/gaps.md).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from hub.answers.languages import OFFERED
from hub.answers.library import SAFETY, SOURCE_LANGUAGE, AnswerView
from hub.visits.models import Question, Visit
from hub.visits.vocabulary import UNDETERMINED

SPANS: Final = (3, 12)  # months
# By then nearly every late visit of a month has been entered.
LATE: Final = timedelta(days=10)
_STEPS: Final = (10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Demand:
    """How often something was asked: exactly, or from `least` to `most`.

    `least` is 0 in the lowest band, `most` None in the highest; they are equal when exact.
    """

    least: int
    most: int | None

    @property
    def exact(self) -> bool:
        """Whether this is the number itself."""
        return self.least == self.most


@dataclass(frozen=True, slots=True)
class TopicGap:
    """A topic that was asked, the answers that serve it, and why it was not answered."""

    topic: str
    demand: Demand
    answers: tuple[str, ...] = ()
    reasons: tuple[tuple[str, Demand], ...] = ()


@dataclass(frozen=True, slots=True)
class LanguageGap:
    """An answer that was given in a conversation in a language that it has no text in."""

    slug: str
    language: str
    demand: Demand


Gap = TypeVar("Gap", TopicGap, LanguageGap)


class Scale:
    """How counts are shown: exactly, or in bands of which the lowest ends below a threshold."""

    def __init__(self, threshold: int | None) -> None:
        """Take the threshold; None for counts as they are."""
        self._edges = (
            None
            if threshold is None
            else (0, threshold, *(step for step in _STEPS if step >= 2 * threshold))
        )

    def show(self, number: int) -> Demand:
        """Give a count as it may be shown."""
        if self._edges is None:
            return Demand(number, number)
        for low, high in pairwise(self._edges):
            if number < high:
                return Demand(low, high - 1)
        return Demand(self._edges[-1], None)


def running_months(today: date, number: int) -> list[str]:
    """Give the month of a day and those before it, so many together, the oldest first."""
    months = [today.replace(day=1)]
    while len(months) < number:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return [month.strftime("%Y-%m") for month in reversed(months)]


def ended_months(today: date, number: int) -> list[str]:
    """Give the last months that ended ten days ago or more, so many, the oldest first."""
    return running_months((today - LATE).replace(day=1) - timedelta(days=1), number)


class Gaps:
    """The gaps of some hubs in some months."""

    def __init__(
        self, session: Session, hubs: Collection[int], months: Sequence[str], scale: Scale
    ) -> None:
        """Take the ids of the hubs, the months in which visits count, and how to show counts."""
        self._session = session
        self._where: tuple[ColumnElement[bool], ...] = (
            Visit.hub_id.in_(sorted(hubs)),
            Visit.posted_in >= months[0],
            Visit.posted_in <= months[-1],
        )
        self._scale = scale

    def without_answer(
        self, served: Mapping[str, Sequence[AnswerView]], order: Sequence[str]
    ) -> list[TopicGap]:
        """Give the topics that were asked and got no answer of the library, most asked first.

        `served` gives the answers that serve a topic; `order` is the order of all topics.
        """
        rows = self._count(Question.topic_code, where=Question.answer_slug.is_(None))
        gaps = [
            TopicGap(topic, self._scale.show(number), _slugs(served.get(topic, ())))
            for topic, number in rows
        ]
        return _ranked(gaps, lambda gap: order.index(gap.topic))

    def not_answered(self, order: Sequence[str], reasons: Sequence[str]) -> list[TopicGap]:
        """Give the topics whose questions ended without being answered, most often first.

        With each come the reasons, in the order of `reasons`. In bands only those reasons are
        named that are not in the lowest.
        """
        counts: dict[str, dict[str | None, int]] = defaultdict(dict)
        rows = self._count(
            Question.topic_code, Question.reason, where=Question.outcome == "not_answered"
        )
        for topic, reason, number in rows:
            counts[topic][reason] = number
        gaps = [
            TopicGap(
                topic,
                self._scale.show(sum(of_topic.values())),
                reasons=tuple(
                    (reason, shown)
                    for reason in reasons
                    if reason in of_topic
                    and ((shown := self._scale.show(of_topic[reason])).exact or shown.least)
                ),
            )
            for topic, of_topic in counts.items()
        ]
        return _ranked(gaps, lambda gap: order.index(gap.topic))

    def without_text(self, answers: Mapping[str, AnswerView]) -> list[LanguageGap]:
        """Give the answers that were given in a language they have no text in, by demand.

        `answers` stand in their own order, which is that within a band.
        """
        counts: dict[tuple[str, str], int] = defaultdict(int)
        rows = self._count(
            Question.answer_slug, Visit.language, where=Question.answer_slug.is_not(None)
        )
        for slug, language, number in rows:
            spoken = language.split("-")[0]
            answer = answers.get(slug)
            if answer is None or slug == SAFETY or spoken in {SOURCE_LANGUAGE, UNDETERMINED}:
                continue
            if answer.text(language) is None:
                counts[slug, language if language in OFFERED else spoken] += number
        order = list(answers)
        gaps = [
            LanguageGap(slug, language, self._scale.show(number))
            for (slug, language), number in counts.items()
        ]
        return _ranked(gaps, lambda gap: (order.index(gap.slug), gap.language))

    def _count(self, *keys: Any, where: ColumnElement[bool]) -> Iterable[Any]:
        query = (
            select(*keys, func.count())
            .join_from(Question, Visit, Visit.id == Question.visit_id)
            .where(*self._where, where)
            .group_by(*keys)
        )
        return self._session.execute(query).all()


def _slugs(answers: Sequence[AnswerView]) -> tuple[str, ...]:
    return tuple(answer.slug for answer in answers if answer.slug != SAFETY)


def _ranked(gaps: Iterable[Gap], place: Callable[[Gap], Any]) -> list[Gap]:
    """Order gaps by demand; what is shown alike stands in the order of its place."""
    return sorted(gaps, key=lambda gap: (-gap.demand.least, place(gap)))
