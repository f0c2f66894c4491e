"""Secondary suppression of one part: which further cells to hide, and the proof tables.

The variables are changes of each count around the truth. A table that shows a small cell at 0,
or at its threshold, is sought at least cost: changing a cell that could still be published
costs its weight, changing a hidden one next to nothing. What the table changes is hidden, and
the table is kept as proof.
"""

from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array, hstack, vstack

from hub.statistics.protection.linked import Part, component_labels
from hub.statistics.protection.proof import ProofTable
from hub.statistics.protection.solver import FAR, Program
from hub.statistics.protection.system import Flags, Numbers, Whole

_WHOLE_TOLERANCE = 1e-6
_ATTEMPTS = 5
_NODES = 2000
_NEXT_TO_NOTHING = 1e-6


class UnprotectableError(Exception):
    """A small cell cannot be protected beside what is already public; ``column`` names it."""

    def __init__(self, column: int) -> None:
        super().__init__(column)
        self.column = column


class Search:
    """State of the search in one part: what is hidden, what is still to be shown, the proofs."""

    def __init__(self, part: Part, rng: np.random.Generator, settled: Callable[[int], None]):
        """``settled`` is told how many requirements each new proof table settles."""
        self.part = part
        self.hidden = part.hidden.copy()
        self.low = part.to_zero.copy()
        self.high = part.lift > 0
        self.proofs: list[Whole] = []
        self._rng = rng
        self._settled = settled
        self._columns = len(part.counts)
        self._single = _single_program(part)

    def run(self) -> None:
        """Hide cells until every requirement has its proof table.

        Raises:
            UnprotectableError: a requirement cannot be met, whatever is hidden.
        """
        self.sweep()
        hidden = np.count_nonzero(self.hidden)
        while self.low.any() or self.high.any():
            high = bool(self.high.any())
            waiting = np.flatnonzero(self.high if high else self.low)
            self._require(int(waiting[np.argmax(self.part.cost[waiting])]), high)
            if np.count_nonzero(self.hidden) > 1.1 * hidden:
                hidden = np.count_nonzero(self.hidden)
                self.sweep()

    def tables(self) -> list[ProofTable]:
        """The proof tables, in the columns of the system."""
        return [
            ProofTable(
                tuple(self.part.columns[np.flatnonzero(change)].tolist()),
                tuple(change[np.flatnonzero(change)].tolist()),
            )
            for change in self.proofs
        ]

    def sweep(self, patience: int = 4) -> None:
        """Settle as many requirements as possible with what is hidden already."""
        program = SweepProgram(self.part, self.hidden)
        for high in (True, False):
            idle = 0
            while idle < patience:
                waiting = self.high if high else self.low
                before = np.count_nonzero(waiting)
                if not before:
                    break
                change = program.solve(waiting, high, self._rng)
                if change is not None:
                    self._accept(change)
                idle = 0 if np.count_nonzero(waiting) < before - 4 else idle + 1

    def _require(self, column: int, high: bool) -> None:
        """Settle one requirement, hiding the cheapest further cells if need be."""
        waiting = self.high if high else self.low
        both = np.array([column, self._columns + column])
        count = float(self.part.counts[column])
        if high:
            self._single.limit(both, np.array([self.part.lift[column], 0.0]), np.array([FAR, 0.0]))
        else:
            self._single.limit(both, np.array([0.0, count]), np.array([0.0, count]))
        for attempt in range(_ATTEMPTS + 1):
            if attempt < _ATTEMPTS:
                found = self._single.solve(self._costs())
            else:
                found = self._single.solve_whole(self._costs(), _NODES)
            if found is None:
                break
            self._accept(found[: self._columns] - found[self._columns :])
            if not waiting[column]:
                break
        self._single.limit(both, np.zeros(2), np.array([FAR, count]))
        if waiting[column]:
            self._hide_all_or_give_up(column, infeasible=attempt == 0)

    def _hide_all_or_give_up(self, column: int, infeasible: bool) -> None:
        if infeasible or self.hidden.all():
            raise UnprotectableError(int(self.part.columns[column]))
        self.hidden[:] = True

    def _costs(self) -> Numbers:
        slight = _NEXT_TO_NOTHING * (0.1 + self._rng.exponential(1, self._columns))
        one = np.where(self.hidden, slight, self.part.cost)
        return np.concatenate([one, one])

    def _accept(self, change: Numbers) -> None:
        """Keep the whole-number part of a change as proof, and hide what it touches."""
        whole = whole_part(self.part.matrix, change)
        table = self.part.counts + whole
        if (self.part.matrix @ whole).any() or (table < 0).any():
            return
        low = self.low & (table == 0)
        high = self.high & (whole >= self.part.lift)
        news = int(low.sum() + high.sum())
        if news:
            self.hidden |= whole != 0
            self.low &= ~low
            self.high &= ~high
            self.proofs.append(whole)
            self._settled(news)


