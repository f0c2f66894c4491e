"""The two linear programs of the search: one requirement at a time, and many at once."""

from typing import Final

import numpy as np
from scipy.sparse import csr_array, eye_array, hstack, vstack

from hub.statistics.protection.linked import Part
from hub.statistics.protection.solver import FAR, Program
from hub.statistics.protection.system import Flags, Numbers, Whole

_CANDIDATE: Final = 1000.0
"""How much dearer it is to hide one more cell than to change one that is hidden already."""
_CONTRAST: Final = 3.0
_TOUCH: Final = 1e-2
_NODES: Final = 2000
_REWEIGHTED: Final = 2


class SingleProgram:
    """Rises and falls of every column under all equations, for one requirement at a time.

    Columns that are not hidden stand still unless a requirement may hide them.
    """

    def __init__(self, part: Part, hidden: Flags, rng: np.random.Generator) -> None:
        """Build the program; ``rng`` decides between cells that cost the same."""
        self._part = part
        self._rng = rng
        self._count = len(part.counts)
        self._falls = part.counts.astype(np.float64)
        rows = csr_array(hstack([part.matrix, -part.matrix], format="csr"))
        upper = np.concatenate([np.full(self._count, FAR), self._falls])
        lower = np.zeros(2 * self._count)
        self._program = Program(rows, np.zeros(rows.shape[0]), lower, upper, presolve=False)
        self._still = np.logical_not(hidden)
        self._dear = _CANDIDATE * part.cost * (0.75 + 0.5 * rng.random(self._count))
        self._move(np.flatnonzero(self._still), False)
        self._price(np.arange(self._count), np.where(hidden, 1.0, self._dear))

    @property
    def work(self) -> int:
        """Effort so far."""
        return self._program.work

    def free(self, hidden: Flags) -> None:
        """Let columns move that have been hidden since."""
        fresh = np.flatnonzero(self._still & hidden)
        if fresh.size:
            self._still[fresh] = False
            self._move(fresh, True)
            self._price(fresh, np.ones(len(fresh)))

    def hold(self, columns: Whole) -> None:
        """Let columns stand still again."""
        self._still[columns] = True
        self._move(columns, False)
        self._price(columns, self._dear[columns])

    def solve(self, column: int, high: bool, hiding: bool, attempt: int = 0) -> Numbers | None:
        """A change that shows one column at 0 or at its threshold, at least cost.

        Args:
            column: whose requirement it is.
            high: the threshold rather than 0.
            hiding: whether further columns may be hidden, at their cost.
            attempt: from 1 on, other costs are drawn; -1 searches whole numbers.
        """
        both = np.array([column, self._count + column])
        count = float(self._part.counts[column])
        still = np.flatnonzero(self._still) if hiding else np.zeros(0, dtype=np.int64)
        self._move(still, True)
        if high:
            lift = float(self._part.lift[column])
            self._program.limit(both, np.array([lift, 0.0]), np.array([FAR, 0.0]))
        else:
            self._program.limit(both, np.array([0.0, count]), np.array([0.0, count]))
        found = self._solve(attempt)
        moves = FAR if not self._still[column] else 0.0
        self._program.limit(both, np.zeros(2), np.array([moves, min(moves, count)]))
        self._move(still, False)
        return None if found is None else found[: self._count] - found[self._count :]

    def _solve(self, attempt: int) -> Numbers | None:
        if not attempt:
            return self._sparing(self._program.solve(afresh=True))
        every = np.arange(self._count)
        blur = 0.5 + self._rng.random(self._count)
        of_hidden = np.zeros(self._count) if attempt < 0 else blur
        self._price(every, np.where(self._still, self._dear, of_hidden))
        found = (
            self._program.solve_whole(_NODES) if attempt < 0 else self._program.solve(afresh=True)
        )
        self._price(every, np.where(self._still, self._dear, 1.0))
        return found

    def _sparing(self, found: Numbers | None) -> Numbers | None:
        """Try to hide fewer columns than a first answer does.

        A linear program counts how far columns move, not how many: so what moves far is made
        cheap, what moves little dear, and the better of the answers is taken (the reweighted
        l1 norm of Candès, Wakin and Boyd, 2008).
        """
        best, answer = self._hides(found), found
        for _ in range(_REWEIGHTED):
            if not best or answer is None:
                break
            moved = np.abs(answer[: self._count] - answer[self._count :])
            still = np.flatnonzero(self._still)
            self._price(still, self._dear[still] / (1.0 + moved[still]))
            answer = self._program.solve(afresh=True)
            self._price(still, self._dear[still])
            if self._hides(answer) < best:
                best, found = self._hides(answer), answer
        return found

    def _hides(self, answer: Numbers | None) -> float:
        """How many columns an answer would hide."""
        if answer is None:
            return np.inf
        moved = np.abs(answer[: self._count] - answer[self._count :]) > 1e-6
        return float((moved & self._still).sum())

    def _price(self, columns: Whole, cost: Numbers) -> None:
        both = np.concatenate([columns, self._count + columns])
        self._program.price(both, np.concatenate([cost, cost]))

    def _move(self, columns: Whole, free: bool) -> None:
        both = np.concatenate([columns, self._count + columns])
        upper = np.concatenate([np.full(len(columns), FAR), self._falls[columns]])
        self._program.limit(both, np.zeros(len(both)), upper if free else np.zeros(len(both)))


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
        matrix = csr_array(matrix[np.flatnonzero(np.diff(matrix.indptr))])
        pick = csr_array(eye_array(count, format="csr")[self._lifted])
        equal = hstack([matrix, -matrix, csr_array((matrix.shape[0], helpers))], format="csr")
        below = hstack([pick * -1.0, pick, eye_array(helpers)], format="csr")
        counts = part.counts[self._hidden].astype(np.float64)
        room = part.lift[self._hidden[self._lifted]].astype(np.float64)
        self._program = Program(
            csr_array(vstack([equal, below], format="csr")),
            np.concatenate([np.zeros(matrix.shape[0]), np.full(helpers, -np.inf)]),
            np.concatenate([np.zeros(2 * count), -counts[self._lifted]]),
            np.concatenate([np.full(count, FAR), counts, room]),
            presolve=True,
        )

    @property
    def work(self) -> int:
        """Effort so far."""
        return self._program.work

    def solve(self, waiting: Flags, high: bool, rng: np.random.Generator) -> Numbers | None:
        """The change, over all columns of the part, that settles much of what is waiting."""
        count = len(self._hidden)
        cost = np.zeros(2 * count + len(self._lifted))
        cost[: 2 * count] = _TOUCH
        wanted = np.exp(rng.uniform(0, _CONTRAST, count))
        wanted[np.logical_not(waiting[self._hidden])] = 0.0
        if high:
            cost[2 * count :] -= wanted[self._lifted]
        else:
            cost[:count] += wanted
            cost[count : 2 * count] -= wanted
        self._program.price(np.arange(len(cost)), cost)
        found = self._program.solve(afresh=True)
        if found is None:
            return None
        change = np.zeros(len(self._part.counts))
        change[self._hidden] = found[:count] - found[count : 2 * count]
        return change


class BlockSweeps:
    """Sweeps of independent blocks of columns, whose changes add up to one.

    Small programs take far fewer and far quicker steps than one large one.
    """

    def __init__(self, part: Part, hidden: Flags) -> None:
        """Build a program for each block of the part."""
        self._programs: list[tuple[Whole, SweepProgram]] = []
        for block in part.blocks:
            mine = np.zeros(len(hidden), dtype=np.bool_)
            mine[block] = hidden[block]
            if mine.any():
                self._programs.append((block, SweepProgram(part, mine)))

    @property
    def work(self) -> int:
        """Effort so far."""
        return sum(program.work for _, program in self._programs)

    def solve(self, waiting: Flags, high: bool, rng: np.random.Generator) -> Numbers | None:
        """The change that settles much of what is waiting within the blocks."""
        change = np.zeros(len(waiting))
        for block, program in self._programs:
            if waiting[block].any():
                found = program.solve(waiting, high, rng)
                if found is not None:
                    change += found
        return change if change.any() else None
