"""The report: readable by a screen reader, complete, and silent about what is hidden."""

import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import page
import pytest

from hub.statistics.package.report.blocks import Heading, Panel, Report, Row, Table
from hub.statistics.package.report.composing import compose, make_report
from hub.statistics.package.report.matter import NOTHING
from hub.statistics.package.report.setting import Printable, printable
from hub.statistics.published import Published, Withdrawal
from tests.statistics import awkward
from tests.statistics.asked import Wave
from tests.statistics.published import releases
from tests.support.machine import program

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)


@pytest.fixture(scope="module")
def months() -> tuple[Published, ...]:
    """Three months of one municipality; in the last, disconnections rise."""
    wave = Wave("2026-03", 90, topic="ACH-03")
    return releases(("2026-01", "2026-02", "2026-03"), 2, 700, 4, (wave,))


@pytest.fixture(scope="module")
def report(months: tuple[Published, ...]) -> Report:
    return compose(months[-1], months[:-1], "nl")


def failures(file: bytes) -> set[tuple[str, str]]:
    """Give the rules that a file breaks, of both standards."""
    reports = [page.validate_pdf_bytes(file, profile=profile) for profile in PROFILES]
    return {(f.rule_id, f.message) for report in reports for f in report.failures}


def read(file: bytes) -> str:
    """Give the text of a file as another program reads it."""
    done = subprocess.run(
        [program("pdftotext"), "-layout", "-", "-"], input=file, capture_output=True, check=True
    )
    return done.stdout.decode()


def tables(report: Report) -> dict[str, Table]:
    """Give the tables of a report by the heading above them."""
    return {
        above.text: block
        for above, block in pairwise(report.blocks)
        if isinstance(above, Heading) and isinstance(block, Table)
    }


def rows(report: Report) -> list[Row]:
    return [row for table in tables(report).values() for row in table.rows]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_is_pdf_ua_1_and_pdf_a_2a(months: tuple[Published, ...], language: str) -> None:
    assert failures(make_report(months[-1], months[:-1], language)) == set()


def test_another_program_reads_it(months: tuple[Published, ...]) -> None:
    text = read(make_report(months[-1], months[:-1], "nl"))
    assert "Vragen aan de energiehubs, maart 2026" in text
    assert re.search(r"Energierekening en contract +\d+", text)
    count = int(re.findall(r"Pagina \d+ van (\d+)", text)[-1])
    assert text.count("Pagina ") == count


def test_it_opens_with_what_rose(report: Report) -> None:
    panel = next(block for block in report.blocks if isinstance(block, Panel))
    assert any("Dreigende afsluiting" in sentence for sentence in panel.sentences)
    risen = tables(report)["Wat steeg en wat daalde"].rows[0]
    assert risen.cells[0] == "Dreigende afsluiting"


def test_the_last_periods_stand_below_each_other_with_this_one_marked(report: Report) -> None:
    shown = tables(report)["Verloop"].rows
    assert [row.cells[0] for row in shown] == ["januari 2026", "februari 2026", "maart 2026"]
    assert [row.strong for row in shown] == [False, False, True]


def test_a_period_that_was_withdrawn_is_a_gap(months: tuple[Published, ...]) -> None:
    gone = Withdrawal(datetime(2026, 3, 1, tzinfo=UTC), "counted twice")
    earlier = (months[0], replace(months[1], withdrawn=gone))
    shown = tables(compose(months[-1], earlier, "nl"))["Verloop"].rows
    assert shown[1] == Row(("februari 2026", NOTHING, NOTHING, NOTHING))


def test_a_hidden_figure_is_x_and_has_neither_bar_nor_share(months: tuple[Published, ...]) -> None:
    nothing = compose(awkward.with_nothing_shown(), months[:2], "en")
    for row in rows(nothing):
        assert row.bar is None or row.cells[0] in {"January 2026", "February 2026"}
        assert "%" not in " ".join(row.cells[1:])


def test_no_row_with_a_hidden_count_has_a_bar(report: Report) -> None:
    hidden = [row for row in rows(report) if row.cells[1] == "x"]
    assert [row for row in hidden if row.bar is not None] == []


def test_a_municipality_without_visits_gets_a_report(months: tuple[Published, ...]) -> None:
    file = make_report(awkward.with_nothing_shown(), (), "nl")
    assert failures(file) == set()
    assert "niet getoond" in read(file)


def test_awkward_names_are_printed_and_what_no_typeface_has_is_a_question_mark() -> None:
    file = make_report(awkward.with_awkward_names(), (), "nl")
    assert failures(file) == set()
    text = read(file)
    assert '=HYPERLINK("https://example.org' in text
    assert "? Huis & <hof>" in text


def test_the_first_release_has_nothing_to_compare_with() -> None:
    report = compose(awkward.a_month(), (), "nl")
    assert "Wat steeg en wat daalde" not in tables(report)
    assert "Verloop" not in tables(report)


def test_an_invented_municipality_is_marked() -> None:
    assert "DEMONSTRATIE" in read(make_report(awkward.invented(), (), "nl"))


@pytest.mark.parametrize(
    ("text", "set_as", "language"),
    [
        ("Buurthuis De Brug", "nl", "nl"),
        ("مركز الطاقة", "ar", "ar"),
        ("Perzisch, دری en Urdu", "nl-Arab", "nl"),
        ("能源中心", "zh-Hans", "zh-Hans"),
    ],
)
def test_a_text_keeps_its_direction_whatever_names_are_in_it(
    text: str, set_as: str, language: str
) -> None:
    assert printable(text, "nl") == Printable(text, set_as, language)
