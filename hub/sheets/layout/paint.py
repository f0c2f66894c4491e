"""Painting set pages on the tagged canvas.

On each page a part's frames and rules come first, as artifacts; then its columns, one language
whole before the next, which is also the order of the structure tree.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from hub.sheets.blocks import Side
from hub.sheets.layout import frames
from hub.sheets.layout.aside import AsideBox
from hub.sheets.layout.cells import Cell, PlacedLine, Slice
from hub.sheets.layout.pages import Page, PlacedPart, PlacedRow, SetSheet
from hub.sheets.layout.style import QUIET, Colour
from hub.sheets.layout.tree import Tree
from hub.sheets.paragraph import break_lines
from hub.sheets.pdf.canvas import TaggedCanvas
from hub.sheets.pdf.structure import Node
from hub.sheets.pdf.textline import write_line
from hub.sheets.pictograms import strokes
from hub.sheets.qr import qr_code

_ISOLATES: Final = dict.fromkeys(range(0x2066, 0x206A))
_RUNNING: Final = 7.8
_RUNNING_LARGE: Final = 12.0


def paint(result: SetSheet) -> bytes:
    """Give the finished file of a set sheet."""
    sheet = result.sheet
    canvas = TaggedCanvas(
        title=sheet.title, language=sheet.language, author=sheet.author, made_on=sheet.printed_on
    )
    painter = _Painter(canvas, result)
    for number, page in enumerate(result.pages, start=1):
        painter.page(page, number)
    return canvas.finish()


class _Painter:
    """Paints the pages of one sheet."""

    def __init__(self, canvas: TaggedCanvas, result: SetSheet) -> None:
        self.canvas = canvas
        self.result = result
        self.tree = Tree(canvas.document_node)
        self.height = 0.0
        self._bookmarked: set[int] = set()
        self._foot = _RUNNING_LARGE if result.scale.large else _RUNNING
        self._with_bookmarks = len(result.pages) > 1

    def page(self, page: Page, number: int) -> None:
        """Paint one page and close it."""
        self.height = page.height
        self.canvas.setPageSize((self.result.paper.width, page.height))
        for placed in page.parts:
            self._bookmark(placed)
            frames.draw(self.canvas, self.result, placed, page.height)
            for column in range(len(placed.part.part.columns)):
                self._column(placed, column)
                if column == 0 and placed.aside_top is not None and placed.part.aside:
                    self._aside(placed, placed.part.aside, placed.aside_top)
        self._running(number)
        self.canvas.showPage()

    def _bookmark(self, placed: PlacedPart) -> None:
        """Give each answer an entry in the outline of a sheet of more than one page."""
        name = placed.part.part.bookmark
        if not self._with_bookmarks or not name or placed.index in self._bookmarked:
            return
        self._bookmarked.add(placed.index)
        key = f"part-{placed.index}"
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(name, key, level=0)

    def _column(self, placed: PlacedPart, column: int) -> None:
        for row in placed.rows:
            cell = row.row.cells[column]
            part = row.slices[column]
            if cell is not None and part is not None and part.end > part.start:
                self._cell(placed, row, column, cell, part)

    def _cell(
        self, placed: PlacedPart, row: PlacedRow, column: int, cell: Cell, part: Slice
    ) -> None:
        left = row.row.edges[column]
        top = row.top - part.offset
        lead, body = self.tree.nodes(placed, column, row, cell.side)
        lines = cell.lines[part.start : part.end]
        if part.start == 0:
            self._drawings(cell, left, row.top, lead)
        if lead is None:
            self._lines(body, lines, left, top)
            return
        for node, which in ((lead, "lead"), (body, "body")):
            chosen = [line for line in lines if line.which == which]
            if chosen:
                self._lines(node, chosen, left, top)

    def _lines(self, node: Node, lines: Sequence[PlacedLine], left: float, top: float) -> None:
        """Paint lines as the content of a node."""
        canvas, blank = self.canvas, self.result.scale.blank
        upper = self.height - top
        canvas.begin(node)
        canvas.write(_ink(lines[0].colour))
        for line in lines:
            place = (left + line.x, upper - line.baseline)
            write_line(canvas, line.line, line.size, place, blank)
        canvas.end()

    def _drawings(self, cell: Cell, left: float, top: float, lead: Node | None) -> None:
        """Paint what stands before a text. A box to tick is heard; the rest is said in words."""
        for drawing in cell.drawings:
            x = left + drawing.x
            y = self.height - top - drawing.top - drawing.size
            if drawing.kind == "tick" and lead is not None:
                lead.actual = "☐"
                self.canvas.begin(lead)
                self.canvas.write(frames.tick_box(x, y, drawing.size))
            else:
                self.canvas.begin_artifact()
                if drawing.kind == "disc":
                    colour = self.result.scale.colour(frames.DISC)
                    self.canvas.write(frames.disc(x, y, drawing.size, colour))
                else:
                    self.canvas.write(_ink(self.result.scale.colour(frames.DISC)))
                    self.canvas.write(strokes(drawing.name, x, y, drawing.size))
            self.canvas.end()

    def _aside(self, placed: PlacedPart, box: AsideBox, top: float) -> None:
        left = placed.part.aside_left
        section = self.tree.section(placed, 0)
        if box.code:
            self._lines(Node("P", section, language="nl"), box.code, left, top)
        if not box.aside.address:
            return
        y = self.height - top - box.qr_top - box.qr_size
        x = left + box.qr_left
        edges = f"{x:.2f} {y:.2f} {x + box.qr_size:.2f} {y + box.qr_size:.2f}"
        figure = Node(
            "Figure",
            section,
            language=box.aside.language,
            alternative=_plain(box.aside.alternative),
            attributes=f"/A<</O/Layout/BBox[{edges}]>>",
        )
        self.canvas.begin(figure)
        self.canvas.write(qr_code(box.aside.address, x, y, box.qr_size))
        self.canvas.end()
        self._lines(Node("P", section, language=box.aside.language), box.caption, left, top)
        self._address(Node("Link", Node("P", section, language="nl")), box, left, top)

    def _address(self, link: Node, box: AsideBox, left: float, top: float) -> None:
        """Paint the address under the QR code as a link."""
        self._lines(link, box.address, left, top)
        upper = self.height - top - box.address[0].top
        lower = self.height - top - box.address[-1].bottom
        self.canvas.link(link, box.aside.address, (left, lower, left + box.width, upper))

    def _running(self, number: int) -> None:
        """Paint the foot of the page: the desk at the left, the page number at the right."""
        paper = self.result.paper
        if paper.height is None:
            return
        sheet = self.result.sheet
        self.canvas.begin_artifact("Pagination")
        self.canvas.write(_ink(self.result.scale.colour(QUIET)))
        baseline = paper.bottom * 0.45
        page = sheet.page_labels[self._language_of(number)]
        text = page.text % {"number": str(number), "count": str(len(self.result.pages))}
        width = self._small(page, text, baseline, right=True)
        self._small(sheet.running, sheet.running.text, baseline, right=False, taken=width + 12)
        self.canvas.end()

    def _language_of(self, number: int) -> int:
        """Give the place of the language that a page begins with, among the sheet's."""
        language = self.result.pages[number - 1].parts[0].part.part.columns[0].language
        known = [label.language for label in self.result.sheet.page_labels]
        return known.index(language) if language in known else 0

    def _small(
        self, side: Side, text: str, baseline: float, *, right: bool, taken: float = 0.0
    ) -> float:
        """Paint one short line at the foot; give its width. What does not fit is left out."""
        paper = self.result.paper
        room = (paper.measure - taken) * 1000 / self._foot
        lines = break_lines(text, side.language, False, room, 0)
        if not lines:
            return 0.0
        width = lines[0].width * self._foot / 1000
        x = paper.width - paper.side - width if right else paper.side
        if right and side.direction == "rtl":
            x -= lines[0].overhang * self._foot / 1000
        write_line(self.canvas, lines[0], self._foot, (x, baseline), 0)
        return width


@lru_cache(maxsize=64)
def _ink(colour: Colour) -> str:
    """Give the operators that choose a colour for letters and rules."""
    code = " ".join(f"{value:g}" for value in colour)
    return f"{code} rg {code} RG"


def _plain(text: str) -> str:
    """Leave out the isolates, which a spoken alternative does not need."""
    return text.translate(_ISOLATES)
