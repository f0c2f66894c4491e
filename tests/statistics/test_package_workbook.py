"""The workbook: figures are numbers, names are text, nothing is a formula."""

import pytest

from hub.statistics.package.crosstab import cross_tables
from hub.statistics.package.visits import hub_visits
from hub.statistics.package.workbook import PROTECTION, READ_FIRST, VISITS_SHEET, write_workbook
from hub.statistics.published import Published
from tests.statistics import awkward
from tests.statistics.published import a_release
from tests.statistics.workbooks import SheetOf, sheets_of


def workbook(release: Published) -> dict[str, SheetOf]:
    return sheets_of(write_workbook(release, list(cross_tables(release)), hub_visits(release)))


@pytest.fixture(scope="module")
def sheets() -> dict[str, SheetOf]:
    return workbook(a_release())


def test_there_is_a_sheet_to_read_first_one_on_protection_and_one_per_table(
    sheets: dict[str, SheetOf],
) -> None:
    assert list(sheets) == [READ_FIRST, PROTECTION, VISITS_SHEET, *a_release().tables()]


def test_every_shown_figure_is_a_number_and_every_hidden_one_the_text_x(
    sheets: dict[str, SheetOf],
) -> None:
    for table in cross_tables(a_release()):
        sheet = sheets[table.name]
        figures = [value for row in table.values for value in row if value is not None]
        hidden = sum(value is None for row in table.values for value in row)
        assert sorted(sheet.numbers.values()) == sorted(figures)
        assert sum(text == "x" for text in sheet.texts.values()) == hidden


def test_a_figure_stands_in_the_row_of_its_topic(sheets: dict[str, SheetOf]) -> None:
    table = next(cross_tables(a_release()))
    sheet = sheets["topic"]
    for head, values in zip(table.rows, table.values, strict=True):
        place = f"D{sheet.row_of(head.code)}"
        assert sheet.numbers.get(place) == values[0]


def test_heads_stay_in_sight_and_are_in_both_languages(sheets: dict[str, SheetOf]) -> None:
    sheet = sheets["topic-outcome"]
    total = sheet.row_of("ALL")
    assert sheet.frozen == (total - 1, 3)
    assert sheet.texts[f"E{total - 2}"] == "Beantwoord"
    assert sheet.texts[f"E{total - 1}"] == "Answered"


def test_the_sheet_on_protection_explains_the_sign_in_both_languages(
    sheets: dict[str, SheetOf],
) -> None:
    texts = " ".join(sheets[PROTECTION].texts.values())
    assert "Een x betekent: niet getoond" in texts
    assert "An x means: not shown" in texts


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    book = workbook(awkward.with_awkward_names())
    assert sum(sheet.formulas for sheet in book.values()) == 0
    names = set(book[VISITS_SHEET].texts.values())
    assert {'=HYPERLINK("https://example.org","klik")', "@SUM(A1)", "-5"} <= names


def test_an_invented_municipality_is_marked_on_every_sheet_of_figures() -> None:
    from_demo = workbook(awkward.invented())
    for sheet in from_demo.values():
        assert any("DEMONSTRATI" in text for text in sheet.texts.values())
