"""The demonstration: the told visits, at believable hours, the same for the same seed."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, selectinload

from hub import commands
from hub.accounts.models import Account, Grant
from hub.accounts.signing_in import verify_password
from hub.answers.models import Answer
from hub.db import db, unit_of_work
from hub.demonstration.commands import demo
from hub.demonstration.making import Demonstration, make_demonstration
from hub.demonstration.vignettes import read_season, read_vignettes
from hub.factory import create_app
from hub.places.models import ClosedDay, Hub, Municipality, OpeningHours
from hub.visits import return_code, vocabulary
from hub.visits.csv_import import read_knowledge
from hub.visits.entry import QuestionEntry, VisitEntry, faults
from hub.visits.models import Question, Reception, Visit
from hub.visits.reading import entry_of
from hub.visits.receiving import closed_months
from tests.demonstration.told import TOLD
from tests.support.cast import Cast
from tests.support.clock import START
from tests.support.databases import both_databases

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = START.astimezone(UTC)

Make = Callable[..., Demonstration]


@pytest.fixture
def make(app: Flask, content: None) -> Make:
    """Make the demonstration in a database with the shipped content."""

    def make(**wanted: int) -> Demonstration:
        with app.app_context(), unit_of_work() as work:
            return make_demonstration(work, NOW, **{"visits": 700, **wanted})

    return make


def _visits(session: Session) -> list[Visit]:
    session.rollback()
    return list(session.scalars(select(Visit).options(selectinload(Visit.questions))))


def test_the_42_vignettes_are_told_as_they_are_written() -> None:
    told = {
        vignette.number: (vignette.language, " ".join(vignette.topics), vignette.outcome)
        for vignette in read_vignettes()
    }
    assert told == TOLD


def test_every_vignette_meets_the_rules_of_the_desk(app: Flask, content: None) -> None:
    with app.app_context():
        known = read_knowledge(db.session(), NOW)
    for vignette in read_vignettes():
        entry = VisitEntry(
            visit_id=UUID(int=1),
            opened_at=NOW,
            language=vignette.language,
            area=vignette.area,
            tenure=vignette.tenure,
            heating=vignette.heating,
            home_type=vignette.home_type,
            questions=tuple(
                QuestionEntry(
                    topic=topic,
                    urgency=vignette.urgency,
                    trigger=vignette.trigger,
                    outcome=vignette.outcome,
                    reason=vignette.reason,
                    answer=answer or None,
                )
                for topic, answer in zip(vignette.topics, vignette.answers, strict=True)
            ),
        )
        assert faults(entry, known) == [], vignette.number


def test_waves_name_vignettes_that_are_told() -> None:
    numbers = {vignette.number for vignette in read_vignettes()}
    season = read_season()
    assert season.months.keys() == set(range(1, 13))
    assert {number for wave in season.waves for number in wave.vignettes} <= numbers
    assert all(wave.first <= wave.last for wave in season.waves)


@both_databases
def test_as_many_visits_are_made_as_are_wanted(make: Make, session: Session) -> None:
    made = make(visits=90)
    assert sum(made.visits.values()) == 90
    assert len(_visits(session)) == 90


def test_a_demonstration_may_be_without_visits(make: Make, session: Session) -> None:
    assert make(visits=0).visits == {"demo-k-buurt": 0, "demo-gein": 0}
    assert _visits(session) == []


@both_databases
def test_the_same_seed_makes_the_same_visits_ids_and_codes(make: Make, session: Session) -> None:
    first = make(visits=60), _drawn(session)
    _erase(session)
    again = make(visits=60), _drawn(session)
    _erase(session)
    other = make(visits=60, seed=2), _drawn(session)
    assert again[1] == first[1]
    assert first[1].keys().isdisjoint(other[1].keys())
    passwords = [{login.password for login in made.logins} for made, _ in (first, again)]
    assert passwords[0].isdisjoint(passwords[1])


def _drawn(session: Session) -> dict[UUID, object]:
    """Give what the seed decides of each visit."""
    return {visit.id: (entry_of(visit), visit.return_code) for visit in _visits(session)}


def _erase(session: Session) -> None:
    session.rollback()
    for model in (
        *(Question, Visit, Reception, Grant, Account),
        *(OpeningHours, ClosedDay, Hub, Municipality),
    ):
        session.execute(delete(model))
    session.commit()


def test_every_visit_meets_the_rules_of_the_desk(make: Make, session: Session) -> None:
    make()
    known = read_knowledge(session, NOW)
    visits = _visits(session)
    assert len(visits) == 700
    assert [fault for visit in visits for fault in faults(entry_of(visit), known)] == []
    assert all(return_code.read(visit.return_code) == visit.return_code for visit in visits)


def test_people_come_only_while_the_hub_is_open(make: Make, session: Session) -> None:
    make()
    hubs = {hub.id: hub for hub in session.scalars(select(Hub))}
    for visit in _visits(session):
        local = visit.opened_at.astimezone(ZONE)
        hub = hubs[visit.hub_id]
        assert local.date() not in {closed.day for closed in hub.closed_days}
        assert any(
            stretch.weekday == local.weekday() and stretch.opens <= local.time() < stretch.closes
            for stretch in hub.hours
        ), local


def test_visits_lie_in_the_last_fourteen_months(make: Make, session: Session) -> None:
    make()
    moments = [visit.opened_at for visit in _visits(session)]
    assert min(moments) >= datetime(2025, 9, 23, tzinfo=ZONE)
    assert max(moments) <= NOW


def test_each_visit_counts_as_having_arrived_on_its_day(make: Make, session: Session) -> None:
    make()
    received = dict(session.execute(select(Reception.visit_id, Reception.received_at)).all())
    for visit in _visits(session):
        local = visit.opened_at.astimezone(ZONE)
        arrived = received[visit.id]
        assert visit.opened_at <= arrived <= NOW
        assert arrived.astimezone(ZONE).date() == local.date()
        assert visit.posted_in == local.strftime("%Y-%m")


def test_winter_is_busier_than_summer_and_a_fund_brings_a_wave(
    make: Make, session: Session
) -> None:
    make(visits=3000)
    visits = _visits(session)
    months = Counter(visit.opened_at.astimezone(ZONE).month for visit in visits)
    assert min(months[m] for m in (11, 12, 1)) > 1.5 * max(months[m] for m in (4, 7, 8))
    fund = Counter(
        visit.opened_at.date()
        for visit in visits
        for question in visit.questions
        if question.topic_code == "SUB-01"
    )
    in_wave = sum(n for day, n in fund.items() if 7 <= day.day <= 13 and day.month == 12)
    assert in_wave > 0.3 * sum(fund.values())


def test_every_topic_of_the_vignettes_and_every_outcome_is_there(
    make: Make, session: Session
) -> None:
    make()
    questions = list(session.scalars(select(Question)))
    told = {topic for vignette in read_vignettes() for topic in vignette.topics}
    assert {question.topic_code for question in questions} == told
    assert {question.outcome for question in questions} == set(vocabulary.OUTCOMES)
    assert all(question.call_back_on for question in questions if question.outcome == "call_back")


def test_answers_are_those_that_exist_with_a_text_to_print(make: Make, session: Session) -> None:
    make()
    for question in session.scalars(select(Question)):
        assert (question.answer_text_id is None) == (question.answer_slug is None)
        assert question.answer_slug is not None or not question.sheet


def test_without_a_library_there_are_visits_without_answers(make: Make, session: Session) -> None:
    for answer in session.scalars(select(Answer)):
        answer.retired_at = NOW
    session.commit()
    make(visits=50)
    assert set(session.scalars(select(Question.answer_slug))) == {None}


def test_the_municipality_is_marked_and_apart(make: Make, session: Session) -> None:
    make(visits=10)
    municipality = session.get_one(Municipality, "GM9999")
    assert municipality.demonstration
    assert [hub.slug for hub in municipality.hubs] == ["demo-gein", "demo-k-buurt"]
    assert closed_months(session, "GM9999") == frozenset()


def test_one_account_per_role_opens_with_its_password_until_it_is_changed(
    make: Make, session: Session
) -> None:
    made = make(visits=0)
    assert {login.role for login in made.logins} == {
        "volunteer", "coordinator", "editor", "checker", "analyst", "administrator",
    }  # fmt: skip
    assert len({login.password for login in made.logins}) == 6
    for login in made.logins:
        account = verify_password(session, login.name, login.password)
        assert account is not None
        assert not account.must_change
        assert {grant.role for grant in account.grants} == {login.role}


def _run(app: Flask, *arguments: str) -> Result:
    commands.in_application(create_app)
    with app.app_context():
        return CliRunner().invoke(demo, arguments, catch_exceptions=False)


@pytest.mark.usefixtures("content")
def test_the_command_tells_names_and_passwords_once_and_makes_it_once(app: Flask) -> None:
    made = _run(app, "--visits", "20")
    assert made.exit_code == 0
    assert "Releases of closed periods: 14." in made.stdout
    for name in ("vrijwilliger", "coordinator", "redacteur", "nakijker", "analist", "beheerder"):
        assert f"  {name} " in made.stdout
    again = _run(app)
    assert again.exit_code == 1
    assert "The demonstration is there already, as municipality GM9999" in again.stderr
    with app.app_context():
        assert len(_visits(db.session())) == 20


def test_a_name_that_is_taken_gets_an_ending(app: Flask, cast: Cast, session: Session) -> None:
    account = session.get_one(Account, cast.accounts["Vera"])
    account.name = account.name_key = "vrijwilliger"
    session.commit()
    made = _run(app, "--visits", "0", "--no-releases")
    assert made.exit_code == 0
    assert "vrijwilliger-demo" in made.stdout
