"""Where everything stands on the pages of a set sheet, to ask whether it may stand there."""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from hub.sheets.layout.cells import PlacedLine
from hub.sheets.layout.pages import Page, PlacedPart, SetSheet

ROUNDING = 0.6


class Box(NamedTuple):
    """A box on a page in points, tops measured downwards."""

    left: float
    top: float
    right: float
    bottom: float
    what: str


def _line_box(line: PlacedLine, left: float, top: float, blank: float) -> Box:
    unit = line.size / 1000
    x = left + line.x
    words = "".join(item.word.text if item.word else "_" for item in line.line.items)
    return Box(x, top + line.top, x + line.line.width * unit, top + line.bottom, words)


def _aside(placed: PlacedPart) -> Iterator[Box]:
    box = placed.part.aside
    if box is None or placed.aside_top is None:
        return
    left = placed.part.aside_left
    for line in (*box.code, *box.caption, *box.address):
        yield _line_box(line, left, placed.aside_top, 0)
    if box.qr_size:
        top = placed.aside_top + box.qr_top
        x = left + box.qr_left
        yield Box(x, top, x + box.qr_size, top + box.qr_size, "QR")


def boxes(result: SetSheet, page: Page) -> Iterator[Box]:
    """Give every line and every QR code of a page."""
    for placed in page.parts:
        yield from _aside(placed)
        for row in placed.rows:
            for cell, left, part in zip(row.row.cells, row.row.edges, row.slices, strict=True):
                if cell is None or part is None:
                    continue
                for line in cell.lines[part.start : part.end]:
                    yield _line_box(line, left, row.top - part.offset, result.scale.blank)


def faults(result: SetSheet) -> list[str]:
    """Say what leaves its page or stands on something else."""
    found = []
    for number, page in enumerate(result.pages, start=1):
        everything = list(boxes(result, page))
        for box in everything:
            inside = box.left >= -ROUNDING and box.right <= result.paper.width + ROUNDING
            if not inside or box.top < -ROUNDING or box.bottom > page.height + ROUNDING:
                found.append(f"page {number}: {box} leaves the page")
        for one, two in combinations(everything, 2):
            if _meet(one, two):
                found.append(f"page {number}: {one} meets {two}")
    return found


def _meet(one: Box, two: Box) -> bool:
    apart = (
        one.right <= two.left + ROUNDING
        or two.right <= one.left + ROUNDING
        or one.bottom <= two.top + ROUNDING
        or two.bottom <= one.top + ROUNDING
    )
    return not apart
