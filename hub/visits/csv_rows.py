"""The rows of a visits file, brought together into visits.

What can be said of a row alone, or of the rows of one visit beside each other, is said here;
the rules for a visit as a whole are those of the desk.
"""

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, TypeVar
from uuid import UUID

from hub.csv_file import FileErrors, Row, shown
from hub.i18n import N_
from hub.refusal import Refusal
from hub.topics.listing import TopicView
from hub.visits.csv_columns import DEFAULTS, QUESTION_COLUMNS, VISIT_COLUMNS
from hub.visits.entry import QuestionEntry, VisitEntry
from hub.visits.vocabulary import MOST_QUESTIONS

# Columns of a visit whose value is a word as it stands.
_WORDS: Final = tuple(
    column for column in VISIT_COLUMNS if column not in {"visit_id", "opened_at", "late_entry"}
)
_UUID: Final = re.compile(r"[0-9a-f]{8}(-?)(?:[0-9a-f]{4}\1){3}[0-9a-f]{12}", re.IGNORECASE)
_EXAMPLE: Final = "2026-03-05T10:15:00+01:00"

Value = TypeVar("Value")


@dataclass(slots=True)
class FileVisit:
    """One visit of a file: its values, the lines of its rows, its questions.

    `questions` holds number, line and content of each, in the order of the file until
    `entry` sorts them. `good` is False as soon as anything is wrong with a row.
    """

    visit_id: UUID
    opened_at: datetime | None
    late_entry: bool | None
    words: tuple[str, ...]
    lines: list[int]
    questions: list[tuple[int, int, QuestionEntry]] = field(default_factory=list)
    good: bool = True

    def entry(self) -> VisitEntry:
        """Give the visit as the desk takes it, its questions in the order of their numbers."""
        self.questions.sort(key=lambda question: question[:2])
        return VisitEntry(
            visit_id=self.visit_id,
            opened_at=self.opened_at,
            late_entry=bool(self.late_entry) and self.opened_at is not None,
            questions=tuple(question for _number, _line, question in self.questions),
            **dict(zip(_WORDS, self.words, strict=True)),  # type: ignore[arg-type]
        )

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the questions, in their order."""
        return tuple(sorted(number for number, _line, _question in self.questions))


class VisitGathering:
    """Brings the rows of each visit together, in whatever order they come."""

    def __init__(self, topics: Mapping[str, TopicView], errors: FileErrors) -> None:
        self.visits: dict[UUID, FileVisit] = {}
        self._topics = topics
        self._errors = errors

    def add(self, row: Row) -> None:
        """Add a row to its visit; note what is wrong with it."""
        visit_id = self._read(_visit_id, row)
        if visit_id is None:
            return
        opened_at = self._read(_opened_at, row)
        late_entry = self._read(_yes_no("late_entry"), row)
        words = tuple(sys.intern(row[column] or DEFAULTS[column]) for column in _WORDS)
        visit = self.visits.get(visit_id)
        if visit is None:
            visit = FileVisit(visit_id, opened_at, late_entry, words, [row.line])
            self.visits[visit_id] = visit
        else:
            self._agree(visit, row, words, opened_at, late_entry)
            visit.lines.append(row.line)
        if opened_at is None or late_entry is None:
            visit.good = False
        self._add_question(visit, row)

    def _read(self, reader: Callable[[Row], Value], row: Row) -> Value | None:
        try:
            return reader(row)
        except Refusal as refusal:
            self._errors.add(refusal)
            return None

    def _refuse(self, visit: FileVisit, row: Row, column: str, text: str, **values: object) -> None:
        visit.good = False
        self._errors.add(row.refusal(column, text, **values))

    def _agree(
        self,
        visit: FileVisit,
        row: Row,
        words: tuple[str, ...],
        opened_at: datetime | None,
        late_entry: bool | None,
    ) -> None:
        """Refuse a row that says something else of the visit than its first row."""
        before = (visit.opened_at, visit.late_entry, *visit.words)
        after = (opened_at, late_entry, *words)
        for column, one, other in zip(
            ("opened_at", "late_entry", *_WORDS), before, after, strict=True
        ):
            if one != other and one is not None and other is not None:
                self._refuse(
                    visit,
                    row,
                    column,
                    N_("This differs from line %(other)s, a row of the same visit. "
                       "Make them the same, or give one of them another visit_id."),
                    other=visit.lines[0],
                )  # fmt: skip

    def _add_question(self, visit: FileVisit, row: Row) -> None:
        if not row["topic"]:
            self._without_question(visit, row)
            return
        if visit.questions == [] and len(visit.lines) > 1:
            self._refuse(visit, row, "topic", _STANDS_ALONE)
        number = self._read(_number, row)
        if number is None:
            visit.good = False
        elif any(number == taken for taken, _line, _question in visit.questions):
            self._refuse(
                visit,
                row,
                "question",
                N_("Question %(number)s stands twice in this visit. Give each its own number."),
                number=number,
            )
        sheet = self._read(_yes_no("sheet"), row)
        if sheet is None:
            visit.good = False
        question = _question(row, self._topics.get(row["topic"]), sheet or False)
        visit.questions.append((number or MOST_QUESTIONS, row.line, question))

    def _without_question(self, visit: FileVisit, row: Row) -> None:
        """Check a row without a topic: the only row of its visit, with nothing of a question."""
        if len(visit.lines) > 1:
            self._refuse(visit, row, "topic", _STANDS_ALONE)
        default = {**DEFAULTS, "urgency": "normal"}
        for column in QUESTION_COLUMNS:
            if row[column] not in {"", default.get(column, "")}:
                self._refuse(
                    visit,
                    row,
                    column,
                    N_("There is no topic in this row, so this should be empty. "
                       "Fill in the topic, or clear this field."),
                )  # fmt: skip


_STANDS_ALONE: Final = N_(
    "A row without a topic has to be the only row of its visit. Fill in the topic, or take the "
    "row out."
)


def _visit_id(row: Row) -> UUID:
    text = row.must("visit_id")
    if not _UUID.fullmatch(text):
        raise row.refusal(
            "visit_id",
            N_("“%(value)s” is not a UUID. It should look like %(example)s."),
            value=shown(text),
            example="0190a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b",
        )
    return UUID(text)


def _opened_at(row: Row) -> datetime:
    text = row.must("opened_at")
    try:
        moment = datetime.fromisoformat(text)
        # In UTC: a moment at the edge of the calendar has none there.
        whole = moment.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError) as error:
        raise row.refusal(
            "opened_at",
            N_("“%(value)s” is not a day and time. Write it as %(example)s."),
            value=shown(text),
            example=_EXAMPLE,
        ) from error
    if moment.tzinfo is None:
        raise row.refusal(
            "opened_at",
            N_("The offset from UTC is missing. Write it as %(example)s."),
            example=_EXAMPLE,
        )
    return whole


def _yes_no(column: str) -> Callable[[Row], bool]:
    def read(row: Row) -> bool:
        text = row[column] or DEFAULTS[column]
        if text not in {"yes", "no"}:
            raise row.refusal(column, N_("“%(value)s” is not yes or no."), value=shown(text))
        return text == "yes"

    return read


def _number(row: Row) -> int:
    text = row["question"]
    if len(text) != 1 or text not in "12345"[:MOST_QUESTIONS]:
        raise row.refusal(
            "question",
            N_("Give the number of the question, from 1 to %(most)s. Further questions make a "
               "new visit."),
            most=MOST_QUESTIONS,
        )  # fmt: skip
    return int(text)


def _question(row: Row, topic: TopicView | None, sheet: bool) -> QuestionEntry:
    return QuestionEntry(
        topic=sys.intern(row["topic"]),
        urgency=sys.intern(row["urgency"] or (topic.urgency if topic else "normal")),
        trigger=sys.intern(row["trigger"] or DEFAULTS["trigger"]),
        outcome=_or_none(row["outcome"]),
        reason=_or_none(row["reason"]),
        answer=_or_none(row["answer"]),
        answer_language=_or_none(row["answer_language"]),
        sheet=sheet,
    )


def _or_none(value: str) -> str | None:
    return sys.intern(value) if value else None
