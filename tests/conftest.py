"""Fixtures of all tests. What they are made of stands in tests/support."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session

from hub.db import db
from tests.support import machine
from tests.support.application import let_go, make_app
from tests.support.browser import Surfer, chromium_at
from tests.support.cast import Cast
from tests.support.clock import SettableClock
from tests.support.databases import PostgresShelf, SqliteShelf, Stock
from tests.support.noise import make_noise
from tests.support.postgres import PostgresServer, binaries
from tests.support.server import serving

# The settings of whoever runs the tests are no part of them.
for _name in [name for name in os.environ if name.startswith("HUB_")]:
    del os.environ[_name]

# No test may fail because the machine is busy, so none measures the time of its examples.
# Where a run decides over a change it tries the same examples each time; at a desk new ones.
settings.register_profile("any-machine", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("any-machine")


def pytest_collection_finish() -> None:
    """Spare what has been imported by now from every later search for garbage.

    Code, fonts and catalogues stay until the end; looking through them again and again takes a
    tenth of the time of a run.
    """
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Close with what could not run on this machine."""
    machine.report(terminalreporter)


# --- databases -----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server, stopped at the end."""
    folder = binaries()
    if folder is None:
        machine.absent("PostgreSQL 15 or newer")
    server = PostgresServer(folder)
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    name = postgres_server.new_database()
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture(scope="session")
def _stocks(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Stock]:
    stocks: dict[str, Stock] = {}

    def stock(kind: str) -> Stock:
        if kind not in stocks:
            folder = tmp_path_factory.mktemp(kind)
            shelf = (
                SqliteShelf(folder)
                if kind == "sqlite"
                else PostgresShelf(request.getfixturevalue("postgres_server"))
            )
            stocks[kind] = Stock(shelf, folder)
        return stocks[kind]

    return stock


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database a test runs on: `sqlite`, unless `both_databases` says more."""
    kind: str = getattr(request, "param", "sqlite")
    return kind


@pytest.fixture
def stock(_stocks: Callable[[str], Stock], database: str) -> Stock:
    """The copies of this kind of database."""
    return _stocks(database)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, stock: Stock) -> Iterator[str]:
    """A database of the test's own; what is in it follows from the fixtures the test asks for."""
    asked = set(request.fixturenames)
    stage = "cast" if "cast" in asked else "content" if "content" in asked else "schema"
    name = stock.fresh(stage)
    yield stock.shelf.url(name)
    stock.shelf.drop(name)


@pytest.fixture
def content() -> None:
    """Asks for a database that holds what is shipped: topics, facts, answers, areas."""


@pytest.fixture
def cast(app: Flask, stock: Stock) -> Cast:
    """Asks for a database with the shipped content and the cast; gives their ids."""
    assert stock.cast is not None
    return stock.cast


# --- the application -----------------------------------------------------------------------


@pytest.fixture
def clock() -> SettableClock:
    """A clock that stands at 2026-11-23 10:00 in Amsterdam until the test moves it."""
    return SettableClock()


@pytest.fixture
def app(database_url: str, tmp_path: Path, clock: SettableClock) -> Iterator[Flask]:
    """The application on a database of its own."""
    app = make_app(database_url, tmp_path, clock)
    yield app
    let_go(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a screen, not signed in."""
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session of the test's own, apart from the application's.

    Commit before the application is asked, and again before looking at what it has written:
    a session keeps seeing the moment at which it began.
    """
    with app.app_context():
        engine = db.engine
    with Session(engine) as session:
        yield session


@pytest.fixture
def noise(app: Flask, cast: Cast, clock: SettableClock) -> None:
    """Rows that concern nobody in the test, so that a forgotten WHERE shows."""
    make_noise(app, cast, clock())


# --- the browser ---------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium, one for each worker."""
    with chromium_at(machine.chromium()) as browser:
        yield browser


@pytest.fixture
def desk_server(app: Flask) -> Iterator[str]:
    """The address of the application behind a real socket."""
    with serving(app) as address:
        yield address


@pytest.fixture
def surfer(chromium: Browser, desk_server: str) -> Iterator[Surfer]:
    """Opens pages of any size; fails the test for requests that leave and errors on the console."""
    surfer = Surfer(chromium, desk_server)
    yield surfer
    assert surfer.close() == []


@pytest.fixture
def page(surfer: Surfer) -> Page:
    """A watched page of 1280 by 800 pixels, in Dutch."""
    return surfer.page()
