"""Setting the sides of blocks: each role in its own way, at one scale."""

from functools import lru_cache
from typing import Final, Literal, NamedTuple

from hub.sheets.blocks import Role, Side
from hub.sheets.languages import tongue
from hub.sheets.layout.cells import Cell, Drawing, DrawingKind, PlacedLine, Which
from hub.sheets.layout.style import ACCENT, LEAST_SMALL, STYLES, WHITE, Colour, Scale
from hub.sheets.measuring import text_width
from hub.sheets.paragraph import break_lines

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


@lru_cache(maxsize=256)
def widest_label(sides: tuple[Side | None, ...], scale: Scale) -> float:
    """Give the width of the widest label in one column of the first box."""
    size = _label_size(scale)
    widths = [
        text_width(side.lead, side.language, False, 0)
        * (size * scale.enlarged(tongue(side.language)) / 1000)
        for side in sides
        if side
    ]
    return max(widths, default=0.0)


def _label_size(scale: Scale) -> float:
    if scale.dense:
        return scale.small
    size = scale.size(STYLES["first"])
    return size if scale.large else max(size * _LABEL_SIZE, LEAST_SMALL)


def set_cell(
    role: Role, pictogram: str, side: Side, width: float, scale: Scale, label: float
) -> Cell:
    """Set one side of a block in a column of this width; `label` is the widest label's."""
    return _Setter(side, width, scale, label).cell(role, pictogram)


