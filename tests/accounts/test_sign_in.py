"""Signing in and out: the same answer for every wrong try, and nowhere else to go but here."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from hub.accounts import passwords, signing_in
from hub.accounts.models import Account, SignIn
from hub.accounts.sign_in_views import local_path
from hub.db import db
from tests.accounts.people import attempt, is_inside, signed_in
from tests.support.cast import (
    ADMINISTRATOR,
    ANALYST,
    LEAVER,
    PASSWORD,
    VOLUNTEER,
    Cast,
)
from tests.support.clock import SettableClock
from tests.support.databases import both_databases
from tests.support.forms import fields_of, post, sign_in

NOBODY = "Zacharias"


def test_a_good_password_opens_the_first_page(client: FlaskClient, cast: Cast) -> None:
    answer = attempt(client, VOLUNTEER.name, PASSWORD)
    assert (answer.status_code, urlsplit(answer.location).path) == (303, "/")
    assert is_inside(client)


def test_capitals_and_spaces_around_the_name_do_not_matter(client: FlaskClient, cast: Cast) -> None:
    assert attempt(client, "  vERA ", PASSWORD).status_code == 303


def test_spaces_in_a_password_matter(client: FlaskClient, cast: Cast) -> None:
    assert attempt(client, VOLUNTEER.name, f" {PASSWORD}").status_code == 422


def test_after_the_sign_in_the_browser_goes_where_it_wanted(
    client: FlaskClient, cast: Cast
) -> None:
    asked = client.get("/accounts?page=2")
    assert asked.status_code == 303
    page = client.get(asked.location)
    fields = fields_of(page.text, "/sign-in") | {"name": ADMINISTRATOR.name, "password": PASSWORD}
    assert client.post("/sign-in", data=fields).location == "/accounts?page=2"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/",
        "//example.org/",
        "/\\example.org",
        "\\\\example.org",
        "/\t/example.org",
        "/\n/example.org",
        "javascript:alert(1)",
        "desk",
        "",
    ],
)
def test_no_other_site_is_a_place_to_go_after_the_sign_in(
    client: FlaskClient, cast: Cast, elsewhere: str
) -> None:
    assert local_path(elsewhere) is None
    answer = attempt(client, VOLUNTEER.name, PASSWORD, next=elsewhere)
    assert answer.location == "/"


def test_wrong_passwords_get_one_answer_whether_or_not_the_account_exists(
    app: Flask, cast: Cast
) -> None:
    seen = set()
    for name in (VOLUNTEER.name, NOBODY, LEAVER.name):
        client = app.test_client()
        answer = attempt(client, name, "not the password at all")
        fields = fields_of(answer.text, "/sign-in")
        text = answer.text.replace(fields["csrf_token"], "").replace(name, "")
        for form_token in fields_of(answer.text).values():
            text = text.replace(form_token, "")
        seen.add((answer.status_code, text, tuple(sorted(answer.headers.keys()))))
    assert len(seen) == 1
    assert seen.pop()[0] == 422


def test_wrong_passwords_cost_the_same_work_whether_or_not_the_account_exists(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[int, int, int]] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Any:  # noqa: A002
            assert isinstance(hash, str)
            memory, times, lanes = hash.split("$")[3].split(",")
            made.append((int(memory[2:]), int(times[2:]), int(lanes[2:])))
            return super().verify(hash, password)

    hasher = passwords._hasher
    monkeypatch.setattr(
        passwords, "_hasher", Counting(hasher.time_cost, hasher.memory_cost, hasher.parallelism)
    )
    for name in (VOLUNTEER.name, NOBODY, LEAVER.name):
        attempt(app.test_client(), name, "not the password at all")
    assert made == [(19_456, 2, 1)] * 3


def test_a_wrong_password_keeps_the_name_and_forgets_the_password(
    client: FlaskClient, cast: Cast
) -> None:
    answer = attempt(client, VOLUNTEER.name, "not the password at all")
    fields = fields_of(answer.text, "/sign-in")
    assert fields["name"] == VOLUNTEER.name
    assert not fields["password"]
    assert "not the password at all" not in answer.text


@pytest.mark.parametrize(
    ("name", "password"), [("", PASSWORD), ("Vera", ""), ("", ""), ("Ve\0ra", PASSWORD)]
)
def test_a_form_with_a_gap_is_answered_at_its_field(
    client: FlaskClient, cast: Cast, name: str, password: str
) -> None:
    answer = attempt(client, name, password)
    assert answer.status_code == 422
    assert "field-error" in answer.text


def test_a_name_or_password_of_any_size_is_only_wrong(client: FlaskClient, cast: Cast) -> None:
    assert attempt(client, "n" * 50_000, "p" * 50_000).status_code == 422


def test_the_session_is_made_anew_and_only_the_screen_language_stays(
    client: FlaskClient, cast: Cast
) -> None:
    post(client, "/language", {"language": "en", "back": "/sign-in"}, token_from="/sign-in")
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
        before = cookie["csrf_token"]
    sign_in(client, VOLUNTEER)
    with client.session_transaction() as cookie:
        assert set(cookie) == {"token", "language"}
        assert cookie["language"] == "en"
        assert before not in cookie.values()


def test_a_token_planted_before_the_sign_in_opens_nothing(app: Flask, cast: Cast) -> None:
    victim, thief = app.test_client(), app.test_client()
    for client in (victim, thief):
        with client.session_transaction() as cookie:
            cookie["token"] = "known-to-the-thief"
    sign_in(victim, VOLUNTEER)
    assert not is_inside(thief)


def test_signing_in_again_ends_the_sign_in_before(app: Flask, cast: Cast) -> None:
    client = signed_in(app, VOLUNTEER)
    with client.session_transaction() as cookie:
        old = cookie["token"]
    again = {"name": ANALYST.name, "password": PASSWORD}
    assert post(client, "/sign-in", again, token_from="/password").status_code == 303
    stale = app.test_client()
    with stale.session_transaction() as cookie:
        cookie["token"] = old
    assert not is_inside(stale)


def test_only_a_digest_of_the_token_is_kept(app: Flask, cast: Cast) -> None:
    client = signed_in(app, VOLUNTEER)
    with client.session_transaction() as cookie:
        token = cookie["token"]
    with app.app_context():
        assert [row.token_digest for row in db.session.query(SignIn)] == [signing_in._digest(token)]


def test_somebody_signed_in_is_sent_on_from_the_sign_in_page(app: Flask, cast: Cast) -> None:
    answer = signed_in(app, ADMINISTRATOR).get("/sign-in?next=/hubs")
    assert (answer.status_code, answer.location) == (303, "/hubs")


def test_signing_out_ends_the_sign_in_for_good(app: Flask, cast: Cast) -> None:
    client = signed_in(app, VOLUNTEER)
    with client.session_transaction() as cookie:
        token = cookie["token"]
    answer = post(client, "/sign-out", {}, token_from="/password")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    with client.session_transaction() as cookie:
        cookie["token"] = token
    assert not is_inside(client)


def test_after_half_a_day_the_password_is_asked_again(
    app: Flask, cast: Cast, clock: SettableClock
) -> None:
    client = signed_in(app, VOLUNTEER)
    for _ in range(12 * 6):
        clock.advance(minutes=10)
        assert is_inside(client)
    clock.advance(minutes=10)
    assert not is_inside(client)


def test_an_account_closed_meanwhile_is_not_recognised(
    app: Flask, cast: Cast, clock: SettableClock
) -> None:
    client = signed_in(app, VOLUNTEER)
    with app.app_context():
        db.session.get_one(Account, cast.accounts[VOLUNTEER.name]).closed_at = clock()
        db.session.commit()
    assert not is_inside(client)


def test_a_hash_of_older_parameters_is_renewed_at_a_sign_in(app: Flask, cast: Cast) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1)
    with app.app_context():
        account = db.session.get_one(Account, cast.accounts[VOLUNTEER.name])
        account.password_hash = weak.hash(PASSWORD)
        db.session.commit()
    signed_in(app, VOLUNTEER)
    with app.app_context():
        account = db.session.get_one(Account, cast.accounts[VOLUNTEER.name])
        assert not passwords.needs_rehash(account.password_hash)
    signed_in(app, VOLUNTEER)


@both_databases
def test_the_sign_in_works_on(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    assert attempt(client, NOBODY, PASSWORD).status_code == 422
    assert attempt(client, NOBODY, PASSWORD).status_code == 422
    assert attempt(client, VOLUNTEER.name, PASSWORD).status_code == 303
    assert is_inside(client)
