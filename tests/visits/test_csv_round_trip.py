"""Whatever the desk can store comes back the same by way of a file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from hub.db import db, unit_of_work
from hub.places.models import Hub
from hub.visits import vocabulary as words
from hub.visits.csv_import import read_knowledge
from hub.visits.entry import QuestionEntry, VisitEntry, faults
from hub.visits.models import Question, Reception, Visit
from hub.visits.reading import entry_of
from hub.visits.receiving_many import Arrival, free_codes, receive_many
from tests.support.cast import Cast
from tests.support.clock import START, SettableClock
from tests.support.databases import both_databases
from tests.visits.csv_files import Exchange

TOPICS = ("REK-01", "REK-03", "ACH-03", "WNT-06", "BRF-01", "OVR-99", "SUB-01")
LANGUAGES = ("nl", "en", "pap-CW", "zh-Hans", "srn", "und")
AREAS = ("EX-B-KMIDDEN", "EX-W-GEIN", "elsewhere_in_city", "outside", "unknown")


@st.composite
def questions(draw: st.DrawFn, topic: str) -> QuestionEntry:
    outcome = draw(st.sampled_from([None, *words.OUTCOMES]))
    reason = draw(st.sampled_from([None, *words.REASONS])) if outcome == "not_answered" else None
    return QuestionEntry(
        topic=topic,
        urgency=draw(st.sampled_from(list(words.URGENCIES))),
        trigger=draw(st.sampled_from(list(words.TRIGGERS))),
        outcome=outcome,
        reason=reason,
        answer=draw(st.sampled_from([None, "instalment", "disconnection"])),
        answer_language=draw(st.sampled_from([None, "nl", "ar", "zh-Hans"])),
        sheet=draw(st.booleans()),
    )


@st.composite
def visits(draw: st.DrawFn) -> tuple[VisitEntry, tuple[int, ...]]:
    """Draw a visit that meets every rule, with the numbers of its questions."""
    topics = draw(st.lists(st.sampled_from(TOPICS), unique=True, max_size=words.MOST_QUESTIONS))
    numbers = draw(st.sets(st.integers(1, 5), min_size=len(topics), max_size=len(topics)))
    moment = draw(
        st.datetimes(
            datetime(2015, 1, 1, 1),  # noqa: DTZ001 - made aware by `timezones`
            datetime(2026, 11, 24),  # noqa: DTZ001
            timezones=st.just(UTC),
        )
    )
    entry = VisitEntry(
        visit_id=draw(st.uuids()),
        opened_at=moment.replace(microsecond=0),
        channel=draw(st.sampled_from(list(words.CHANNELS))),
        language=draw(st.sampled_from(LANGUAGES)),
        area=draw(st.sampled_from(AREAS)),
        tenure=draw(st.sampled_from(list(words.TENURES))),
        heating=draw(st.sampled_from(list(words.HEATINGS))),
        home_type=draw(st.sampled_from(list(words.HOME_TYPES))),
        first_visit=draw(st.sampled_from(list(words.YES_NO_UNKNOWN))),
        late_entry=draw(st.booleans()),
        questions=tuple(draw(questions(topic)) for topic in topics),
    )
    return entry, tuple(sorted(numbers))


@pytest.fixture
def exchange(app: Flask, cast: Cast, tmp_path: Path) -> Exchange:
    return Exchange(app, tmp_path)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=st.lists(visits(), max_size=6, unique_by=lambda one: one[0].visit_id))
def test_any_good_visits_come_back_the_same(
    app: Flask,
    exchange: Exchange,
    cast: Cast,
    drawn: list[tuple[VisitEntry, tuple[int, ...]]],
) -> None:
    before = _store(app, cast, drawn)
    export = exchange.give()
    assert "stored: 0" in exchange.take(export).stdout
    _erase(app)
    assert exchange.take(export).exit_code == 0
    assert _stored(app) == before
    assert exchange.give() == export
    _erase(app)


def _store(
    app: Flask, cast: Cast, drawn: list[tuple[VisitEntry, tuple[int, ...]]]
) -> dict[UUID, object]:
    now = START.astimezone(UTC)
    with app.app_context(), unit_of_work() as work:
        known = read_knowledge(work, now + timedelta(days=1))
        assert [faults(entry, known) for entry, _ in drawn] == [[] for _ in drawn]
        codes = free_codes(work, len(drawn))
        arrivals = [
            Arrival(entry, numbers, now, code)
            for (entry, numbers), code in zip(drawn, codes, strict=True)
        ]
        hub = work.get_one(Hub, cast.hubs["k-buurt"])
        receive_many(work, hub, arrivals, closed=(), texts={}, stored=lambda _count: None)
    return _stored(app)


def _stored(app: Flask) -> dict[UUID, object]:
    with app.app_context():
        rows = db.session.scalars(select(Visit).options(selectinload(Visit.questions)))
        return {row.id: (entry_of(row), tuple(q.number for q in row.questions)) for row in rows}


def _erase(app: Flask) -> None:
    with app.app_context(), unit_of_work() as work:
        for model in (Question, Visit, Reception):
            work.execute(delete(model))


@both_databases
def test_import_export_and_import_again_give_identical_files(
    app: Flask, exchange: Exchange, cast: Cast, clock: SettableClock
) -> None:
    drawn = [
        (
            VisitEntry(
                UUID(int=number << 64 | 1),
                clock() - timedelta(minutes=17 * number),
                language=LANGUAGES[number % 6],
                questions=tuple(
                    QuestionEntry(topic=topic, urgency="soon") for topic in TOPICS[: number % 6]
                ),
            ),
            tuple(range(1, number % 6 + 1)),
        )
        for number in range(1200)
    ]
    _store(app, cast, drawn)
    first = exchange.give()
    _erase(app)
    exchange.take(first)
    second = exchange.give()
    assert second == first
    exchange.take(second)
    assert exchange.give() == first
    assert exchange.counts()[0] == 1200
