"""What a statistics page costs the server: pages of a municipality with one hub and with ten.

Two whole years of releases lie on the shelf, with every table the plan offers them; figures below
five are hidden. (Who hid a figure makes no difference to a page, so the minutes of protection are
left out.) Processor time of a whole request, from address to HTML, signing in included; the limit
is for the median.
"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy.orm import Session

from bench.table import Effort, Row, limit, processor_times
from hub import migrating
from hub.content_loading import load_all
from hub.db import db, unit_of_work
from hub.maintenance.first_pages import make_first_pages_ready
from hub.statistics.plan import (
    children_of,
    months_of,
    offered_tables,
    period_parts,
    plan_facts,
    planned_cells,
)
from hub.statistics.published import Checked, Published
from hub.visits.vocabulary import CONVERSATION_LANGUAGES
from tests.statistics.asked import HashableCodes, counted, drawn
from tests.statistics.published import THRESHOLD, labels, shipped_codes
from tests.statistics.shelf import shelve
from tests.support.application import let_go, make_app
from tests.support.cast import ANALYST, put_on_stage
from tests.support.clock import START, SettableClock
from tests.visits.desk import seated

YEARS: Final = ("2025", "2026")
A_MONTH: Final = 140
"""Questions at a hub in a month."""
MOST_MS: Final = 50.0
PAGES: Final = {
    "overview": "",
    "a month": "/2026-09",
    "a quarter": "/2026-Q3",
    "a quarter, two compared": "/2026-Q3?first=area:EX-W-KBUURT&second=area:EX-W-GEIN",
    "a year": "/2026",
    "a year, topics of one main topic": "/2026?topic=REK",
    "how it is protected": "/protection",
}


def measure(effort: Effort) -> Iterator[Row]:
    """Give the rows."""
    for hubs in (1, 10):
        shelf = list(_releases(hubs))
        with TemporaryDirectory() as folder:
            yield from _pages(Path(folder), hubs, shelf, effort)


def _pages(folder: Path, hubs: int, shelf: list[Published], effort: Effort) -> Iterator[Row]:
    app = make_app(f"sqlite:///{folder}/desk.sqlite", folder, SettableClock(START))
    with app.app_context():
        migrating.upgrade(db.engine)
        with unit_of_work() as work:
            load_all(work, START)
        with unit_of_work() as work:
            cast = put_on_stage(work, START)
        with Session(db.engine) as session:
            shelve(session, shelf)
            make_first_pages_ready(app.jinja_env, session)  # as `hub serve` does
    client = seated(app, cast, ANALYST)
    cells = sum(len(release.values) for release in shelf)
    for name, address in PAGES.items():
        start = time.process_time()
        body = client.get(f"/statistics{address}")
        first = (time.process_time() - start) * 1000
        if body.status_code != 200:
            raise RuntimeError(f"{address} answered {body.status_code}")
        times = processor_times(lambda _, at=address: client.get(f"/statistics{at}"), effort.rounds)
        remark = (
            f"p99 {times.p99:.1f} ms; {len(body.data) / 1000:.0f} kB; {cells:,} cells on the shelf"
        )
        what = f"{name}, {hubs} hub{'s' if hubs > 1 else ''}"
        yield limit("statistics-pages", what, times.p50, "ms", MOST_MS, remark)
        opened = "the first since the desk was started" if name == "overview" else ""
        what = f"{what}, opened for the first time"
        yield limit("statistics-pages", what, first, "ms", MOST_MS, opened)
    let_go(app)


def _releases(hubs: int) -> Iterator[Published]:
    """Every month, quarter and year of two years."""
    few = shipped_codes(hubs)
    codes = HashableCodes(**{**vars(few), "languages": [*CONVERSATION_LANGUAGES, "other"]})
    for year in YEARS:
        for period in _periods(year):
            yield _release(codes, period, hubs)


def _periods(period: str) -> Iterator[str]:
    yield period
    for part in period_parts(period):
        yield from _periods(part)


def _release(codes: HashableCodes, period: str, hubs: int) -> Published:
    months = months_of(period)
    asked = [q for month in months for q in drawn(codes, month, A_MONTH * hubs, 1)]
    offered = offered_tables(period, codes, last_year=12 * A_MONTH * hubs, own=0)
    counts = counted(planned_cells(period, codes, offered), asked, codes)
    values = {
        cell: count.number if (count.visits or 0) >= THRESHOLD else None
        for cell, count in counts.items()
    }
    return Published(
        id=0,
        municipality="GM0363",
        municipality_name="Amsterdam",
        period=period,
        made_at=datetime(2027, 1, 12, tzinfo=UTC),
        version="0.0",
        threshold=THRESHOLD,
        plan=plan_facts(offered),
        children=children_of(codes, period),
        values=values,
        labels=labels(codes),
        open_hours={hub: {month: Decimal(27) for month in months} for hub in codes.hubs},
        checked=Checked(len(values), sum(v is None for v in values.values()), 0),
    )
