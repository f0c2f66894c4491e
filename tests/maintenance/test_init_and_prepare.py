"""`hub init` and what `make run` does before it serves: safe to repeat, and keeps all data."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
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


def _desk_in(folder: Path, clock: SettableClock) -> Flask:
    return make_app(f"sqlite:///{folder / 'hub.sqlite'}", folder, clock)


@pytest.fixture
def new(tmp_path: Path, clock: SettableClock) -> Iterator[Flask]:
    """An application whose database is not there yet."""
    app = _desk_in(tmp_path, clock)
    yield app
    let_go(app)


@pytest.fixture(scope="module")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """The folder of a desk after a first start as `make run` makes it, and what that told."""
    folder = tmp_path_factory.mktemp("first-start")
    app = _desk_in(folder, SettableClock())
    told = run(app, commands.prepare, "--port", "8123")
    let_go(app)
    return folder, told


@pytest.fixture
def started(
    first_start: tuple[Path, Result], tmp_path: Path, clock: SettableClock
) -> Iterator[Flask]:
    """An application on a copy of the desk after its first start."""
    shutil.copytree(first_start[0], tmp_path, dirs_exist_ok=True)
    app = _desk_in(tmp_path, clock)
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


def test_a_new_desk_gets_the_demonstration_and_tells_its_passwords(
    started: Flask, first_start: tuple[Path, Result]
) -> None:
    _, done = first_start
    assert done.exit_code == 0
    assert "http://127.0.0.1:8123" in done.stdout
    lines = [line.split() for line in done.stdout.splitlines() if line.startswith("  ")][1:]
    assert len(lines) == 6
    with started.app_context():
        for name, password, *_role in lines:
            assert verify_password(db.session(), name, password) is not None
    assert _count(started, Visit) == VISITS


def test_a_second_start_keeps_everything_and_tells_names_without_passwords(
    started: Flask, first_start: tuple[Path, Result]
) -> None:
    _, first = first_start
    with started.app_context():
        before = content_of(db.engine)
    second = run(started, commands.prepare)
    assert "Sign in as: analist, beheerder, coordinator" in second.stdout
    assert "hub account reset NAME" in second.stdout
    for line in first.stdout.splitlines():
        if line.startswith("  "):
            assert line.split()[1] not in second.stdout
    with started.app_context():
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
    new: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(preparing, "make_demonstration", interrupted)
        run(new, commands.prepare)
    assert (tmp_path / ".preparing").exists()
    assert _count(new, Topic) == 70
    assert _count(new, Account) == 0
    # The releases, most of a start's work, are made by the first start above; that the next start
    # makes what is left of them stands in tests/demonstration.
    monkeypatch.setattr(commands, "release_demonstration", lambda *_args, **_options: 0)
    done = run(new, commands.prepare)
    assert done.exit_code == 0
    assert not (tmp_path / ".preparing").exists()
    assert _count(new, Account) == 6
    assert _count(new, Visit) == VISITS


def test_the_keys_are_made_before_the_application() -> None:
    before = commands.prepare.callback.__before_application__  # type: ignore[union-attr]
    assert before is commands.make_keys
