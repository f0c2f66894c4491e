"""Every address has a rule, and answers every role and nobody as its rule says."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from hub import access
from hub.accounts import signing_in
from hub.accounts.models import Account
from hub.accounts.roles import ROLES
from hub.db import unit_of_work
from tests.support.cast import NEWCOMER, OF_EACH_ROLE, Cast, Person
from tests.support.forms import token_of

# What may stand where an address has a gap: things that are there, and things that are not.
_SAMPLES = {
    "slug": "instalment",
    "language": "nl",
    "period": "2026-10",
    "table": "topic",
    "code": "ABCD-EFGH",
    "visit_id": "0190a000-0000-7000-8000-000000000001",
    "filename": "nothing.css",
    "account_id": 1,
    "hub_slug": "k-buurt",
}
# These end a sign-in, so they rightly send to the sign-in page.
_ENDINGS = {"accounts.lock", "accounts.sign_out"}
# A page that is there, is to come, sends on, or holds nothing of the asker's.
_LET_IN = {200, 204, 303, 404, 501}
# A form that arrived empty may also be refused for what it lacks.
_LET_IN_EMPTY = _LET_IN | {400, 409, 415, 422}


def _addresses(app: Flask, method: str) -> Iterator[tuple[Rule, str]]:
    """Give every rule that takes a method, with an address that fits it."""
    adapter = app.url_map.bind("127.0.0.1")
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()):
            values = {name: _SAMPLES.get(name, 1) for name in rule.arguments}
            values |= rule.defaults or {}
            yield rule, adapter.build(rule.endpoint, values, method=method)


def _sit_down(app: Flask, client: FlaskClient, cast: Cast, who: Person) -> None:
    """Sign somebody in without the page: the sweep does it hundreds of times."""
    with app.app_context(), unit_of_work() as work:
        account = work.get_one(Account, cast.accounts[who.name])
        token = signing_in.start(work, account, None, app.extensions["clock"]())
    with client.session_transaction() as cookie:
        cookie["token"] = token


def _to_sign_in(answer: TestResponse) -> bool:
    return answer.status_code == 303 and urlsplit(answer.location).path == "/sign-in"


def _misfit(rule: frozenset[str], who: Person | None, answer: TestResponse, good: set[int]) -> str:
    """Say how an answer breaks the rule of its address; empty where it keeps to it."""
    if rule == access.ANYONE:
        return "" if answer.status_code in good else "is open, yet answered"
    if who is None:
        return "" if _to_sign_in(answer) else "should send to the sign-in, yet answered"
    if rule != access.SIGNED_IN and who.role not in rule:
        return "" if answer.status_code == 403 else f"is not for {who.role}, yet answered"
    wrong = answer.status_code not in good or _to_sign_in(answer)
    return f"is for {who.role}, yet answered" if wrong else ""


def test_every_route_has_a_rule(app: Flask) -> None:
    silent = [r.endpoint for r in app.url_map.iter_rules() if not access.rule_of(app, r.endpoint)]
    assert silent == []


def test_every_rule_names_roles_that_exist(app: Flask) -> None:
    known = set(ROLES) | access.ANYONE | access.SIGNED_IN
    for rule in app.url_map.iter_rules():
        assert (access.rule_of(app, rule.endpoint) or frozenset()) <= known, rule.endpoint


@pytest.mark.parametrize(
    "who", [None, *OF_EACH_ROLE], ids=lambda who: who.role if who else "nobody"
)
def test_every_page_keeps_to_its_rule_for(who: Person | None, app: Flask, cast: Cast) -> None:
    misfits = []
    for rule, address in _addresses(app, "GET"):
        client = app.test_client()
        if who is not None:
            _sit_down(app, client, cast, who)
        answer = client.get(address)
        allowed = access.rule_of(app, rule.endpoint) or frozenset()
        said = _misfit(allowed, who, answer, _LET_IN)
        if said:
            misfits.append(f"GET {address} ({rule.endpoint}) {said} {answer.status_code}")
        answer.close()
    assert not misfits, "\n".join(misfits)


@pytest.mark.parametrize(
    "who", [None, *OF_EACH_ROLE], ids=lambda who: who.role if who else "nobody"
)
def test_every_form_keeps_to_its_rule_for(who: Person | None, app: Flask, cast: Cast) -> None:
    misfits = []
    for rule, address in _addresses(app, "POST"):
        client = app.test_client()
        token = token_of(client)
        if who is not None:
            _sit_down(app, client, cast, who)
        answer = client.post(address, data={"csrf_token": token})
        allowed = access.rule_of(app, rule.endpoint) or frozenset()
        if rule.endpoint in _ENDINGS and who is not None and _to_sign_in(answer):
            continue
        said = _misfit(allowed, who, answer, _LET_IN_EMPTY)
        if said:
            misfits.append(f"POST {address} ({rule.endpoint}) {said} {answer.status_code}")
    assert not misfits, "\n".join(misfits)


def test_no_form_is_taken_without_its_token(app: Flask, cast: Cast) -> None:
    for rule, address in _addresses(app, "POST"):
        client = app.test_client()
        _sit_down(app, client, cast, OF_EACH_ROLE[0])
        answer = client.post(address)
        assert answer.status_code in {303, 400}, f"{rule.endpoint}: {answer.status_code}"
        if answer.status_code == 303:
            assert _to_sign_in(answer), f"{rule.endpoint} took a form without token"


def test_a_newcomer_is_sent_to_change_the_password_first(app: Flask, cast: Cast) -> None:
    for rule, address in _addresses(app, "GET"):
        allowed = access.rule_of(app, rule.endpoint) or frozenset()
        if allowed == access.ANYONE or not allowed & (access.SIGNED_IN | {"volunteer"}):
            continue
        if rule.endpoint in {"accounts.password", "accounts.sign_out"}:
            continue
        client = app.test_client()
        _sit_down(app, client, cast, NEWCOMER)
        answer = client.get(address)
        assert answer.status_code == 303, f"{rule.endpoint}: {answer.status_code}"
        assert "password" in answer.location, rule.endpoint


def test_a_planted_route_without_a_rule_is_refused(app: Flask, cast: Cast) -> None:
    app.add_url_rule("/planted", "planted", lambda: "open to all by mistake")
    for who in OF_EACH_ROLE:
        client = app.test_client()
        _sit_down(app, client, cast, who)
        assert client.get("/planted").status_code == 403
    assert app.test_client().get("/planted").status_code == 403


def test_an_address_that_is_not_there_answers_404_to_nobody(client: FlaskClient) -> None:
    assert client.get("/no-such-page").status_code == 404
