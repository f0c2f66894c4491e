"""One side of one block, set in a width: lines and small drawings, measured from its top.

Lengths are points; `x` counts from the left edge of the column, `top` and `baseline` downwards
from the top of the cell.
"""

from dataclasses import dataclass, field
from typing import Final, Literal

from hub.sheets.blocks import Block, Side
from hub.sheets.formats import MM
from hub.sheets.languages import tongue
from hub.sheets.layout.style import (
    ACCENT,
    LEAST_SMALL,
    QUIET,
    STYLES,
    WHITE,
    Colour,
    RoleStyle,
    Scale,
)
from hub.sheets.paragraph import Line, break_lines, text_width

BLANK_LENGTH: Final = 28 * MM
_ASCENT: Final = 0.86  # the baseline's place in the body, for every face alike
_LEAD_SHARE: Final = 0.36  # the most of a column that a label may take

Which = Literal["lead", "body"]
DrawingKind = Literal["disc", "tick", "pictogram"]


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of text in its place, belonging to the label or to the text of the block."""

    line: Line
    which: Which
    size: float
    colour: Colour
    x: float
    top: float
    baseline: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A small drawing in a square: the disc behind a number, a box to tick, a pictogram."""

    kind: DrawingKind
    name: str
    x: float
    top: float
    size: float


@dataclass(slots=True)
class Cell:
    """One side of a block, set."""

    side: Side
    width: float
    lines: list[PlacedLine] = field(default_factory=list)
    drawings: list[Drawing] = field(default_factory=list)
    height: float = 0.0


