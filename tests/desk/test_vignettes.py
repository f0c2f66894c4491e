"""The 42 example visits, entered at the real page; export and statistics agree with what was typed.

Topics, urgency, area, language and month come from the shipped vignettes; the outcomes stand
here once more, as their description has them, so that the two keep each other honest.
"""

import csv
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from flask import Flask
from playwright.sync_api import Page, Route, expect

from hub.demonstration.vignettes import Vignette, read_vignettes
from hub.resources import content
from hub.statistics.auditor import examine, parse_release
from hub.statistics.commands import release
from tests.desk.room import outcome, sit_down, stored_id
from tests.statistics.releasing import make
from tests.support.browser import Surfer
from tests.support.cast import Cast
from tests.visits.csv_files import Exchange, Row
from tests.visits.desk import HUB

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HERE = ZoneInfo("Europe/Amsterdam")
OUTCOMES = {
    "answered": "01 02 05 09 10 15 18 19 24 25 26 27 29 31 33 38 41",
    "partly": "07 23 34 40",
    "referred": "06 12 13 14 16 17 20 22 30 32 36 39 42",
    "handed_over": "03 04 11 28",
    "call_back": "35 37",
    "not_answered": "08 21",
}
OUTCOME_OF = {f"V{number}": end for end, listed in OUTCOMES.items() for number in listed.split()}


@dataclass
class Entered:
    """A vignette as it was typed: the visit's id, its moment, and the answers that were chosen."""

    visit_id: str
    vignette: Vignette
    opened_at: datetime


def _moment(vignette: Vignette, number: int) -> datetime:
    """Give a moment in the vignette's month, in the twelve months before 23 November 2026."""
    year = 2025 if vignette.month == 12 else 2026
    return datetime(year, vignette.month, 1 + number % 20, 10, number, tzinfo=HERE)


class Volunteer:
    """Enters vignettes at the desk as a person would: types, chooses, and prints."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sheets: list[tuple[int, bytes]] = []
        page.route("**/sheet.pdf", self._take_sheet)

    def _take_sheet(self, route: Route) -> None:
        """Take the printed sheet out of the printer; Chromium's own viewer need not start."""
        answer = route.fetch()
        self.sheets.append((answer.status, answer.body()[:5]))
        route.fulfill(status=answer.status, content_type="text/plain", body="sheet")

    def enter(self, vignette: Vignette, number: int) -> Entered:
        """Enter one vignette as a late entry with its sheet."""
        opened_at = _moment(vignette, number)
        self._about_the_visit(vignette, opened_at)
        for slot, topic in enumerate(vignette.topics):
            self._ask(slot, topic)
        for slot in range(len(vignette.topics)):
            self._finish_question(slot, vignette)
        self.page.locator("button[value=print]").click()
        visit_id = stored_id(self.page)
        expect(self.page.locator("iframe[name=sheet]")).to_be_attached()
        return Entered(visit_id, vignette, opened_at)

    def _about_the_visit(self, vignette: Vignette, opened_at: datetime) -> None:
        page = self.page
        page.locator("select[name=language]").select_option(vignette.language)
        page.locator("select[name=area]").select_option(vignette.area)
        for field, value in (("tenure", vignette.tenure), ("heating", vignette.heating)):
            page.locator(f"label:has(> input[name={field}][value={value}])").click()
        page.locator("details.more:has([name=opened_at]) > summary").click()
        page.locator("select[name=home_type]").select_option(vignette.home_type)
        page.locator("[name=opened_at]").fill(opened_at.strftime("%Y-%m-%dT%H:%M"))

    def _ask(self, slot: int, topic: str) -> None:
        page = self.page
        page.locator("#search").fill(topic)
        page.keyboard.press("Enter")
        expect(page.locator(f"[name=questions-{slot}-topic]")).to_have_value(topic)
        beside = page.locator(f".question[data-slot='{slot}'] .panel-place > *")
        expect(beside.first).to_be_attached()

    def _finish_question(self, slot: int, vignette: Vignette) -> None:
        page = self.page
        outcome(page, slot, OUTCOME_OF[vignette.number]).click()
        if vignette.reason:
            page.locator(f"[name=questions-{slot}-reason]").select_option(vignette.reason)
        page.locator(f".question[data-slot='{slot}'] details.more > summary").click()
        page.locator(f"[name=questions-{slot}-urgency]").select_option(vignette.urgency)
        page.locator(f"[name=questions-{slot}-trigger]").select_option(vignette.trigger)
        answer = page.locator(f"select[name=questions-{slot}-answer]")
        if answer.input_value() != vignette.answers[slot]:
            answer.select_option(vignette.answers[slot])
        if not vignette.answers[slot]:
            page.locator(f"[name=questions-{slot}-sheet]").select_option("no")


def _languages(slug: str) -> set[str]:
    """Give the languages in which an answer is written."""
    files = content("answers").joinpath(slug).iterdir()
    return {file.name.removesuffix(".toml") for file in files} - {"answer"}


def _shown_in(slug: str, language: str) -> str:
    """Give the language that stands beside the Dutch in a conversation; English where none does."""
    if language == "nl":
        return "nl"
    written = _languages(slug)
    return next((one for one in (language, language.split("-")[0]) if one in written), "en")


