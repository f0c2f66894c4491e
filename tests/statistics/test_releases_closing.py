"""Closing a month and receiving visits at the same time: every visit counts exactly once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from uuid6 import uuid7

from hub.db import unit_of_work
from hub.places.lookup import hub_by_slug
from hub.places.models import ClosedMonth
from hub.refusal import Refusal
from hub.statistics.models import FrozenCount
from hub.statistics.releases.closing import close_months
from hub.visits.entry import QuestionEntry, VisitEntry
from hub.visits.models import Visit
from hub.visits.receiving import closed_months, receive
from tests.statistics.releasing import HOME, NOW, make
from tests.statistics.visits import Asked, Came, put
from tests.support.cast import Cast
from tests.support.databases import both_databases

MONTH = "2026-10"
PATIENCE = 60.0  # seconds after which a test that waits has failed


def _store(session: Session, now: datetime = NOW) -> None:
    """Store one visit of the month as the desk does."""
    entry = VisitEntry(
        visit_id=uuid7(),
        opened_at=datetime(2026, 10, 20, 12, tzinfo=UTC),
        questions=(QuestionEntry(topic="REK-01"),),
    )
    receive(
        session,
        hub_by_slug(session, "k-buurt"),
        entry,
        now,
        closed=closed_months(session, HOME),
        texts={},
    )


@contextmanager
def _beside(app: Flask, work: object) -> Iterator[threading.Thread]:
    """Do something in a thread of its own, and wait for its end."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            with app.app_context():
                work()  # type: ignore[operator]
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    yield thread
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert failed == []


def _posted(session: Session) -> dict[str, int]:
    session.rollback()
    rows = session.execute(select(Visit.posted_in, func.count()).group_by(Visit.posted_in))
    return {month: number for month, number in rows}  # noqa: C416 - rows are not pairs for mypy


def _frozen(session: Session) -> int:
    """Give the visits that were counted in the month."""
    session.rollback()
    return (
        session.scalar(
            select(FrozenCount.visits).where(
                FrozenCount.month == MONTH,
                FrozenCount.dimension == "",
                FrozenCount.topic == "ALL",
            )
        )
        or 0
    )


@both_databases
def test_closing_waits_for_a_visit_that_is_being_stored(
    app: Flask, session: Session, cast: Cast
) -> None:
    assert cast.municipality == HOME
    asked = threading.Event()

    def close() -> None:
        asked.set()
        with unit_of_work() as work:
            close_months(work, HOME, [MONTH], date(2026, 11, 23), NOW)

    with app.app_context(), unit_of_work() as work:
        closed_months(work, HOME)
        beside = _beside(app, close)
        thread = beside.__enter__()
        assert asked.wait(PATIENCE)
        thread.join(0.3)
        assert thread.is_alive()
        _store(work)
    beside.__exit__(None, None, None)
    assert _posted(session) == {MONTH: 1}
    assert session.scalars(select(ClosedMonth.month)).all() == [MONTH]


@both_databases
def test_a_visit_waits_for_the_month_that_is_being_closed(
    app: Flask, session: Session, cast: Cast
) -> None:
    assert cast.municipality == HOME
    asked = threading.Event()

    def come() -> None:
        asked.set()
        with unit_of_work() as work:
            _store(work)

    with app.app_context(), unit_of_work() as work:
        close_months(work, HOME, [MONTH], date(2026, 11, 23), NOW)
        beside = _beside(app, come)
        thread = beside.__enter__()
        assert asked.wait(PATIENCE)
        thread.join(0.3)
        assert thread.is_alive()
    beside.__exit__(None, None, None)
    assert _posted(session) == {"2026-11": 1}


@both_databases
def test_in_a_rush_every_visit_counts_in_the_month_or_after_it(
    app: Flask, session: Session, cast: Cast
) -> None:
    assert cast.municipality == HOME
    put(session, [Came(MONTH, (Asked("REK-01"),))] * 5)
    together = threading.Barrier(4)

    def come() -> None:
        together.wait(PATIENCE)
        for _ in range(12):
            with unit_of_work() as work:
                _store(work)

    with _beside(app, come), _beside(app, come), _beside(app, come):
        together.wait(PATIENCE)
        make(app, MONTH)
    posted = _posted(session)
    assert sum(posted.values()) == 5 + 36
    assert posted[MONTH] == _frozen(session)


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("day", [date(2026, 11, 10), date(2026, 10, 31), date(2025, 1, 1)])
def test_a_month_stays_open_for_ten_days(session: Session, day: date) -> None:
    with pytest.raises(Refusal, match="still open: visits may come in for it until 2026-11-10"):
        close_months(session, HOME, [MONTH], day, NOW)


@pytest.mark.usefixtures("cast")
def test_a_month_is_closed_once(session: Session) -> None:
    for _ in range(2):
        close_months(session, HOME, [MONTH], date(2026, 11, 11), NOW)
    assert session.scalar(select(func.count()).select_from(ClosedMonth)) == 1
