"""`hub init` and what `make run` does before it serves: safe to repeat, and keeps all data."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from hub import migrating
from hub.accounts.models import Account
from hub.accounts.signing_in import verify_password
from hub.db import db
from hub.demonstration.making import VISITS
from hub.maintenance import commands, preparing
from hub.places.models import Municipality
from hub.topics.models import Topic
from hub.visits.models import Visit
from tests.maintenance.commanding import run
from tests.maintenance.rows import content_of
from tests.support.application import let_go, make_app
from tests.support.clock import SettableClock


@pytest.fixture
def new(tmp_path: Path, clock: SettableClock) -> Iterator[Flask]:
    """An application whose database is not there yet."""
    app = make_app(f"sqlite:///{tmp_path / 'hub.sqlite'}", tmp_path, clock)
    yield app
    let_go(app)


def _count(app: Flask, model: type[Topic | Visit | Account | Municipality]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_init_makes_the_database_and_loads_the_content(new: Flask) -> None:
    done = run(new, commands.init)
    assert done.exit_code == 0
    assert f"The database was made (revision {migrating.newest_revision()})." in done.stdout
    assert "Topics: 70." in done.stdout
    assert _count(new, Topic) == 70


def test_init_a_second_time_changes_nothing_and_says_so(new: Flask) -> None:
    run(new, commands.init)
    with new.app_context():
        before = content_of(db.engine)
    again = run(new, commands.init)
    assert "The database is up to date" in again.stdout
    assert "New or changed facts: 0, answer texts: 0." in again.stdout
    with new.app_context():
        assert content_of(db.engine) == before


def test_a_new_desk_gets_the_demonstration_and_tells_its_passwords(new: Flask) -> None:
    done = run(new, commands.prepare, "--port", "8123")
    assert done.exit_code == 0
    assert "http://127.0.0.1:8123" in done.stdout
    lines = [line.split() for line in done.stdout.splitlines() if line.startswith("  ")][1:]
    assert len(lines) == 6
    with new.app_context():
        for name, password, *_role in lines:
            assert verify_password(db.session(), name, password) is not None
    assert _count(new, Visit) == VISITS


def test_a_second_start_keeps_everything_and_tells_names_without_passwords(new: Flask) -> None:
    first = run(new, commands.prepare)
    with new.app_context():
        before = content_of(db.engine)
    second = run(new, commands.prepare)
    assert "Sign in as: analist, beheerder, coordinator" in second.stdout
    assert "hub account reset NAME" in second.stdout
    for line in first.stdout.splitlines():
        if line.startswith("  "):
            assert line.split()[1] not in second.stdout
    with new.app_context():
        assert content_of(db.engine) == before


def test_without_the_demonstration_the_first_steps_are_told(new: Flask) -> None:
    for _start in range(2):
        done = run(new, commands.prepare, "--no-demo")
        assert done.exit_code == 0
        assert "hub hub add SLUG --name" in done.stdout
        assert "hub account add NAME --role administrator" in done.stdout
    assert _count(new, Municipality) == 0


def test_the_demonstration_comes_only_into_a_new_database(new: Flask) -> None:
    run(new, commands.prepare, "--no-demo")
    run(new, commands.prepare, "--demo")
    assert _count(new, Municipality) == 0


def test_a_first_start_that_was_interrupted_is_finished_by_the_next(
    new: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(preparing, "make_demonstration", interrupted)
        run(new, commands.prepare)
    assert _count(new, Topic) == 70
    assert _count(new, Account) == 0
    run(new, commands.prepare)
    assert _count(new, Account) == 6


def test_the_keys_are_made_before_the_application() -> None:
    before = commands.prepare.callback.__before_application__  # type: ignore[union-attr]
    assert before is commands.make_keys
