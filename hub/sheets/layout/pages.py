"""Rows on pages: what belongs together stays together, and nothing leaves the page."""

import math
from dataclasses import dataclass, field
from typing import Final

from hub.sheets.blocks import Sheet
from hub.sheets.formats import Paper, bodies_of, narrowed, paper_of
from hub.sheets.layout.aside import AsideBox
from hub.sheets.layout.cells import Cell, Slice
from hub.sheets.layout.estimate import likely_pages, room
from hub.sheets.layout.rows import Row, SetPart, set_part
from hub.sheets.layout.style import Scale

_BETWEEN_PARTS: Final = 1.5
_SAFETY_PADDING: Final = 0.75
_ENDING_GAP: Final = 1.3
_ROUNDING: Final = 0.01
# How much air each body size is tried with, largest size first; the last sizes have least.
_AIRS_OF_ONE: Final = (1.6, 1.2, 0.9, 0.65, 0.42, 0.22, 0.08, 0.0)
_AIRS_DENSE: Final = (4.0, 2.6, 1.7, 1.0, 0.5, 0.0)
_AIRS_BY_SIZE: Final = ((1.6, 1.25, 1.0, 0.75), (0.8, 0.55), (0.6, 0.4), (0.45, 0.28), (0.3, 0.0))


@dataclass(slots=True)
class PlacedRow:
    """A row, or some lines of it, with its top measured down from the top of the page."""

    row: Row
    top: float
    height: float
    slices: tuple[Slice | None, ...]
    first: bool = True


@dataclass(slots=True)
class PlacedPart:
    """The rows of one part that stand on one page."""

    index: int
    part: SetPart
    rows: list[PlacedRow] = field(default_factory=list)
    aside_top: float | None = None


@dataclass(slots=True)
class Page:
    """One page with its parts, in reading order. `height` is the paper's."""

    height: float
    parts: list[PlacedPart] = field(default_factory=list)


@dataclass(slots=True)
class SetSheet:
    """A whole sheet, set: paper, scale and pages."""

    sheet: Sheet
    paper: Paper
    scale: Scale
    pages: list[Page]
    fill: float  # how many pages its rows would take if pages had no ends


def set_sheet(sheet: Sheet) -> SetSheet:
    """Set a sheet at the largest size and with the most air that keep it on its pages.

    A sheet wants one page, or one for each language where they follow each other. Where even
    the smallest size spills over, it wants as few pages as that takes.
    """
    columns = max(len(part.columns) for part in sheet.parts)
    paper = paper_of(sheet.format, columns)
    wanted = 1 + sum(part.new_page for part in sheet.parts)
    tries = [_Trials(sheet, paper, scales) for scales in scales_of(sheet, paper) if scales]
    for trials in tries:
        found = trials.best(wanted)
        if found is not None:
            return found
    least = tries[-1].smallest
    for trials in tries:
        found = trials.best(len(least.pages))
        if found is not None:
            return found
    return least


class _Trials:
    """Settings of one sheet at several scales, each made when it is asked for."""

    def __init__(self, sheet: Sheet, paper: Paper, scales: list[Scale]) -> None:
        self.scales = scales
        self._sheet = sheet
        self._paper = paper
        self._made: dict[int, SetSheet] = {}
        self._rooms = [room(scale) for scale in scales]

    def setting(self, place: int) -> SetSheet:
        """Give the setting at the scale of that place."""
        if place not in self._made:
            self._made[place] = _Paginator(self._sheet, self._paper, self.scales[place]).run()
        return self._made[place]

    @property
    def smallest(self) -> SetSheet:
        """The setting that takes least room."""
        return self.setting(len(self.scales) - 1)

    def best(self, pages: int) -> SetSheet | None:
        """Give the first setting that takes so many pages at most; what comes later is smaller.

        The first try is a guess from the words; each tells by how much it is too long or too
        short, and so where to try next.
        """
        low, high = 0, len(self.scales)
        middle = high // 2
        likely = likely_pages(self._sheet, self._paper, self.scales[middle])
        place = self._likely(middle, likely / pages)
        while low < high:
            tried = self.setting(place)
            likely = tried.fill / pages
            if len(tried.pages) <= pages:
                high = place
                place = min(self._likely(place, likely), high - 1)
            else:
                low = place + 1
                place = max(self._likely(place, likely), low)
            place = min(max(place, low), high - 1)
        return self._made.get(low)

    def _likely(self, place: int, fill: float) -> int:
        """Give the first scale at which a sheet would fill its pages just or less.

        `fill` is by how much it fills them at the scale of that place.
        """
        wanted = self._rooms[place] - math.log(max(fill, 0.05))
        fitting = (at for at, needed in enumerate(self._rooms) if needed <= wanted)
        return next(fitting, len(self._rooms) - 1)


