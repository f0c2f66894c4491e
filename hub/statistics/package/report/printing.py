"""The set report on pages: tagged PDF/UA-1, by the canvas of the advice sheets.

A table that goes on overleaf repeats its head, as an artifact: its tags have it once. Bars,
rules and grounds are artifacts too; what they show stands beside them in figures.
"""

from collections.abc import Sequence
from typing import Final

from hub.sheets.formats import MM
from hub.sheets.languages import tongue
from hub.sheets.layout.frames import rounded
from hub.sheets.layout.style import ACCENT, HAIRLINE, QUIET, TINT, Colour
from hub.sheets.pdf.canvas import TaggedCanvas
from hub.sheets.pdf.structure import Node
from hub.sheets.pdf.textline import write_line
from hub.statistics.package.report.blocks import Heading, Panel, Report, Table
from hub.statistics.package.report.setting import (
    MEASURE,
    Placed,
    SetBlock,
    SetRow,
    SetText,
    panel_padding,
    set_block,
    small_line,
)

_WIDTH: Final = 210 * MM
_HEIGHT: Final = 297 * MM
_LEFT: Final = (_WIDTH - MEASURE) / 2
_TOP: Final = 50.0
_BOTTOM: Final = _HEIGHT - 56.0
_FOOT: Final = _HEIGHT - 34.0
_FOOT_SIZE: Final = 8.0
_KEPT_WHOLE: Final = 250.0  # a table of this height or less is not parted
_KEPT_ROWS: Final = 3  # rows of a longer one that stay with its heading
_BAR: Final = 7.0
_COLUMN_HEAD: Final = "/A<</O/Table/Scope/Column>>"
_ROW_HEAD: Final = "/A<</O/Table/Scope/Row>>"


def print_report(report: Report) -> bytes:
    """Give the finished file; the same report gives the same bytes."""
    blocks = [set_block(block, report.language) for block in report.blocks]
    count = _Printer(report, blocks, 0).run()
    printer = _Printer(report, blocks, count)
    printer.run()
    return printer.canvas.finish()


