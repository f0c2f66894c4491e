"""Too many wrong passwords for a name: a pause for that name, whether it exists or not."""

import pytest
from flask import Flask
from sqlalchemy import select

from hub.accounts import signing_in
from hub.accounts.models import SignInFailure
from hub.db import db
from tests.accounts.people import attempt, signed_in
from tests.support.cast import ADMINISTRATOR, COLLEAGUE, PASSWORD, VOLUNTEER, Cast
from tests.support.clock import SettableClock
from tests.support.forms import post

WRONG = "not the password at all"


def _fail(app: Flask, name: str, times: int) -> list[int]:
    client = app.test_client()
    return [attempt(client, name, WRONG).status_code for _ in range(times)]


@pytest.mark.parametrize("name", [VOLUNTEER.name, "Zacharias"])
def test_the_eleventh_try_is_refused_for_any_name(app: Flask, cast: Cast, name: str) -> None:
    assert _fail(app, name, 11) == [422] * signing_in.MOST_FAILURES + [429]


def test_then_the_right_password_is_refused_too(app: Flask, cast: Cast) -> None:
    _fail(app, VOLUNTEER.name, 10)
    assert attempt(app.test_client(), VOLUNTEER.name, PASSWORD).status_code == 429


def test_capitals_do_not_give_new_tries(app: Flask, cast: Cast) -> None:
    _fail(app, "vera", 5)
    _fail(app, "  VERA", 5)
    assert attempt(app.test_client(), VOLUNTEER.name, PASSWORD).status_code == 429


def test_another_name_is_not_held_up(app: Flask, cast: Cast) -> None:
    _fail(app, VOLUNTEER.name, 11)
    assert attempt(app.test_client(), COLLEAGUE.name, PASSWORD).status_code == 303


def test_after_a_quarter_of_an_hour_it_is_forgotten(
    app: Flask, cast: Cast, clock: SettableClock
) -> None:
    _fail(app, VOLUNTEER.name, 11)
    clock.advance(minutes=15)
    assert attempt(app.test_client(), VOLUNTEER.name, PASSWORD).status_code == 303


def test_a_good_password_clears_the_count(app: Flask, cast: Cast) -> None:
    _fail(app, VOLUNTEER.name, 9)
    assert attempt(app.test_client(), VOLUNTEER.name, PASSWORD).status_code == 303
    assert _fail(app, VOLUNTEER.name, 10) == [422] * 10


def test_a_new_one_time_password_ends_the_pause(app: Flask, cast: Cast) -> None:
    _fail(app, VOLUNTEER.name, 11)
    page = f"/accounts/{cast.accounts[VOLUNTEER.name]}"
    post(signed_in(app, ADMINISTRATOR), page, {"action": "reset"})
    assert _fail(app, VOLUNTEER.name, 1) == [422]


def test_the_name_is_kept_only_as_a_keyed_digest(app: Flask, cast: Cast) -> None:
    _fail(app, VOLUNTEER.name, 1)
    with app.app_context():
        kept = db.session.scalars(select(SignInFailure.name_digest)).all()
    assert kept == [signing_in.failure_key("Vera", app.config["SECRET_KEY"])]
    assert kept != [signing_in.failure_key("Vera", b"another key")]


def test_the_present_password_cannot_be_guessed_at_an_open_desk(app: Flask, cast: Cast) -> None:
    client = signed_in(app, VOLUNTEER)
    guess = {"current": WRONG, "password": "a new sentence here", "again": "a new sentence here"}
    answers = [post(client, "/password", guess) for _ in range(11)]
    assert {answer.status_code for answer in answers} == {422}
    right = post(client, "/password", guess | {"current": PASSWORD})
    assert right.status_code == 422
