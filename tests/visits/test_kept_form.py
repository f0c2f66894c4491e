"""A form that was open when the session ended comes back whole, and only to that browser."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import MetaData, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from hub.accounts import signing_in
from hub.db import unit_of_work
from tests.support.cast import COLLEAGUE, NEIGHBOUR, VOLUNTEER, Cast, Person
from tests.support.clock import SettableClock
from tests.support.databases import both_databases
from tests.support.forms import sign_in
from tests.visits.desk import (
    Fields,
    counts,
    filled,
    in_form,
    page_form,
    question,
    seated,
    send,
    teach_postcode,
    token,
)

OPEN = (
    question(0, "REK-03", "answered", trigger="bill", urgency="soon", answer="instalment")
    | question(1, "ACH-03", "call_back", call_back_on="2026-12-01", answer="disconnection")
    | question(2, "WNT-06", "not_answered", reason="too_specialised", sheet="no")
    | {"tenure": "owner", "heating": "block", "home_type": "corner", "language": "ti"}
    | {"area": "EX-B-GEIN", "channel": "phone", "first_visit": "no", "late_entry": "y"}
    | {"opened_at": "2026-11-20T11:30", "action": "print"}
)
BLANKS = {"questions-0-blank-instalment": "95", "questions-1-blank-supplier": "Zuidenergie"}


def _end(app: Flask, client: FlaskClient, clock: SettableClock) -> None:
    with app.app_context(), unit_of_work() as work, client.session_transaction() as cookie:
        signing_in.end(work, cookie["token"])


def _leave_idle(app: Flask, client: FlaskClient, clock: SettableClock) -> None:
    clock.advance(minutes=16)


def _lock_elsewhere(app: Flask, client: FlaskClient, clock: SettableClock) -> None:
    with app.app_context(), unit_of_work() as work, client.session_transaction() as cookie:
        signing_in.lock(work, cookie["token"])


def _lose_the_cookie(app: Flask, client: FlaskClient, clock: SettableClock) -> None:
    client.delete_cookie(app.config["SESSION_COOKIE_NAME"])


ENDINGS = pytest.mark.parametrize(
    "end", [_end, _leave_idle, _lock_elsewhere, _lose_the_cookie], ids=lambda end: end.__name__
)
Ending = Callable[[Flask, FlaskClient, SettableClock], None]


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    """A volunteer at the desk, in English."""
    return seated(app, cast)


def _full(client: FlaskClient) -> Fields:
    return page_form(client) | OPEN | BLANKS


def _told(form: Fields) -> Fields:
    """Give what was typed or chosen, without what a form carries by itself."""
    apart = {"csrf_token", "action", "search", "return_code"}
    return {n: v for n, v in form.items() if v and n not in apart and "answer_language" not in n}


def _back(client: FlaskClient, answer: TestResponse, who: Person = VOLUNTEER) -> Fields:
    """Sign in where an answer sends to, and give the form of the page after it."""
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/desk"
    entered = sign_in(client, who, following="/desk")
    assert entered.location == "/desk"
    return in_form(client.get(entered.location))


@ENDINGS
def test_a_form_sent_after_the_session_ended_comes_back_as_it_was(
    end: Ending, app: Flask, client: FlaskClient, clock: SettableClock, session: Session
) -> None:
    form = _full(client)
    end(app, client, clock)
    kept = _back(client, send(client, form))
    assert _told(kept) == _told(form)
    assert counts(session) == (0, 0, 0)


def test_the_lock_button_keeps_the_open_form(client: FlaskClient) -> None:
    form = _full(client)
    kept = _back(client, client.post("/lock", data=form))
    assert _told(kept) == _told(form)


@ENDINGS
def test_the_lock_button_keeps_the_form_of_a_session_that_ended_before(
    end: Ending, app: Flask, client: FlaskClient, clock: SettableClock
) -> None:
    form = _full(client)
    end(app, client, clock)
    assert _told(_back(client, client.post("/lock", data=form))) == _told(form)


@ENDINGS
def test_a_button_of_the_plain_form_keeps_it_too(
    end: Ending, app: Flask, client: FlaskClient, clock: SettableClock
) -> None:
    form = _full(client)
    end(app, client, clock)
    assert _told(_back(client, client.post("/desk", data=form))) == _told(form)


@ENDINGS
def test_a_form_sent_aside_by_a_page_that_is_left_is_kept_too(
    end: Ending, app: Flask, client: FlaskClient, clock: SettableClock
) -> None:
    form = _full(client)
    end(app, client, clock)
    client.post("/desk/keep", data=form)
    sign_in(client, VOLUNTEER)
    assert _told(in_form(client.get("/desk"))) == _told(form)


def test_a_colleague_who_signs_in_finds_the_open_form(client: FlaskClient) -> None:
    form = _full(client)
    kept = _back(client, client.post("/lock", data=form), COLLEAGUE)
    assert _told(kept) == _told(form)


def test_a_volunteer_of_another_hub_stores_it_at_the_own_hub(
    client: FlaskClient, session: Session
) -> None:
    form = _full(client)
    kept = _back(client, client.post("/lock", data=form), NEIGHBOUR)
    assert kept["hub"] == "gein"
    assert send(client, kept | {"action": "finish"}).status_code == 303


@both_databases
def test_the_form_that_came_back_is_stored_under_the_same_id(
    app: Flask, client: FlaskClient, clock: SettableClock, session: Session
) -> None:
    form = _full(client)
    _end(app, client, clock)
    kept = _back(client, send(client, form))
    assert kept["visit_id"] == form["visit_id"]
    answer = send(client, kept | {"action": "print"})
    assert (answer.status_code, answer.location) == (303, f"/visits/{form['visit_id']}")
    assert counts(session) == (1, 3, 1)


def test_a_form_that_was_stored_before_the_session_ended_is_not_stored_again(
    app: Flask, client: FlaskClient, clock: SettableClock, session: Session
) -> None:
    form = page_form(client) | question(0, "REK-03") | {"action": "finish"}
    send(client, form)
    _end(app, client, clock)
    kept = _back(client, send(client, form))
    assert send(client, kept | {"action": "finish"}).status_code == 303
    assert counts(session) == (1, 1, 1)


def test_a_typed_postcode_comes_back_as_its_area(app: Flask, client: FlaskClient) -> None:
    teach_postcode(app, "1104AB", "EX-B-GRUNDER")
    form = page_form(client) | {"postcode": "1104 AB", "tenure": "owner"}
    kept = _back(client, client.post("/lock", data=form))
    assert (kept["area"], kept["postcode"], kept["tenure"]) == ("EX-B-GRUNDER", "", "owner")


def test_a_postcode_that_is_not_known_does_not_come_back(client: FlaskClient) -> None:
    form = page_form(client) | {"postcode": "9999 ZZ", "tenure": "owner"}
    kept = _back(client, client.post("/lock", data=form))
    assert (kept["postcode"], kept["tenure"]) == ("", "owner")


def test_the_fullest_form_there_is_comes_back(client: FlaskClient) -> None:
    """Five questions with every blank of their answers filled in, in a script of three bytes."""
    form = page_form(client) | {"area": "EX-B-GEIN", "opened_at": "2026-11-20T11:30"}
    topics = ("REK-03", "ACH-03", "REK-01", "WNT-06", "ACH-01")
    for slot, topic in enumerate(topics):
        form |= question(slot, topic, "call_back", call_back_on=f"2026-12-0{slot + 1}")
        form |= {f"questions-{slot}-trigger": "sales_pitch", f"questions-{slot}-urgency": "soon"}
    form = in_form(client.post("/desk", data=form))
    # What is chosen of a list is no free text.
    names = [name for name in form if "-blank-" in name and not name.endswith("_vat")]
    assert len(names) >= 5
    for at, name in enumerate(names):
        form[name] = f"ሰላም {at * 7919 % 9973} ኤነርጂ {at * 104729 % 99991} €"
    kept = _back(client, client.post("/lock", data=form))
    assert _told(kept) == _told(form)


def test_a_stored_visit_leaves_no_form_behind(client: FlaskClient) -> None:
    form = _full(client)
    _back(client, client.post("/lock", data=form))
    send(client, filled(client, question(0, "REK-03")))
    assert client.get_cookie("hub_visit") is None


def test_starting_over_forgets_the_open_form(client: FlaskClient) -> None:
    form = _full(client)
    _back(client, client.post("/lock", data=form))
    assert client.get("/desk?fresh=1").status_code == 200
    assert in_form(client.get("/desk"))["visit_id"] != form["visit_id"]


def test_another_browser_never_sees_the_form(app: Flask, cast: Cast, client: FlaskClient) -> None:
    form = _full(client)
    client.post("/lock", data=form)
    assert in_form(seated(app, cast, COLLEAGUE).get("/desk"))["visit_id"] != form["visit_id"]


def test_the_cookie_of_the_form_cannot_be_read_or_altered(client: FlaskClient) -> None:
    form = _full(client)
    client.post("/lock", data=form)
    cookie = client.get_cookie("hub_visit")
    assert cookie is not None
    assert "Zuidenergie" not in bytes.fromhex(cookie.value).decode("latin-1")
    altered = cookie.value[:-2] + ("00" if cookie.value[-2:] != "00" else "01")
    client.set_cookie("hub_visit", altered)
    sign_in(client, VOLUNTEER)
    assert in_form(client.get("/desk"))["visit_id"] != form["visit_id"]


def test_a_form_posted_by_another_site_is_not_kept(client: FlaskClient) -> None:
    form = filled(client, question(0, "REK-03"))
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        client.post("/lock", data=form, headers=headers)
        assert client.get_cookie("hub_visit") is None, headers


def _everything(session: Session) -> str:
    """Give all that the database holds, as one text."""
    session.rollback()
    tables = MetaData()
    tables.reflect(session.connection())
    return json.dumps(
        [list(map(str, row)) for t in tables.sorted_tables for row in session.execute(select(t))],
        ensure_ascii=False,
    )


@both_databases
def test_what_was_typed_in_a_blank_is_never_in_the_database(
    app: Flask, client: FlaskClient, clock: SettableClock, session: Session
) -> None:
    secret: dict[str, Any] = {
        "questions-0-blank-instalment": "93,17",
        "questions-1-blank-supplier": "Zuidenergie Leverancier",
    }
    form = page_form(client) | OPEN | secret
    _back(client, client.post("/lock", data=form))
    visit_id = form["visit_id"]
    assert send(client, form | {"csrf_token": token(client)}).status_code == 303
    printed = {"csrf_token": token(client), **secret}
    sheet = client.post(f"/visits/{visit_id}/sheet.pdf", data=printed)
    assert sheet.status_code == 200, sheet.text
    held = _everything(session)
    assert visit_id in held or visit_id.replace("-", "") in held
    for typed in ("93,17", "93.17", "Zuidenergie"):
        assert typed not in held
