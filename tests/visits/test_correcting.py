"""A visit is corrected on the day it was entered; what changed stays visible."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.support.cast import COLLEAGUE, NEIGHBOUR, STRANGER, Cast, Person
from tests.support.clock import SettableClock
from tests.support.databases import both_databases
from tests.visits.desk import (
    Fields,
    counts,
    filled,
    in_form,
    only_visit,
    question,
    register,
    seated,
    token,
)

TWO = (question(0, "REK-03", answer="instalment"), question(1, "WNT-06", "referred"))


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    """A volunteer at the desk, in English."""
    return seated(app, cast)


def _correct(client: FlaskClient, visit_id: str, changes: Fields) -> TestResponse:
    address = f"/visits/{visit_id}/correct"
    page = client.get(address)
    assert page.status_code == 200, page.status_code
    return client.post(address, data=in_form(page, address) | changes)


def _changes(client: FlaskClient, visit_id: str) -> list[tuple[str, str, str]]:
    """Give the corrections a visit's page shows: field, what was, what is now."""
    page = client.get(f"/visits/{visit_id}").text
    rows = re.findall(r"<td>([^<]*)</td><td><del>(.*?)</del></td><td><ins>(.*?)</ins>", page)
    return [(unescape(a), unescape(b), unescape(c)) for a, b, c in rows]


@both_databases
def test_a_correction_within_the_day_is_stored_and_shows_what_changed(
    client: FlaskClient, session: Session
) -> None:
    visit_id = register(client, *TWO)
    answer = _correct(client, visit_id, {"tenure": "owner", "questions-1-outcome": "answered"})
    assert (answer.status_code, answer.location) == (303, f"/visits/{visit_id}")
    visit = only_visit(session)
    assert visit.tenure == "owner"
    assert [q.outcome for q in visit.questions] == ["answered", "answered"]
    assert _changes(client, visit_id) == [
        ("tenure", "unknown", "owner"),
        ("2 · outcome", "referred", "answered"),
    ]


def test_a_correction_of_a_correction_shows_both(client: FlaskClient) -> None:
    visit_id = register(client, *TWO)
    _correct(client, visit_id, {"tenure": "owner"})
    _correct(client, visit_id, {"tenure": "room"})
    assert _changes(client, visit_id) == [
        ("tenure", "unknown", "owner"),
        ("tenure", "owner", "room"),
    ]


def test_a_correction_that_changes_nothing_notes_nothing(client: FlaskClient) -> None:
    visit_id = register(client, *TWO)
    assert _correct(client, visit_id, {}).status_code == 303
    assert _changes(client, visit_id) == []


@both_databases
def test_topics_may_change_places(client: FlaskClient, session: Session) -> None:
    visit_id = register(client, *TWO)
    swapped = question(0, "WNT-06", "referred") | question(1, "REK-03")
    assert _correct(client, visit_id, swapped).status_code == 303
    assert [q.topic_code for q in only_visit(session).questions] == ["WNT-06", "REK-03"]


def test_a_question_may_be_taken_away_and_another_added(
    client: FlaskClient, session: Session
) -> None:
    visit_id = register(client, *TWO)
    _correct(client, visit_id, {"questions-0-topic": ""} | question(2, "SUB-01", "partly"))
    assert [q.topic_code for q in only_visit(session).questions] == ["WNT-06", "SUB-01"]
    assert counts(session) == (1, 2, 1)


def test_moment_lateness_and_month_stay_as_they_are(client: FlaskClient, session: Session) -> None:
    visit_id = register(client, *TWO, opened_at="2026-10-20T11:00")
    before = only_visit(session)
    was = (before.opened_at, before.late_entry, before.posted_in)
    _correct(client, visit_id, {"opened_at": "2026-11-01T10:00", "late_entry": "no"})
    after = only_visit(session)
    assert (after.opened_at, after.late_entry, after.posted_in) == was


def test_a_bad_correction_is_refused_and_keeps_what_was_typed(
    client: FlaskClient, session: Session
) -> None:
    visit_id = register(client, *TWO)
    answer = _correct(client, visit_id, {"area": "Gein", "tenure": "owner"})
    assert answer.status_code == 422
    assert in_form(answer, f"/visits/{visit_id}/correct")["tenure"] == "owner"
    assert only_visit(session).tenure == "unknown"
    assert _changes(client, visit_id) == []


def test_the_next_day_the_form_of_a_correction_is_not_there(
    app: Flask, cast: Cast, client: FlaskClient, clock: SettableClock
) -> None:
    visit_id = register(client, *TWO)
    clock.set("2026-11-24T00:00:01+01:00")
    assert seated(app, cast).get(f"/visits/{visit_id}/correct").status_code == 404


def test_the_next_day_a_correction_is_refused_and_changes_nothing(
    app: Flask, cast: Cast, client: FlaskClient, clock: SettableClock, session: Session
) -> None:
    visit_id = register(client, *TWO)
    address = f"/visits/{visit_id}/correct"
    form = in_form(client.get(address), address) | {"tenure": "owner"}
    clock.set("2026-11-24T09:00:00+01:00")
    morning = seated(app, cast)
    answer = morning.post(address, data=form | {"csrf_token": token(morning)})
    assert answer.status_code == 422
    assert "only on the day it was entered" in answer.text
    assert only_visit(session).tenure == "unknown"


def test_a_late_entry_is_corrected_on_the_day_it_was_entered(
    client: FlaskClient, session: Session
) -> None:
    visit_id = register(client, *TWO, opened_at="2026-10-20T11:00")
    assert _correct(client, visit_id, {"tenure": "owner"}).status_code == 303


def test_the_day_ends_at_midnight_of_the_hub(
    app: Flask, cast: Cast, client: FlaskClient, clock: SettableClock
) -> None:
    visit_id = register(client, *TWO)
    clock.set("2026-11-23T23:59:59+01:00")
    assert seated(app, cast).get(f"/visits/{visit_id}/correct").status_code == 200


def test_a_colleague_of_the_hub_corrects_it_too(
    app: Flask, cast: Cast, client: FlaskClient, session: Session
) -> None:
    visit_id = register(client, *TWO)
    assert _correct(seated(app, cast, COLLEAGUE), visit_id, {"tenure": "room"}).status_code == 303
    assert only_visit(session).tenure == "room"


@pytest.mark.parametrize("who", [NEIGHBOUR, STRANGER], ids=lambda who: who.scope)
@pytest.mark.parametrize("page", ["", "/correct", "/sheet.pdf"])
def test_to_others_a_visit_is_not_there(
    who: Person, page: str, app: Flask, cast: Cast, client: FlaskClient
) -> None:
    visit_id = register(client, *TWO, action="print")
    assert seated(app, cast, who).get(f"/visits/{visit_id}{page}").status_code == 404


@pytest.mark.parametrize("page", ["/correct", "/undo", "/sheet.pdf"])
def test_others_change_nothing_of_a_visit(
    page: str, app: Flask, cast: Cast, client: FlaskClient, session: Session
) -> None:
    visit_id = register(client, *TWO, action="print")
    other = seated(app, cast, NEIGHBOUR)
    form = filled(other, question(0, "REK-05"), tenure="owner")
    assert other.post(f"/visits/{visit_id}{page}", data=form).status_code == 404
    assert counts(session) == (1, 2, 1)
    assert only_visit(session).tenure == "unknown"
