"""The statistics page and its CSV say the same, hide what is small, and give nothing away."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html.parser import HTMLParser
from itertools import count
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.places.models import Hub
from hub.visits.models import Question, Reception, Visit
from tests.support.cast import ANALYST, COORDINATOR, STRANGE_ANALYST, VOLUNTEER, Cast
from tests.support.clock import SettableClock
from tests.support.databases import both_databases
from tests.visits.desk import seated

MONTHS = [f"2025-{month:02d}" for month in (11, 12)] + [f"2026-{m:02d}" for m in range(1, 11)]
YEAR = "total"
MOST = 1500
DISTRICTS = {
    "EX-B-GRUNDER": "EX-W-KBUURT",
    "EX-B-GEIN": "EX-W-GEIN",
    "EX-B-DRIEMOND": "EX-W-DRIEMOND",
}
Grid = dict[str, list[int | None]]
Come = Callable[..., None]
# What is true: by table, row and month, the questions and the different visits behind them.
Truth = dict[tuple[str, str, str], tuple[int, int]]
_numbers = count(1)


@pytest.fixture
def come(session: Session, cast: Cast) -> Come:
    """Lets people come: so many visits in a month, with these topics, from an area."""

    def visits(
        number: int, month: str, *topics: str, area: str = "unknown", hub: str = "k-buurt"
    ) -> None:
        opened = datetime.fromisoformat(f"{month}-10T10:00:00+00:00")
        for _ in range(number):
            at = next(_numbers)
            visit_id = UUID(int=0x0190A000_0000_7000_8000_000000000000 + at)
            session.add(
                Reception(visit_id=visit_id, hub_id=cast.hubs[hub], digest="", received_at=opened)
            )
            session.add(_visit(visit_id, at, cast.hubs[hub], opened, area, topics))
        session.commit()

    return visits


def _visit(
    visit_id: UUID, at: int, hub_id: int, opened: datetime, area: str, topics: tuple[str, ...]
) -> Visit:
    not_asked = dict.fromkeys(("tenure", "heating", "home_type", "first_visit"), "unknown")
    return Visit(
        id=visit_id,
        hub_id=hub_id,
        opened_at=opened,
        posted_in=opened.strftime("%Y-%m"),
        channel="counter",
        language="nl",
        area=area,
        late_entry=False,
        return_code=f"{at:09d}",
        questions=[
            Question(number=number, topic_code=topic, urgency="normal", trigger="unknown")
            for number, topic in enumerate(topics, 1)
        ],
        **not_asked,
    )


def _truth(session: Session) -> Truth:
    """Count all over again, from the rows as they are, for the home municipality."""
    session.rollback()
    home = set(session.scalars(select(Hub.id).where(Hub.municipality_code == "GM0363")))
    seen: dict[tuple[str, str, str], list[UUID]] = defaultdict(list)
    for visit in session.scalars(select(Visit)):
        if visit.hub_id not in home or visit.posted_in not in MONTHS:
            continue
        area = DISTRICTS.get(visit.area, visit.area)
        for question in visit.questions:
            for month in (visit.posted_in, YEAR):
                for table, row in (("topic", question.topic_code[:3]), ("area", area)):
                    seen[table, row, month].append(visit.id)
                    seen[table, "ALL", month].append(visit.id)
    return {cell: (len(ids), len(set(ids))) for cell, ids in seen.items()}


@pytest.fixture
def analyst(app: Flask, cast: Cast) -> FlaskClient:
    """An analyst of the home municipality, in English."""
    return seated(app, cast, ANALYST)


class _Tables(HTMLParser):
    """Collects the cells of every table of figures on a page, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._cell: str | None = None

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self._cell = ""

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"} and self._cell is not None:
            self.tables[-1][-1].append(self._cell.strip())
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell += data


def _on_page(client: FlaskClient) -> list[list[list[str]]]:
    parser = _Tables()
    answer = client.get("/statistics")
    assert answer.status_code == 200
    parser.feed(answer.text)
    return parser.tables