def _rows(entered: Entered) -> Iterator[Row]:
    """Give the lines of the visits file that a vignette should have become."""
    vignette = entered.vignette
    for number, (topic, answer) in enumerate(
        zip(vignette.topics, vignette.answers, strict=True), 1
    ):
        yield {
            "visit_id": entered.visit_id,
            "opened_at": entered.opened_at.isoformat(timespec="seconds"),
            "channel": "counter",
            "language": vignette.language,
            "area": vignette.area,
            "tenure": vignette.tenure,
            "heating": vignette.heating,
            "home_type": vignette.home_type,
            "first_visit": "unknown",
            "late_entry": "yes",
            "question": str(number),
            "topic": topic,
            "urgency": vignette.urgency,
            "trigger": vignette.trigger,
            "outcome": OUTCOME_OF[vignette.number],
            "reason": vignette.reason or "",
            "answer": answer,
            "answer_language": _shown_in(answer, vignette.language) if answer else "",
            "sheet": "yes" if answer else "no",
        }


def _statistics_agree(app: Flask, all_entered: list[Entered], folder: Path) -> None:
    """Release the closed months, and hold the exported files against what was typed.

    What is shown is what was typed; what is hidden is small, or tells something small if shown.
    """
    asked: Counter[tuple[str, str]] = Counter()
    visits: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entered in all_entered:
        month = entered.opened_at.strftime("%Y-%m")
        for topic in entered.vignette.topics:
            for cell in ((topic[:3], month), ("ALL", month)):
                asked[cell] += 1
                visits[cell].add(entered.visit_id)
    for month in sorted({month for _, month in asked} - {"2026-11"}):
        made = make(app, month)
        with app.app_context():
            wanted = ["export", str(made), "--out", str(folder / month)]
            assert CliRunner().invoke(release, wanted).exit_code == 0
        cells = (folder / month / "cells.csv").read_text("utf-8").splitlines()
        meta = (folder / month / "meta.json").read_text("utf-8")
        rows = {tuple(row[:-1]): row[-1] for row in csv.reader(cells[1:])}
        truth, small = _true_rows(rows, month, asked, visits)
        of_month = [k for k in rows if k[0] == "questions" and k[2:-1] == ("ALL",) * 8]
        assert {key[1] for key in of_month} >= {row for row, m in asked if m == month}
        for key in of_month:
            typed = (key[1], month)
            if rows[key] != "x":
                assert int(rows[key]) == asked[typed]
                assert len(visits[typed]) >= 5
            elif len(visits[typed]) >= 5:
                opened = [cells[0], *(_line(rows, k, asked[typed], key) for k in rows)]
                told = examine([parse_release(month, "\n".join(opened), meta)], truth, small)
                assert told.findings, typed


def _true_rows(
    rows: Iterable[tuple[str, ...]],
    month: str,
    asked: Mapping[tuple[str, str], int],
    visits: Mapping[tuple[str, str], set[str]],
) -> tuple[dict[tuple[str, ...], int], set[tuple[str, ...]]]:
    """Give what was typed for every row of a month's file, and which rows are small.

    All sat at one hub, and a month has no finer table than hub and main topic.
    """
    truth, small = {}, set()
    for key in rows:
        measure, topic, hub = key[0], key[1], key[3]
        here = hub in ("ALL", HUB)
        people = len(visits.get((topic, month), ())) if here else 0
        truth[key] = people if measure == "visits" else asked.get((topic, month), 0) * here
        if min(truth[key], people) < (20 if measure == "visits" else 5):
            small.add(key)
    return truth, small


def _line(
    rows: dict[tuple[str, ...], str], key: tuple[str, ...], figure: int, opened: tuple[str, ...]
) -> str:
    return ",".join((*key, str(figure) if key == opened else rows[key]))


def test_all_vignettes_are_here_with_an_outcome_each() -> None:
    assert [vignette.number for vignette in read_vignettes()] == sorted(OUTCOME_OF)
    assert len(OUTCOME_OF) == 42


def test_the_shipped_vignettes_end_as_they_are_described() -> None:
    shipped = {vignette.number: vignette.outcome for vignette in read_vignettes()}
    assert shipped == OUTCOME_OF


def test_an_answer_is_shipped_in_every_language_it_claims() -> None:
    for folder in content("answers").iterdir():
        for language in _languages(folder.name):
            text = tomllib.loads((Path(str(folder)) / f"{language}.toml").read_text("utf-8"))
            assert text["language"] == language


def test_the_vignettes_entered_at_the_page_stand_in_export_and_statistics(
    surfer: Surfer, app: Flask, cast: Cast, tmp_path: Path
) -> None:
    page = sit_down(surfer, app, cast)
    volunteer = Volunteer(page)
    all_entered = []
    for number, vignette in enumerate(read_vignettes(), 1):
        all_entered.append(volunteer.enter(vignette, number))
        page.locator("#next").click()
        page.wait_for_url("**/desk?fresh=1")
    exported = Exchange(app, tmp_path).rows(first="2025-11-24", last="2026-11-23")
    by_visit = {row["visit_id"]: number for number, row in enumerate(exported)}
    assert len(by_visit) == 42
    for entered in all_entered:
        theirs = [row for row in exported if row["visit_id"] == entered.visit_id]
        assert theirs == list(_rows(entered)), entered.vignette.number
    moments = [row["opened_at"] for row in exported]
    assert moments == sorted(moments, key=datetime.fromisoformat)
    assert set(volunteer.sheets) == {(200, b"%PDF-")}
    assert len(volunteer.sheets) == 42
    _statistics_agree(app, all_entered, tmp_path)
