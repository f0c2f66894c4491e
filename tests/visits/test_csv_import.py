"""`hub visits import`: what is taken, with which defaults, and what a second time does."""

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.db import unit_of_work
from hub.places.models import Area, ClosedMonth, Hub
from hub.visits import correcting
from hub.visits.entry import QuestionEntry, VisitEntry
from hub.visits.models import Question, Reception, Visit
from hub.visits.reading import entry_of
from hub.visits.receiving import receive
from tests.support.cast import Cast
from tests.support.clock import SettableClock
from tests.support.databases import both_databases
from tests.visits.csv_files import ONE, TWO, Exchange, as_text, row


@pytest.fixture
def exchange(app: Flask, cast: Cast, tmp_path: Path) -> Exchange:
    return Exchange(app, tmp_path)


@both_databases
def test_a_visit_is_stored_as_the_file_says(exchange: Exchange, session: Session) -> None:
    taken = exchange.take(
        [
            row(
                channel="phone", language="pap-CW", area="EX-B-KMIDDEN", tenure="social_rent",
                heating="block", home_type="flat", first_visit="no", late_entry="yes",
                urgency="same_day", trigger="letter", outcome="not_answered", reason="language",
                answer="instalment", answer_language="en", sheet="yes",
            )
        ]
    )  # fmt: skip
    assert taken.exit_code == 0, taken.output
    visit = session.get_one(Visit, UUID(ONE))
    assert entry_of(visit) == VisitEntry(
        visit_id=UUID(ONE),
        opened_at=datetime(2026, 11, 4, 9, 15, tzinfo=UTC),
        channel="phone", language="pap-CW", area="EX-B-KMIDDEN", tenure="social_rent",
        heating="block", home_type="flat", first_visit="no", late_entry=True,
        questions=(
            QuestionEntry(
                topic="REK-03", urgency="same_day", trigger="letter", outcome="not_answered",
                reason="language", answer="instalment", answer_language="en", sheet=True,
            ),
        ),
    )  # fmt: skip
    assert visit.posted_in == "2026-11"


def test_what_a_file_does_not_say_takes_the_defaults(exchange: Exchange, session: Session) -> None:
    columns = ("visit_id", "opened_at", "question", "topic")
    taken = exchange.take(as_text([row(topic="ACH-03")], columns))
    assert taken.exit_code == 0, taken.output
    entry = entry_of(session.get_one(Visit, UUID(ONE)))
    assert (entry.channel, entry.language, entry.area) == ("counter", "und", "unknown")
    assert entry.questions == (QuestionEntry(topic="ACH-03", urgency="same_day"),)


def test_columns_stand_in_any_order_and_a_byte_order_mark_does_not_matter(
    exchange: Exchange,
) -> None:
    text = as_text([row()], ("topic", "question", "opened_at", "language", "visit_id"))
    assert exchange.take(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()).exit_code == 0
    assert exchange.counts() == (1, 1)


def test_the_rows_of_a_visit_may_stand_apart(exchange: Exchange, session: Session) -> None:
    taken = exchange.take([row(question="2"), row(TWO), row(topic="BRF-01", question="1")])
    assert taken.exit_code == 0, taken.output
    questions = session.get_one(Visit, UUID(ONE)).questions
    assert [(q.number, q.topic_code) for q in questions] == [(1, "BRF-01"), (2, "REK-03")]


def test_a_visit_without_a_question_is_one_row_without_a_topic(exchange: Exchange) -> None:
    assert exchange.take([row(topic="")]).exit_code == 0
    assert exchange.counts() == (1, 0)


def test_question_numbers_with_a_gap_are_kept(exchange: Exchange) -> None:
    exchange.take([row(question="2"), row(topic="BRF-01", question="5")])
    assert [each["question"] for each in exchange.rows()] == ["2", "5"]


@both_databases
def test_the_same_file_twice_changes_nothing(exchange: Exchange, session: Session) -> None:
    rows = [row(), row(topic="BRF-01", question="2"), row(TWO, topic="")]
    exchange.take(rows)
    codes = session.scalars(select(Visit.return_code).order_by(Visit.id)).all()
    session.commit()
    again = exchange.take(rows)
    assert again.exit_code == 0
    assert "there already: 2" in again.stdout
    assert session.scalars(select(Visit.return_code).order_by(Visit.id)).all() == codes


def test_a_longer_file_adds_only_what_is_new(exchange: Exchange) -> None:
    exchange.take([row()])
    assert "stored: 1, there already: 1" in exchange.take([row(), row(TWO)]).stdout
    assert exchange.counts() == (2, 2)


def test_a_dry_run_checks_everything_and_stores_nothing(exchange: Exchange) -> None:
    dry = exchange.take([row(), row(TWO)], "--dry-run")
    assert dry.exit_code == 0
    assert "New visits: 2" in dry.stdout
    assert exchange.counts() == (0, 0)
    assert exchange.take([row(topic="XYZ-99")], "--dry-run").exit_code == 1


def test_a_visit_from_the_desk_is_recognised_in_its_own_export(
    app: Flask, exchange: Exchange, cast: Cast, clock: SettableClock
) -> None:
    first = VisitEntry(UUID(TWO), questions=(QuestionEntry(topic="REK-03"),))
    comes_back = QuestionEntry("BRF-01", outcome="call_back", call_back_on=date(2026, 12, 1))
    second = VisitEntry(UUID(ONE), continues=first.visit_id, questions=(comes_back,))
    _register(app, cast, clock, first)
    _register(app, cast, clock, second)
    again = exchange.take(exchange.give())
    assert again.exit_code == 0, again.output
    assert "stored: 0, there already: 2" in again.stdout


