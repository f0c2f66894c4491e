"""Correcting and undoing a visit within its day; what changed stays visible."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from hub.i18n import N_
from hub.places.models import Hub
from hub.refusal import Refusal
from hub.visits.entry import QuestionEntry, VisitEntry
from hub.visits.models import Question, Reception, Visit, VisitChange
from hub.visits.reading import entry_of

_VISIT_FIELDS: Final = (
    "channel", "language", "area", "tenure", "heating", "home_type", "first_visit",
)  # fmt: skip
_COLUMNS: Final = {"topic": "topic_code", "answer": "answer_slug"}


def may_change(session: Session, visit: Visit, hub: Hub, now: datetime) -> bool:
    """Tell whether a visit may still be corrected or undone: on the day it was entered."""
    received = session.get_one(Reception, visit.id).received_at
    zone = ZoneInfo(hub.timezone)
    return received.astimezone(zone).date() == now.astimezone(zone).date()


def _require_today(session: Session, visit: Visit, hub: Hub, now: datetime) -> None:
    if not may_change(session, visit, hub, now):
        raise Refusal(
            N_("A visit can be corrected only on the day it was entered. What is there stays.")
        )


def correct(
    session: Session,
    visit: Visit,
    hub: Hub,
    entry: VisitEntry,
    texts: Mapping[tuple[str, str], int],
    now: datetime,
) -> int:
    """Bring a visit to what an entry says, and note each change; give how many there were.

    Time, lateness and the link to an earlier visit stay as they are. `texts` gives the id of
    the newest text of an answer in a language; a question whose answer did not change keeps
    the text it was given. Raises Refusal after the day on which the visit was entered.
    """
    _require_today(session, visit, hub, now)
    before = entry_of(visit)
    changes = [
        _change(None, name, getattr(before, name), getattr(entry, name), now)
        for name in _VISIT_FIELDS
        if getattr(before, name) != getattr(entry, name)
    ]
    for name in _VISIT_FIELDS:
        setattr(visit, name, getattr(entry, name))
    changes += _correct_questions(session, visit, before.questions, entry.questions, texts, now)
    visit.changes.extend(changes)
    session.flush()
    return len(changes)


def _change(number: int | None, name: str, old: object, new: object, now: datetime) -> VisitChange:
    return VisitChange(number=number, field=name, old=_shown(old), new=_shown(new), changed_at=now)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)[:40]


def _correct_questions(
    session: Session,
    visit: Visit,
    before: tuple[QuestionEntry, ...],
    after: tuple[QuestionEntry, ...],
    texts: Mapping[tuple[str, str], int],
    now: datetime,
) -> list[VisitChange]:
    if before == after:
        return []
    changes = []
    names = [f.name for f in fields(QuestionEntry)]
    nothing = QuestionEntry(topic="")
    for number in range(1, max(len(before), len(after)) + 1):
        old = before[number - 1] if number <= len(before) else nothing
        new = after[number - 1] if number <= len(after) else nothing
        changes += [
            _change(number, name, getattr(old, name), getattr(new, name), now)
            for name in names
            if getattr(old, name) != getattr(new, name)
        ]
    given = {(q.answer_slug, q.answer_language): q.answer_text_id for q in visit.questions}
    visit.questions.clear()
    session.flush()  # the old rows go first: a topic stands at most once in a visit
    visit.questions.extend(
        Question(
            number=number,
            **{_COLUMNS.get(name, name): getattr(question, name) for name in names},
            answer_text_id=given.get(
                (question.answer, question.answer_language),
                texts.get((question.answer or "", question.answer_language or "")),
            ),
        )
        for number, question in enumerate(after, 1)
    )
    return changes


def undo(session: Session, visit: Visit, hub: Hub, now: datetime) -> None:
    """Remove a visit on the day it was entered. Its id stays reserved and is never restored."""
    _require_today(session, visit, hub, now)
    session.delete(visit)
    session.flush()
