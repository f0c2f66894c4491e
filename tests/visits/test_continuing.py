"""With a return code a resident continues without a name."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from hub.visits import return_code
from hub.visits.models import Visit
from tests.support.cast import ANALYST, EDITOR, NEIGHBOUR, STRANGER, Cast, Person
from tests.support.databases import both_databases
from tests.visits.desk import in_form, question, register, seated, send, token

EARLIER = (question(0, "REK-03"), question(1, "WNT-06", "call_back", call_back_on="2026-11-30"))
ABOUT = {"language": "ti", "area": "EX-B-GEIN", "tenure": "social_rent", "home_type": "flat"}


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    """A volunteer at the desk, in English."""
    return seated(app, cast)


def _code(client: FlaskClient, visit_id: str) -> str:
    found = re.search(r'id="return-code">([^<]+)<', client.get(f"/visits/{visit_id}").text)
    assert found
    return found[1]


def _continue(client: FlaskClient, code: str) -> TestResponse:
    fields = {"csrf_token": token(client), "return_code": code}
    return client.post("/desk/continue", data=fields)


@both_databases
@pytest.mark.parametrize("spoken", ["{}", " {} ", "lower", "plain"])
def test_a_return_code_begins_a_new_visit_that_is_linked_to_the_earlier_one(
    spoken: str, client: FlaskClient, session: Session
) -> None:
    earlier = register(client, *EARLIER, **ABOUT)
    code = _code(client, earlier)
    typed = {"lower": code.lower(), "plain": code.replace("-", "")}.get(spoken, spoken.format(code))
    form = in_form(_continue(client, typed))
    assert form["visit_id"] != earlier
    assert send(client, form | question(0, "REK-03") | {"action": "finish"}).status_code == 303
    links = dict(session.execute(select(Visit.id, Visit.continues_id)).all())  # type: ignore[arg-type]
    assert {str(one): str(other) for one, other in links.items()} == {
        earlier: "None",
        form["visit_id"]: earlier,
    }


def test_what_is_known_of_the_home_is_filled_in_and_the_questions_are_not(
    client: FlaskClient,
) -> None:
    code = _code(client, register(client, *EARLIER, **ABOUT))
    form = in_form(_continue(client, code))
    assert form.items() >= ABOUT.items()
    assert form["first_visit"] == "no"
    assert [v for n, v in form.items() if n.endswith("-topic") and v] == []


def test_what_was_asked_then_is_shown(client: FlaskClient) -> None:
    code = _code(client, register(client, *EARLIER))
    page = _continue(client, code).text
    assert "Asked then" in page
    assert 'class="code">WNT-06<' in page


def test_the_new_visit_leads_to_the_earlier_one(client: FlaskClient) -> None:
    earlier = register(client, *EARLIER)
    form = in_form(_continue(client, _code(client, earlier)))
    send(client, form | {"action": "finish"})
    assert f'href="/visits/{earlier}"' in client.get(f"/visits/{form['visit_id']}").text


def test_an_undone_earlier_visit_leaves_the_later_one_without_a_link(
    client: FlaskClient, session: Session
) -> None:
    earlier = register(client, *EARLIER)
    form = in_form(_continue(client, _code(client, earlier)))
    send(client, form | {"action": "finish"})
    undone = client.post(f"/visits/{earlier}/undo", data={"csrf_token": token(client)})
    assert undone.status_code == 303
    assert session.scalars(select(Visit.continues_id)).all() == [None]


def _wrong_check_sign(code: str) -> str:
    other = next(sign for sign in return_code.ALPHABET if sign != code[-1])
    return code[:-1] + other


def test_a_code_with_a_wrong_check_sign_is_refused(client: FlaskClient) -> None:
    code = _code(client, register(client, *EARLIER))
    answer = _continue(client, _wrong_check_sign(code))
    assert answer.status_code == 422
    assert "One sign of this return code is wrong" in answer.text


@pytest.mark.parametrize(
    "typed", ["", "ACE", "ACE-H3F-J4", "ACE-H3F-J4KK", "ACE-H3F-J4!", "0O1IL5SUV"]
)
def test_what_is_no_code_is_refused_with_an_example(typed: str, client: FlaskClient) -> None:
    answer = _continue(client, typed)
    assert answer.status_code == 422
    assert "A return code has nine letters and digits" in answer.text


def test_a_code_that_nobody_was_given_is_not_known(client: FlaskClient) -> None:
    answer = _continue(client, return_code.show(return_code.new_code()))
    assert answer.status_code == 422
    assert "is not known at your hub" in answer.text


def test_a_refused_code_stands_in_its_field_again(client: FlaskClient) -> None:
    answer = _continue(client, "ACE-H3F-J4")
    assert 'value="ACE-H3F-J4"' in answer.text


@pytest.mark.parametrize("who", [NEIGHBOUR, STRANGER], ids=lambda who: who.scope)
def test_a_code_of_another_hub_is_not_known_there(
    who: Person, app: Flask, cast: Cast, client: FlaskClient
) -> None:
    code = _code(client, register(client, *EARLIER))
    answer = _continue(seated(app, cast, who), code)
    assert answer.status_code == 422
    assert "is not known at your hub" in answer.text


def test_a_link_to_a_visit_of_another_hub_is_dropped(
    app: Flask, cast: Cast, client: FlaskClient, session: Session
) -> None:
    earlier = register(client, *EARLIER)
    register(seated(app, cast, NEIGHBOUR), question(0, "REK-03"), hub="gein", continues=earlier)
    assert session.scalars(select(Visit.continues_id)).all() == [None, None]


def test_a_code_leads_nowhere_without_a_sign_in(app: Flask, client: FlaskClient) -> None:
    code = _code(client, register(client, *EARLIER))
    passer_by = app.test_client()
    answer = _continue(passer_by, code)
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize("who", [EDITOR, ANALYST], ids=lambda who: who.role)
def test_a_code_leads_nowhere_for_a_role_without_a_desk(
    who: Person, app: Flask, cast: Cast, client: FlaskClient
) -> None:
    code = _code(client, register(client, *EARLIER))
    assert _continue(seated(app, cast, who), code).status_code == 403


def test_a_day_to_come_back_is_told_with_the_code(client: FlaskClient) -> None:
    page = client.get(f"/visits/{register(client, *EARLIER)}").text
    assert "comes back with the code on 30 November 2026" in page
