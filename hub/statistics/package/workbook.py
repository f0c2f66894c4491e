"""``workbook.xlsx``: a sheet per table, one to read first, and one on how they are protected.

Figures are numbers, everything else is text, and there is no formula: what a name looks like
never makes it one. The same values give the same bytes, because the only moment in the file is
that of the release.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC
from decimal import Decimal
from typing import Any, Final

import xlsxwriter

from hub.i18n import N_
from hub.statistics.figures.wording import period_name
from hub.statistics.package import readme, words
from hub.statistics.package.crosstab import CrossTable, Head
from hub.statistics.package.table_files import HIDDEN, VISITS_TITLE
from hub.statistics.package.visits import HubVisits
from hub.statistics.published import Published

READ_FIRST: Final = "Lees mij - read me"
PROTECTION: Final = "Bescherming - protection"
VISITS_SHEET: Final = "visits"
_CODE: Final = N_("Code")
_INDEX: Final = N_("The tables")
_NEIGHBOURHOODS: Final = N_(
    "These columns do not add up to the total: it also counts residents of other places, and "
    "questions whose area was not asked."
)
_PARTS: Final = {"topic-neighbourhood", "topic-project"}
_VISIT_HEADS: Final = (N_("Visits"), N_("Open hours"), N_("Visits per open hour"))
_LONGEST_LABEL: Final = 60
_FIGURE_WIDTH: Final = 13
_LEGIBLE: Final = 235  # characters across one sheet of A4 that can still be read
_SCALE: Final = 60  # per cent, where a table is printed over several sheets
_A4: Final = 9  # paper number of the file format
_LINE: Final = 118  # characters of running text across the page of notes


def write_workbook(
    release: Published, tables: Sequence[CrossTable], visits: Sequence[HubVisits]
) -> bytes:
    """Make the workbook: notes, protection, visits, then every table in the order of the plan."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties(
        {
            "title": words.release_title(release.municipality_name, release.period, "nl"),
            "author": release.municipality_name,
            "created": release.made_at.astimezone(UTC).replace(tzinfo=None),
        }
    )
    writer = _Writer(book, release)
    writer.read_first(tables)
    writer.protection()
    writer.visits(visits)
    for table in tables:
        writer.table(table)
    book.close()
    return target.getvalue()


