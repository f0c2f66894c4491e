"""Releases and their ledger go through a backup unharmed, and stay guarded behind it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from hub.db import db
from hub.maintenance.backing_up import back_up
from hub.maintenance.checking_releases import check_releases
from hub.maintenance.commands import check
from hub.maintenance.restoring import restore
from hub.statistics.releases.checking import altered_releases
from hub.statistics.releases.reading import file_of
from tests.maintenance.commanding import run
from tests.statistics.releasing import NOW, make
from tests.statistics.visits import Asked, Came, put
from tests.support.cast import Cast
from tests.support.databases import both_databases

PAIRS = [("sqlite", "postgresql"), ("postgresql", "sqlite")]


@pytest.fixture
def released(app: Flask, session: Session, cast: Cast) -> Engine:
    """A desk that has made a release."""
    assert cast.hubs
    put(session, [Came("2026-10", (Asked("REK-01"), Asked("WNT-06")))] * 30)
    make(app, "2026-10")
    with app.app_context():
        return db.engine


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Engine]]:
    """Give an engine on a new, empty database of the other kind."""
    engines: list[Engine] = []

    def new(kind: str) -> Engine:
        url = f"sqlite:///{tmp_path / 'new.sqlite'}"
        if kind == "sqlite":
            url = request.getfixturevalue("postgres_url")
        engines.append(create_engine(url))
        return engines[-1]

    yield new
    for engine in engines:
        engine.dispose()


@pytest.mark.postgres
@both_databases
def test_a_release_is_the_same_after_a_backup_and_in_the_other_database(
    released: Engine, elsewhere: Callable[[str], Engine], tmp_path: Path
) -> None:
    back_up(released, tmp_path / "desk.backup")
    other = elsewhere(released.dialect.name)
    restore(other, tmp_path / "desk.backup", tmp_path, NOW)
    with Session(other) as there, Session(released) as here:
        assert file_of(there, 1, "manifest.json") == file_of(here, 1, "manifest.json")
        assert list(altered_releases(there)) == []
        with pytest.raises(Exception, match="a release is never changed"):
            there.execute(text("UPDATE release_file SET size = 0"))


@both_databases
def test_a_backup_is_restored_over_a_desk_with_releases(released: Engine, tmp_path: Path) -> None:
    back_up(released, tmp_path / "desk.backup")
    restore(released, tmp_path / "desk.backup", tmp_path, NOW)
    with Session(released) as session:
        assert list(altered_releases(session)) == []


def test_check_says_which_release_was_altered(app: Flask, released: Engine, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert "Releases: 1, as they were published" in run(app, check).stdout
    with released.begin() as connection:
        connection.execute(text("DROP TRIGGER release_kept"))
        connection.execute(text("UPDATE release SET period = '2026-09'"))
    (finding,) = check_releases(released)
    assert not finding.good
    assert finding.line("en").startswith(
        "WRONG  Releases: Release 1 (GM0363, 2026-09), or what it was counted from, was altered"
    )
