"""Visits for the tests of releases: put into the database as they would lie there."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from hub.places.models import Hub
from hub.visits.models import Question, Reception, Visit

_numbers = count(1)


@dataclass(frozen=True)
class Asked:
    """One question of a visit."""

    topic: str
    trigger: str = "unknown"
    outcome: str | None = "answered"
    reason: str | None = None

    @property
    def end(self) -> str:
        """The finest code of its outcome."""
        if self.outcome == "not_answered":
            return f"not_answered:{self.reason or 'unknown'}"
        return self.outcome or "unknown"


@dataclass(frozen=True)
class Came:
    """One visit, posted in a month."""

    month: str
    questions: tuple[Asked, ...]
    hub: str = "k-buurt"
    area: str = "unknown"
    language: str = "nl"
    tenure: str = "unknown"
    heating: str = "unknown"
    channel: str = "counter"


def put(session: Session, visits: Iterable[Came]) -> list[UUID]:
    """Store visits, and commit; give their ids."""
    hubs = {hub.slug: hub.id for hub in session.scalars(select(Hub))}
    rows = [(next(_numbers), visit) for visit in visits]
    ids = [UUID(int=0x0190A000_0000_7000_8000_000000000000 + number) for number, _ in rows]
    if rows:
        session.execute(
            insert(Reception),
            [
                {"visit_id": key, "hub_id": hubs[v.hub], "digest": "", "received_at": _moment(v)}
                for key, (_, v) in zip(ids, rows, strict=True)
            ],
        )
        session.execute(
            insert(Visit),
            [_visit(key, n, v, hubs) for key, (n, v) in zip(ids, rows, strict=True)],
        )
    questions = [
        _question(key, number, asked)
        for key, (_, v) in zip(ids, rows, strict=True)
        for number, asked in enumerate(v.questions, 1)
    ]
    if questions:
        session.execute(insert(Question), questions)
    session.commit()
    return ids


@contextmanager
def asked_of(engine: Any) -> Iterator[list[str]]:
    """Give the statements that a database is asked meanwhile."""
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _moment(visit: Came) -> datetime:
    return datetime(int(visit.month[:4]), int(visit.month[5:]), 10, 12, tzinfo=UTC)


def _visit(key: UUID, number: int, visit: Came, hubs: dict[str, int]) -> dict[str, object]:
    return {
        "id": key,
        "hub_id": hubs[visit.hub],
        "opened_at": _moment(visit),
        "posted_in": visit.month,
        "channel": visit.channel,
        "language": visit.language,
        "area": visit.area,
        "tenure": visit.tenure,
        "heating": visit.heating,
        "home_type": "unknown",
        "first_visit": "unknown",
        "late_entry": False,
        "return_code": f"{number:09d}",
    }


def _question(key: UUID, number: int, asked: Asked) -> dict[str, object]:
    return {
        "visit_id": key,
        "number": number,
        "topic_code": asked.topic,
        "urgency": "normal",
        "trigger": asked.trigger,
        "outcome": asked.outcome,
        "reason": asked.reason,
        "sheet": False,
    }


TOPICS = ("REK-01", "REK-02", "REK-03", "WNT-01", "WNT-06", "ACH-03")
_ENDS = (
    ("answered", None),
    ("referred", None),
    ("not_answered", "language"),
    ("not_answered", "visitor_left"),
    ("not_answered", None),
    (None, None),
)


@st.composite
def asked(draw: st.DrawFn, topic: str) -> Asked:
    """Any question about a topic."""
    outcome, reason = draw(st.sampled_from(_ENDS))
    return Asked(topic, draw(st.sampled_from(("letter", "bill", "unknown"))), outcome, reason)


@st.composite
def came(draw: st.DrawFn, months: tuple[str, ...]) -> Came:
    """Any visit to a hub of GM0363, posted in one of these months."""
    topics = draw(st.lists(st.sampled_from(TOPICS), max_size=5, unique=True))
    return Came(
        month=draw(st.sampled_from(months)),
        questions=tuple(draw(asked(topic)) for topic in topics),
        hub=draw(st.sampled_from(("k-buurt", "gein"))),
        area=draw(st.sampled_from(("EX-B-GRUNDER", "EX-B-GEIN", "EX-W-GEIN", "outside", "gone"))),
        language=draw(st.sampled_from(("nl", "pap-CW", "pap", "zh-Hans", "zh", "tlh", "und"))),
        tenure=draw(st.sampled_from(("owner", "unknown"))),
        heating=draw(st.sampled_from(("block", "unknown"))),
        channel=draw(st.sampled_from(("counter", "phone"))),
    )
