"""A visit as it comes in, from the desk's form or from a file, and the rules it must meet."""

import hashlib
import json
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from hub.i18n import N_, knows_language
from hub.places.lookup import OTHER_AREAS
from hub.refusal import Refusal
from hub.topics.listing import TopicView
from hub.visits import vocabulary as words

EARLIEST: Final = datetime(2015, 1, 1, tzinfo=UTC)
LATEST_AHEAD: Final = timedelta(hours=24)
# Nobody promises a day further away; what is meant is another year.
LONGEST_PROMISE: Final = timedelta(days=366)
_LONGEST_SHOWN: Final = 120


def shown(typed: str) -> str:
    """Give what was typed so that a message can repeat it: its beginning, and nothing unseen."""
    seen = "".join(sign if sign.isprintable() else "�" for sign in typed[:_LONGEST_SHOWN])
    return f"{seen}…" if len(typed) > _LONGEST_SHOWN else seen


class EntryRefusal(Refusal):
    """A rule that an entry breaks; `question` is the number (1 to 5) where it is one's."""

    def __init__(
        self, message: str, *, field: str, question: int | None = None, **values: object
    ) -> None:
        named = {name: shown(one) if isinstance(one, str) else one for name, one in values.items()}
        super().__init__(message, field=field, line=None, **named)
        self.question = question


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """One question of an entry; None stands for empty."""

    topic: str
    urgency: str = "normal"
    trigger: str = "unknown"
    outcome: str | None = None
    reason: str | None = None
    call_back_on: date | None = None
    answer: str | None = None
    answer_language: str | None = None
    sheet: bool = False


@dataclass(frozen=True, slots=True)
class VisitEntry:
    """One visit; `opened_at` is None when it is registered as it happens."""

    visit_id: UUID
    opened_at: datetime | None = None
    channel: str = "counter"
    language: str = words.UNDETERMINED
    area: str = "unknown"
    tenure: str = "unknown"
    heating: str = "unknown"
    home_type: str = "unknown"
    first_visit: str = "unknown"
    late_entry: bool = False
    continues: UUID | None = None
    questions: tuple[QuestionEntry, ...] = field(default=())

    def digest(self, hub_slug: str) -> str:
        """Give the SHA-256 of the content; equal content at the same hub, equal digest."""
        content = {name: getattr(self, name) for name in _OF_A_VISIT}
        content["opened_at"] = _in_utc(self.opened_at)
        content["questions"] = [
            {name: getattr(question, name) for name in _OF_A_QUESTION}
            for question in self.questions
        ]
        packed = json.dumps([hub_slug, content], default=str, sort_keys=True)
        return hashlib.sha256(packed.encode()).hexdigest()


# By name and not by `asdict`, which copies every value deeply: a file of visits takes a digest
# of each.
_OF_A_VISIT: Final = tuple(one.name for one in fields(VisitEntry))
_OF_A_QUESTION: Final = tuple(one.name for one in fields(QuestionEntry))