class _Setter:
    """Sets one side of a block."""

    def __init__(self, side: Side, width: float, scale: Scale, label: float) -> None:
        self.side = side
        self.width = width
        self.scale = scale
        self.label = label
        self.speech = tongue(side.language)
        self.enlarged = scale.enlarged(self.speech)
        self.lines: list[PlacedLine] = []
        self.drawings: list[Drawing] = []

    def cell(self, role: Role, pictogram: str) -> Cell:
        """Set the side in the way of its role."""
        style = STYLES[role]
        look = Look(self.scale.size(style), style.bold, style.colour)
        if role == "step":
            self._numbered(look)
        elif role == "tick":
            self._ticked(look)
        elif role == "first":
            self._labelled(look, pictogram)
        elif role == "amount":
            self._amount(look)
        elif self.side.lead:
            self._headed(look)
        elif pictogram:
            self._pictured(look, pictogram)
        else:
            self._write(self.side.text, look, Room(0, self.width))
        bottoms = [line.bottom for line in self.lines]
        bottoms += [drawing.top + drawing.size for drawing in self.drawings]
        height = max(bottoms, default=0.0)
        return Cell(self.side, self.width, tuple(self.lines), tuple(self.drawings), height)

    # --- the ways to set a side

    def _numbered(self, look: Look) -> None:
        """A step: its number in white on a dark disc, then the text."""
        disc = look.size * (1.34 if self.scale.dense else 1.62)
        indent = disc + look.size * (0.42 if self.scale.dense else 0.6)
        middle = self._middle(look.size, disc)
        self._draw("disc", "", disc, max(middle, 0))
        self._number(look.size * 0.9, disc, max(middle, 0))
        room = Room(indent, self.width - indent, max(-middle, 0))
        self._write(self.side.text, look, room)

    def _number(self, size: float, disc: float, top: float) -> None:
        """The number in the middle of its disc, in figures as on Dutch letters."""
        (line,) = break_lines(self.side.lead, "nl", True, 10_000, 0)
        x = (disc - line.width * size / 1000) / 2
        if self.speech.right_to_left:
            x += self.width - disc
        baseline = top + disc / 2 + size * 0.36
        self.lines.append(PlacedLine(line, "lead", size, WHITE, x, top, baseline, top + disc))

    def _ticked(self, look: Look) -> None:
        """A thing to bring: an empty box, then the text."""
        start = look.size * (0.17 if self.scale.dense else 0.31)
        indent = look.size * (1.76 if self.scale.dense else 2.22)
        self._draw("tick", "", look.size, self._middle(look.size, look.size), start)
        self._write(self.side.text, look, Room(indent, self.width - indent))

    def _pictured(self, look: Look, name: str) -> None:
        """A text with a pictogram before it, large where it heads an answer."""
        picture = look.size * (2.0 if look.bold else 1.35)
        middle = self._middle(look.size, picture)
        self._draw("pictogram", name, picture, max(middle, 0))
        indent = picture + look.size * 0.55
        room = Room(indent, self.width - indent, max(-middle, 0))
        self._write(self.side.text, look, room)

    def _labelled(self, look: Look, name: str) -> None:
        """A line of the first box: pictogram and label, then the text beside or under them."""
        label = Look(_label_size(self.scale), False, ACCENT)
        picture = look.size * (1.0 if self.scale.dense else 1.3)
        indent = picture + look.size * 0.45
        middle = self._middle(look.size, picture)
        self._draw("pictogram", name, picture, max(middle, 0))
        if self.scale.dense:
            room = Room(indent, self.width - indent)
            bottom = self._write(self.side.lead, label, room, "lead")
            self._write(self.side.text, look, room._replace(top=bottom))
            return
        column = min(self.label + 1, self.width * _LABEL_SHARE)
        drop = (self.scale.leading(look.size) - self.scale.leading(label.size)) / 2
        drop += (look.size - label.size) * 0.3
        self._write(self.side.lead, label, Room(indent, column, drop), "lead")
        start = indent + column + look.size * 0.8
        self._write(self.side.text, look, Room(start, self.width - start))

    def _amount(self, look: Look) -> None:
        """A row of the table: what it is at the natural side, how much at the other."""
        unit = look.size * self.enlarged / 1000
        blank = self.scale.blank / unit
        wanted = text_width(self.side.text, self.side.language, True, blank) * unit
        value = min(wanted + 1, self.width * 0.55)
        label = self.width - value - look.size
        self._write(self.side.lead, look, Room(0, label), "lead")
        room = Room(label + look.size, value, align="end")
        self._write(self.side.text, look._replace(bold=True), room)

    def _headed(self, look: Look) -> None:
        """A text with its label above it."""
        label = Look(look.size, True, ACCENT)
        top = self._write(self.side.lead, label, Room(0, self.width), "lead")
        self._write(self.side.text, look, Room(0, self.width, top))

    # --- what they share

    def _leading(self, size: float) -> float:
        return self.scale.leading(size * self.enlarged) * self.speech.leading

    def _middle(self, size: float, height: float) -> float:
        """Give the top of something that stands in the middle of a first line."""
        return (self._leading(size) - height) / 2

    def _draw(
        self, kind: DrawingKind, name: str, size: float, top: float, start: float = 0
    ) -> None:
        right_to_left = self.speech.right_to_left
        x = self.width - start - size if right_to_left else start
        self.drawings.append(Drawing(kind, name, x, top, size))

    def _write(self, text: str, look: Look, room: Room, which: Which = "body") -> float:
        """Set a text in its room of the column; give its bottom."""
        speech = self.speech
        size = look.size * self.enlarged
        unit = size / 1000
        blank = self.scale.blank / unit
        lines = break_lines(text, speech.code, look.bold, room.width / unit, blank)
        left = self.width - room.start - room.width if speech.right_to_left else room.start
        to_the_right = speech.right_to_left == (room.align == "start")
        colour = self.scale.colour(look.colour)
        plain = self._leading(look.size)
        top = room.top
        for line in lines:
            leading = plain * (_BLANK_LEADING if line.blanks else 1)
            x = left + (room.width - line.width * unit if to_the_right else 0)
            if speech.right_to_left:
                x -= line.overhang * unit
            drop = (leading - size) * (0.8 if line.blanks else 0.5)
            placed = PlacedLine(
                line, which, size, colour, x, top, top + drop + size * ASCENT, top + leading
            )
            self.lines.append(placed)
            top += leading
        return top
