"""A postcode is looked up in memory; afterwards it stands nowhere."""

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import MetaData, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from hub.security import unseal
from tests.support.cast import Cast
from tests.support.databases import both_databases
from tests.visits.desk import (
    counts,
    filled,
    in_form,
    only_visit,
    question,
    register,
    seated,
    send,
    teach_postcode,
)

POSTCODE = "1104AB"
WAYS = ("1104AB", "1104 AB", "1104 ab", " 1104 Ab ")


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    """A volunteer at a desk that knows one postcode, in English."""
    teach_postcode(app, POSTCODE, "EX-B-GRUNDER")
    return seated(app, cast)


@both_databases
@pytest.mark.parametrize("typed", WAYS)
def test_a_known_postcode_becomes_its_area(
    typed: str, client: FlaskClient, session: Session
) -> None:
    register(client, question(0, "REK-03"), postcode=typed)
    assert only_visit(session).area == "EX-B-GRUNDER"


@pytest.mark.parametrize("typed", ["11", "AB 1104", "0104 AB", "1104 ABC", "1104 A1", "thuis"])
def test_what_is_no_postcode_is_refused_at_its_field(
    typed: str, client: FlaskClient, session: Session
) -> None:
    answer = send(client, filled(client, question(0, "REK-03"), postcode=typed))
    assert answer.status_code == 422
    assert "This is not a postcode" in answer.text
    assert counts(session) == (0, 0, 0)


def test_an_unknown_postcode_asks_for_the_area(client: FlaskClient, session: Session) -> None:
    answer = send(client, filled(client, question(0, "REK-03"), postcode="9999 ZZ"))
    assert answer.status_code == 422
    assert "is not in the list of the desk" in answer.text
    assert counts(session) == (0, 0, 0)


def test_the_plain_form_turns_a_postcode_into_its_area_at_the_next_button(
    client: FlaskClient,
) -> None:
    form = filled(client, postcode="1104 AB") | {"add": "REK-03"}
    kept = in_form(client.post("/desk", data=form))
    assert (kept["area"], kept["postcode"]) == ("EX-B-GRUNDER", "")


def test_a_repeat_with_the_postcode_is_the_same_content(
    client: FlaskClient, session: Session
) -> None:
    form = filled(client, question(0, "REK-03"), postcode="1104 AB")
    assert send(client, form).status_code == 303
    assert send(client, form).status_code == 303
    assert counts(session) == (1, 1, 1)


def _held(text: str) -> bool:
    small = text.casefold()
    return any(way.strip().casefold() in small for way in WAYS)


def _in_database(session: Session) -> list[str]:
    """Give the tables, beside the public list of postcodes, in which the postcode stands."""
    session.rollback()
    tables = MetaData()
    tables.reflect(session.connection())
    return [
        table.name
        for table in tables.sorted_tables
        if table.name != "postcode_area"
        and any(_held(str(row)) for row in session.execute(select(table)))
    ]


def _in_answer(app: Flask, answer: TestResponse) -> list[str]:
    """Give the headers of an answer, cookies unsealed, in which the postcode stands."""
    found = [name for name, value in answer.headers if _held(value)]
    key = app.config["FIELD_KEY"]
    for header in answer.headers.getlist("Set-Cookie"):
        name, _, rest = header.partition("=")
        kept = unseal(rest.partition(";")[0], name.removeprefix("hub_"), key)
        if kept is not None and _held(str(kept)):
            found.append(f"inside {name}")
    return found


@both_databases
@pytest.mark.parametrize("action", ["finish", "print"])
def test_a_postcode_stands_nowhere_afterwards(
    action: str,
    client: FlaskClient,
    app: Flask,
    session: Session,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        form = filled(client, question(0, "REK-03"), postcode="1104 AB", action=action)
        answer = send(client, form)
        page = client.get(answer.location)
    assert _in_answer(app, answer) == []
    assert not _held(page.text)
    assert _in_database(session) == []
    assert not _held(caplog.text)


@pytest.mark.parametrize("typed", ["1104 AB", "1104 ABC"])
def test_a_refused_form_is_not_logged_with_its_postcode(
    typed: str, client: FlaskClient, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        form = filled(client, question(0, "NO-SUCH"), postcode=typed)
        answer = send(client, form)
    assert answer.status_code == 422
    assert not _held(caplog.text)
    assert _in_answer(app, answer) == []


def test_a_form_kept_for_the_sign_in_holds_the_area_and_not_the_postcode(
    client: FlaskClient, app: Flask
) -> None:
    form = filled(client, question(0, "REK-03"), postcode="1104 AB")
    answer = client.post("/lock", data=form)
    assert answer.status_code == 303
    assert _in_answer(app, answer) == []
    cookie = client.get_cookie("hub_visit")
    assert cookie is not None
    kept = dict(unseal(cookie.value, "visit", app.config["FIELD_KEY"]))
    assert kept["area"] == "EX-B-GRUNDER"


def test_a_postcode_that_is_none_is_not_kept_for_the_sign_in(
    client: FlaskClient, app: Flask
) -> None:
    client.post("/lock", data=filled(client, question(0, "REK-03"), postcode="1104 ABC"))
    cookie = client.get_cookie("hub_visit")
    assert cookie is not None
    assert not _held(str(unseal(cookie.value, "visit", app.config["FIELD_KEY"])))


def test_no_form_puts_a_postcode_in_an_address(client: FlaskClient) -> None:
    page = client.get("/desk?fresh=1").text
    head = page[: page.index('name="postcode"')]
    form = head[head.rindex("<form") :]
    assert 'method="post"' in form
