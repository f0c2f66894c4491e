"""Releasing a month with more and more visits, on PostgreSQL: counting, protection, audit, memory.

Rows are made by SQL. Every size has a database and a process of its own, so that the peak of
memory is that size's alone. The server's settings are those it comes with, but for its memory
for sorting (`work_mem`), which stays at 4 MB too.
"""

import os
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import Connection, text

from bench.desks import postgres_server
from bench.table import Effort, Row, limit
from hub import migrating
from hub.content_loading import load_all
from hub.db import db, reading_session, unit_of_work
from hub.places.hubs import HubDetails, make_hub, municipality_for
from hub.statistics.protection import protect
from hub.statistics.releases.assembling import assemble
from hub.statistics.releases.closing import close_months
from hub.statistics.releases.freezing import keep_month, measure_month
from hub.statistics.releases.gate import require_audit
from hub.statistics.releases.making import Order, make_release
from tests.support.application import make_app

VISITS: Final = (10_000, 100_000)
VISITS_IN_FULL: Final = (*VISITS, 1_000_000, 10_000_000)
MONTH: Final = "2026-10"
HOME: Final = "GM0363"
HUBS: Final = 30
_ROWS: Final = Path(__file__).with_name("releases_rows.sql")
_NOW: Final = datetime(2026, 11, 23, 9, tzinfo=UTC)
_MOST_SECONDS: Final = 60.0
_MOST_MEGABYTES: Final = 1000.0
_MOST_GROWTH: Final = 1.5  # beside ten times the time of a tenth of the visits

Figures = dict[str, float]


def measure(effort: Effort) -> Iterator[Row]:
    """Give the rows of each size."""
    before: tuple[int, float] | None = None
    with postgres_server() as server:
        for visits in VISITS_IN_FULL if effort.full else VISITS:
            url = server.url(server.new_database())
            found = measured(url, visits)
            yield from _rows(visits, found, before)
            before = visits, found["counting_cpu"]


def measured(url: str, visits: int) -> Figures:
    """Measure one size in a process of its own: seconds, megabytes, cells."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        return processes.submit(_release, url, visits).result()


def _rows(visits: int, found: Figures, before: tuple[int, float] | None) -> Iterator[Row]:
    what = f"a month of {visits:,} visits"
    made = f"{found['counting_cpu']:.2g} s of processor time; rows in {found['making_rows']:.0f} s"
    yield limit("releases", f"{what}, counting", found["counting"], "s", _MOST_SECONDS, made)
    if before is not None:
        fewer, seconds = before
        yield Row(
            "releases",
            f"{what}, counting, processor time",
            found["counting_cpu"],
            "s",
            f"{visits // fewer} times {fewer:,} visits",
            seconds * visits / fewer,
            _MOST_GROWTH,
        )
    cells = f"{found['cells']:.0f} cells"
    yield limit("releases", f"{what}, protection", found["protection"], "s", 600.0, cells)
    yield limit("releases", f"{what}, audit", found["audit"], "s", 600.0)
    yield limit(
        "releases", f"{what}, make in all", found["all"], "s", 600.0, "month counted before"
    )
    yield limit("releases", f"{what}, peak memory", found["peak"], "MB", _MOST_MEGABYTES)


def _release(url: str, visits: int) -> Figures:
    found: Figures = {}
    with TemporaryDirectory() as folder:
        app = make_app(url, Path(folder), lambda: _NOW)
        with app.app_context():
            _furnish()
            with _Timed(found, "making_rows"), db.engine.begin() as connection:
                _fill(connection, visits)
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
            _make(found)
            db.session.remove()
            db.engine.dispose()
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1_000_000
    return found


class _Timed:
    """Notes the seconds that a piece of work takes."""

    def __init__(self, found: Figures, name: str) -> None:
        self._found, self._name = found, name

    def __enter__(self) -> None:
        self._start = time.perf_counter()

    def __exit__(self, *_error: object) -> None:
        self._found[self._name] = time.perf_counter() - self._start


def _furnish() -> None:
    migrating.upgrade(db.engine)
    with unit_of_work() as session:
        load_all(session, _NOW)
        municipality_for(session, HOME)
        for number in range(HUBS):
            make_hub(session, f"hub-{number}", HOME, HubDetails(f"Hub {number}"), _NOW)


def _make(found: Figures) -> None:
    """Make the release, once step by step and then the rest of it as a whole."""
    with unit_of_work() as session:
        close_months(session, HOME, [MONTH], date(2026, 11, 23), _NOW)
    with reading_session() as session:
        backend = int(session.scalar(text("SELECT pg_backend_pid()")) or 0)
        before = _server_seconds(backend) + time.process_time()
        with _Timed(found, "counting"):
            frozen = measure_month(session, HOME, MONTH)
        found["counting_cpu"] = _server_seconds(backend) + time.process_time() - before
    with unit_of_work() as session:
        keep_month(session, HOME, frozen, _NOW)
    with reading_session() as session:
        draft = assemble(session, HOME, MONTH, 5)
    with _Timed(found, "protection"):
        shown = protect(draft.counts, draft.children, seed=b"bench", published=draft.published)
    with _Timed(found, "audit"):
        require_audit(draft, HOME, {cell: shown.values[cell] for cell in draft.cells})
    found["cells"] = len(draft.cells)
    with _Timed(found, "all"):
        make_release(Order(HOME, MONTH, 5, b"bench", "0"), unit_of_work, reading_session, _NOW)


def _server_seconds(backend: int) -> float:
    """Give the processor time of the whole server: all its processes, also those that ended."""
    ticks = os.sysconf("SC_CLK_TCK")
    server = _stat(backend)[1]  # the parent of them all
    ended = _stat(int(server))[13:15]
    alive = [
        field
        for process in Path("/proc").glob("[0-9]*")
        if (found := _stat(int(process.name)))[1] == server
        for field in found[11:13]
    ]
    return sum(map(int, [*ended, *alive])) / ticks


def _stat(process: int) -> list[str]:
    """Give the fields of /proc/PID/stat from the third on."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    except FileNotFoundError:  # it has just ended
        return ["", ""]


def _fill(connection: Connection, visits: int) -> None:
    """Make visits with one to three questions each; a few codes are frequent, most are rare."""
    connection.execute(text("SET LOCAL session_replication_role = replica"))  # no foreign keys
    for statement in _ROWS.read_text("utf-8").split(";\n\n"):
        values = {"visits": visits, "hubs": HUBS}
        asked = {name: value for name, value in values.items() if f":{name}" in statement}
        connection.execute(text(statement.rstrip(";\n ")), asked)
