"""The statistics pages: who sees which releases, what stands on them, and what they never touch."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from hub.statistics.published import Published, Withdrawal
from tests.statistics.asked import Wave
from tests.statistics.published import releases
from tests.statistics.shelf import shelve
from tests.statistics.visits import asked_of
from tests.support.cast import (
    ANALYST,
    COORDINATOR,
    EDITOR,
    STRANGE_ANALYST,
    VOLUNTEER,
    Cast,
)
from tests.support.databases import both_databases
from tests.visits.desk import seated

PERIODS = ("2025-Q2", "2026-05", "2026-06", "2026-Q2")
WAVE = Wave("2026-05", 150, "WNT-03", "EX-B-GRUNDER", "ar")
HOME = "/statistics/2026-Q2"


@pytest.fixture
def made(session: Session, cast: Cast) -> tuple[Published, ...]:
    """Two months and two quarters of the home municipality, on the shelf."""
    shelf = releases(PERIODS, waves=(WAVE,))
    shelve(session, shelf)
    return shelf


@pytest.fixture
def analyst(app: Flask, cast: Cast, made: tuple[Published, ...]) -> FlaskClient:
    """An analyst of the home municipality, in English."""
    return seated(app, cast, ANALYST)


class Drawn(HTMLParser):
    """What a page draws and tells: each chart, and the cells of each table row by row."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.charts: list[dict[str, str | None]] = []
        self.ids: list[str] = []
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if named.get("id"):
            self.ids.append(str(named["id"]))
        if tag == "svg" and "chart" in (named.get("class") or "").split():
            self.charts.append(named)
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"} and self._cell is not None:
            self.tables[-1][-1].append("".join(self._cell).strip())
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)