def whole_part(matrix: "csr_array[np.int64]", change: Numbers) -> Whole:
    """Round a change to whole numbers.

    Changes that share no equation are independent of each other: where one is a fraction, the
    group that is linked to it is set back to 0 and the others are kept.
    """
    whole = np.rint(change).astype(np.int64)
    broken = np.abs(change - whole) > _WHOLE_TOLERANCE
    if broken.any():
        touched = np.flatnonzero(np.abs(change) > _WHOLE_TOLERANCE)
        labels = component_labels(csr_array(matrix[:, touched]))
        whole[touched[np.isin(labels, labels[broken[touched]])]] = 0
    return whole


def _single_program(part: Part) -> Program:
    """Rises and falls of every column; all equations; for one requirement at a time."""
    count = len(part.counts)
    rows = csr_array(hstack([part.matrix, -part.matrix], format="csr"))
    upper = np.concatenate([np.full(count, FAR), part.counts.astype(np.float64)])
    return Program(rows, np.zeros(rows.shape[0]), np.zeros(2 * count), upper, presolve=False)


class SweepProgram:
    """Rises and falls of the hidden columns only, for many requirements at once.

    A helper per small cell is the part of its rise that counts: at most what its threshold asks.
    """

    def __init__(self, part: Part, hidden: Flags) -> None:
        """Build the program for what is hidden now."""
        self._part = part
        self._hidden = np.flatnonzero(hidden)
        self._lifted = np.flatnonzero(part.lift[self._hidden] > 0)
        count, helpers = len(self._hidden), len(self._lifted)
        matrix = csr_array(part.matrix[:, self._hidden])
        pick = csr_array(
            (np.ones(helpers, dtype=np.int64), (np.arange(helpers), self._lifted)),
            shape=(helpers, count),
        )
        equal = hstack([matrix, -matrix, csr_array((matrix.shape[0], helpers))], format="csr")
        below = hstack([-pick, pick, csr_array(np.eye(helpers))], format="csr")
        rows = csr_array(vstack([equal, below], format="csr"))
        room = part.lift[self._hidden[self._lifted]].astype(np.float64)
        counts = part.counts[self._hidden].astype(np.float64)
        self._program = Program(
            rows,
            np.concatenate([np.zeros(matrix.shape[0]), np.full(helpers, -np.inf)]),
            np.zeros(2 * count + helpers),
            np.concatenate([np.full(count, FAR), counts, room]),
            presolve=True,
        )

    def solve(self, waiting: Flags, high: bool, rng: np.random.Generator) -> Numbers | None:
        """The change, over all columns of the part, that settles much of what is waiting."""
        count = len(self._hidden)
        cost = np.zeros(2 * count + len(self._lifted))
        cost[: 2 * count] = 1e-7
        wanted = waiting[self._hidden] * rng.uniform(1, 4, count) ** 2
        if high:
            cost[2 * count :] = -wanted[self._lifted]
        else:
            cost[:count] += wanted
            cost[count : 2 * count] -= wanted
        found = self._program.solve(cost, afresh=False)
        if found is None:
            return None
        change = np.zeros(len(self._part.counts))
        change[self._hidden] = found[:count] - found[count : 2 * count]
        return change