class CellMaker:
    """Sets sides of blocks at one scale. `labels` are the widest labels of the first box."""

    def __init__(self, scale: Scale, blocks: tuple[Block, ...]) -> None:
        self.scale = scale
        self.labels: dict[str, float] = {}
        small = self._label_size()
        for block in blocks:
            for side in block.sides if block.role == "first" else ():
                if side:
                    wide = text_width(side.lead, side.language, False, 0) * small / 1000
                    wide *= tongue(side.language).enlarged
                    self.labels[side.language] = max(self.labels.get(side.language, 0), wide)

    def _label_size(self) -> float:
        size = self.scale.size(STYLES["first"])
        return size if self.scale.large else max(size * 0.86, LEAST_SMALL)

    def cell(self, block: Block, side: Side, width: float) -> Cell:
        """Set one side of a block in a column of this width."""
        style = STYLES[block.role]
        cell = Cell(side, width)
        if block.role == "step":
            self._numbered(cell, style)
        elif block.role == "tick":
            self._ticked(cell, style)
        elif block.role == "first":
            self._labelled(cell, style, block.pictogram)
        elif block.role == "amount":
            self._amount(cell, style)
        elif side.lead:
            self._headed(cell, style)
        elif block.pictogram:
            self._pictured(cell, style, block.pictogram)
        else:
            self._text(cell, style, side.text, 0, width)
        cell.height = max((line.bottom for line in cell.lines), default=0.0)
        for drawing in cell.drawings:
            cell.height = max(cell.height, drawing.top + drawing.size)
        return cell

    def _text(
        self,
        cell: Cell,
        style: RoleStyle,
        text: str,
        start: float,
        width: float,
        top: float = 0.0,
        which: Which = "body",
        align: Literal["start", "end"] = "start",
        size: float | None = None,
        bold: bool | None = None,
        colour: Colour | None = None,
    ) -> float:
        """Set a text, `start` points from the natural side of the column; give its bottom."""
        speech = tongue(cell.side.language)
        size = (size or self.scale.size(style)) * speech.enlarged
        heavy = style.bold if bold is None else bold
        unit = size / 1000
        lines = break_lines(text, speech.code, heavy, width / unit, BLANK_LENGTH / unit)
        leading = self.scale.leading(size) * speech.leading
        left = cell.width - start - width if speech.right_to_left else start
        to_right = speech.right_to_left == (align == "start")
        tint = self.scale.colour(colour or style.colour)
        for line in lines:
            x = left
            if to_right:
                x += width - line.width * unit
            if speech.right_to_left:
                x -= line.overhang * unit
            baseline = top + (leading - size) / 2 + size * _ASCENT
            placed = PlacedLine(line, which, size, tint, x, top, baseline, top + leading)
            cell.lines.append(placed)
            top += leading
        return top

    def _draw(
        self, cell: Cell, kind: DrawingKind, name: str, size: float, top: float, start: float = 0
    ) -> None:
        right_to_left = tongue(cell.side.language).right_to_left
        x = cell.width - start - size if right_to_left else start
        cell.drawings.append(Drawing(kind, name, x, top, size))

    def _middle(self, cell: Cell, style: RoleStyle, height: float) -> float:
        """Give the top of something that stands in the middle of the first line."""
        leading = self.scale.leading(self.scale.size(style)) * tongue(cell.side.language).leading
        return (leading - height) / 2

    def _numbered(self, cell: Cell, style: RoleStyle) -> None:
        """A step: its number in white on a dark disc, then the text."""
        size = self.scale.size(style)
        disc = size * 1.62
        indent = disc + size * 0.6
        digits = size * 0.9
        self._draw(cell, "disc", "", disc, max(self._middle(cell, style, disc), 0))
        top = max(self._middle(cell, style, disc), 0)
        unit = digits / 1000
        width = text_width(cell.side.lead, "nl", True, 0) * unit
        line = break_lines(cell.side.lead, "nl", True, 10_000, 0)[0]
        x = (disc - width) / 2
        if tongue(cell.side.language).right_to_left:
            x = cell.width - disc + x
        baseline = top + disc / 2 + digits * 0.36
        cell.lines.append(PlacedLine(line, "lead", digits, WHITE, x, top, baseline, top + disc))
        shift = max(-self._middle(cell, style, disc), 0)
        self._text(cell, style, cell.side.text, indent, cell.width - indent, top=shift)

    def _ticked(self, cell: Cell, style: RoleStyle) -> None:
        """A thing to bring: an empty box, then the text."""
        size = self.scale.size(style)
        box = size * 1.0
        indent = size * 2.22
        self._draw(cell, "tick", "", box, self._middle(cell, style, box), size * 0.31)
        self._text(cell, style, cell.side.text, indent, cell.width - indent)

    def _pictured(self, cell: Cell, style: RoleStyle, name: str) -> None:
        """A text with a pictogram before it."""
        size = self.scale.size(style)
        picture = size * (2.0 if style.keep and style.bold else 1.35)
        middle = self._middle(cell, style, picture)
        self._draw(cell, "pictogram", name, picture, max(middle, 0))
        indent = picture + size * 0.55
        self._text(cell, style, cell.side.text, indent, cell.width - indent, top=max(-middle, 0))

    def _labelled(self, cell: Cell, style: RoleStyle, name: str) -> None:
        """A line of the first box: pictogram and label, then the text beside them."""
        size = self.scale.size(style)
        small = self._label_size()
        picture = size * 1.3
        indent = picture + size * 0.45
        column = min(self.labels[cell.side.language] + 1, cell.width * _LEAD_SHARE)
        self._draw(cell, "pictogram", name, picture, self._middle(cell, style, picture))
        drop = (self.scale.leading(size) - self.scale.leading(small)) / 2 + (size - small) * 0.3
        label = {"size": small, "bold": False, "colour": ACCENT}
        self._text(
            cell,
            style,
            cell.side.lead,
            indent,
            column,
            top=drop,
            which="lead",
            **label,  # type: ignore[arg-type]
        )
        text = indent + column + size * 0.8
        self._text(cell, style, cell.side.text, text, cell.width - text)

    def _amount(self, cell: Cell, style: RoleStyle) -> None:
        """A row of the table: what it is at the natural side, how much at the other."""
        size = self.scale.size(style)
        unit = size / 1000
        wanted = text_width(cell.side.text, cell.side.language, True, BLANK_LENGTH / unit) * unit
        wanted *= tongue(cell.side.language).enlarged
        value = min(wanted + 1, cell.width * 0.55)
        label = cell.width - value - size
        bottom = self._text(cell, style, cell.side.lead, 0, label, which="lead")
        self._text(cell, style, cell.side.text, label + size, value, align="end", bold=True)
        del bottom

    def _headed(self, cell: Cell, style: RoleStyle) -> None:
        """A text with its label above it."""
        size = self.scale.size(style)
        top = self._text(
            cell,
            style,
            cell.side.lead,
            0,
            cell.width,
            which="lead",
            size=size,
            bold=True,
            colour=ACCENT,
        )
        self._text(cell, style, cell.side.text, 0, cell.width, top=top)


def quiet_line(text: str, language: str, size: float, width: float) -> Line | None:
    """Set a text on one line of at most `width` points, or nothing where it does not fit."""
    lines = break_lines(text, language, False, width * 1000 / size, 0)
    return lines[0] if len(lines) == 1 else None


QUIET_COLOUR: Final = QUIET
