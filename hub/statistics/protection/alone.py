"""Changes that settle one requirement, found among the columns around it.

A program over all columns of a large part takes most of its time to be set up. So a requirement
is tried among few columns first, with nothing further hidden, then among more, then among all.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from hub.statistics.protection.linked import Part
from hub.statistics.protection.nearby import Nearby
from hub.statistics.protection.programs import SingleProgram
from hub.statistics.protection.rounding import to_whole
from hub.statistics.protection.system import Flags, Numbers, Whole

_NEAR: Final = 600
_WIDE: Final = (2500, 8000)
_SMALL: Final = 10_000
"""Parts of no more columns have one program that stays."""
_DRAWS: Final = 4
"""Draws of the costs that are tried where an answer cannot be rounded."""
_LEEWAY: Final = 5
"""How far rounding may lead from an answer, for each answer in their mean."""


class Alone:
    """Settles the requirements of one part one by one."""

    def __init__(self, part: Part, rng: np.random.Generator) -> None:
        """``rng`` decides between cells that cost the same."""
        self._part = part
        self._nearby = Nearby(part)
        self._rng = rng
        self._whole = SingleProgram(part, part.hidden, rng) if len(part.counts) <= _SMALL else None
        self.work = 0  # effort of the solver so far

    def changes(self, column: int, high: bool, hidden: Flags, hiding: bool) -> Iterator[Whole]:
        """Whole-number changes that settle a requirement, cheapest way first.

        Take the first that serves; each is over all columns of the part and obeys its equations.

        Args:
            column: whose requirement it is.
            high: the threshold rather than 0.
            hidden: what is hidden now.
            hiding: whether further columns may be hidden.
        """
        if self._whole is not None:
            self._whole.follow(hidden)
            yield from self._counted(self._whole, self._part, column, high, hiding)
            if hiding:
                yield from _searched(self._whole, column, high)
            return
        near = self._nearby.around(column, hidden, _NEAR)
        yield from self._among(near, column, high, hidden, False)
        for most in (*_WIDE, len(hidden)) if hiding else _WIDE[:1]:
            wide = self._nearby.around(column, hidden, most)
            yield from self._among(wide, column, high, hidden, hiding)
        for most in (*_WIDE, len(hidden)) if hiding else ():
            wide = self._nearby.around(column, hidden, most)
            program = SingleProgram(self._nearby.within(wide), hidden[wide], self._rng)
            for change in _searched(program, int(np.searchsorted(wide, column)), high):
                yield self._full(wide, change)

    def _among(
        self, around: Whole, column: int, high: bool, hidden: Flags, hiding: bool
    ) -> Iterator[Whole]:
        """Changes of some columns: the cheapest, rounded, then others where that does not serve."""
        part = self._nearby.within(around)
        place = int(np.searchsorted(around, column))
        program = SingleProgram(part, hidden[around], self._rng)
        for change in self._counted(program, part, place, high, hiding):
            yield self._full(around, change)

    def _counted(
        self, program: SingleProgram, part: Part, place: int, high: bool, hiding: bool
    ) -> Iterator[Whole]:
        """The changes that a program finds, its effort added to the work."""
        before = program.work
        try:
            yield from _changes(program, part, place, high, hiding)
        finally:
            self.work += program.work - before

    def _full(self, around: Whole, change: Whole) -> Whole:
        """A change of some columns, over all columns of the part."""
        full = np.zeros(len(self._part.counts), dtype=np.int64)
        full[around] = change
        return full


def _changes(
    program: SingleProgram, part: Part, place: int, high: bool, hiding: bool
) -> Iterator[Whole]:
    found = program.solve(place, high, hiding)
    if found is None:
        return
    least, worth = _asked(part, place, high)
    yield from _rounded(part, found, least, worth, 1)
    if not hiding:
        return
    dived = program.dive(place, high)
    if dived is not None:
        yield np.rint(dived).astype(np.int64)
    total = found
    for draw in range(1, _DRAWS):
        found = program.solve(place, high, hiding, draw)
        if found is not None:
            # The mean of several real changes obeys the equations too, and leaves the
            # rounding more columns to choose from.
            total = total + found
            yield from _rounded(part, total / (draw + 1), least, worth, draw + 1)


def _searched(program: SingleProgram, place: int, high: bool) -> Iterator[Whole]:
    """The last resort: a search in whole numbers."""
    found = program.search(place, high)
    if found is not None:
        yield np.rint(found).astype(np.int64)


def _rounded(
    part: Part, change: Numbers, least: Numbers, worth: Numbers, answers: int
) -> Iterator[Whole]:
    whole = to_whole(part.matrix, change, least, worth, _LEEWAY * answers)
    if whole is not None:
        yield whole


def _asked(part: Part, place: int, high: bool) -> tuple[Numbers, Numbers]:
    """The least change of every column, and what a unit of change is worth in rounding."""
    least, worth = -part.counts.astype(np.float64), np.zeros(len(part.counts))
    if high:
        least[place] = part.lift[place]
    else:
        worth[place] = -1.0
    return least, worth
