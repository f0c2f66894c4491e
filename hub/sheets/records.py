"""What was handed out: enough to print the same page again, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.answers.library import TextView, all_answers, text_by_id
from hub.answers.publishing import RetiredText, in_use
from hub.facts.models import FactAlias, FactValue
from hub.facts.register import Register
from hub.i18n import N_
from hub.sheets import web_code
from hub.sheets.making import LAYOUT, Choice, Handout, Made
from hub.sheets.models import SheetFact, SheetRecord, SheetText
from hub.visits.models import Visit

_RETIRED = N_(
    "A text of this sheet was taken out of use after it was handed out. Print a new sheet."
)


@dataclass(frozen=True, slots=True)
class Handed:
    """A sheet as it goes over the desk: its answers, how it is set, and its days."""

    choices: Sequence[Choice]
    made: Made
    handout: Handout
    printed_on: date
    call_back_on: date | None


def by_code(session: Session, code: str) -> SheetRecord | None:
    """Give the sheet of a web twin's code, or None; every code takes the same way."""
    return session.scalar(
        select(SheetRecord).where(SheetRecord.code_digest == web_code.digest(code))
    )


def of_visit(session: Session, visit_id: UUID) -> Sequence[SheetRecord]:
    """Give the sheets of a visit in the order in which they were handed out."""
    query = select(SheetRecord).where(SheetRecord.visit_id == visit_id).order_by(SheetRecord.id)
    return session.scalars(query).all()


def of_day(session: Session, hub_id: int, day: date) -> Sequence[SheetRecord]:
    """Give the sheets that a hub handed out on a day, in that order."""
    query = (
        select(SheetRecord)
        .join(Visit, Visit.id == SheetRecord.visit_id)
        .where(Visit.hub_id == hub_id, SheetRecord.printed_on == day)
        .order_by(SheetRecord.id)
    )
    return session.scalars(query).all()


def is_same(record: SheetRecord, handed: Handed) -> bool:
    """Tell whether a record is of the same page, but for what was typed in its blanks."""
    kept = [
        (text.answer_text_id, text.answer_status, text.dutch_text_id, text.dutch_status)
        for text in record.texts
    ]
    texts = [
        (_id(choice.beside), _status(choice.beside), choice.dutch.id, choice.dutch.status)
        for choice in handed.choices
    ]
    days = (record.printed_on, record.valid_until, record.call_back_on)
    return (
        kept == texts
        and handout_of(record) == handed.handout
        and days == (handed.printed_on, handed.made.valid_until, handed.call_back_on)
        and {fact.fact_value_id for fact in record.facts} == _values(handed.made)
    )


def _id(text: TextView | None) -> int | None:
    return text.id if text else None


def _status(text: TextView | None) -> str | None:
    return text.status if text else None


def _values(made: Made) -> set[int]:
    return {fact.value_id for fact in made.facts if fact.value_id is not None}


def keep(session: Session, visit_id: UUID, code: str, handed: Handed, now: datetime) -> SheetRecord:
    """Record a sheet: its texts, the fact values on it, its days and its format."""
    record = SheetRecord(
        visit_id=visit_id,
        code=code,
        code_digest=web_code.digest(code),
        language=handed.handout.language,
        beside=handed.handout.beside,
        paper=handed.handout.format.paper,
        large=handed.handout.format.large,
        layout=LAYOUT,
        printed_on=handed.printed_on,
        valid_until=handed.made.valid_until,
        call_back_on=handed.call_back_on,
        created_at=now,
        texts=[
            SheetText(
                position=at,
                answer_text_id=_id(choice.beside),
                answer_status=_status(choice.beside),
                dutch_text_id=choice.dutch.id,
                dutch_status=choice.dutch.status,
            )
            for at, choice in enumerate(handed.choices)
        ],
        facts=[SheetFact(fact_value_id=value) for value in sorted(_values(handed.made))],
    )
    session.add(record)
    session.flush()
    return record


def handout_of(record: SheetRecord) -> Handout:
    """Give how a recorded sheet was set."""
    return Handout.of(record.language, record.beside, record.paper, large=record.large)


def choices_of(session: Session, record: SheetRecord) -> list[Choice]:
    """Give the texts of a recorded sheet, each worth what it was worth then, blanks empty.

    Raises RetiredText where one of them was taken out of use since.
    """
    pairs = [
        (
            _text(session, kept.answer_text_id, kept.answer_status),
            _text(session, kept.dutch_text_id, kept.dutch_status),
        )
        for kept in record.texts
    ]
    slugs = {dutch.slug for _beside, dutch in pairs if dutch}
    answers = all_answers(session, slugs, retired=True)
    choices = []
    for beside, dutch in pairs:
        if dutch is None or dutch.slug not in answers:
            raise RetiredText(_RETIRED, field="answer")
        choices.append(Choice(answers[dutch.slug], beside, dutch, {}))
    return choices


def _text(session: Session, text_id: int | None, status: str | None) -> TextView | None:
    if text_id is None:
        return None
    text = text_by_id(session, text_id)
    if not in_use(text):
        raise RetiredText(_RETIRED, field="answer")
    return replace(text, status=status or text.status)


def register_of(session: Session, record: SheetRecord) -> Register:
    """Give a register of the values that stand on a recorded sheet, also those replaced since."""
    values = session.scalars(
        select(FactValue)
        .join(SheetFact, SheetFact.fact_value_id == FactValue.id)
        .where(SheetFact.sheet_id == record.id)
    )
    aliases = {alias.alias: (alias.code, alias.on) for alias in session.scalars(select(FactAlias))}
    return Register(list(values), aliases)