def _file(client: FlaskClient, table: str) -> list[list[str]]:
    answer = client.get(f"/statistics/months/{table}.csv")
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(answer.text)))


def _grid(client: FlaskClient, table: str) -> Grid:
    """Give the figures of a table by row code, its total last; None where hidden."""
    rows = _file(client, table)[1:]
    return {row[0]: [None if cell == "x" else int(cell) for cell in row[3:]] for row in rows}


def _figures(client: FlaskClient) -> Iterator[tuple[tuple[str, str, str], int | None]]:
    """Give every figure of both tables with its table, row and month."""
    for table in ("topic", "area"):
        for row, line in _grid(client, table).items():
            for month, value in zip([*MONTHS, YEAR], line, strict=True):
                yield (table, row, month), value


def _one_year(come: Come) -> None:
    """A year in which some topics are asked often, some seldom, some by few people."""
    for at, month in enumerate(MONTHS):
        come(9 + at, month, "REK-03", area="EX-B-GRUNDER")
        come(5 + at % 2, month, "WNT-06", "BRF-01", area="EX-B-GEIN")
        come(3 + at % 3, month, "ISO-01", area="EX-W-KBUURT")
        come(2, month, "SUB-01", "SUB-02", "SUB-03", area="outside")
        come(2, month, "REK-01", area="EX-B-GRUNDER", hub="gein")
        come(7, month, "REK-01", area="unknown", hub="overvecht")
    come(1, MONTHS[3], "ACH-03", area="EX-B-DRIEMOND")


@both_databases
def test_every_figure_that_is_shown_is_the_exact_count(
    come: Come, analyst: FlaskClient, session: Session
) -> None:
    _one_year(come)
    truth = _truth(session)
    shown = {cell: value for cell, value in _figures(analyst) if value is not None}
    assert shown == {cell: truth[cell][0] for cell in shown}


@both_databases
def test_no_count_below_five_is_shown_whether_of_questions_or_of_visits(
    come: Come, analyst: FlaskClient, session: Session
) -> None:
    _one_year(come)
    truth = _truth(session)
    shown = [cell for cell, value in _figures(analyst) if value is not None]
    assert [cell for cell in shown if min(truth.get(cell, (0, 0))) < 5] == []


def test_much_of_what_may_be_shown_is_shown(
    come: Come, analyst: FlaskClient, session: Session
) -> None:
    _one_year(come)
    fit = [cell for cell, counted in _truth(session).items() if min(counted) >= 5]
    shown = [cell for cell, value in _figures(analyst) if value is not None]
    assert len(shown) > len(fit) / 2


def test_six_questions_of_two_visitors_are_not_shown(come: Come, analyst: FlaskClient) -> None:
    _one_year(come)
    figures = dict(_figures(analyst))
    assert {figures["topic", "SUB", month] for month in MONTHS} == {None}


def test_nobody_looks_the_same_as_a_few(come: Come, analyst: FlaskClient) -> None:
    _one_year(come)
    figures = dict(_figures(analyst))
    assert figures["topic", "ACH", MONTHS[3]] is None  # one
    assert figures["topic", "ACH", MONTHS[4]] is None  # nobody
    page = analyst.get("/statistics").text
    assert len(set(re.findall(r'<td class="num cell-hidden">.*?</td>', page))) == 1


def test_every_row_and_month_is_listed_whatever_was_counted(analyst: FlaskClient) -> None:
    for table, rows in (("topic", 11), ("area", 17)):
        grid = _grid(analyst, table)
        assert len(grid) == rows
        assert {value for line in grid.values() for value in line} == {None}


def test_page_and_file_say_the_same(come: Come, analyst: FlaskClient) -> None:
    _one_year(come)
    tables = _on_page(analyst)
    assert len(tables) == 2
    for table, shown in zip(("topic", "area"), tables, strict=True):
        file = _file(analyst, table)
        assert [row[0] for row in shown[1:-1]] == [row[2] for row in file[1:-1]]
        for on_page, in_file in zip(shown[1:], file[1:], strict=True):
            figures = ["x" if "not shown" in cell else cell for cell in on_page[1:]]
            assert figures == in_file[3:]