class _Printer:
    """Puts blocks on pages from top to bottom. A first run only counts the pages."""

    def __init__(self, report: Report, blocks: Sequence[SetBlock], count: int) -> None:
        self.report = report
        self.blocks = blocks
        self.count = count
        self.canvas = TaggedCanvas(
            title=report.title,
            language=report.language,
            author=report.author,
            made_on=report.made_on,
        )
        self.canvas.setPageSize((_WIDTH, _HEIGHT))
        self.top = _TOP

    def run(self) -> int:
        """Print all; give the number of pages."""
        for place, block in enumerate(self.blocks):
            at_top = self.top == _TOP
            if not at_top and self.top + block.before + self._together(place) > _BOTTOM:
                self._next_page()
                at_top = True
            self.top += 0 if at_top else block.before
            self._print(block)
            self.top += block.after
        self._running()
        self.canvas.showPage()
        return self.canvas.page_number - 1

    def _together(self, place: int) -> float:
        """Give the height of what may not be parted: a heading keeps what follows with it."""
        block = self.blocks[place]
        if isinstance(block.block, Table) and block.height > _KEPT_WHOLE:
            head = block.head.height if block.head else 0
            return head + sum(row.height for row in block.rows[:_KEPT_ROWS])
        height = block.height
        if isinstance(block.block, Heading) and place + 1 < len(self.blocks):
            height += block.after + self.blocks[place + 1].before + self._together(place + 1)
        return height

    def _print(self, block: SetBlock) -> None:
        if isinstance(block.block, Table):
            self._table(block)
        elif isinstance(block.block, Panel):
            self._panel(block)
        else:
            tag = f"H{block.block.level}" if isinstance(block.block, Heading) else "P"
            if tag == "H2":
                self._bookmark(block.texts[0].text)
            self._text(Node(tag, self.canvas.document_node), block.texts[0])

    def _bookmark(self, title: str) -> None:
        key = f"section-{title}"
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(title, key, level=0)

    # --- blocks

    def _panel(self, block: SetBlock) -> None:
        padding, _ = panel_padding()
        bottom = self.top + block.height
        path = rounded(_LEFT, _HEIGHT - bottom, MEASURE, block.height, 6)
        self._artifact(f"{_rgb(TINT)} rg {path} f")
        group = Node("L", self.canvas.document_node, attributes="/A<</O/List/ListNumbering/Disc>>")
        self.top += padding
        for text in block.texts:
            middle = _HEIGHT - self.top - text.lines[0].baseline + 2.2
            self._artifact(f"{_rgb(ACCENT)} rg {_LEFT + padding:.2f} {middle:.2f} 4.6 2.2 re f")
            self._text(Node("LBody", Node("LI", group)), text)
        self.top = bottom

    def _table(self, block: SetBlock) -> None:
        node = Node("Table", self.canvas.document_node)
        if block.head:
            self._row(node, block.head, "head")
        for number, row in enumerate(block.rows):
            # The last row is never alone on a page: it takes the one before it along.
            two = number == len(block.rows) - 2
            room = row.height + (block.rows[-1].height if two else 0)
            if self.top + room > _BOTTOM:
                self._next_page()
                if block.head:
                    self._row(None, block.head, "head")
            self._row(node, row, "strong" if row.strong else "plain")

    def _row(self, table: Node | None, row: SetRow, kind: str) -> None:
        """Print a row; without a table it is the head that is repeated overleaf."""
        top, bottom = self.top, self.top + row.height
        stroke, colour = (1.0, ACCENT) if kind == "head" else (0.5, HAIRLINE)
        y, right = _HEIGHT - bottom, _LEFT + MEASURE
        code = f"{stroke} w {_rgb(colour)} RG {_LEFT:.2f} {y:.2f} m {right:.2f} {y:.2f} l S"
        if row.bar:
            left, width = row.bar
            middle = _HEIGHT - top - row.first_middle - _BAR / 2
            code += f" {_rgb(ACCENT)} rg {_LEFT + left:.2f} {middle:.2f} {width:.2f} {_BAR} re f"
        self._artifact(code)
        line = Node("TR", table) if table else None
        padding = (row.height - max(cell.height for cell in row.cells)) / 2
        for number, cell in enumerate(row.cells):
            self.top = top + padding
            if kind == "head":
                self.top = bottom - padding - cell.height
            if line is None:
                self.canvas.begin_artifact("Pagination")
                self._lines(cell.lines)
                self.canvas.end()
                continue
            is_head = kind == "head" or number == 0
            scope = _COLUMN_HEAD if kind == "head" else _ROW_HEAD
            tag = "TH" if is_head else "TD"
            self._text(Node(tag, line, attributes=scope if is_head else ""), cell)
        self.top = bottom

    # --- text

    def _text(self, node: Node, text: SetText) -> None:
        """Print a text as the content of a node, in its own language where that is another."""
        if text.language != self.report.language:
            node.language = text.language
            if tongue(text.language).right_to_left:
                node.actual = text.text
        if text.lines:
            self.canvas.begin(node)
            self._lines(text.lines)
            self.canvas.end()
        self.top += text.height

    def _lines(self, lines: Sequence[Placed]) -> None:
        for line in lines:
            self._line(line, _HEIGHT - self.top - line.baseline)

    def _line(self, line: Placed, y: float) -> None:
        self.canvas.write(f"{_rgb(line.colour)} rg")
        write_line(self.canvas, line.line, line.size, (_LEFT + line.x, y), 0)

    def _artifact(self, code: str, kind: str = "Layout") -> None:
        self.canvas.begin_artifact(kind)
        self.canvas.write(code)
        self.canvas.end()

    # --- pages

    def _next_page(self) -> None:
        self._running()
        self.canvas.showPage()
        self.canvas.setPageSize((_WIDTH, _HEIGHT))
        self.top = _TOP

    def _running(self) -> None:
        """Print the foot of the page: what this is at the left, the page at the right."""
        label = self.report.page_label % {
            "number": str(self.canvas.page_number),
            "count": str(self.count),
        }
        self.canvas.begin_artifact("Pagination")
        self.canvas.write(f"{_rgb(QUIET)} rg")
        number = small_line(label, self.report.language, _FOOT_SIZE, MEASURE)
        taken = number.line.width * _FOOT_SIZE / 1000 if number else 0.0
        running = small_line(self.report.running, self.report.language, _FOOT_SIZE, MEASURE - taken)
        for line, x in ((running, 0.0), (number, MEASURE - taken)):
            if line:
                place = (_LEFT + x, _HEIGHT - _FOOT)
                write_line(self.canvas, line.line, _FOOT_SIZE, place, 0)
        self.canvas.end()


def _rgb(colour: Colour) -> str:
    return " ".join(f"{value:g}" for value in colour)
