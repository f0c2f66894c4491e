"""A municipality is never left without an administrator."""

import threading
from contextlib import suppress

import pytest
from flask import Flask

from hub import clock as desk_clock
from hub.accounts import registry
from hub.accounts.models import Account
from hub.accounts.principal import Scope
from hub.db import unit_of_work
from hub.refusal import Refusal
from tests.accounts.people import give, grant_id, is_open, scopes_of, signed_in
from tests.support.cast import ADMINISTRATOR, EDITOR, Cast
from tests.support.databases import both_databases
from tests.support.forms import post

ROLE = Scope("administrator", municipality_code="GM0363")


def _page(cast: Cast) -> str:
    return f"/accounts/{cast.accounts[ADMINISTRATOR.name]}"


def test_the_last_one_is_not_closed(app: Flask, cast: Cast) -> None:
    answer = post(signed_in(app, ADMINISTRATOR), _page(cast), {"action": "close"})
    assert answer.status_code == 422
    assert "error-summary" in answer.text
    assert is_open(app, ADMINISTRATOR.name)


def test_the_last_one_does_not_lose_the_role(app: Flask, cast: Cast) -> None:
    account = cast.accounts[ADMINISTRATOR.name]
    give(app, account, [Scope("editor", municipality_code="GM0363")])
    grant = grant_id(app, account, "administrator")
    fields = {"action": "take", "grant": str(grant)}
    answer = post(signed_in(app, ADMINISTRATOR), _page(cast), fields)
    assert answer.status_code == 422
    assert ROLE in scopes_of(app, ADMINISTRATOR.name)


def test_a_closed_administrator_does_not_count(app: Flask, cast: Cast) -> None:
    give(app, cast.accounts["Loes"], [ROLE])
    answer = post(signed_in(app, ADMINISTRATOR), _page(cast), {"action": "close"})
    assert answer.status_code == 422


def test_an_administrator_of_another_municipality_does_not_count(app: Flask, cast: Cast) -> None:
    give(app, cast.accounts[EDITOR.name], [Scope("administrator", municipality_code="GM0344")])
    answer = post(signed_in(app, ADMINISTRATOR), _page(cast), {"action": "close"})
    assert answer.status_code == 422


@both_databases
def test_one_of_two_may_go(app: Flask, cast: Cast) -> None:
    give(app, cast.accounts[EDITOR.name], [ROLE])
    answer = post(signed_in(app, ADMINISTRATOR), _page(cast), {"action": "close"})
    assert answer.status_code == 303
    assert not is_open(app, ADMINISTRATOR.name)


@both_databases
def test_two_who_close_each_other_at_once_leave_one(app: Flask, cast: Cast) -> None:
    give(app, cast.accounts[EDITOR.name], [ROLE])
    refused: list[Exception] = []
    both_have_asked = threading.Barrier(2)

    def close(name: str) -> None:
        with app.app_context():
            try:
                with unit_of_work() as work:
                    account = work.get_one(Account, cast.accounts[name])
                    registry.close(work, account, desk_clock.now())
                    # Without a lock both get here; with one the other waits for this commit.
                    with suppress(threading.BrokenBarrierError):
                        both_have_asked.wait(0.5)
            except Refusal as refusal:
                refused.append(refusal)

    threads = [threading.Thread(target=close, args=(p.name,)) for p in (ADMINISTRATOR, EDITOR)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert is_open(app, ADMINISTRATOR.name) != is_open(app, EDITOR.name)


def test_the_refusal_says_what_to_do(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit_of_work() as work:
        account = work.get_one(Account, cast.accounts[ADMINISTRATOR.name])
        with pytest.raises(Refusal, match="Make another one first"):
            registry.close(work, account, desk_clock.now())