def test_a_month_is_shown_from_the_tenth_day_after_its_end(
    app: Flask, cast: Cast, clock: SettableClock
) -> None:
    clock.set("2026-11-10T23:30:00+01:00")
    assert _file(seated(app, cast, ANALYST), "topic")[0][3:-1][-1] == "2026-09"
    clock.set("2026-11-11T00:30:00+01:00")
    assert _file(seated(app, cast, ANALYST), "topic")[0][3:-1][-1] == "2026-10"


def test_the_month_that_is_still_open_is_not_shown(come: Come, analyst: FlaskClient) -> None:
    come(50, "2026-11", "REK-03")
    assert {v for line in _grid(analyst, "topic").values() for v in line} == {None}


def test_the_page_changes_when_a_late_visit_has_come(come: Come, analyst: FlaskClient) -> None:
    _one_year(come)
    before = dict(_figures(analyst))
    come(20, "2026-03", "REK-03")
    assert dict(_figures(analyst)) != before


def test_the_same_counts_always_give_the_same_page(come: Come, app: Flask, cast: Cast) -> None:
    _one_year(come)
    first = _file(seated(app, cast, ANALYST), "topic")
    app.extensions["protected_tables"].clear()
    assert _file(seated(app, cast, ANALYST), "topic") == first


def test_an_analyst_of_another_municipality_sees_nothing_of_ours(
    come: Come, app: Flask, cast: Cast
) -> None:
    come(50, "2026-03", "REK-03")
    stranger = seated(app, cast, STRANGE_ANALYST)
    assert {v for line in _grid(stranger, "topic").values() for v in line} == {None}
    assert stranger.get("/statistics?municipality=GM0363").status_code == 404
    assert stranger.get("/statistics/months/topic.csv?municipality=GM0363").status_code == 404


def test_a_coordinator_sees_the_figures_and_a_volunteer_does_not(app: Flask, cast: Cast) -> None:
    assert seated(app, cast, COORDINATOR).get("/statistics").status_code == 200
    for address in ("/statistics", "/statistics/months/topic.csv"):
        assert seated(app, cast, VOLUNTEER).get(address).status_code == 403


@pytest.mark.parametrize("address", ["/statistics/months/hub.csv", "/statistics?municipality=XX"])
def test_what_is_no_table_or_no_municipality_is_not_there(
    address: str, analyst: FlaskClient
) -> None:
    assert analyst.get(address).status_code == 404


# --- a reader of its own, who wants to know -----------------------------------------------------


