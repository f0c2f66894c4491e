"""What was handed out: enough to print the same page again, and no more."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.answers.library import TextView
from hub.sheets.making import LAYOUT, Choice, Made
from hub.sheets.models import SheetFact, SheetRecord, SheetText


def latest(session: Session, visit_id: UUID) -> SheetRecord | None:
    """Give the last sheet of a visit, or None."""
    return session.scalar(
        select(SheetRecord)
        .where(SheetRecord.visit_id == visit_id)
        .order_by(SheetRecord.id.desc())
        .limit(1)
    )


def is_same(record: SheetRecord, choices: Sequence[Choice], paper: str, large: bool) -> bool:
    """Tell whether a record is of the same texts on the same paper."""
    kept = [(text.answer_text_id, text.dutch_text_id) for text in record.texts]
    asked = [(_id(choice.beside), choice.dutch.id) for choice in choices]
    return kept == asked and record.paper == paper and record.large == large


def _id(text: TextView | None) -> int | None:
    return text.id if text else None


def keep(
    session: Session,
    visit_id: UUID,
    choices: Sequence[Choice],
    made: Made,
    *,
    language: str,
    beside: str | None,
    paper: str,
    large: bool,
    printed_on: date,
    now: datetime,
) -> SheetRecord:
    """Record a sheet: its texts, the fact values on it, its day and its format."""
    record = SheetRecord(
        visit_id=visit_id,
        code=secrets.token_urlsafe(16),
        language=language,
        beside=beside,
        paper=paper,
        large=large,
        layout=LAYOUT,
        printed_on=printed_on,
        valid_until=made.valid_until,
        created_at=now,
        texts=[
            SheetText(position=at, answer_text_id=_id(choice.beside), dutch_text_id=choice.dutch.id)
            for at, choice in enumerate(choices)
        ],
        facts=[SheetFact(fact_value_id=f.value_id) for f in made.facts if f.value_id is not None],
    )
    session.add(record)
    session.flush()
    return record
