"""How long a search takes, beside plain LIKE over the same rows and a scan of them in Python.

Run: ``python -m bench.search [--rounds N]`` (default 5). Every query of
``tests/answers/search_queries.csv`` is asked of each rival in turn, in the same process and
transaction, on SQLite and, where its programs are there, on PostgreSQL: all answers in all
languages, the sixty topics and their words. Prints one table; ``lines()`` gives its rows.

The rivals answer the same question (in which rows does a word begin so?) behind the same ranking
and the same mending of slips, and must find the same. A ratio above 1 says how many times longer
a rival takes than the desk.
"""

import argparse
import csv
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, or_, select
from sqlalchemy.orm import Session

from hub import migrating
from hub.answers.library import all_answers
from hub.answers.models import AnswerText
from hub.answers.search import SearchIndex
from hub.answers.search.engines import Entry, Lookup, engine_of
from hub.answers.search.models import SearchEntry
from hub.content_loading import load_all
from hub.db import db, unit_of_work
from tests.support.application import let_go, make_app
from tests.support.clock import START, SettableClock
from tests.support.postgres import PostgresServer, binaries

QUERIES = Path(__file__).parent.parent / "tests" / "answers" / "search_queries.csv"
DESK = "the desk"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: milliseconds at the median and at the 99th percentile."""

    database: str
    who: str
    p50: float
    p99: float
    ratio_p50: float
    ratio_p99: float


_COLUMNS = (
    SearchEntry.id,
    SearchEntry.topic_code,
    SearchEntry.answer_slug,
    SearchEntry.place,
    SearchEntry.words,
)


def _entry(number: int, topic: str | None, answer: str | None, place: str, words: str) -> Entry:
    return Entry(number, topic, answer, place, () if place == "text" else tuple(words.split()))


class PlainLike:
    """The rival that every database has: a pattern with a wildcard at both ends."""

    def beginning_with(self, connection: Connection, beginnings: Sequence[str]) -> list[Entry]:
        """Let the database look at every row."""
        line = " " + SearchEntry.words
        asked = or_(*(line.like(f"% {beginning}%") for beginning in beginnings))
        return [_entry(*row) for row in connection.execute(select(*_COLUMNS).where(asked))]


class PythonScan:
    """The rival without a database: all rows are kept in memory and looked at one by one."""

    def __init__(self, session: Session) -> None:
        rows = session.execute(select(*_COLUMNS))
        self._rows = [(f" {row.words}", _entry(*row)) for row in rows]

    def beginning_with(self, _connection: Connection, beginnings: Sequence[str]) -> list[Entry]:
        """Look at every row."""
        asked = [f" {beginning}" for beginning in beginnings]
        return [entry for words, entry in self._rows if any(one in words for one in asked)]


def fill_library(session: Session) -> None:
    """Give every answer a text in every language, so that the library has its full size."""
    answers = all_answers(session)
    languages = sorted({language for answer in answers.values() for language in answer.texts})
    for answer in answers.values():
        for language in languages:
            if language in answer.texts:
                continue
            alike = next(a.texts[language] for a in answers.values() if language in a.texts)
            session.add(
                AnswerText(
                    answer_slug=answer.slug, language=language, version=1,
                    source_version=answer.dutch.version, written_as="machine_draft",
                    body=alike.body, digest="0" * 64, written_at=START,
                )
            )  # fmt: skip


def lines(rounds: int = 5) -> list[Line]:
    """Measure on each database there is."""
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(f"sqlite:///{folder}/search.sqlite", Path(folder), rounds)
        programs = binaries()
        if programs is not None:
            server = PostgresServer(programs)
            try:
                measured += measure(server.url(server.new_database()), Path(folder), rounds)
            finally:
                server.stop()
    return measured


def measure(url: str, folder: Path, rounds: int) -> list[Line]:
    """Fill a database and ask every query of every rival in turn."""
    app = make_app(url, folder, SettableClock(START))
    with app.app_context():
        migrating.upgrade(db.engine)
        with unit_of_work() as work:
            load_all(work, START)
        with unit_of_work() as work:
            fill_library(work)
        session = db.session()
        if session.connection().dialect.name == "postgresql":
            session.connection().exec_driver_sql("ANALYZE")
        own = engine_of(session.connection())
        rivals: dict[str, Lookup] = {
            f"{DESK} ({own.name})": own,
            "plain LIKE": PlainLike(),
            "scan in Python": PythonScan(session),
        }
        seconds = _ask_all(session, rivals, rounds)
        database = session.connection().dialect.name
    let_go(app)
    return list(_compared(database, seconds))


def _ask_all(session: Session, rivals: dict[str, Lookup], rounds: int) -> dict[str, list[float]]:
    with QUERIES.open(encoding="utf-8", newline="") as stream:
        queries = [row["query"] for row in csv.DictReader(stream)]
    seconds: dict[str, list[float]] = defaultdict(list)
    for number in range(rounds + 1):
        for query in queries:
            found: dict[str, Any] = {}
            for name, engine in rivals.items():
                start = time.perf_counter()
                found[name] = SearchIndex(session, engine).find(query)
                if number:  # the first round warms up
                    seconds[name].append(time.perf_counter() - start)
            assert len({str(hits) for hits in found.values()}) == 1, query
    return seconds


def _compared(database: str, seconds: dict[str, list[float]]) -> Iterator[Line]:
    at = {name: (_percentile(each, 0.5), _percentile(each, 0.99)) for name, each in seconds.items()}
    own = at[next(iter(at))]
    for name, (p50, p99) in at.items():
        yield Line(database, name, p50 * 1000, p99 * 1000, p50 / own[0], p99 / own[1])


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    print(
        f"{'database':<12}{'who':<22}{'p50 ms':>9}{'p99 ms':>9}{'ratio p50':>11}{'ratio p99':>11}"
    )
    for line in lines(parser.parse_args().rounds):
        print(
            f"{line.database:<12}{line.who:<22}{line.p50:>9.2f}{line.p99:>9.2f}"
            f"{line.ratio_p50:>11.1f}{line.ratio_p99:>11.1f}"
        )


if __name__ == "__main__":
    main()
