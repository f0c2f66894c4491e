"""Blocks set in the width of the page: lines with their places, measured from the block's top.

Lengths are PDF points; `x` counts from the left margin, tops and baselines downwards.
"""

from dataclasses import dataclass, field
from typing import Final

from hub.sheets.faces import known_characters
from hub.sheets.languages import tongue
from hub.sheets.layout.style import ACCENT, INK, QUIET, Colour
from hub.sheets.paragraph import Line, break_lines
from hub.statistics.package.report.blocks import (
    Block,
    Column,
    Heading,
    Look,
    Panel,
    Paragraph,
    Row,
    Table,
)

MEASURE: Final = 483.0
_LEADING: Final = 1.34
_ASCENT: Final = 0.96
_GAP: Final = 8.0  # between columns
_CELL: Final = 9.2
_HEAD: Final = 8.4
_ROW_PADDING: Final = 2.2
_BAR_SHARE: Final = 0.62  # of a column with bars, the rest is for its figure
_PANEL_PADDING: Final = 11.0
_MARK: Final = 13.0  # room of the mark before a sentence
_WARNING: Final[Colour] = (0.54, 0.12, 0.07)
# Names may be in any script the sheets can print; the first of these that has all letters.
_OTHER_TONGUES: Final = ("ar", "ti", "hi", "zh-Hans")


@dataclass(frozen=True, slots=True)
class Type:
    """Size, weight, colour, and the space above and below."""

    size: float
    bold: bool = False
    colour: Colour = INK
    before: float = 0.0
    after: float = 0.0


LOOKS: Final[dict[Look, Type]] = {
    "kicker": Type(10.5, True, ACCENT, 0, 2),
    "lead": Type(11.5, False, INK, 2, 4),
    "body": Type(10, False, INK, 2, 4),
    "small": Type(8.8, False, QUIET, 2, 3),
    "warning": Type(10, True, _WARNING, 4, 6),
}
HEADINGS: Final = {1: Type(21, True, INK, 0, 8), 2: Type(13.5, True, ACCENT, 18, 4)}


@dataclass(frozen=True, slots=True)
class Placed:
    """A line in its place."""

    line: Line
    size: float
    colour: Colour
    x: float
    baseline: float


