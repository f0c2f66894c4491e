"""One side of one block, set in a width: lines and small drawings, measured from its top.

Lengths are points; `x` counts from the left edge of the column, `top` and `baseline` downwards
from the top of the cell.
"""

from typing import Literal, NamedTuple

from hub.sheets.blocks import Side
from hub.sheets.layout.style import Colour
from hub.sheets.paragraph import Line

Which = Literal["lead", "body"]
DrawingKind = Literal["disc", "tick", "pictogram"]


class PlacedLine(NamedTuple):
    """A line of text in its place, belonging to the label or to the text of the block."""

    line: Line
    which: Which
    size: float
    colour: Colour
    x: float
    top: float
    baseline: float
    bottom: float


class Drawing(NamedTuple):
    """A small drawing in a square: the disc behind a number, a box to tick, a pictogram."""

    kind: DrawingKind
    name: str
    x: float
    top: float
    size: float


class Cell(NamedTuple):
    """One side of a block, set."""

    side: Side
    width: float
    lines: tuple[PlacedLine, ...]
    drawings: tuple[Drawing, ...]
    height: float


class Slice(NamedTuple):
    """The lines of a cell, from `start` to `end`, that stand on one page."""

    start: int
    end: int
    offset: float
