"""The lock, the idle browser, and the quick change of volunteer."""

import re
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.wrappers import Response

from hub import access
from hub.accounts.principal import Scope
from tests.accounts.people import attempt, give, is_inside, signed_in
from tests.support.cast import ANALYST, COLLEAGUE, NEWCOMER, PASSWORD, VOLUNTEER, Cast
from tests.support.clock import SettableClock
from tests.support.forms import fields_of, post


def _lock(client: FlaskClient) -> Response:
    return post(client, "/lock", {}, token_from="/password")


def test_a_locked_browser_asks_for_the_password_with_the_name_filled_in(
    app: Flask, cast: Cast
) -> None:
    client = signed_in(app, VOLUNTEER)
    answer = _lock(client)
    assert (answer.status_code, urlsplit(answer.location).path) == (303, "/sign-in")
    page = client.get(answer.location)
    assert fields_of(page.text, "/sign-in")["name"] == VOLUNTEER.name
    assert "Vergrendeld" in page.text or "Locked" in page.text
    assert not is_inside(client)


def test_the_same_volunteer_goes_on_with_the_password(app: Flask, cast: Cast) -> None:
    client = signed_in(app, VOLUNTEER)
    _lock(client)
    assert attempt(client, VOLUNTEER.name, PASSWORD).status_code == 303
    assert is_inside(client)


def test_another_volunteer_takes_over_at_the_same_hub(app: Flask, cast: Cast) -> None:
    give(app, cast.accounts[COLLEAGUE.name], [Scope("volunteer", hub_id=cast.hubs["gein"])])
    give(app, cast.accounts[VOLUNTEER.name], [Scope("volunteer", hub_id=cast.hubs["gein"])])
    client = signed_in(app, VOLUNTEER)
    post(client, "/seat", {"hub": "gein"}, token_from="/password")
    _lock(client)
    attempt(client, COLLEAGUE.name, PASSWORD)
    page = client.get("/password").text
    assert COLLEAGUE.name in page
    assert "Energiehub Gein" in page


def test_whoever_has_no_role_at_that_hub_sits_at_the_own_one(app: Flask, cast: Cast) -> None:
    give(app, cast.accounts[VOLUNTEER.name], [Scope("volunteer", hub_id=cast.hubs["gein"])])
    client = signed_in(app, VOLUNTEER)
    post(client, "/seat", {"hub": "gein"}, token_from="/password")
    _lock(client)
    attempt(client, COLLEAGUE.name, PASSWORD)
    assert "Energiehub K-buurt" in client.get("/password").text


def test_an_idle_browser_is_locked_by_itself(app: Flask, cast: Cast, clock: SettableClock) -> None:
    client = signed_in(app, VOLUNTEER)
    clock.advance(minutes=15, seconds=1)
    answer = client.get("/password")
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert fields_of(page, "/sign-in")["name"] == VOLUNTEER.name


def test_a_browser_in_use_is_not_locked(app: Flask, cast: Cast, clock: SettableClock) -> None:
    client = signed_in(app, VOLUNTEER)
    for _ in range(5):
        clock.advance(minutes=14)
        assert is_inside(client)


def test_the_name_is_marked_to_be_selected_so_that_typing_replaces_it(
    app: Flask, cast: Cast
) -> None:
    client = signed_in(app, VOLUNTEER)
    _lock(client)
    page = client.get("/sign-in").text
    assert re.search(r'<input [^>]*autofocus[^>]* data-select[^>]* name="name"', page)


def test_a_fresh_browser_shows_no_name(client: FlaskClient, cast: Cast) -> None:
    page = client.get("/sign-in").text
    assert not fields_of(page, "/sign-in")["name"]
    assert all(name not in page for name in cast.accounts)


def test_after_half_a_day_the_name_is_not_shown_any_more(
    app: Flask, cast: Cast, clock: SettableClock
) -> None:
    client = signed_in(app, VOLUNTEER)
    clock.advance(hours=12, minutes=1)
    assert VOLUNTEER.name not in client.get("/sign-in").text


def test_signing_out_shows_no_name_to_the_next(app: Flask, cast: Cast) -> None:
    client = signed_in(app, VOLUNTEER)
    post(client, "/sign-out", {}, token_from="/password")
    assert VOLUNTEER.name not in client.get("/sign-in").text


def test_a_form_sent_along_with_the_lock_is_kept_and_survives_the_sign_in(
    app: Flask, cast: Cast
) -> None:
    def keeper(response: Response) -> str:
        response.set_cookie("hub_visit", "sealed")
        return "/analysis"

    access.keep_forms(app, "accounts.lock", keeper)
    client = signed_in(app, ANALYST)
    answer = _lock(client)
    assert client.get_cookie("hub_visit") is not None
    back = attempt(client, ANALYST.name, PASSWORD, **_next(answer))
    assert back.location == "/analysis"
    assert client.get_cookie("hub_visit") is not None


def test_a_form_of_a_browser_idle_too_long_is_kept_by_the_lock_as_well(
    app: Flask, cast: Cast, clock: SettableClock
) -> None:
    kept: list[Response] = []
    access.keep_forms(app, "accounts.lock", kept.append)
    client = signed_in(app, ANALYST)
    token = fields_of(client.get("/password").text)["csrf_token"]
    clock.advance(minutes=20)
    client.post("/lock", data={"csrf_token": token})
    assert len(kept) == 1


def test_a_newcomer_can_lock_before_choosing_a_password(app: Flask, cast: Cast) -> None:
    client = signed_in(app, NEWCOMER)
    assert _lock(client).status_code == 303
    assert not is_inside(client)


def _next(answer: Response) -> dict[str, str]:
    return {"next": answer.location.partition("next=")[2].replace("%2F", "/")}
