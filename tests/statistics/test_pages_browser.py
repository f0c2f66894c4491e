"""The statistics pages in a real browser: axe, narrow and wide, without script, and on paper."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests.statistics.asked import Wave
from tests.statistics.published import releases
from tests.statistics.shelf import shelve
from tests.support.browser import Surfer, axe_findings, sign_in_on
from tests.support.cast import ANALYST, Cast
from tests.support.machine import program

pytestmark = pytest.mark.browser
PERIODS = ("2025-Q2", "2026-05", "2026-06", "2026-Q2")
WAVE = Wave("2026-05", 150, "WNT-03", "EX-B-GRUNDER", "ar")
ADDRESSES = (
    "/statistics",
    "/statistics/2026-Q2?first=hub:hub-1&second=hub:hub-2",
    "/statistics/2026-05",
    "/statistics/protection",
    "/statistics/2026-12",
)


@pytest.fixture
def shelf(session: Session, cast: Cast) -> None:
    """Releases of the home municipality."""
    shelve(session, releases(PERIODS, waves=(WAVE,)))


@pytest.fixture
def analyst(surfer: Surfer, shelf: None) -> Callable[..., Page]:
    """An analyst at a browser of any width, signed in."""

    def sit(width: int, **options: object) -> Page:
        page = surfer.page(width, 900, **options)  # type: ignore[arg-type]
        sign_in_on(page, ANALYST)
        return page

    return sit


@pytest.mark.parametrize(("width", "language"), [(1280, "nl-NL"), (360, "en-GB")])
def test_axe_finds_nothing_with_everything_opened(
    width: int, language: str, analyst: Callable[..., Page]
) -> None:
    page = analyst(width, language=language)
    for address in ADDRESSES:
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        assert axe_findings(page) == [], address


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_page_is_wider_than_the_screen(width: int, analyst: Callable[..., Page]) -> None:
    page = analyst(width)
    for address in ADDRESSES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_two_areas_are_compared_without_script(analyst: Callable[..., Page]) -> None:
    page = analyst(1280, script=False)
    page.goto("/statistics/2026-Q2")
    page.locator("#first").select_option("area:EX-W-KBUURT")
    page.locator("#second").select_option("area:EX-W-GEIN")
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile("first=area(:|%3A)EX-W-KBUURT"))
    expect(page.locator("#compared-title")).to_have_count(1)


def test_paper_has_words_charts_and_tables(analyst: Callable[..., Page], tmp_path: Path) -> None:
    page = analyst(1280, language="nl-NL")
    page.goto("/statistics/2026-Q2")
    paper = tmp_path / "paper.pdf"
    page.pdf(path=paper, format="A4")
    text = subprocess.run(
        [program("pdftotext"), "-layout", paper, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "2e kwartaal 2026: " in text
    assert "Warmtenet en aardgasvrij" in text
    assert "Vergelijk met" not in text