@dataclass(frozen=True, slots=True)
class SetText:
    """A text with its language and its lines; `height` reaches from its top to its bottom."""

    text: str
    language: str
    lines: tuple[Placed, ...]
    height: float


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row of a table: its cells, and where its bar stands, if it has one."""

    cells: tuple[SetText, ...]
    height: float
    bar: tuple[float, float] | None = None
    strong: bool = False

    @property
    def first_middle(self) -> float:
        """The middle of its first line, from its top: where a bar stands."""
        return _ROW_PADDING + _CELL * _LEADING / 2


@dataclass(slots=True)
class SetBlock:
    """A block, set. `rows` are those of a table, `texts` those of any other block."""

    block: Block
    before: float
    after: float
    texts: list[SetText] = field(default_factory=list)
    rows: list[SetRow] = field(default_factory=list)
    head: SetRow | None = None

    @property
    def height(self) -> float:
        """From the top of its first line to the bottom of its last, without the space around."""
        padding = 2 * _PANEL_PADDING if isinstance(self.block, Panel) else 0
        head = self.head.height if self.head else 0
        rows = sum(row.height for row in self.rows)
        return padding + head + rows + sum(text.height for text in self.texts)


def set_block(block: Block, language: str) -> SetBlock:
    """Set a block in a language of the screen."""
    if isinstance(block, Heading):
        look = HEADINGS[block.level]
        return SetBlock(block, look.before, look.after, [_text(block.text, language, look)])
    if isinstance(block, Paragraph):
        look = LOOKS[block.look]
        return SetBlock(block, look.before, look.after, [_text(block.text, language, look)])
    if isinstance(block, Panel):
        return _panel(block, language)
    return _table(block, language)


def small_line(text: str, language: str, size: float, width: float) -> Placed | None:
    """Set the first line of a text in small quiet type, for the foot of the page."""
    lines = _text(text, language, Type(size, False, QUIET), width=width).lines
    return lines[0] if lines else None


@dataclass(frozen=True, slots=True)
class Printable:
    """A text that can be printed: how it is set, and the language that a reader hears."""

    text: str
    set_as: str
    language: str


def printable(text: str, language: str) -> Printable:
    """Make a text printable.

    A name wholly in another script is set as a language of that script; one word of it among
    others takes its letters from that script's typeface. What no typeface has becomes a
    question mark: a report is made whatever a hub is called.
    """
    line = " ".join(text.split())
    known = known_characters(language)
    if known.issuperset(line):
        return Printable(line, language, language)
    mixed = any(c.isalpha() and c in known for c in line)
    for tag in _OTHER_TONGUES:
        set_as = f"{language}-{tongue(tag).script}" if mixed else tag
        if known_characters(set_as).issuperset(line):
            return Printable(line, set_as, language if mixed else tag)
    return Printable("".join(c if c in known else "?" for c in line), language, language)


def _panel(block: Panel, language: str) -> SetBlock:
    width = MEASURE - 2 * _PANEL_PADDING - _MARK
    look = Type(10.8)
    texts = [
        _text(sentence, language, look, left=_PANEL_PADDING + _MARK, width=width, after=4)
        for sentence in block.sentences
    ]
    return SetBlock(block, 8, 10, texts)


def panel_padding() -> tuple[float, float]:
    """Give the padding of a panel, and the room of the mark before its sentences."""
    return _PANEL_PADDING, _MARK


def _table(block: Table, language: str) -> SetBlock:
    places = _places(block.columns)
    looks = [Type(_HEAD, True, QUIET)] * len(block.columns)
    titles = Row(tuple(column.title for column in block.columns))
    head = _row(titles, block.columns, places, looks, language)
    rows = []
    for row in block.rows:
        looks = [Type(_CELL, row.strong, INK)] * len(block.columns)
        rows.append(_row(row, block.columns, places, looks, language))
    return SetBlock(block, 4, 8, rows=rows, head=head)


def _places(columns: tuple[Column, ...]) -> list[tuple[float, float]]:
    """Give the left edge and the width of each column."""
    room = MEASURE - _GAP * (len(columns) - 1)
    whole = sum(column.share for column in columns)
    places = []
    left = 0.0
    for column in columns:
        width = room * column.share / whole
        places.append((left, width))
        left += width + _GAP
    return places


def _row(
    row: Row,
    columns: tuple[Column, ...],
    places: list[tuple[float, float]],
    looks: list[Type],
    language: str,
) -> SetRow:
    cells = []
    bar = None
    for text, column, (left, width), look in zip(row.cells, columns, places, looks, strict=True):
        room = width * (1 - _BAR_SHARE) if column.bars else width
        cells.append(
            _text(text, language, look, left=left, width=room, align_end=column.align == "end")
        )
        if column.bars and row.bar is not None:
            bar = (left + room + _GAP * 0.75, max(0.8, (width - room - _GAP * 0.75) * row.bar))
    height = max(cell.height for cell in cells) + 2 * _ROW_PADDING
    return SetRow(tuple(cells), height, bar, row.strong)


def _text(
    text: str,
    language: str,
    look: Type,
    *,
    left: float = 0.0,
    width: float = MEASURE,
    align_end: bool = False,
    after: float = 0.0,
) -> SetText:
    words = printable(text, language)
    speech = tongue(words.set_as)
    size = look.size * (1.0 if words.language == language else speech.enlarged)
    leading = look.size * _LEADING
    placed = []
    top = 0.0
    for line in break_lines(words.text, words.set_as, look.bold, width * 1000 / size, 0):
        x = left + (width - line.width * size / 1000 if align_end else 0)
        if speech.right_to_left:
            x -= line.overhang * size / 1000
        baseline = top + (leading - look.size) / 2 + look.size * _ASCENT * 0.9
        placed.append(Placed(line, size, look.colour, x, baseline))
        top += leading
    return SetText(words.text, words.language, tuple(placed), top + after)