def scales_of(sheet: Sheet, paper: Paper) -> tuple[list[Scale], list[Scale]]:
    """Give the scales to try, best first: the largest size with the most air; then the dense."""
    bodies = bodies_of(sheet.format, paper)
    ink, large = paper.ink_only, sheet.format.large
    if len(bodies) > 1:
        by_size = (*_AIRS_BY_SIZE[: len(bodies) - 1], _AIRS_BY_SIZE[-1])
        scales = [
            Scale(body, air, ink)
            for body, airs in zip(bodies, by_size, strict=True)
            for air in airs
        ]
    else:
        airs = _AIRS_OF_ONE if paper.height else _AIRS_OF_ONE[2:3]
        scales = [Scale(bodies[0], air, ink, large) for air in airs]
    if large or paper.height is None:
        return scales, []
    return scales, [Scale(bodies[-1], air, ink, dense=True) for air in _AIRS_DENSE]


class _Paginator:
    """Fills pages from top to bottom."""

    def __init__(self, sheet: Sheet, paper: Paper, scale: Scale) -> None:
        paper = narrowed(paper) if scale.dense else paper
        self.sheet = sheet
        self.paper = paper
        self.scale = scale
        self.pages: list[Page] = []
        self.bottom = (paper.height - paper.bottom + _ROUNDING) if paper.height else 1e9
        self.y = 0.0
        self.taken = 0.0
        self._new_page()

    def run(self) -> SetSheet:
        for index, part in enumerate(self.sheet.parts):
            made = set_part(part, self.paper, self.scale)
            if part.new_page and self.pages[-1].parts:
                self._new_page()
            if part.kind == "ending":
                self._ending(index, made)
            else:
                self._part(index, made)
        if self.paper.height is None:
            self.pages[-1].height = self.y + self.paper.bottom
        fill = self.taken / (self.bottom - self.paper.top)
        return SetSheet(self.sheet, self.paper, self.scale, self.pages, fill)

    def _new_page(self) -> None:
        self.pages.append(Page(self.paper.height or 0.0))
        self.y = self.paper.top

    @property
    def _at_top(self) -> bool:
        return self.y <= self.paper.top

    def _open(self, index: int, part: SetPart) -> PlacedPart:
        """Give the part's place on this page."""
        parts = self.pages[-1].parts
        if not parts or parts[-1].index != index:
            parts.append(PlacedPart(index, part))
        return parts[-1]

    def _part(self, index: int, part: SetPart) -> None:
        safety = part.part.kind == "safety"
        padding = self.scale.body * _SAFETY_PADDING if safety else 0.0
        if part.part.kind in ("answer", "safety") and part.rows:
            if not self._only_opening():
                part.rows[0].before += self.scale.body * _BETWEEN_PARTS * (0.4 + self.scale.air)
            part.rows[0].before += padding
            part.rows[0].above += padding * 0.4
            part.rows[-1].below += padding * 0.6
        self.taken += sum([row.before + row.full for row in part.rows])
        for chunk in _chunks(part.rows):
            self._chunk(index, part, chunk)
        self.y += padding * 0.6

    def _only_opening(self) -> bool:
        return all(placed.part.part.kind == "opening" for placed in self.pages[-1].parts)

    def _chunk(self, index: int, part: SetPart, rows: list[Row]) -> None:
        """Place rows that stay together, on a new page where they do not fit here."""
        before = 0.0 if self._at_top else rows[0].before
        needed = before + rows[0].full + sum([row.before + row.full for row in rows[1:]])
        overfull = self.y + needed > self.bottom and not self._at_top
        whole = self.paper.top + needed - before <= self.bottom
        if overfull and (whole or len(rows) > 1):
            self._new_page()
        for row in rows:
            self._row(index, part, row)

    def _row(self, index: int, part: SetPart, row: Row) -> None:
        before = 0.0 if self._at_top else row.before
        if self.y + before + row.full > self.bottom:
            self._split(index, part, row)
            return
        self.y += before + row.above
        self._open(index, part).rows.append(PlacedRow(row, self.y, row.height, row.whole))
        self.y += row.height + row.below

    def _split(self, index: int, part: SetPart, row: Row) -> None:
        """Place a row line by line over as many pages as it needs."""
        starts = [0] * len(row.cells)
        first = True
        self.y += (0.0 if self._at_top else row.before) + row.above
        while first or any(
            cell and start < len(cell.lines) for cell, start in zip(row.cells, starts, strict=True)
        ):
            slices = [
                _fitting(cell, start, self.bottom - self.y, forced=self._at_top)
                for cell, start in zip(row.cells, starts, strict=True)
            ]
            height = max(_slice_height(c, s) for c, s in zip(row.cells, slices, strict=True))
            if height > 0:
                self._open(index, part).rows.append(
                    PlacedRow(row, self.y, height, tuple(slices), first)
                )
                first = False
                starts = [s.end if s else 0 for s in slices]
                self.y += height
            if any(c and n < len(c.lines) for c, n in zip(row.cells, starts, strict=True)):
                self._new_page()
        self.y += row.below

    def _ending(self, index: int, part: SetPart) -> None:
        """Place the ending at the foot of the page where all of it fits there."""
        height = part.height
        gap = 8.0 if self.scale.dense else self.scale.body * _ENDING_GAP
        self.taken += gap + height
        whole = height <= self.bottom - self.paper.top
        if self.y + gap + (height if whole else self.bottom / 2) > self.bottom:
            self._new_page()
        elif not self._at_top:
            self.y += gap
        if self.paper.height is not None and whole:
            self.y = max(self.bottom - _ROUNDING - height, self.y)
        placed = self._open(index, part)
        start = self.y
        if part.aside:
            self._aside(placed, part.aside, part.aside_above, start)
        if whole and part.rows:
            part.rows[0].before = 0.0
        for row in part.rows:
            if row.block.role == "hub" and part.aside and not part.aside_above:
                self.y = max(self.y, start + part.aside.height)
            self._row(index, part, row)
        if part.aside and not part.aside_above:
            self.y = max(self.y, start + part.aside.height)

    def _aside(self, placed: PlacedPart, box: AsideBox, above: bool, top: float) -> None:
        placed.aside_top = top
        if above:
            self.y += box.height


def _chunks(rows: list[Row]) -> list[list[Row]]:
    """Group rows that keep with what follows."""
    chunks: list[list[Row]] = []
    open_chunk = False
    for row in rows:
        if open_chunk:
            chunks[-1].append(row)
        else:
            chunks.append([row])
        open_chunk = row.keep
    return chunks


def _fitting(cell: Cell | None, start: int, room: float, forced: bool) -> Slice | None:
    """Give the lines from `start` on that fit in the room; one at least where `forced`."""
    if cell is None:
        return None
    if start >= len(cell.lines):
        return Slice(start, start, 0.0)
    offset = cell.lines[start].top if start else 0.0
    end = start
    while end < len(cell.lines) and cell.lines[end].bottom - offset <= room:
        end += 1
    if end == start and forced:
        end += 1
    return Slice(start, end, offset)


def _slice_height(cell: Cell | None, part: Slice | None) -> float:
    if cell is None or part is None or part.end <= part.start:
        return 0.0
    if part.end == len(cell.lines) and part.start == 0:
        return cell.height
    return cell.lines[part.end - 1].bottom - part.offset