def words(html: str) -> str:
    """The page without its marks, spaces made one."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# --- what stands on them --------------------------------------------------------------------


def test_the_overview_says_in_words_what_rose_where_and_in_which_language(
    analyst: FlaskClient,
) -> None:
    page = words(analyst.get("/statistics").text)
    assert "Newest quarter: 2nd quarter 2026" in page
    assert re.search(r"Most risen since the same quarter a year ago: Heat network", page)
    assert re.search(r"By area, questions rose most in K-buurt", page)
    assert re.search(r"By language, questions rose most in Arabic", page)


def test_the_overview_says_from_which_day_the_next_periods_can_be_released(
    analyst: FlaskClient,
) -> None:
    page = words(analyst.get("/statistics").text)
    assert "November 2026: can be released from 11 December 2026" in page
    assert "hub release make 2026-10" in page


def test_the_home_of_an_analyst_is_the_overview(analyst: FlaskClient) -> None:
    assert analyst.get("/").location == "/statistics"


def test_each_shown_figure_of_a_table_stands_on_the_page_and_each_hidden_one_is_a_dot(
    analyst: FlaskClient, made: tuple[Published, ...]
) -> None:
    quarter = made[-1]
    tables = Drawn(analyst.get(HOME).text).tables
    found = next(t for t in tables if t[0][0] == "Area" and t[0][-1] == "Total")
    by_name = {row[0]: row[1:] for row in found}
    topics = quarter.children["topic"]["ALL"]
    for area in quarter.children["area"]["ALL"]:
        cells = [
            value
            for cell, value in sorted(quarter.values.items(), key=lambda item: item[0])
            if cell.area == area and cell.topic in topics
        ]
        name = quarter.label("area", area, "en")
        if name in by_name:
            shown = sorted(
                int(c.replace(",", "")) for c in by_name[name][:-1] if "not shown" not in c
            )
            assert shown == sorted(v for v in cells if v is not None)
            assert by_name[name][:-1].count("·not shown") == cells.count(None)
        else:
            assert set(cells) == {None}


def test_a_hidden_figure_never_looks_like_a_nought(analyst: FlaskClient) -> None:
    for address in (HOME, "/statistics/2026-05", "/statistics"):
        for table in Drawn(analyst.get(address).text).tables:
            assert not {"0", "0%", "nan", "None", "<5", "x"} & {
                cell for row in table for cell in row
            }


def test_all_hidden_figures_look_the_same(analyst: FlaskClient) -> None:
    page = analyst.get(HOME).text
    assert len(set(re.findall(r'<td class="num cell-hidden">.*?</td>', page))) == 1


def test_every_chart_has_a_title_a_description_and_a_name_of_its_own(analyst: FlaskClient) -> None:
    drawn = Drawn(analyst.get(f"{HOME}?first=hub:hub-1&second=hub:hub-2").text)
    assert len(drawn.charts) > 15
    for chart in drawn.charts:
        assert chart["role"] == "img"
        for part in str(chart["aria-labelledby"]).split():
            assert drawn.ids.count(part) == 1


def test_no_style_stands_in_the_page(analyst: FlaskClient) -> None:
    for address in (HOME, "/statistics", "/statistics/protection"):
        assert not re.search(r"<style|\sstyle=", analyst.get(address).text)


def test_a_month_says_that_areas_and_languages_are_told_per_quarter(analyst: FlaskClient) -> None:
    page = words(analyst.get("/statistics/2026-05").text)
    assert "Areas and languages are told per quarter" in page
    assert "By language" not in page


def test_two_hubs_and_two_areas_are_compared_under_an_address_that_stays(
    analyst: FlaskClient,
) -> None:
    page = analyst.get(f"{HOME}?first=hub:hub-1&second=hub:hub-2").text
    assert "Energiehub 1 and Energiehub 2, table" in page
    assert '<option value="hub:hub-2" selected>' in page
    areas = analyst.get(f"{HOME}?first=area:EX-W-KBUURT&second=area:EX-W-GEIN").text
    assert "K-buurt and Gein, table" in areas


@pytest.mark.parametrize(
    "chosen", ["first=hub:hub-1&second=area:EX-W-GEIN", "first=hub:hub-1&second=hub:hub-1"]
)
def test_what_cannot_be_compared_is_answered_with_what_to_choose(
    chosen: str, analyst: FlaskClient
) -> None:
    page = analyst.get(f"{HOME}?{chosen}")
    assert page.status_code == 200
    assert "Choose two different hubs, or two different areas." in page.text


def test_the_reader_chooses_what_to_compare_with_and_the_steps_of_the_trend(
    analyst: FlaskClient,
) -> None:
    assert "Compared with the same quarter a year ago" in words(analyst.get(HOME).text)
    trend = Drawn(analyst.get(f"{HOME}?by=quarter").text)
    heads = next(t[0] for t in trend.tables if "4th quarter 2025" in t[0])
    assert heads[-1] == "2nd quarter 2026"


def test_a_month_without_a_release_is_a_gap_and_not_a_hidden_figure(analyst: FlaskClient) -> None:
    tables = Drawn(analyst.get(f"{HOME}?by=quarter").text).tables
    trend = next(t for t in tables if "4th quarter 2025" in t[0])
    assert trend[1][2] == "– not released"


def test_a_closed_month_of_a_hub_is_marked(app: Flask, cast: Cast, session: Session) -> None:
    shelf = releases(PERIODS, waves=(WAVE,))
    quarter = shelf[-1]
    hours = {
        **quarter.open_hours,
        "hub-2": {**quarter.open_hours["hub-2"], "2026-04": Decimal(0)},
    }
    shelve(session, [replace(quarter, open_hours=hours)])
    page = words(seated(app, cast, ANALYST).get(HOME).text)
    assert re.search(r"Energiehub 2 53 \d+ [\d.]+ Apr 26 \(closed\)", page)


def test_the_protection_page_tells_what_the_auditor_did_for_the_newest_release(
    analyst: FlaskClient, made: tuple[Published, ...]
) -> None:
    page = words(analyst.get("/statistics/protection").text)
    checked = made[-1].checked
    assert f"it read {checked.cells:,} figures" in page
    assert f"{checked.hidden:,} of them are hidden" in page
    assert "not a volunteer" in page or "should not be a volunteer" in page


def test_every_page_of_figures_links_to_how_they_are_protected(analyst: FlaskClient) -> None:
    for address in ("/statistics", HOME, "/statistics/2026-05"):
        assert 'href="/statistics/protection?municipality=GM0363"' in analyst.get(address).text


def test_the_files_of_a_release_are_linked(analyst: FlaskClient) -> None:
    page = analyst.get(HOME).text
    for file in ("2026-Q2.pdf", "2026-Q2.xlsx", "2026-Q2.zip", "2026-Q2/topic-language.csv"):
        assert f'href="/statistics/{file}?municipality=GM0363"' in page


# --- what is not there ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "remedy"),
    [
        ("2026-13", "Write a month as 2026-03"),
        ("last-week", "Write a month as 2026-03"),
        ("2026-12", "The period is not over yet. It can be released from 11 January 2027."),
        ("2026-09", "It can be released since 11 October 2026."),
        ("2026-Q4", "The period is not over yet."),
    ],
)
def test_a_period_without_a_release_is_not_found_and_says_what_to_do(
    period: str, remedy: str, analyst: FlaskClient
) -> None:
    answer = analyst.get(f"/statistics/{period}")
    assert answer.status_code == 404
    assert remedy in words(answer.text)


def test_a_withdrawn_release_shows_why_and_no_figure(
    app: Flask, cast: Cast, session: Session
) -> None:
    gone = Withdrawal(datetime(2026, 11, 21, 9, tzinfo=UTC), "The hub counted its own test visits.")
    shelve(session, [replace(releases(PERIODS, waves=(WAVE,))[-1], withdrawn=gone)])
    analyst = seated(app, cast, ANALYST)
    answer = analyst.get(HOME)
    assert answer.status_code == 200
    assert "The hub counted its own test visits." in answer.text
    assert Drawn(answer.text).tables == []
    assert "The hub counted its own test visits." in analyst.get("/statistics").text


def test_a_release_that_took_the_place_of_a_withdrawn_one_says_so(
    app: Flask, cast: Cast, session: Session
) -> None:
    release = releases(PERIODS, waves=(WAVE,))[-1]
    gone = Withdrawal(datetime(2026, 11, 21, 9, tzinfo=UTC), "One hub was missing.")
    shelve(session, [replace(release, withdrawn=gone), replace(release, version="0.1")])
    page = words(seated(app, cast, ANALYST).get(HOME).text)
    assert "was withdrawn on 21 November 2026: One hub was missing." in page
    assert "Heat network" in page


def test_without_any_release_the_overview_says_how_one_is_made(app: Flask, cast: Cast) -> None:
    page = words(seated(app, cast, ANALYST).get("/statistics").text)
    assert "There is no release yet" in page
    assert "hub release make" in page


def test_a_release_that_was_altered_is_not_shown(app: Flask, cast: Cast, session: Session) -> None:
    release = replace(releases(PERIODS, waves=(WAVE,))[-1], version="altered")
    shelve(session, [release], altered=True)
    answer = seated(app, cast, ANALYST).get(HOME)
    assert answer.status_code == 500
    assert "was altered in the database" in answer.text


# --- who sees what --------------------------------------------------------------------------


def test_an_analyst_of_another_municipality_sees_none_of_our_releases(
    app: Flask, cast: Cast, made: tuple[Published, ...]
) -> None:
    stranger = seated(app, cast, STRANGE_ANALYST)
    assert "There is no release yet" in stranger.get("/statistics").text
    assert stranger.get(HOME).status_code == 404
    for address in ("/statistics", HOME, "/statistics/protection"):
        assert stranger.get(f"{address}?municipality=GM0363").status_code == 404


def test_a_coordinator_sees_the_pages_and_a_volunteer_or_editor_does_not(
    app: Flask, cast: Cast, made: tuple[Published, ...]
) -> None:
    for address in ("/statistics", HOME, "/statistics/protection"):
        assert seated(app, cast, COORDINATOR).get(address).status_code == 200
        for other in (VOLUNTEER, EDITOR):
            assert seated(app, cast, other).get(address).status_code == 403


# --- what they never touch ------------------------------------------------------------------


@both_databases
def test_no_statement_of_a_page_names_a_table_of_visits_or_of_true_counts(
    analyst: FlaskClient,
) -> None:
    for address in ("/statistics", HOME, "/statistics/2026-05", "/statistics/protection"):
        with asked_of(Engine) as said:
            assert analyst.get(address).status_code == 200
        assert len(said) > 1
        for statement in said:
            assert not re.search(
                r"\b(visit|question|reception|frozen_\w+|release_secret)\b", statement
            ), statement


def test_a_page_asks_the_database_as_often_with_many_releases_as_with_one(
    app: Flask, cast: Cast, session: Session, analyst: FlaskClient
) -> None:
    analyst.get(HOME)
    with asked_of(Engine) as before:
        analyst.get(HOME)
    more = [
        replace(releases(PERIODS, waves=(WAVE,))[1], period=f"2024-{m:02}") for m in range(1, 13)
    ]
    shelve(session, more)
    analyst.get(HOME)
    with asked_of(Engine) as after:
        analyst.get(HOME)
    assert len(after) == len(before)
