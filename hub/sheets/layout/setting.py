"""Setting the sides of blocks: each role in its own way, at one scale."""

from typing import Final, Literal, NamedTuple

from hub.sheets.blocks import Block, Side
from hub.sheets.languages import Tongue, tongue
from hub.sheets.layout.cells import Cell, Drawing, DrawingKind, PlacedLine, Which
from hub.sheets.layout.style import ACCENT, LEAST_SMALL, STYLES, WHITE, Colour, RoleStyle, Scale
from hub.sheets.paragraph import break_lines, text_width

ASCENT: Final = 0.86  # the baseline's place in the body, for every face alike
_LABEL_SHARE: Final = 0.36  # the most of a column that a label may take
_LABEL_SIZE: Final = 0.86
_BLANK_LEADING: Final = 1.25  # a line to write on is higher


class Look(NamedTuple):
    """How a text looks."""

    size: float
    bold: bool
    colour: Colour


class Room(NamedTuple):
    """Where in a column a text stands: its distance from the natural side, and its width."""

    start: float
    width: float
    top: float = 0.0
    align: Literal["start", "end"] = "start"


class CellMaker:
    """Sets sides of blocks at one scale. It knows all blocks of a part, to line labels up."""

    def __init__(self, scale: Scale, blocks: tuple[Block, ...]) -> None:
        self.scale = scale
        self._labels = self._widest_labels(blocks)

    def cell(self, block: Block, side: Side, width: float) -> Cell:
        """Set one side of a block in a column of this width."""
        style = STYLES[block.role]
        look = Look(self.scale.size(style), style.bold, style.colour)
        cell = Cell(side, width)
        if block.role == "step":
            self._numbered(cell, look)
        elif block.role == "tick":
            self._ticked(cell, look)
        elif block.role == "first":
            self._labelled(cell, look, block.pictogram)
        elif block.role == "amount":
            self._amount(cell, look)
        elif side.lead:
            self._headed(cell, look)
        elif block.pictogram:
            self._pictured(cell, look, block.pictogram, style)
        else:
            self._write(cell, side.text, look, Room(0, width))
        bottoms = [line.bottom for line in cell.lines]
        bottoms += [drawing.top + drawing.size for drawing in cell.drawings]
        cell.height = max(bottoms, default=0.0)
        return cell

    # --- the ways to set a side

    def _numbered(self, cell: Cell, look: Look) -> None:
        """A step: its number in white on a dark disc, then the text."""
        disc = look.size * (1.34 if self.scale.dense else 1.62)
        indent = disc + look.size * (0.42 if self.scale.dense else 0.6)
        middle = self._middle(cell, look.size, disc)
        self._draw(cell, "disc", "", disc, max(middle, 0))
        self._number(cell, look.size * 0.9, disc, max(middle, 0))
        room = Room(indent, cell.width - indent, max(-middle, 0))
        self._write(cell, cell.side.text, look, room)

    def _number(self, cell: Cell, size: float, disc: float, top: float) -> None:
        """The number in the middle of its disc, in figures as on Dutch letters."""
        (line,) = break_lines(cell.side.lead, "nl", True, 10_000, 0)
        x = (disc - line.width * size / 1000) / 2
        if tongue(cell.side.language).right_to_left:
            x += cell.width - disc
        baseline = top + disc / 2 + size * 0.36
        cell.lines.append(PlacedLine(line, "lead", size, WHITE, x, top, baseline, top + disc))

    def _ticked(self, cell: Cell, look: Look) -> None:
        """A thing to bring: an empty box, then the text."""
        start = look.size * (0.17 if self.scale.dense else 0.31)
        indent = look.size * (1.76 if self.scale.dense else 2.22)
        self._draw(cell, "tick", "", look.size, self._middle(cell, look.size, look.size), start)
        self._write(cell, cell.side.text, look, Room(indent, cell.width - indent))

    def _pictured(self, cell: Cell, look: Look, name: str, style: RoleStyle) -> None:
        """A text with a pictogram before it, large where it heads an answer."""
        picture = look.size * (2.0 if style.bold else 1.35)
        middle = self._middle(cell, look.size, picture)
        self._draw(cell, "pictogram", name, picture, max(middle, 0))
        indent = picture + look.size * 0.55
        room = Room(indent, cell.width - indent, max(-middle, 0))
        self._write(cell, cell.side.text, look, room)

    def _labelled(self, cell: Cell, look: Look, name: str) -> None:
        """A line of the first box: pictogram and label, then the text beside or under them."""
        label = Look(self._label_size(), False, ACCENT)
        picture = look.size * (1.0 if self.scale.dense else 1.3)
        indent = picture + look.size * 0.45
        middle = self._middle(cell, look.size, picture)
        self._draw(cell, "pictogram", name, picture, max(middle, 0))
        if self.scale.dense:
            room = Room(indent, cell.width - indent)
            bottom = self._write(cell, cell.side.lead, label, room, "lead")
            self._write(cell, cell.side.text, look, room._replace(top=bottom))
            return
        column = min(self._labels[cell.side.language] + 1, cell.width * _LABEL_SHARE)
        drop = (self.scale.leading(look.size) - self.scale.leading(label.size)) / 2
        drop += (look.size - label.size) * 0.3
        self._write(cell, cell.side.lead, label, Room(indent, column, drop), "lead")
        start = indent + column + look.size * 0.8
        self._write(cell, cell.side.text, look, Room(start, cell.width - start))

    def _amount(self, cell: Cell, look: Look) -> None:
        """A row of the table: what it is at the natural side, how much at the other."""
        speech = tongue(cell.side.language)
        unit = look.size * self.scale.enlarged(speech) / 1000
        blank = self.scale.blank / unit
        wanted = text_width(cell.side.text, cell.side.language, True, blank) * unit
        value = min(wanted + 1, cell.width * 0.55)
        label = cell.width - value - look.size
        self._write(cell, cell.side.lead, look, Room(0, label), "lead")
        room = Room(label + look.size, value, align="end")
        self._write(cell, cell.side.text, look._replace(bold=True), room)

    def _headed(self, cell: Cell, look: Look) -> None:
        """A text with its label above it."""
        label = Look(look.size, True, ACCENT)
        top = self._write(cell, cell.side.lead, label, Room(0, cell.width), "lead")
        self._write(cell, cell.side.text, look, Room(0, cell.width, top))

    # --- what they share

    def _widest_labels(self, blocks: tuple[Block, ...]) -> dict[str, float]:
        """Give the width of the widest label of the first box, by language."""
        widest: dict[str, float] = {}
        sides = [side for block in blocks if block.role == "first" for side in block.sides if side]
        for side in sides:
            unit = self._label_size() * self.scale.enlarged(tongue(side.language)) / 1000
            width = text_width(side.lead, side.language, False, 0) * unit
            widest[side.language] = max(widest.get(side.language, 0), width)
        return widest

    def _label_size(self) -> float:
        if self.scale.dense:
            return self.scale.small
        size = self.scale.size(STYLES["first"])
        return size if self.scale.large else max(size * _LABEL_SIZE, LEAST_SMALL)

    def _leading(self, size: float, speech: Tongue) -> float:
        return self.scale.leading(size * self.scale.enlarged(speech)) * speech.leading

    def _middle(self, cell: Cell, size: float, height: float) -> float:
        """Give the top of something that stands in the middle of a first line."""
        return (self._leading(size, tongue(cell.side.language)) - height) / 2

    def _draw(
        self, cell: Cell, kind: DrawingKind, name: str, size: float, top: float, start: float = 0
    ) -> None:
        right_to_left = tongue(cell.side.language).right_to_left
        x = cell.width - start - size if right_to_left else start
        cell.drawings.append(Drawing(kind, name, x, top, size))

    def _write(self, cell: Cell, text: str, look: Look, room: Room, which: Which = "body") -> float:
        """Set a text in its room of the column; give its bottom."""
        speech = tongue(cell.side.language)
        size = look.size * self.scale.enlarged(speech)
        unit = size / 1000
        blank = self.scale.blank / unit
        lines = break_lines(text, speech.code, look.bold, room.width / unit, blank)
        left = cell.width - room.start - room.width if speech.right_to_left else room.start
        to_the_right = speech.right_to_left == (room.align == "start")
        colour = self.scale.colour(look.colour)
        top = room.top
        for line in lines:
            leading = self._leading(look.size, speech) * (_BLANK_LEADING if line.blanks else 1)
            x = left + (room.width - line.width * unit if to_the_right else 0)
            if speech.right_to_left:
                x -= line.overhang * unit
            drop = (leading - size) * (0.8 if line.blanks else 0.5)
            placed = PlacedLine(
                line, which, size, colour, x, top, top + drop + size * ASCENT, top + leading
            )
            cell.lines.append(placed)
            top += leading
        return top