class _Writer:
    """Writes the sheets of one workbook; the formats are shared."""

    def __init__(self, book: Any, release: Published) -> None:
        self.book = book
        self.release = release
        base = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
        head = base | {"bold": True, "text_wrap": True, "bg_color": "#E4EEF0", "bottom": 1}

        def made(**look: Any) -> Any:
            return book.add_format(base | look)

        self.title = made(bold=True, font_size=15)
        self.subtitle = made(font_size=12, font_color="#46535A")
        self.heading = made(bold=True, font_size=12, font_color="#084A5C")
        self.note = made(text_wrap=True)
        self.warning = made(bold=True, font_color="#8A1F11")
        self.link = made(font_color="#084A5C", underline=1)
        self.head = book.add_format(head)
        self.head_right = book.add_format(head | {"align": "right"})
        self.text = made()
        self.topic = made(indent=1)
        self.strong = made(bold=True)
        self.quiet = made(font_color="#46535A")
        figures = {"num_format": "#,##0", "align": "right"}
        self.figure = made(**figures)
        self.strong_figure = made(bold=True, **figures)
        self.hundredth = made(num_format="0.00", align="right")
        self.hours = made(num_format="#,##0.0", align="right")

    # --- the sheets of text

    def read_first(self, tables: Sequence[CrossTable]) -> None:
        """Write what this is, how to read it, and a list of the sheets that leads to them."""
        sheet = self._text_sheet(READ_FIRST)
        row = self._titles(sheet, 0)
        for lang in words.LANGUAGES:
            row = self._paragraphs(sheet, row, [readme.made_note(self.release, lang)])
        row = self._section(sheet, row + 1, readme.READING, readme.reading_notes)
        row = self._heading(sheet, row + 1, _INDEX)
        for name in (VISITS_SHEET, *(table.name for table in tables)):
            sheet.write_url(row, 0, f"internal:'{name}'!A1", self.link, name)
            dutch, english = (_title(name, lang) for lang in words.LANGUAGES)
            sheet.write_string(row, 1, f"{dutch} / {english}", self.text)
            row += 1

    def protection(self) -> None:
        """Write what an x means, how the figures are protected, and the limits of that."""
        sheet = self._text_sheet(PROTECTION)
        row = self._titles(sheet, 0)
        self._section(
            sheet,
            row + 1,
            readme.PROTECTION,
            lambda lang: (readme.dot_note(lang), *readme.protection_notes(self.release, lang)),
        )

    # --- the sheets of figures

    def table(self, table: CrossTable) -> None:
        """Write one table: both languages in the heads, codes beside them, totals first."""
        sheet = self.book.add_worksheet(table.name)
        row = self._table_titles(sheet, table.name)
        if table.name in _PARTS:
            for lang in words.LANGUAGES:
                sheet.write_string(row, 0, words.say(lang, _NEIGHBOURHOODS), self.quiet)
                row += 1
        top = self._heads(sheet, row, words.DIMENSIONS["topic"], [c.names for c in table.columns])
        for number, (head, values) in enumerate(zip(table.rows, table.values, strict=True), top):
            bold = head.level != "topic"
            look = self.strong if bold else self.topic
            sheet.write_string(number, 0, head.code, self.quiet)
            sheet.write_string(number, 1, head.names["nl"], look)
            sheet.write_string(number, 2, head.names["en"], look)
            for column, value in enumerate(values, 3):
                self._figure(sheet, number, column, value, bold)
        self._set_up(sheet, table.name, top, (table.rows, len(table.columns)))

    def visits(self, rows: Sequence[HubVisits]) -> None:
        """Write visits, open hours and visits per open hour of each hub."""
        sheet = self.book.add_worksheet(VISITS_SHEET)
        row = self._table_titles(sheet, VISITS_SHEET)
        names = [{lang: words.say(lang, head) for lang in words.LANGUAGES} for head in _VISIT_HEADS]
        top = self._heads(sheet, row, words.DIMENSIONS["hub"], names)
        for number, hub in enumerate(rows, top):
            look = self.strong if number == top else self.text
            sheet.write_string(number, 0, hub.code, self.quiet)
            sheet.write_string(number, 1, hub.names["nl"], look)
            sheet.write_string(number, 2, hub.names["en"], look)
            self._figure(sheet, number, 3, hub.visits, number == top)
            self._decimal(sheet, number, 4, hub.hours, self.hours)
            if hub.visits is None:
                sheet.write_string(number, 5, HIDDEN, self.figure)
            else:
                self._decimal(sheet, number, 5, hub.per_hour, self.hundredth)
        self._set_up(sheet, VISITS_SHEET, top, (rows, len(_VISIT_HEADS)))

    # --- what they share

    def _text_sheet(self, name: str) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 78)
        sheet.hide_gridlines(2)
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&R&P / &N")
        return sheet

    def _titles(self, sheet: Any, row: int) -> int:
        looks = (self.title, self.subtitle)
        for lang, look in zip(words.LANGUAGES, looks, strict=True):
            name, period = self.release.municipality_name, self.release.period
            sheet.write_string(row, 0, words.release_title(name, period, lang), look)
            row += 1
        return self._warning(sheet, row)

    def _table_titles(self, sheet: Any, name: str) -> int:
        period = self.release.period
        for row, (lang, look) in enumerate(
            zip(words.LANGUAGES, (self.title, self.subtitle), strict=True)
        ):
            where = f"{self.release.municipality_name}, {period_name(period, lang)}"
            sheet.write_string(row, 0, f"{_title(name, lang)}: {where}", look)
        row = self._warning(sheet, 2)
        for lang in words.LANGUAGES:
            sheet.write_string(row, 0, readme.dot_note(lang), self.quiet)
            row += 1
        return row

    def _warning(self, sheet: Any, row: int) -> int:
        if self.release.demonstration:
            for lang in words.LANGUAGES:
                sheet.write_string(row, 0, words.say(lang, words.DEMONSTRATION), self.warning)
                row += 1
        return row

    def _heading(self, sheet: Any, row: int, message: str) -> int:
        dutch, english = (words.say(lang, message) for lang in words.LANGUAGES)
        sheet.write_string(row, 0, f"{dutch} / {english}", self.heading)
        return row + 1

    def _section(self, sheet: Any, row: int, heading: str, notes: Any) -> int:
        for lang in words.LANGUAGES:
            sheet.write_string(row, 0, words.say(lang, heading), self.heading)
            row = self._paragraphs(sheet, row + 1, notes(lang)) + 1
        return row

    def _paragraphs(self, sheet: Any, row: int, texts: Iterable[str]) -> int:
        """Write each text over both columns, in a row that is as high as its lines."""
        for text in texts:
            sheet.merge_range(row, 0, row, 1, "", self.note)
            sheet.write_string(row, 0, text, self.note)
            sheet.set_row(row, 15 * (1 + len(text) // _LINE) + 4)
            row += 1
        return row

    def _heads(self, sheet: Any, row: int, what: str, names: Sequence[Any]) -> int:
        """Write two rows of heads, Dutch and English; give the first row of figures."""
        for number, lang in enumerate(words.LANGUAGES, row):
            sheet.write_string(number, 0, words.say(lang, _CODE), self.head)
            for column, other in enumerate(words.LANGUAGES, 1):
                head = f"{words.say(lang, what)} ({other})"
                sheet.write_string(number, column, head, self.head)
            for column, label in enumerate(names, 3):
                sheet.write_string(number, column, label[lang], self.head_right)
            longest = max((len(label[lang]) for label in names), default=1)
            sheet.set_row(number, 15 * min(5, 1 + longest // 11))
        return row + len(words.LANGUAGES)

    def _figure(self, sheet: Any, row: int, column: int, value: int | None, bold: bool) -> None:
        look = self.strong_figure if bold else self.figure
        if value is None:
            sheet.write_string(row, column, HIDDEN, look)
        else:
            sheet.write_number(row, column, value, look)

    def _decimal(self, sheet: Any, row: int, column: int, value: Decimal | None, look: Any) -> None:
        if value is not None:
            sheet.write_number(row, column, float(value), look)

    def _set_up(
        self, sheet: Any, name: str, top: int, size: tuple[Sequence[Head | HubVisits], int]
    ) -> None:
        """Set widths, the frozen heads, and how the sheet is printed."""
        rows, columns = size
        widths = [2 + max(len(row.code) for row in rows)]
        for lang in words.LANGUAGES:
            longest = max(len(row.names[lang]) for row in rows)
            widths.append(min(_LONGEST_LABEL, max(16, 2 + longest)))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, max(8, width))
        sheet.set_column(3, 2 + columns, _FIGURE_WIDTH)
        sheet.freeze_panes(top, 3)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.repeat_rows(top - 2, top - 1)
        sheet.repeat_columns(0, 1)
        if sum(widths) + columns * _FIGURE_WIDTH <= _LEGIBLE:
            sheet.fit_to_pages(1, 0)
        else:
            sheet.set_print_scale(_SCALE)
        sheet.set_footer(f"&L{self.release.municipality} {self.release.period} {name}&R&P / &N")


def _title(name: str, language: str) -> str:
    if name == VISITS_SHEET:
        return words.say(language, VISITS_TITLE)
    return words.table_title(name, language)
