"""How long it takes to find the sheets of something wrong among 50,000, and whether it is exact.

Run: ``python -m bench.recall [--sheets N] [--rounds N] [--only DATABASE]``. Sheets are drawn from a
seed and written behind the desk's back, on SQLite and, where its programs are there, on PostgreSQL.
Each list is held against plain counting of what was written; a list that differs stops the run. The
rival loads every sheet of the days and looks at each in Python; of all days that takes minutes, so
it is asked for two weeks alone.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from hub import migrating
from hub.content_loading import load_all
from hub.db import db, unit_of_work
from hub.recalls.subjects import Subject, subject_of_text, subject_of_value
from hub.sheets.models import SheetRecord
from hub.tracing.notices import stands_on
from hub.tracing.tracing import Sight, Span, count_sheets, list_sheets
from tests.support.application import let_go, make_app
from tests.support.cast import put_on_stage
from tests.support.clock import START, SettableClock
from tests.support.postgres import PostgresServer, binaries
from tests.tracing.many_sheets import Given, hand_out_many, more_versions

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
MARCH = Span(date(2026, 3, 3), date(2026, 3, 17))


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table; times are milliseconds at the median."""

    database: str
    what: str
    found: int
    listing: float
    counting: float
    rival: float | None


def lines(sheets: int, rounds: int, only: str) -> Iterator[Line]:
    """Measure on each database there is, or on one of them."""
    with tempfile.TemporaryDirectory() as folder:
        if only in {"", SQLITE}:
            url = f"sqlite:///{folder}/desk.sqlite"
            yield from _on(url, SQLITE, Path(folder), sheets, rounds)
        found = binaries()
        if found is None or only == SQLITE:
            return
        server = PostgresServer(found)
        try:
            url = server.url(server.new_database())
            yield from _on(url, POSTGRESQL, Path(folder), sheets, rounds)
        finally:
            server.stop()


def _on(url: str, name: str, folder: Path, sheets: int, rounds: int) -> Iterator[Line]:
    app = make_app(url, folder, SettableClock(START))
    with app.app_context():
        migrating.upgrade(db.engine)
        with unit_of_work() as work:
            load_all(work, START)
            hubs = sorted(put_on_stage(work, START).hubs.values())
        with Session(db.engine) as session:
            library = more_versions(session)
            given = hand_out_many(session, library, hubs, sheets)
        with db.engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
            connection.commit()
        sight = Sight(frozenset(hubs), frozenset(hubs))
        with Session(db.engine) as session:
            subjects = {
                "a wrong value, all days": (
                    subject_of_value(session, library.values[0][0]),
                    Span(),
                ),
                "a wrong value, 3 to 17 March": (
                    subject_of_value(session, library.values[0][0]),
                    MARCH,
                ),
                "a Dutch version, 3 to 17 March": (
                    subject_of_text(session, library.texts["heat-tariff", "nl"][1]),
                    MARCH,
                ),
            }
            for what, (subject, span) in subjects.items():
                yield _measured(session, name, what, given, subject, span, sight, rounds)
    let_go(app)


def _measured(
    session: Session,
    database: str,
    what: str,
    given: list[Given],
    subject: Subject,
    span: Span,
    sight: Sight,
    rounds: int,
) -> Line:
    wanted = sorted(one.id for one in given if one.holds(subject) and one.within(span))
    found = sorted(one.sheet_id for one in list_sheets(session, subject, span, sight))
    counted = count_sheets(session, subject, span, sight).total
    if found != wanted or counted != len(wanted):
        raise SystemExit(f"{database}, {what}: found {len(found)}, written {len(wanted)}")
    return Line(
        database,
        what,
        len(found),
        _median(lambda: list(list_sheets(session, subject, span, sight)), rounds),
        _median(lambda: count_sheets(session, subject, span, sight), rounds),
        _median(lambda: _by_looking(session, subject, span), 1) if span.first_day else None,
    )


def _by_looking(session: Session, subject: Subject, span: Span) -> list[int]:
    """Load the sheets of the days, and look at each."""
    query = select(SheetRecord).options(
        selectinload(SheetRecord.texts), selectinload(SheetRecord.facts)
    )
    if span.first_day and span.last_day:
        query = query.where(SheetRecord.printed_on.between(span.first_day, span.last_day))
    found = [record.id for record in session.scalars(query) if stands_on(record, subject)]
    session.expunge_all()
    return found


def _median(work: Callable[[], object], rounds: int) -> float:
    took = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--only", choices=(SQLITE, POSTGRESQL), default="")
    asked = parser.parse_args()
    print(f"{asked.sheets} sheets")
    print(f"{'':12}{'':34}{'found':>7}{'list ms':>9}{'count ms':>9}{'rival ms':>10}")
    for line in lines(asked.sheets, asked.rounds, asked.only):
        print(
            f"{line.database:12}{line.what:34}{line.found:7}{line.listing:9.1f}"
            f"{line.counting:9.1f}{'–' if line.rival is None else round(line.rival):>10}",
            flush=True,
        )


if __name__ == "__main__":
    main()
