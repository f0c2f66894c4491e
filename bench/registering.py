"""Registering visits over HTTP, against raw durable commits of the same rows.

The desk runs as in production: `hub serve` with two workers, a real database that writes every
commit to the disk. The rival writes the same rows, copied from a visit that was registered, into
the same database by the bare driver, one transaction for each visit.
"""

import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import psycopg
from uuid6 import uuid7

from bench.desks import (
    Database,
    Visitor,
    database,
    postgres_server,
    serving,
    urlencoded,
)
from bench.table import Effort, Row, Times, limit
from tests.support.forms import fields_of

CLIENTS: Final = (1, 8)
TABLES: Final = ("reception", "visit", "question")
_WARM: Final = 10
_BEFORE: Final = 700
# Eight desks that finish in the same moment should not notice one another.
_MOST_P99: Final = 250.0

_Work = Callable[[], None]


def measure(effort: Effort) -> Iterator[Row]:
    """Give the rows for SQLite and for PostgreSQL."""
    with database(_BEFORE) as desk:
        yield from _of_database("SQLite", desk, effort)
    with postgres_server() as server, database(_BEFORE, server.url(server.new_database())) as desk:
        yield from _of_database("PostgreSQL", desk, effort)


def _of_database(kind: str, desk: Database, effort: Effort) -> Iterator[Row]:
    with serving(desk) as server:
        for clients in CLIENTS:
            http = _run([Registering(server.port, desk) for _ in range(clients)], effort.rounds)
            rows = read_rows(desk)
            raw = _run([_committing(desk, rows) for _ in range(clients)], effort.rounds)
            yield from _rows(f"{kind}, {clients} client{'s' if clients > 1 else ''}", http, raw)


def _rows(what: str, http: "Ran", raw: "Ran") -> Iterator[Row]:
    rival = "raw durable commits of the same rows"
    remark = f"{http.rate:.0f} visits a second, errors: {http.errors}; raw {raw.rate:.0f} a second"
    yield Row(
        "registering", f"{what}, p50", http.times.p50, "ms", rival, raw.times.p50, None, remark
    )
    yield Row("registering", f"{what}, p99", http.times.p99, "ms", rival, raw.times.p99)
    yield limit("registering", f"{what}, p99", http.times.p99, "ms", _MOST_P99)
    tried = http.count + http.errors
    yield limit(
        "registering", f"{what}, errors", http.errors, f"of {tried}", 0.5, "the limit is none"
    )


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run gave: times of those that went well, visits a second, errors, how many."""

    times: Times
    rate: float
    errors: int
    count: int


def _run(workers: Sequence[_Work], rounds: int) -> Ran:
    """Let every worker do its work, all at the same time."""
    for worker in workers:
        for _ in range(_WARM):
            worker()
    with ThreadPoolExecutor(len(workers)) as pool:
        began = time.perf_counter()
        lists = list(pool.map(lambda worker: _timed(worker, rounds), workers))
        spent = time.perf_counter() - began
    good = [taken for taken_list, _ in lists for taken in taken_list]
    errors = sum(count for _, count in lists)
    return Ran(Times.of(good), len(good) / spent, errors, len(good))


def _timed(work: _Work, rounds: int) -> tuple[list[float], int]:
    """Give the duration of each round that went well, and how many did not."""
    taken, errors = [], 0
    for _ in range(rounds):
        began = time.perf_counter()
        try:
            work()
        except (RuntimeError, OSError, sqlite3.Error, psycopg.Error):
            errors += 1
        else:
            taken.append(time.perf_counter() - began)
    return taken, errors


class Registering:
    """A volunteer who registers one visit after the other, two questions each."""

    def __init__(self, port: int, desk: Database) -> None:
        self._visitor = Visitor(port)
        self._visitor.sign_in(desk)
        _, page = self._visitor.get("/desk?fresh=1")
        self._form = fields_of(page.decode(), "/visits") | {
            "action": "finish",
            "language": "ar",
            "questions-0-topic": "REK-03",
            "questions-0-outcome": "answered",
            "questions-0-answer": "instalment",
            "questions-0-answer_language": "ar",
            "questions-1-topic": "WNT-03",
            "questions-1-outcome": "partly",
        }

    def __call__(self) -> None:
        """Register a visit. Raises RuntimeError where the desk does not take it."""
        form = self._form | {"visit_id": str(uuid7())}
        status, page = self._visitor.post("/visits", urlencoded(form))
        if status != 303:
            raise RuntimeError(f"POST /visits answered {status}: {page[:200]!r}")


Rows = dict[str, list[dict[str, Any]]]


def read_rows(desk: Database) -> Rows:
    """Give the rows of the visit registered last, by table."""
    found: Rows = {}
    with closing(_connection(desk)) as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT visit_id FROM reception ORDER BY received_at DESC LIMIT 1")
        visit_id = cursor.fetchone()[0]
        mark = _mark(desk)
        for name in TABLES:
            key = "id" if name == "visit" else "visit_id"
            cursor.execute(f"SELECT * FROM {name} WHERE {key} = {mark}", (visit_id,))  # noqa: S608
            heads = [column[0] for column in cursor.description]
            found[name] = [dict(zip(heads, row, strict=True)) for row in cursor.fetchall()]
    return found


def _committing(desk: Database, rows: Rows) -> _Work:
    """Give a function that writes the rows once more, as another visit, and commits."""
    connection = _connection(desk)
    mark = _mark(desk)
    statements = {
        name: f"INSERT INTO {name} ({', '.join(rows[name][0])}) "  # noqa: S608 - our own names
        f"VALUES ({', '.join(mark for _ in rows[name][0])})"
        for name in TABLES
    }
    as_text = isinstance(rows["reception"][0]["visit_id"], str)

    def commit() -> None:
        visit_id: UUID = uuid7()
        key = visit_id.hex if as_text else visit_id
        cursor = connection.cursor()
        if as_text:
            cursor.execute("BEGIN IMMEDIATE")
        for name in TABLES:
            own = {"id": key, "return_code": secrets.token_hex(4)} if name == "visit" else {}
            own |= {} if name == "visit" else {"visit_id": key}
            for row in rows[name]:
                cursor.execute(statements[name], tuple((row | own).values()))
        connection.commit()

    return commit


def _connection(desk: Database) -> Any:
    if desk.url.startswith("sqlite"):
        connection = sqlite3.connect(
            desk.url.removeprefix("sqlite:///"),
            timeout=60,
            isolation_level=None,
            check_same_thread=False,
        )
        for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {setting}")
        return connection
    return psycopg.connect(desk.url.replace("+psycopg", ""))


def _mark(desk: Database) -> str:
    return "?" if desk.url.startswith("sqlite") else "%s"
