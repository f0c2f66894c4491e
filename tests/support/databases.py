"""Databases for tests: made once for each worker, then copied for each test.

Three stages, each a copy of the one before with more in it: `schema` (the migrations have run),
`content` (what `hub init` loads), `cast` (see tests/support/cast.py).
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pytest
from flask import Flask

from hub import migrating
from hub.content_loading import load_all
from hub.db import db, unit_of_work
from tests.support.application import let_go, make_app
from tests.support.cast import Cast, put_on_stage
from tests.support.clock import START, SettableClock
from tests.support.postgres import PostgresServer

KINDS = ("sqlite", "postgresql")

# Runs a test on SQLite and on PostgreSQL.
both_databases = pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
# Runs a test on PostgreSQL alone.
on_postgresql = pytest.mark.parametrize(
    "database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


class Shelf(Protocol):
    """A place where databases of one kind are made and copied; a name stands for a database."""

    def empty(self) -> str:
        """Make an empty database; give its name."""

    def copy(self, name: str) -> str:
        """Copy a database that nobody uses; give the copy's name."""

    def drop(self, name: str) -> None:
        """Remove a database."""

    def url(self, name: str) -> str:
        """Give the address of a database as HUB_DATABASE_URL takes it."""


class SqliteShelf:
    """SQLite files in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made = 0

    def empty(self) -> str:
        self._made += 1
        return str(self.folder / f"desk-{self._made}.sqlite")

    def copy(self, name: str) -> str:
        # The last connection is closed, so the write-ahead log is folded into the file.
        assert not Path(f"{name}-wal").exists(), "somebody still uses the database"
        new = self.empty()
        shutil.copyfile(name, new)
        return new

    def drop(self, name: str) -> None:
        for ending in ("", "-wal", "-shm", ".lock"):
            Path(name + ending).unlink(missing_ok=True)

    def url(self, name: str) -> str:
        return f"sqlite:///{name}"


class PostgresShelf:
    """Databases of one PostgreSQL server."""

    def __init__(self, server: PostgresServer) -> None:
        self.server = server

    def empty(self) -> str:
        return self.server.new_database()

    def copy(self, name: str) -> str:
        return self.server.new_database(like=name)

    def drop(self, name: str) -> None:
        self.server.drop_database(name)

    def url(self, name: str) -> str:
        return self.server.url(name)


@dataclass
class Stock:
    """The stages of one kind of database, each made when it is first asked for."""

    shelf: Shelf
    instance: Path
    cast: Cast | None = None
    _stages: dict[str, str] = field(default_factory=dict)

    def fresh(self, stage: str) -> str:
        """Give the name of a new database at a stage."""
        return self.shelf.copy(self._stage(stage))

    def _stage(self, stage: str) -> str:
        if stage not in self._stages:
            before, fill = _STAGES[stage]
            name = self.shelf.copy(self._stage(before)) if before else self.shelf.empty()
            app = make_app(self.shelf.url(name), self.instance, SettableClock(START))
            try:
                with app.app_context():
                    fill(self, app)
            finally:
                let_go(app)
            self._stages[stage] = name
        return self._stages[stage]

    def make_schema(self, _app: Flask) -> None:
        """Run the migrations."""
        migrating.upgrade(db.engine)

    def load_content(self, app: Flask) -> None:
        """Load what is shipped."""
        with unit_of_work() as session:
            load_all(session, app.extensions["clock"]())

    def bring_cast(self, app: Flask) -> None:
        """Add the cast, and keep its ids: they are the same in every copy."""
        with unit_of_work() as session:
            self.cast = put_on_stage(session, app.extensions["clock"]())


_STAGES: dict[str, tuple[str, Callable[[Stock, Flask], None]]] = {
    "schema": ("", Stock.make_schema),
    "content": ("schema", Stock.load_content),
    "cast": ("content", Stock.bring_cast),
}
