"""The one door through which every visit comes in: form, repeat, queue and import alike."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from hub.i18n import N_
from hub.places.models import ClosedMonth, Hub, Municipality
from hub.refusal import Conflict
from hub.visits import return_code
from hub.visits.entry import QuestionEntry, VisitEntry
from hub.visits.models import Question, Reception, Visit
from hub.visits.posting import posted_in


@dataclass(frozen=True, slots=True)
class Received:
    """What came of an entry: newly stored, a repeat of a stored one, or of an undone one."""

    visit_id: UUID
    stored: bool
    undone: bool


@dataclass(frozen=True, slots=True)
class OnSheet:
    """The answer of a question that goes on the sheet, and in which text."""

    answer: str
    language: str
    text_id: int | None


def put_on_sheet(visit: Visit, chosen: Mapping[int, OnSheet]) -> None:
    """Note for each question number chosen that its answer is printed."""
    for question in visit.questions:
        answer = chosen.get(question.number)
        if answer is not None:
            question.answer_slug = answer.answer
            question.answer_language = answer.language
            question.answer_text_id = answer.text_id
            question.sheet = True


def closed_months(session: Session, municipality_code: str) -> frozenset[str]:
    """Give the months of a municipality that take no visits any more.

    They stay so until the end of the unit of work: closing a month waits for whoever has asked,
    so that a visit stored meanwhile is counted in the month, or posted in a later one.
    """
    session.execute(
        select(Municipality.code)
        .where(Municipality.code == municipality_code)
        .with_for_update(read=True, key_share=True)
    )
    return frozenset(
        session.scalars(
            select(ClosedMonth.month).where(ClosedMonth.municipality_code == municipality_code)
        )
    )


def receive(
    session: Session,
    hub: Hub,
    entry: VisitEntry,
    now: datetime,
    *,
    closed: Container[str],
    texts: Mapping[tuple[str, str], int],
) -> Received:
    """Store a checked entry once, however often it comes.

    The same id with the same content changes nothing; with other content it raises Conflict
    on field `visit_id`. Sameness is judged against what came first, so a correction made
    since does not matter, and an undone visit stays undone. `texts` gives the id of the
    newest text of an answer in a language.
    """
    digest = entry.digest(hub.slug)
    if not _reserve(session, hub, entry.visit_id, digest, now):
        first = session.get_one(Reception, entry.visit_id)
        if first.digest != digest:
            raise Conflict(
                N_("This visit was registered before with other content. Start a new visit."),
                field="visit_id",
            )
        there = session.get(Visit, entry.visit_id) is not None
        return Received(entry.visit_id, stored=False, undone=not there)
    session.add(_visit(session, hub, entry, now, closed, texts))
    session.flush()
    return Received(entry.visit_id, stored=True, undone=False)


def _reserve(session: Session, hub: Hub, visit_id: UUID, digest: str, now: datetime) -> bool:
    """Reserve an id; False when it is taken. Waits for a rival that is just storing it."""
    if session.get(Reception, visit_id) is not None:
        return False
    try:
        with session.begin_nested():
            session.add(Reception(visit_id=visit_id, hub_id=hub.id, digest=digest, received_at=now))
            session.flush()
    except IntegrityError:
        return False
    return True


def _visit(
    session: Session,
    hub: Hub,
    entry: VisitEntry,
    now: datetime,
    closed: Container[str],
    texts: Mapping[tuple[str, str], int],
) -> Visit:
    opened_at = (entry.opened_at or now).replace(microsecond=0)
    return Visit(
        id=entry.visit_id,
        hub_id=hub.id,
        opened_at=opened_at,
        posted_in=posted_in(opened_at, hub.municipality.timezone, closed),
        channel=entry.channel,
        language=entry.language,
        area=entry.area,
        tenure=entry.tenure,
        heating=entry.heating,
        home_type=entry.home_type,
        first_visit=entry.first_visit,
        late_entry=entry.late_entry,
        return_code=_free_code(session),
        continues_id=entry.continues,
        questions=[
            _question(number, question, texts) for number, question in enumerate(entry.questions, 1)
        ],
    )


def _question(number: int, entry: QuestionEntry, texts: Mapping[tuple[str, str], int]) -> Question:
    return Question(
        number=number,
        topic_code=entry.topic,
        urgency=entry.urgency,
        trigger=entry.trigger,
        outcome=entry.outcome,
        reason=entry.reason,
        call_back_on=entry.call_back_on,
        answer_slug=entry.answer,
        answer_language=entry.answer_language,
        answer_text_id=texts.get((entry.answer or "", entry.answer_language or "")),
        sheet=entry.sheet,
    )


def _free_code(session: Session) -> str:
    while True:
        code = return_code.new_code()
        if session.scalar(select(Visit.id).where(Visit.return_code == code)) is None:
            return code
