"""Storing many checked entries at once, each exactly as `receiving.receive` would store it.

For files and for the demonstration: the same rows, written in batches. Whether an id is
there already is asked by the caller, for all of them together.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from hub.db import Base
from hub.places.models import Hub
from hub.visits import return_code
from hub.visits.entry import QuestionEntry, VisitEntry
from hub.visits.models import Question, Reception, Visit
from hub.visits.posting import posted_in

BATCH: Final = 500  # visits, or ids asked for, in one statement

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A checked entry that is not there yet, when it came in, and its return code.

    `numbers` are those of its questions, ascending and as many as there are questions.
    """

    entry: VisitEntry
    numbers: tuple[int, ...]
    received_at: datetime
    return_code: str


def batches(items: Iterable[Item], size: int = BATCH) -> Iterator[list[Item]]:
    """Cut a sequence into lists of at most `size`."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def free_codes(
    session: Session, count: int, new_code: Callable[[], str] = return_code.new_code
) -> list[str]:
    """Make return codes that no visit has, all different."""
    codes: dict[str, None] = {}
    while len(codes) < count:
        fresh = {new_code(): None for _ in range(count - len(codes))}
        for batch in batches(list(fresh)):
            for taken in session.scalars(
                select(Visit.return_code).where(Visit.return_code.in_(batch))
            ):
                del fresh[taken]
        codes |= fresh
    return list(codes)


def receive_many(
    session: Session,
    hub: Hub,
    arrivals: Sequence[Arrival],
    *,
    closed: Container[str],
    texts: Mapping[tuple[str, str], int],
    stored: Callable[[int], None],
) -> None:
    """Store arrivals at a hub; `stored` is told how many visits each batch had.

    `closed` and `texts` as for `receive`. An id that is there already raises
    sqlalchemy.exc.IntegrityError, and nothing may be committed then.
    """
    timezone = hub.municipality.timezone
    for batch in batches(arrivals):
        _insert(session, Reception, [_reception(hub, arrival) for arrival in batch])
        _insert(session, Visit, [_visit(hub.id, arrival, timezone, closed) for arrival in batch])
        questions = [
            _question(arrival.entry, number, question, texts)
            for arrival in batch
            for number, question in zip(arrival.numbers, arrival.entry.questions, strict=True)
        ]
        if questions:
            _insert(session, Question, questions)
        stored(len(batch))


def _insert(session: Session, model: type[Base], rows: list[dict[str, Any]]) -> None:
    # Without nulls in the rows SQLAlchemy would send each pattern of filled fields apart.
    session.execute(insert(model), rows, execution_options={"render_nulls": True})


def _reception(hub: Hub, arrival: Arrival) -> dict[str, Any]:
    return {
        "visit_id": arrival.entry.visit_id,
        "hub_id": hub.id,
        "digest": arrival.entry.digest(hub.slug),
        "received_at": arrival.received_at,
    }


def _visit(hub_id: int, arrival: Arrival, timezone: str, closed: Container[str]) -> dict[str, Any]:
    entry = arrival.entry
    opened_at = (entry.opened_at or arrival.received_at).replace(microsecond=0)
    return {
        "id": entry.visit_id,
        "hub_id": hub_id,
        "opened_at": opened_at,
        "posted_in": posted_in(opened_at, timezone, closed),
        "channel": entry.channel,
        "language": entry.language,
        "area": entry.area,
        "tenure": entry.tenure,
        "heating": entry.heating,
        "home_type": entry.home_type,
        "first_visit": entry.first_visit,
        "late_entry": entry.late_entry,
        "return_code": arrival.return_code,
        "continues_id": entry.continues,
    }


def _question(
    entry: VisitEntry, number: int, question: QuestionEntry, texts: Mapping[tuple[str, str], int]
) -> dict[str, Any]:
    return {
        "visit_id": entry.visit_id,
        "number": number,
        "topic_code": question.topic,
        "urgency": question.urgency,
        "trigger": question.trigger,
        "outcome": question.outcome,
        "reason": question.reason,
        "call_back_on": question.call_back_on,
        "answer_slug": question.answer,
        "answer_language": question.answer_language,
        "answer_text_id": texts.get((question.answer or "", question.answer_language or "")),
        "sheet": question.sheet,
    }
