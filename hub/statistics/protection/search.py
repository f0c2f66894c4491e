"""Secondary suppression of one part: which further cells to hide, and the proof tables.

The variables are changes of each count around the truth. A table that shows a small cell at 0,
or at its threshold, is sought at least cost: hiding a cell that could still be published costs
its weight, changing a hidden one next to nothing. What the table changes is hidden, and the
table is kept as proof.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from hub.statistics.protection.alone import Alone
from hub.statistics.protection.linked import Part
from hub.statistics.protection.programs import BlockSweeps, SweepProgram
from hub.statistics.protection.proof import ProofTable
from hub.statistics.protection.rounding import to_whole
from hub.statistics.protection.system import Flags, Numbers, Whole

_BATCH: Final = 40
_MOST_LOST: Final = 40
_REOPENING_WORK: Final = 1_000_000
"""Effort of the solver that the last pass may take; some ten seconds."""
_WORTH_A_SWEEP: Final = 20
"""Fewer requirements than this are settled one by one."""
_FEWEST_AT_ONCE: Final = 20
_SHARE_AT_ONCE: Final = 10
"""The first sweep for thresholds aims at one in so many: what is hidden holds few questions, and
spread over all who ask for them they reach none."""
_AIMS_PER_GAIN: Final = 1.5
"""Later ones aim at so many times what the last one reached: more aims take longer and reach no
more."""
_BLOCKS_WORTH: Final = 5
"""Steps in small programs take so many times less."""
_PATIENCE: Final = 2
"""Sweeps that may disappoint one after the other before requirements are taken one by one."""
_WORK_PER_REQUIREMENT: Final = 70
"""A sweep is worth while as long as it takes no more effort per requirement than this, or than
half of what requirements have taken one by one: its steps take longer."""


class UnprotectableError(Exception):
    """A small cell cannot be protected beside what is already public; ``column`` names it."""

    def __init__(self, column: int) -> None:
        super().__init__(column)
        self.column = column


class Search:
    """State of the search in one part: what is hidden, what is still to be shown, the proofs."""

    def __init__(
        self,
        part: Part,
        rng: np.random.Generator,
        settled: Callable[[int], None],
        hidden: Flags | None = None,
    ) -> None:
        """``settled`` is told how many requirements each new proof table settles.

        ``hidden`` starts the search with further columns hidden.
        """
        self.part = part
        self.hidden = part.hidden.copy() if hidden is None else hidden.copy()
        self.low = part.to_zero.copy()
        self.high = part.lift > 0
        self.proofs: list[_Shown] = []
        self._settling = np.zeros(2 * len(part.counts), dtype=np.int64)
        self._rng = rng
        self._settled = settled
        self._at_once: dict[type, int] = {}  # aims of the next sweep of each kind
        # Rounds that each kind of sweep sits out after one in vain: twice as many each time.
        self._rests: Counter[tuple[type, bool]] = Counter()
        self._resting: Counter[tuple[type, bool]] = Counter()
        self._alone = Alone(part, rng)
        self._taken = 0  # requirements taken one by one

    def run(self) -> None:
        """Hide cells until every requirement has its proof table.

        Raises:
            UnprotectableError: a requirement cannot be met, whatever is hidden.
        """
        self.sweep()
        while self.low.any() or self.high.any():
            self._settle()
            self.sweep()

    def sweep(self) -> None:
        """Settle many requirements at once with what is hidden already, while that pays.

        Visits stand still meanwhile: that a visit holds up to five questions gives answers in
        fifths, and these, spread over a whole sweep, cannot be rounded.
        """
        if len(self.part.blocks) > 1:
            inner = np.zeros(len(self.hidden), dtype=np.bool_)
            inner[np.concatenate(self.part.blocks)] = True
            self._sweep(BlockSweeps(self.part, self.hidden), inner, _BLOCKS_WORTH)
        even = np.ones(len(self.hidden), dtype=np.bool_)
        even[self.part.matrix.indices[np.abs(self.part.matrix.data) > 1]] = False
        self._sweep(SweepProgram(self.part, self.hidden & even), even, 1)

    def _sweep(self, program: SweepProgram | BlockSweeps, within: Flags, worth: int) -> None:
        """Sweep over the requirements of some columns; ``worth`` is how cheap the effort is."""
        alone = self._alone.work // max(1, self._taken)
        allowed = worth * max(_WORK_PER_REQUIREMENT, alone // 2)
        kind = type(program)
        first = max(_FEWEST_AT_ONCE, int(self.high.sum()) // _SHARE_AT_ONCE)
        self._at_once.setdefault(kind, first)
        for high in (False, True):
            if self._resting[kind, high]:
                self._resting[kind, high] -= 1
                continue
            every = self.high if high else self.low
            idle, at_first = 0, np.count_nonzero(every)
            while idle < _PATIENCE:
                waiting = every & within
                if np.count_nonzero(waiting) < _WORTH_A_SWEEP:
                    break
                before, work = np.count_nonzero(every), program.work
                aims = self._some(waiting, self._at_once[kind]) if high else waiting
                change = program.solve(aims, high, self._rng)
                if change is not None:
                    self._accept(change, np.where(aims, 1.0 if high else -1.0, 0.0))
                gain = int(before - np.count_nonzero(every))
                if high:
                    self._at_once[kind] = max(_FEWEST_AT_ONCE, int(gain * _AIMS_PER_GAIN))
                idle = 0 if gain * allowed > program.work - work else idle + 1
            vain = idle == _PATIENCE and np.count_nonzero(every) == at_first
            self._rests[kind, high] = 2 * self._rests[kind, high] + 1 if vain else 0
            self._resting[kind, high] = self._rests[kind, high]

    def _some(self, waiting: Flags, most: int) -> Flags:
        """Some of the columns that wait, drawn."""
        columns = np.flatnonzero(waiting)
        some = np.zeros(len(waiting), dtype=np.bool_)
        some[self._rng.permutation(columns)[:most]] = True
        return some

    def prune(self) -> None:
        """Leave out proof tables of which others settle every requirement."""
        kept = []
        for shown in reversed(self.proofs):
            if (self._settling[shown.settles] > 1).all():
                self._settling[shown.settles] -= 1
            else:
                kept.append(shown)
        self.proofs = kept[::-1]

    def tables(self) -> list[ProofTable]:
        """The proof tables, in the columns of the system."""
        return [
            ProofTable(
                tuple(self.part.columns[shown.order].tolist()), tuple(shown.changes.tolist())
            )
            for shown in self.proofs
        ]

    def reopen(self) -> None:
        """Publish again what no proof needs, or what other proofs can do without.

        Goes once through the cells hidden by the search, those that fewest requirements lean
        on first, as far as the work allowed goes.
        """
        self._settled = _silent
        second = np.flatnonzero(self.hidden & ~self.part.hidden).tolist()
        stop = self._alone.work + _REOPENING_WORK
        for column in sorted(second, key=lambda c: (self._leaning(c).size, -self.part.cost[c])):
            if self._alone.work < stop:
                self._reopened(column)

    def _leaning(self, column: int) -> Whole:
        """Requirements that no proof settles without changing this column."""
        users = [shown.settles for shown in self.proofs if column in shown.columns]
        if not users:
            return np.zeros(0, dtype=np.int64)
        uses = np.bincount(np.concatenate(users), minlength=len(self._settling))
        return np.flatnonzero((uses > 0) & (uses == self._settling))

    def _reopened(self, column: int) -> bool:
        """Try to open one hidden cell."""
        columns = len(self.hidden)
        lost = [(int(r) % columns, bool(r >= columns)) for r in self._leaning(column)]
        if len(lost) > _MOST_LOST:
            return False
        self.hidden[column] = False
        for requirement, is_high in lost:
            (self.high if is_high else self.low)[requirement] = True
        for requirement, is_high in lost:
            waiting = self.high if is_high else self.low
            if waiting[requirement] and not self._tried(requirement, is_high, hiding=False):
                self.hidden[column] = True
                self.low[:] = self.high[:] = False
                return False
        for shown in self.proofs:
            if column in shown.columns:
                self._settling[shown.settles] -= 1
        self.proofs = [shown for shown in self.proofs if column not in shown.columns]
        return True

    def _settle(self) -> None:
        """Settle a batch of requirements one by one, dearest cells first."""
        most = max(_BATCH, int(self.low.sum() + self.high.sum()) // 20)
        for high in (True, False):
            waiting = self.high if high else self.low
            for column in sorted(np.flatnonzero(waiting), key=lambda c: -self.part.cost[c]):
                if waiting[column] and most:
                    most -= 1
                    self._taken += 1
                    self._require(int(column), high)

    def _require(self, column: int, high: bool) -> None:
        """Settle one requirement at any rate, hiding what is cheapest."""
        if self._tried(column, high, hiding=True):
            return
        self.hidden[:] = True
        if not self._tried(column, high, hiding=True):
            raise UnprotectableError(int(self.part.columns[column]))

    def _tried(self, column: int, high: bool, hiding: bool) -> bool:
        """Try to settle one requirement."""
        waiting = self.high if high else self.low
        for change in self._alone.changes(column, high, self.hidden, hiding):
            self._keep(change)
            if not waiting[column]:
                return True
        return False

    def _accept(self, change: Numbers, worth: Numbers) -> None:
        """Keep the whole-number form of a change of a sweep."""
        lowest = -self.part.counts.astype(np.float64)
        whole = to_whole(self.part.matrix, change, lowest, worth)
        if whole is not None:
            self._keep(whole)

    def _keep(self, whole: Whole) -> None:
        """Keep a change as proof if it settles anything, and hide what it touches."""
        zero = self.part.to_zero & (self.part.counts + whole == 0)
        reached = (self.part.lift > 0) & (whole >= self.part.lift)
        news = int((self.low & zero).sum() + (self.high & reached).sum())
        if news:
            self.hidden |= whole != 0
            self.low &= ~zero
            self.high &= ~reached
            self.proofs.append(_Shown.of(whole, zero, reached))
            self._settling[self.proofs[-1].settles] += 1
            self._settled(news)


@dataclass(frozen=True)
class _Shown:
    """A proof table of a part, and the requirements it settles: column where 0 is asked for,
    column plus the number of columns where the threshold is."""

    columns: frozenset[int]
    order: Whole
    changes: Whole
    settles: Whole

    @classmethod
    def of(cls, change: Whole, zero: Flags, reached: Flags) -> "_Shown":
        """Keep the columns that change."""
        order = np.flatnonzero(change)
        settles = np.flatnonzero(np.concatenate([zero, reached]))
        return cls(frozenset(order.tolist()), order, change[order], settles)


def _silent(settled: int) -> None:
    """Progress is over when each requirement has been settled once."""