def _in_utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What an entry is checked against."""

    topics: Mapping[str, TopicView]
    areas: Container[str]
    answers: Container[str]
    now: datetime


_CLOSED_LISTS: Final = (
    ("channel", words.CHANNELS),
    ("tenure", words.TENURES),
    ("heating", words.HEATINGS),
    ("home_type", words.HOME_TYPES),
    ("first_visit", words.YES_NO_UNKNOWN),
)


def faults(entry: VisitEntry, known: Knowledge) -> list[EntryRefusal]:
    """Give every rule that an entry breaks; empty for a good one."""
    found = [*_moment_faults(entry, known.now)]
    for name, choices in _CLOSED_LISTS:
        value = getattr(entry, name)
        if value not in choices:
            found.append(_not_in_list(name, value, choices))
    if not knows_language(entry.language):
        found.append(
            EntryRefusal(
                N_(
                    "“%(value)s” is not a language tag the desk knows; use one such as nl, ar or "
                    "zh-Hans."
                ),
                field="language",
                value=entry.language,
            )
        )
    if entry.area not in OTHER_AREAS and entry.area not in known.areas:
        found.append(
            EntryRefusal(
                N_(
                    "“%(value)s” is not an area of this desk. Pick one of the list, or use "
                    "elsewhere_in_city, outside or unknown."
                ),
                field="area",
                value=entry.area,
            )
        )
    found += _question_faults(entry, known)
    return found


def _moment_faults(entry: VisitEntry, now: datetime) -> list[EntryRefusal]:
    moment = entry.opened_at
    if moment is None:
        if entry.late_entry:
            return [EntryRefusal(N_("Give the day and time of the visit."), field="opened_at")]
        return []
    if moment < EARLIEST:
        return [
            EntryRefusal(N_("This is before 2015. Check the year of the visit."), field="opened_at")
        ]
    if moment > now + LATEST_AHEAD:
        return [
            EntryRefusal(
                N_("This is more than 24 hours ahead. Check the day of the visit."),
                field="opened_at",
            )
        ]
    return []


def _not_in_list(
    name: str, value: str, choices: Mapping[str, str], question: int | None = None
) -> EntryRefusal:
    return EntryRefusal(
        N_("“%(value)s” is not one of: %(choices)s."),
        field=name,
        question=question,
        value=value,
        choices=", ".join(choices),
    )


def _question_faults(entry: VisitEntry, known: Knowledge) -> list[EntryRefusal]:
    found: list[EntryRefusal] = []
    if len(entry.questions) > words.MOST_QUESTIONS:
        found.append(
            EntryRefusal(
                N_("A visit has at most %(most)s questions. Register the others as a new visit."),
                field="topic",
                question=words.MOST_QUESTIONS + 1,
                most=words.MOST_QUESTIONS,
            )
        )
    seen: set[str] = set()
    for number, question in enumerate(entry.questions, 1):
        if question.topic in seen:
            found.append(
                EntryRefusal(
                    N_("The topic %(value)s stands twice in this visit. Keep one of the two."),
                    field="topic",
                    question=number,
                    value=question.topic,
                )
            )
        seen.add(question.topic)
        found += _one_question(number, question, known)
        found += _call_back_faults(number, question, entry.opened_at or known.now)
    return found


def _one_question(number: int, question: QuestionEntry, known: Knowledge) -> list[EntryRefusal]:
    found = []
    topic = known.topics.get(question.topic)
    if topic is None or topic.parent is None:
        found.append(
            EntryRefusal(
                N_("“%(value)s” is not a topic of the list. Use a code such as REK-03."),
                field="topic",
                question=number,
                value=question.topic,
            )
        )
    for name, value, choices in (
        ("urgency", question.urgency, words.URGENCIES),
        ("trigger", question.trigger, words.TRIGGERS),
        ("outcome", question.outcome, words.OUTCOMES),
        ("reason", question.reason, words.REASONS),
    ):
        if value is not None and value not in choices:
            found.append(_not_in_list(name, value, choices, number))
    if question.reason is not None and question.outcome != "not_answered":
        found.append(
            EntryRefusal(
                N_("A reason goes only with the outcome “not answered”."),
                field="reason",
                question=number,
            )
        )
    return found + _answer_faults(number, question, known)


def _answer_faults(number: int, question: QuestionEntry, known: Knowledge) -> list[EntryRefusal]:
    found = []
    if question.answer is not None and question.answer not in known.answers:
        found.append(
            EntryRefusal(
                N_("“%(value)s” is not an answer of the library."),
                field="answer",
                question=number,
                value=question.answer,
            )
        )
    if question.answer_language is not None and not knows_language(question.answer_language):
        found.append(
            EntryRefusal(
                N_(
                    "“%(value)s” is not a language tag the desk knows; use one such as nl, ar or "
                    "zh-Hans."
                ),
                field="answer_language",
                question=number,
                value=question.answer_language,
            )
        )
    return found


def _call_back_faults(
    number: int, question: QuestionEntry, visited: datetime
) -> list[EntryRefusal]:
    day = question.call_back_on
    if day is None:
        return []
    # A day of leeway: the hub's own date may be one further than that of UTC.
    first = visited.astimezone(UTC).date()
    if question.outcome != "call_back":
        message = N_("A day to come back goes only with the outcome “comes back”.")
    elif day < first - timedelta(days=1):
        message = N_("This day is before the visit. Choose a day on which somebody can come back.")
    elif day > first + LONGEST_PROMISE:
        message = N_("This day is more than a year after the visit. Look at the year again.")
    else:
        return []
    return [EntryRefusal(message, field="call_back_on", question=number)]