def test_a_corrected_visit_is_the_same_as_first_received_and_as_it_stands(
    app: Flask, exchange: Exchange, cast: Cast, clock: SettableClock
) -> None:
    exchange.take([row()])
    with app.app_context(), unit_of_work() as work:
        visit = work.get_one(Visit, UUID(ONE))
        hub = work.get_one(Hub, cast.hubs["k-buurt"])
        entry = entry_of(visit)
        corrected = VisitEntry(entry.visit_id, entry.opened_at, language="ar",
                               questions=entry.questions)  # fmt: skip
        correcting.correct(work, visit, hub, corrected, {}, clock())
    assert exchange.take([row()]).exit_code == 0
    assert exchange.take(exchange.give()).exit_code == 0
    assert exchange.rows()[0]["language"] == "ar"
    assert exchange.take([row(language="tr")]).exit_code == 1


def test_an_undone_visit_stays_undone(
    app: Flask, exchange: Exchange, cast: Cast, clock: SettableClock
) -> None:
    _register(app, cast, clock, VisitEntry(UUID(ONE), questions=(QuestionEntry(topic="REK-03"),)))
    export = exchange.give()
    with app.app_context(), unit_of_work() as work:
        visit = work.get_one(Visit, UUID(ONE))
        correcting.undo(work, visit, work.get_one(Hub, cast.hubs["k-buurt"]), clock())
    assert exchange.take(export).exit_code == 0
    assert exchange.counts() == (0, 0)


def test_a_visit_counts_in_the_first_open_month(
    exchange: Exchange, session: Session, cast: Cast, clock: SettableClock
) -> None:
    session.add_all(
        ClosedMonth(municipality_code=cast.municipality, month=month, closed_at=clock())
        for month in ("2026-08", "2026-09")
    )
    session.commit()
    exchange.take([row(opened_at="2026-08-31T23:30:00+02:00"), row(TWO)])
    session.commit()
    posted = dict(session.execute(select(Visit.id, Visit.posted_in)).all())
    assert posted == {UUID(ONE): "2026-10", UUID(TWO): "2026-11"}


def test_an_area_of_another_time_is_taken(exchange: Exchange, session: Session) -> None:
    session.get_one(Area, "EX-B-GEIN").valid_until = date(2025, 12, 31)
    session.commit()
    assert exchange.take([row(area="EX-B-GEIN")]).exit_code == 0


@both_databases
def test_an_imported_visit_has_the_same_rows_as_one_from_the_desk(
    app: Flask, exchange: Exchange, session: Session, cast: Cast, clock: SettableClock
) -> None:
    given = row(
        language="ar", late_entry="yes", outcome="partly", answer="instalment",
        answer_language="ar", sheet="yes",
    )  # fmt: skip
    exchange.take([given])
    imported = session.get_one(Visit, UUID(ONE))
    text = session.scalars(select(Question.answer_text_id)).one()
    assert text is not None
    with app.app_context(), unit_of_work() as work:
        entry = entry_of(imported)
        twin = VisitEntry(UUID(TWO), **{
            name: getattr(entry, name)
            for name in VisitEntry.__dataclass_fields__ if name != "visit_id"
        })  # fmt: skip
        hub = work.get_one(Hub, cast.hubs["k-buurt"])
        texts = {("instalment", "ar"): text}
        receive(work, hub, twin, clock(), closed=(), texts=texts)
        assert work.get_one(Reception, UUID(TWO)).digest == twin.digest("k-buurt")
    session.commit()
    assert _columns(session, Visit, "return_code", "id") == 1
    assert _columns(session, Question, "visit_id") == 1
    assert _columns(session, Reception, "visit_id", "digest") == 1
    assert session.get_one(Reception, UUID(ONE)).digest == entry.digest("k-buurt")


def _columns(session: Session, model: type[Visit | Question | Reception], *but: str) -> int:
    """Count how many different rows a table has, some columns apart."""
    kept = [column for column in model.__table__.columns if column.name not in but]
    rows = session.execute(select(*kept)).all()
    assert len(rows) == 2
    return len(set(rows))


def test_moments_are_kept_to_the_second(exchange: Exchange) -> None:
    exchange.take([row(opened_at="2026-11-04T10:15:30.999+01:00")])
    assert exchange.rows()[0]["opened_at"] == "2026-11-04T10:15:30+01:00"
    assert exchange.take([row(opened_at="2026-11-04T09:15:30Z")]).exit_code == 0


def test_an_answer_keeps_its_newest_text(exchange: Exchange, session: Session) -> None:
    exchange.take([row(answer="instalment", answer_language="nl")])
    assert None not in session.scalars(select(Question.answer_text_id)).all()


def _register(app: Flask, cast: Cast, clock: SettableClock, entry: VisitEntry) -> None:
    """Register a visit at the desk of K-buurt."""
    with app.app_context(), unit_of_work() as work:
        hub = work.get_one(Hub, cast.hubs["k-buurt"])
        receive(work, hub, entry, clock(), closed=(), texts={})
