"""Recalling what was wrong, and lifting a recall that was a mistake. None commits."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.facts.refusals import DatedRefusal
from hub.facts.units import require_plain
from hub.i18n import N_
from hub.recalls.models import Recall
from hub.recalls.subjects import one_text, one_value
from hub.refusal import NotFound, Refusal

LONGEST_REASON: Final = 300


@dataclass(frozen=True, slots=True)
class Wrong:
    """From which day to which sheets are wrong, both included, and why; None is without limit."""

    first_day: date | None
    last_day: date | None
    reason: str


def recall_text(session: Session, text_id: int, wrong: Wrong, by_role: str, today: date) -> Recall:
    """Recall a version of a text. Raises NotFound, or Refusal at `reason` or `last_day`."""
    one_text(session, text_id)
    return _recall(session, Recall(text_id=text_id), wrong, by_role, today)


def recall_value(
    session: Session, value_id: int, wrong: Wrong, by_role: str, today: date
) -> Recall:
    """Recall a value of a fact. Raises NotFound, or Refusal at `reason` or `last_day`."""
    one_value(session, value_id)
    return _recall(session, Recall(fact_value_id=value_id), wrong, by_role, today)


def _recall(session: Session, recall: Recall, wrong: Wrong, by_role: str, today: date) -> Recall:
    first, last = wrong.first_day, wrong.last_day
    recall.reason = _said(wrong.reason)
    if first is not None and last is not None and last < first:
        raise DatedRefusal(
            N_("The last day is before the first (%(first)s). Correct one of the two."),
            field="last_day",
            first=first,
        )
    if first is not None and first > today:
        raise Refusal(
            N_("This day is still to come. A recall is about sheets that were handed out."),
            field="first_day",
        )
    recall.first_day, recall.last_day, recall.by_role, recall.on = first, last, by_role, today
    return _same(session, recall) or _added(session, recall)


def _said(reason: str) -> str:
    said = " ".join(reason.split())
    if not said:
        raise Refusal(
            N_("Say what is wrong, and what is right instead. The desk reads it out."),
            field="reason",
        )
    require_plain(said, "reason", LONGEST_REASON)
    return said


def _same(session: Session, wanted: Recall) -> Recall | None:
    """Give the recall that says the same already and was not lifted: a form sent twice."""
    lifted = select(Recall.lifts_id).where(Recall.lifts_id.is_not(None))
    return session.scalars(
        select(Recall).where(
            Recall.text_id.is_not_distinct_from(wanted.text_id),
            Recall.fact_value_id.is_not_distinct_from(wanted.fact_value_id),
            Recall.lifts_id.is_(None),
            Recall.first_day.is_not_distinct_from(wanted.first_day),
            Recall.last_day.is_not_distinct_from(wanted.last_day),
            Recall.reason == wanted.reason,
            Recall.id.not_in(lifted),
        )
    ).first()


def _added(session: Session, recall: Recall) -> Recall:
    session.add(recall)
    session.flush()
    return recall


def lift(session: Session, recall_id: int, reason: str, by_role: str, today: date) -> Recall:
    """Lift a recall that was a mistake; both stay. A recall that was lifted stays lifted.

    Raises NotFound, and Refusal at `reason`.
    """
    recall = session.get(Recall, recall_id, with_for_update=True)
    if recall is None or recall.lifts_id is not None:
        raise NotFound(N_("This recall is not there."))
    before = session.scalar(select(Recall).where(Recall.lifts_id == recall_id))
    if before is not None:
        return before
    return _added(
        session,
        Recall(lifts_id=recall_id, reason=_said(reason), by_role=by_role, on=today),
    )