@dataclass
class Snoop:
    """Reads one month of the two published tables and tries every table that fits them.

    Knows what everybody may know: the rows of each table and their totals count the same
    questions, and no figure is below zero. It looks for a hidden figure that is surely below 5,
    or surely 5 or more; the program under test has no part in it.
    """

    topics: Mapping[str, int | None]
    areas: Mapping[str, int | None]

    def surely(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Give the least and the most that each hidden figure can be."""
        possible: dict[tuple[str, str], tuple[int, int]] = {}
        totals = self._totals()
        for name, column in (("topic", self.topics), ("area", self.areas)):
            hidden = [row for row, value in column.items() if value is None and row != "ALL"]
            shown = sum(v for row, v in column.items() if v is not None and row != "ALL")
            if column["ALL"] is None:
                possible[name, "ALL"] = (min(totals), max(totals))
            for row in hidden:
                # With another beside it to take up the rest, it can also be nothing.
                least = 0 if len(hidden) > 1 else min(totals) - shown
                possible[name, row] = (least, max(totals) - shown)
        return possible

    def _totals(self) -> set[int]:
        """Give the totals that both tables allow."""
        fitting = set(range(MOST + 1))
        for column in (self.topics, self.areas):
            hidden = [row for row, value in column.items() if value is None and row != "ALL"]
            shown = sum(v for row, v in column.items() if v is not None and row != "ALL")
            if column["ALL"] is not None:
                fitting &= {column["ALL"]}
            fitting &= {t for t in range(MOST + 1) if (t >= shown if hidden else t == shown)}
        return fitting


def _found(client: FlaskClient, truth: Truth) -> list[str]:
    """Give what a reader can establish: that a figure is small, or that a small one is not 0.

    From each month and from the totals of the year, and from each row along the months.
    """
    grids = {table: _grid(client, table) for table in ("topic", "area")}
    found = []
    for at, month in enumerate([*MONTHS, YEAR]):
        columns = {t: {row: line[at] for row, line in grids[t].items()} for t in grids}
        seen = [v for column in columns.values() for v in column.values() if v is not None]
        found += [f"{month}: a figure of {v} is shown" for v in seen if v < 5]
        known = Snoop(columns["topic"], columns["area"]).surely()
        for (table, row), (least, most) in known.items():
            few = min(truth.get((table, row, month), (0, 0))) < 5
            if most < 5 or (few and least > 0):
                found.append(f"{month}: {table} {row} is {least} to {most}")
    return found + _along_months(grids)


def _along_months(grids: Mapping[str, Grid]) -> list[str]:
    """Do the same along each row: months add up to the total of the year."""
    found = []
    for table, grid in grids.items():
        for row, line in grid.items():
            *months, total = line
            hidden = [at for at, value in enumerate(months) if value is None]
            shown = sum(value for value in months if value is not None)
            if total is None or not hidden:
                continue
            left = total - shown
            if left < 5 or len(hidden) == 1:
                found += [f"{table} {row}: the hidden months hold {left} together"]
    return found


def test_the_reader_is_not_blind() -> None:
    """A naive table, with only the small figure hidden, is read by subtraction."""
    topics = {"REK": 9, "WNT": 6, "ISO": None, "ALL": 18}
    areas = {"EX-W-KBUURT": 18, "ALL": 18}
    assert Snoop(topics, areas).surely() == {("topic", "ISO"): (3, 3)}


def _quiet_months(come: Come) -> None:
    come(9, "2026-03", "REK-03", area="EX-B-GRUNDER")
    come(6, "2026-03", "WNT-06", area="EX-B-GEIN")
    come(4, "2026-03", "ISO-01", area="EX-B-GEIN")
    come(1, "2026-04", "REK-03", area="EX-B-GRUNDER")
    come(30, "2026-05", "REK-03", area="EX-B-GRUNDER")
    come(1, "2026-05", "ACH-03", area="EX-B-DRIEMOND")


def _one_small_cell(come: Come) -> None:
    for month in MONTHS:
        come(12, month, "REK-03", area="EX-B-GRUNDER")
    come(2, MONTHS[3], "ACH-03", area="EX-B-GRUNDER")


def _few(come: Come) -> None:
    come(3, "2026-02", "REK-01", "REK-02", "WNT-06", "BRF-01", area="EX-B-GEIN")
    come(15, "2026-02", "REK-03", area="EX-B-GRUNDER")
    come(15, "2026-06", "REK-03", "SUB-01", area="unknown")


@pytest.mark.parametrize("people", [_one_year, _quiet_months, _one_small_cell, _few])
def test_an_independent_reader_finds_no_small_figure(
    people: Callable[[Come], None], come: Come, analyst: FlaskClient, session: Session
) -> None:
    people(come)
    assert _found(analyst, _truth(session)) == []


def test_no_link_or_label_of_the_page_tells_a_hidden_figure(
    come: Come, analyst: FlaskClient
) -> None:
    come(4, "2026-03", "ISO-01", area="EX-B-GEIN")
    page = analyst.get("/statistics").text
    assert not re.search(r"<(td|span)[^>]*(data-|title=|aria-label=)", page.partition("<main")[2])
