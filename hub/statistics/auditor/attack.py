"""The reader's attack on one group of unknowns.

A hidden cell is cleared by a complete whole-number table, checked by adding up, in which it
reaches what is asked of it. Where programs over real or whole numbers say that there is no such
table, the cell is lost. Whatever is neither cleared nor lost counts as unproven.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from hub.statistics.auditor.reduction import Group, Integers
from hub.statistics.auditor.surroundings import Surroundings
from hub.statistics.auditor.tables import TOUCH, First, Flags, Reals, Tables

_LIMIT_TOLERANCE: Final = 1e-4
_FEW_UNKNOWNS: Final = 300
"""Up to so many, the limits of a lost cell are sought in whole numbers."""
_SEED: Final = 20260101
_MOST_AT_ONCE: Final = 2000
"""A program that aimed at all 12,785 goals of a year had not ended after two minutes; with so many
it takes one second."""
_PATIENCE: Final = 2
_WORTH_A_SWEEP: Final = 5
_UNKNOWNS_PER_GOAL: Final = 500
"""A sweep is worth while as long as it clears one goal for so many unknowns: its program grows with
them, while one goal by itself is reached among those near it."""
_NEAR: Final = (400, 3000, 10_000)
"""So many unknowns around a goal may move before all may."""


@dataclass
class Goals:
    """What is asked of each unknown of a group; cleared goals are taken off.

    Attributes:
        zero: must be possible at 0.
        reach: must be possible at this count or above; 0 where nothing is asked.
    """

    zero: Flags
    reach: Integers

    def clear(self, table: Integers) -> None:
        """Take off what this table shows."""
        self.zero &= table != 0
        self.reach[table >= self.reach] = 0

    def pending(self, high: bool) -> Flags:
        """Where a count must still be reached, or else where 0 must."""
        return self.reach > 0 if high else self.zero.copy()


class Attack:
    """Tables of one group of unknowns, sought one after the other."""

    def __init__(self, group: Group, goals: Goals) -> None:
        """``goals`` is used up: what stands when the attack ends could not be cleared."""
        self._group = group
        self._goals = goals
        self._programs = Tables(group)
        self._surroundings = Surroundings(group)
        self._count = len(group.figures)
        self._rng = np.random.default_rng(_SEED)
        self.tables = 0

    def run(self, base: Integers | None = None) -> First:
        """Clear what can be cleared.

        Args:
            base: a table that is known to fit (the truth, inside the gate).

        Returns:
            The table the attack began with; where there is none, nothing was cleared.
        """
        if not len(self._group.right):
            nothing = np.zeros(self._count, dtype=np.int64)
            self._goals.clear(nothing)
            self._goals.reach[:] = 0
            return First(nothing)
        known = base is not None and self._programs.fits(base)
        first = First(base) if known else self._programs.first()
        if first.table is not None:
            self._goals.clear(first.table)
            self._clear_from(first.table)
        return first

    def _clear_from(self, base: Integers) -> None:
        """Clear goals by tables that start from one that fits."""
        for high in (True, False):
            self._sweep(base, high)
        for unknown in np.flatnonzero(self._goals.zero | (self._goals.reach > 0)):
            for high in (True, False):
                if self._pending(int(unknown), high):
                    self._single(base, int(unknown), high)

    def least_and_most(self, unknown: int) -> tuple[int | None, int | None]:
        """Whole numbers between which one unknown lies; None: no limit found.

        Where the group is large they are those of real tables, which may lie a little further
        apart than those of whole-number tables, unless only the latter can tell that the cell
        is lost.
        """
        aim = np.zeros(self._count)
        aim[unknown] = 1
        if self._count > _FEW_UNKNOWNS:
            least, most = self._real_limits(aim, unknown)
            reach = self._goals.reach[unknown]
            if (reach and most is not None and most < reach) or (
                self._goals.zero[unknown] and least
            ):
                return least, most
        low, high = self._programs.whole(aim), self._programs.whole(-aim)
        return (
            None if low is None else int(low[unknown]),
            None if high is None else int(high[unknown]),
        )

    def _real_limits(self, aim: Reals, unknown: int) -> tuple[int | None, int | None]:
        """The same in real tables, brought in to whole numbers."""
        low, high = self._programs.real(aim), self._programs.real(-aim)
        return (
            None if low is None else int(np.ceil(low[unknown] - _LIMIT_TOLERANCE)),
            None if high is None else int(np.floor(high[unknown] + _LIMIT_TOLERANCE)),
        )

    def _sweep(self, base: Integers, high: bool) -> None:
        """Look for tables that show many cells at once.

        Visits stand still meanwhile: a visit holds up to five questions, and answers in fifths
        that hang together by the thousand cannot be rounded.
        """
        low, top = np.zeros(self._count), np.full(self._count, np.inf)
        low[self._programs.odd] = top[self._programs.odd] = base[self._programs.odd]
        worth = max(_WORTH_A_SWEEP, self._count // _UNKNOWNS_PER_GOAL)
        idle = 0
        while idle < _PATIENCE:
            waiting = np.flatnonzero(self._goals.pending(high))
            if len(waiting) < 2:
                return
            aims = self._rng.permutation(waiting)[:_MOST_AT_ONCE]
            weight = np.zeros(self._count)
            weight[aims] = np.exp(self._rng.uniform(0, 3, len(aims)))
            if high:
                found = self._programs.most(weight, self._goals.reach, low, top)
            else:
                found = self._programs.real(weight + TOUCH, low, top)
            if found is None:
                return
            self._take(self._programs.rounded(found, base, weight if high else -weight))
            left = np.count_nonzero(self._goals.pending(high))
            idle = 0 if left < len(waiting) - worth else idle + 1

    def _single(self, base: Integers, unknown: int, high: bool) -> None:
        """Clear one goal, or make sure that it cannot be done.

        Few unknowns move away from the base table, then more, then all. Where even real numbers
        cannot reach the goal so, it is lost; else it is tried by the farthest real table, and by
        a search in whole numbers.
        """
        least = int(self._goals.reach[unknown]) if high else None
        for most in (*(n for n in _NEAR if n < self._count), self._count):
            moved = self._surroundings.move(base, unknown, least, most)
            self._take(moved.table)
            if not self._pending(unknown, high):
                return
        if moved.impossible:
            return
        aim, low = np.zeros(self._count), np.zeros(self._count)
        aim[unknown] = 1.0
        if least is None:
            found = self._programs.real(aim + TOUCH)
        else:
            low[unknown] = least
            found = self._programs.most(aim, self._goals.reach)
        if found is not None:
            self._take(self._programs.rounded(found, base, aim if high else -aim))
        if self._pending(unknown, high):
            self._take(self._programs.whole(np.zeros(self._count) if high else aim, low))

    def _pending(self, unknown: int, high: bool) -> bool:
        return bool(self._goals.reach[unknown] if high else self._goals.zero[unknown])

    def _take(self, table: Integers | None) -> None:
        """Clear what a whole-number table shows, if it adds up."""
        if table is not None and self._programs.fits(table):
            self.tables += 1
            self._goals.clear(table)
