"""Parts of a sheet as rows: the sides of each block at equal height, with spaces and panels."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from hub.sheets.blocks import Aside, Block, Part
from hub.sheets.formats import Paper
from hub.sheets.layout.aside import AsideBox, set_aside
from hub.sheets.layout.cells import Cell, Slice
from hub.sheets.layout.setting import set_cell, widest_label
from hub.sheets.layout.style import STYLES, Scale

_ASIDE_SHARE: Final = 0.225
_ASIDE_LEAST: Final = 84.0


@dataclass(slots=True)
class Row:
    """One block, set in its columns.

    `whole` takes in all lines of each cell; `edges` are the left edges of the columns. `before`
    is the space above the row; `above` and `below` are what a panel adds between its frame and
    the row.
    """

    block: Block
    cells: tuple[Cell | None, ...]
    whole: tuple[Slice | None, ...]
    edges: tuple[float, ...]
    before: float
    height: float
    keep: bool
    panel: str = ""
    hairline: bool = False
    above: float = 0.0
    below: float = 0.0

    @property
    def full(self) -> float:
        """The height with what the panel adds."""
        return self.above + self.height + self.below


@dataclass(slots=True)
class SetPart:
    """A part with its rows, and its aside where it has one."""

    part: Part
    rows: list[Row]
    aside: AsideBox | None = None
    aside_left: float = 0.0
    aside_above: bool = False
    divider: float | None = None

    @property
    def height(self) -> float:
        """The height of all rows with the spaces between them, or of the aside beside them."""
        hub = sum(row.before + row.full for row in self.rows if row.block.role == "hub")
        rows = sum(row.before + row.full for row in self.rows) - hub
        if self.aside is None:
            return rows + hub
        if self.aside_above:
            return rows + hub + self.aside.height
        return max(rows, self.aside.height) + hub


def set_part(part: Part, paper: Paper, scale: Scale) -> SetPart:
    """Set a part: its columns side by side, the resident's language at its natural side."""
    result = SetPart(part, [])
    edges, width = _columns(part, paper)
    if part.aside:
        edges, width = _make_room(result, part.aside, paper, scale)
    if len(edges) == 2:
        result.divider = (max(edges) + min(edges) + width) / 2 if not part.aside else None
    labels = _labels(part.blocks, scale)
    for block in part.blocks:
        if block.role == "hub" and paper.height is not None:
            result.rows.append(_row(block, (paper.side,) * len(edges), paper.measure, scale, ()))
        else:
            result.rows.append(
                _row(block, edges, width, scale, labels if block.role == "first" else ())
            )
    _panels(result.rows, scale)
    _hairlines(result.rows)
    return result


def _columns(part: Part, paper: Paper) -> tuple[tuple[float, ...], float]:
    """Give the left edge of each column, in reading order, and their width."""
    if len(part.columns) == 1:
        return (paper.side,), paper.measure
    width = (paper.measure - paper.gutter) / 2
    left, right = paper.side, paper.side + width + paper.gutter
    return ((right, left) if part.columns[0].direction == "rtl" else (left, right)), width


def _make_room(
    result: SetPart, aside: Aside, paper: Paper, scale: Scale
) -> tuple[tuple[float, ...], float]:
    """Place the aside: between two columns or beside one; above on receipts, in large print."""
    part = result.part
    gap = paper.gutter * 0.7
    # Spaces play no part in it, so all scales of one size share it.
    alike = scale._replace(air=0.0)
    if paper.height is None or scale.large:
        result.aside = set_aside(aside, paper.measure, alike, above=True)
        result.aside_left = paper.side
        result.aside_above = True
        return (paper.side,), paper.measure
    room = max(paper.measure * _ASIDE_SHARE, _ASIDE_LEAST)
    result.aside = set_aside(aside, room, alike, above=False)
    if len(part.columns) == 2:
        width = (paper.measure - room - 2 * gap) / 2
        result.aside_left = paper.side + width + gap
        left, right = paper.side, paper.side + width + room + 2 * gap
        return ((right, left) if part.columns[0].direction == "rtl" else (left, right)), width
    width = paper.measure - room - gap
    if part.columns[0].direction == "rtl":
        result.aside_left = paper.side
        return (paper.side + room + gap,), width
    result.aside_left = paper.side + width + gap
    return (paper.side,), width


def _labels(blocks: tuple[Block, ...], scale: Scale) -> tuple[float, ...]:
    """Give the width of the widest label of the first box in each column; nothing without it."""
    boxes = [block.sides for block in blocks if block.role == "first"]
    return tuple([widest_label(tuple(sides), scale) for sides in zip(*boxes, strict=True)])


def _row(
    block: Block,
    edges: tuple[float, ...],
    width: float,
    scale: Scale,
    labels: tuple[float, ...],
) -> Row:
    style = STYLES[block.role]
    cells, whole, height = _set_block(block, width, scale, labels)
    return Row(block, cells, whole, edges, scale.before(style), height, style.keep, style.panel)


class _SetBlock(NamedTuple):
    """The sides of a block, set; all their lines; and the height of the tallest."""

    cells: tuple[Cell | None, ...]
    whole: tuple[Slice | None, ...]
    height: float


@lru_cache(maxsize=1024)
def _set_block(block: Block, width: float, scale: Scale, labels: tuple[float, ...]) -> _SetBlock:
    """Set the sides of a block in columns of this width.

    What has been set before at the same scale is remembered: most of a sheet is the same for
    everybody.
    """
    widest = labels or (0.0,) * len(block.sides)
    cells = tuple(
        [
            set_cell(block.role, block.pictogram, side, width, scale, label) if side else None
            for side, label in zip(block.sides, widest, strict=True)
        ]
    )
    whole = tuple([Slice(0, len(cell.lines), 0.0) if cell else None for cell in cells])
    return _SetBlock(cells, whole, max([cell.height for cell in cells if cell]))


def _panels(rows: list[Row], scale: Scale) -> None:
    """Give the rows of a panel their padding, and keep them together."""
    padding = 3.0 if scale.dense else scale.body * (0.3 + 0.32 * scale.air)
    for index, row in enumerate(rows):
        if not row.panel:
            continue
        first = index == 0 or rows[index - 1].panel != row.panel
        last = index + 1 == len(rows) or rows[index + 1].panel != row.panel
        if first:
            row.above = padding
            row.before += 2.5 if scale.dense else scale.body * 0.35
        if last:
            row.below = padding
        else:
            row.keep = True
        if last and index + 1 < len(rows):
            rows[index + 1].before += padding * 0.6


def _hairlines(rows: list[Row]) -> None:
    """Mark the rows with a hairline above them: every step but the first, every amount."""
    previous = ""
    for row in rows:
        role = row.block.role
        row.hairline = role in ("step", "amount") and previous == role
        previous = role
