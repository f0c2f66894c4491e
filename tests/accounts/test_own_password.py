"""One's own password: forced after a one-time password, changed at will afterwards."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from hub.accounts import passwords
from hub.refusal import Refusal
from tests.accounts.people import attempt, is_inside, signed_in
from tests.support.cast import NEWCOMER, PASSWORD, VOLUNTEER, Cast
from tests.support.forms import fields_of, post

NEW = "een heel ander zinnetje"


def _new(password: str = NEW, **more: str) -> dict[str, str]:
    return {"password": password, "again": password, **more}


def test_a_one_time_password_opens_nothing_but_its_own_replacement(app: Flask, cast: Cast) -> None:
    client = signed_in(app, NEWCOMER)
    for page in ("/", "/desk", "/seat"):
        answer = client.get(page)
        assert answer.location == "/password" or answer.status_code == 405
    assert post(client, "/password", _new()).location == "/"
    assert client.get("/").location == "/desk"


def test_after_the_replacement_the_browser_goes_where_it_wanted(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    answer = attempt(client, NEWCOMER.name, PASSWORD, next="/desk")
    assert answer.location == "/password?next=/desk"
    fields = fields_of(client.get(answer.location).text, "/password")
    assert client.post("/password", data=fields | _new()).location == "/desk"


def test_the_new_password_counts_and_the_old_one_does_not(app: Flask, cast: Cast) -> None:
    post(signed_in(app, VOLUNTEER), "/password", _new(current=PASSWORD))
    assert attempt(app.test_client(), VOLUNTEER.name, PASSWORD).status_code == 422
    assert attempt(app.test_client(), VOLUNTEER.name, NEW).status_code == 303


def test_a_change_ends_the_sign_ins_on_other_devices_only(app: Flask, cast: Cast) -> None:
    here, there = signed_in(app, VOLUNTEER), signed_in(app, VOLUNTEER)
    post(here, "/password", _new(current=PASSWORD))
    assert is_inside(here)
    assert not is_inside(there)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        (_new(current="not the present one"), "current"),
        (_new(current=""), "current"),
        (_new("too short", current=PASSWORD), "password"),
        (_new("x" * 201, current=PASSWORD), "password"),
        (_new("Vera heeft een lange zin", current=PASSWORD), "password"),
        (_new("aaaaaaaaaaaaaaaaaa", current=PASSWORD), "password"),
        (_new(PASSWORD, current=PASSWORD), "password"),
        (_new("", current=PASSWORD), "password"),
        ({"current": PASSWORD, "password": NEW, "again": NEW + "s"}, "again"),
    ],
)
def test_a_bad_change_is_answered_at_its_field_and_changes_nothing(
    app: Flask, cast: Cast, fields: dict[str, str], field: str
) -> None:
    answer = post(signed_in(app, VOLUNTEER), "/password", fields)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert attempt(app.test_client(), VOLUNTEER.name, PASSWORD).status_code == 303


def test_a_newcomer_cannot_keep_the_one_time_password(app: Flask, cast: Cast) -> None:
    assert post(signed_in(app, NEWCOMER), "/password", _new(PASSWORD)).status_code == 422


def test_one_time_passwords_differ_and_are_strong_enough_to_be_ones_own() -> None:
    made = {passwords.one_time_password() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        passwords.require_strong(password, "Alex")  # no syllable has an x: never by chance inside


@given(st.text(max_size=11))
def test_a_short_password_is_refused_whatever_is_in_it(password: str) -> None:
    with pytest.raises(Refusal):
        passwords.require_strong(password, "Vera")
