"""The page of early signs as the people of a hub see it."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from hub.places.models import ClosedDay, Hub
from tests.early_signs.hub_weeks import (
    BILL,
    MONDAY,
    OUTAGE,
    eight_quiet_weeks,
    store,
    weeks_ago,
)
from tests.support.cast import ANALYST, COORDINATOR, NEIGHBOUR, VOLUNTEER, Cast, Person
from tests.support.clock import SettableClock
from tests.visits.desk import seated

NOON = "2026-11-23T12:00+01:00"


@pytest.fixture
def noon(clock: SettableClock) -> None:
    """Two hours after the hub has opened for the week."""
    clock.set(NOON)


def _read(client: FlaskClient, address: str = "/early-signs") -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    main = answer.text.split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def _page(app: Flask, cast: Cast, who: Person = COORDINATOR, address: str = "/early-signs") -> str:
    return _read(seated(app, cast, who), address)


def _outage(session: Session, cast: Cast, **more: str) -> None:
    hub = cast.hubs["k-buurt"]
    eight_quiet_weeks(session, hub)
    store(session, hub, MONDAY, *[([OUTAGE, BILL], "EX-B-KELBERGEN")] * 6, **more)


@pytest.mark.parametrize("who", [VOLUNTEER, COORDINATOR], ids=lambda who: who.role)
def test_a_rise_is_told_in_words_beside_what_was_expected(
    who: Person, app: Flask, session: Session, cast: Cast, noon: None
) -> None:
    _outage(session, cast)
    said = _page(app, cast, who)
    assert "6 visits · 2 open hours · 0.3 visits expected" in said
    assert "WNT-06 in Kelbergen 6, expected 0 6 0 higher than in 999 of 1,000 weeks" in said


def test_of_the_cases_of_a_sign_only_their_topics_are_told(
    app: Flask, session: Session, cast: Cast, noon: None
) -> None:
    _outage(session, cast, language="ti")
    answer = seated(app, cast, COORDINATOR).get("/early-signs").text
    main = answer.split("<main", 1)[1]
    assert "Understanding the annual statement 6" in main
    for secret in ("Tigrinya", "/visits/", "10:15"):
        assert secret not in main


def test_a_usual_week_says_that_nothing_rose(
    app: Flask, session: Session, cast: Cast, noon: None
) -> None:
    eight_quiet_weeks(session, cast.hubs["k-buurt"])
    store(session, cast.hubs["k-buurt"], MONDAY, ([BILL], "unknown"))
    said = _page(app, cast)
    assert "Nothing rose unusually." in said
    assert "too few to judge" in said


def test_before_the_first_hour_of_a_week_the_last_week_is_shown(
    app: Flask, session: Session, cast: Cast, clock: SettableClock
) -> None:
    clock.set("2026-11-23T09:00+01:00")
    eight_quiet_weeks(session, cast.hubs["k-buurt"])
    said = _page(app, cast)
    assert "Week from 16 November 2026 to 22 November 2026" in said.replace("\xa0", " ")
    assert "has not been open yet" in _page(app, cast, address="/early-signs?week=2026-W48")


def test_a_new_hub_is_told_how_many_weeks_are_still_wanting(
    app: Flask, session: Session, cast: Cast, noon: None
) -> None:
    store(session, cast.hubs["k-buurt"], weeks_ago(1), ([BILL], "unknown"))
    store(session, cast.hubs["k-buurt"], MONDAY, *[([OUTAGE], "unknown")] * 9)
    said = _page(app, cast)
    assert "Too little history" in said
    assert "with 8 open weeks before it, and there are 1" in said
    assert "WNT-06 9 – not compared" in said


def test_a_hub_without_visits_has_an_empty_page(app: Flask, cast: Cast, noon: None) -> None:
    said = _page(app, cast)
    assert "Too little history" in said
    assert said.count("No visit was registered in this week.") == 2


def test_a_hub_without_hours_is_sent_to_where_they_are_written(
    app: Flask, session: Session, cast: Cast, noon: None
) -> None:
    session.get_one(Hub, cast.hubs["k-buurt"]).hours = []
    session.commit()
    store(session, cast.hubs["k-buurt"], MONDAY, ([BILL], "unknown"))
    this_week = "/early-signs?week=2026-W48"
    said = _page(app, cast, address=this_week)
    assert "This hub has no opening hours" in said
    assert "REK-01 1 – not compared" in said
    assert 'href="/hubs/k-buurt"' in seated(app, cast, COORDINATOR).get(this_week).text
    assert 'href="/hubs/k-buurt"' not in seated(app, cast, VOLUNTEER).get(this_week).text


def test_a_closed_week_is_said_to_be_closed_and_does_not_look_like_success(
    app: Flask, session: Session, cast: Cast, noon: None
) -> None:
    hub = session.get_one(Hub, cast.hubs["k-buurt"])
    hub.closed_days = [ClosedDay(day=date(2026, 11, 16) + timedelta(days=n)) for n in range(7)]
    session.commit()
    eight_quiet_weeks(session, hub.id, beginning=2)
    assert "The hub was closed this week" in _page(app, cast, address="/early-signs?week=2026-W47")
    said = _page(app, cast).replace("\xa0", " ")
    assert "Closed, and left out: the weeks from 16 November 2026." in said


def test_an_open_week_without_visits_asks_whether_the_hub_was_closed(
    app: Flask, session: Session, cast: Cast, noon: None
) -> None:
    eight_quiet_weeks(session, cast.hubs["k-buurt"], beginning=2)
    said = _page(app, cast).replace("\xa0", " ")
    assert "without a visit, and left out: the weeks from 16 November 2026." in said


def test_huge_counts_are_told_as_they_are(
    app: Flask, session: Session, cast: Cast, noon: None
) -> None:
    hub = cast.hubs["k-buurt"]
    eight_quiet_weeks(session, hub)
    store(session, hub, MONDAY, *[([OUTAGE], "EX-B-KELBERGEN")] * 1200)
    assert "1,200" in _page(app, cast)


@pytest.mark.parametrize("week", ["", "next", "2026-W49", "2014-W50", "2026-W54", "9999-W52"])
def test_a_week_that_is_none_or_is_to_come_is_not_there(
    week: str, app: Flask, cast: Cast, noon: None
) -> None:
    assert seated(app, cast, COORDINATOR).get(f"/early-signs?week={week}").status_code == 404


def test_each_hub_sees_its_own_week(app: Flask, session: Session, cast: Cast, noon: None) -> None:
    _outage(session, cast)
    assert "WNT-06" not in _page(app, cast, NEIGHBOUR)


def test_an_analyst_has_no_way_in(app: Flask, cast: Cast) -> None:
    assert seated(app, cast, ANALYST).get("/early-signs").status_code == 403


def test_the_day_list_leads_to_it(app: Flask, cast: Cast) -> None:
    assert 'href="/early-signs"' in seated(app, cast, COORDINATOR).get("/visits").text


def test_it_is_told_in_dutch(app: Flask, session: Session, cast: Cast, noon: None) -> None:
    _outage(session, cast)
    client = seated(app, cast, COORDINATOR)
    with client.session_transaction() as cookie:
        cookie["language"] = "nl"
    said = _read(client)
    assert "Opvallend vaker dan anders" in said
    assert "hoger dan in 999 van de 1.000 weken" in said
