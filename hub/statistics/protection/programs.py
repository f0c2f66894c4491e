"""The two linear programs of the search: one requirement at a time, and many at once."""

from collections.abc import Callable
from typing import Final

import numpy as np
from scipy.sparse import csc_array, csr_array, hstack

from hub.statistics.protection.linked import Part
from hub.statistics.protection.solver import FAR, WHOLE, Program
from hub.statistics.protection.system import Flags, Numbers, Whole

_CANDIDATE: Final = 1000.0
"""How much dearer it is to hide one more cell than to change one that is hidden already."""
_CONTRAST: Final = 3.0
_TOUCH: Final = 1e-2
_FALLING: Final = 1.01
_NODES: Final = 2000
_DIVES: Final = 60
"""Numbers that are pushed before a dive is given up."""
_REWEIGHTED: Final = 1


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
        matrix = _both_ways(part.matrix)
        self._still = np.logical_not(hidden)
        self._dear = _CANDIDATE * part.cost * (0.75 + 0.5 * rng.random(self._count))
        upper = np.concatenate([np.where(hidden, FAR, 0.0), np.where(hidden, self._falls, 0.0)])
        cost = np.where(hidden, 1.0, self._dear)
        self._program = Program(
            matrix,
            np.zeros(2 * self._count),
            upper,
            np.concatenate([cost, cost]),
        )

    @property
    def work(self) -> int:
        """Effort so far."""
        return self._program.work

    def follow(self, hidden: Flags) -> None:
        """Let exactly those columns move that are hidden now."""
        fresh = np.flatnonzero(self._still & hidden)
        if fresh.size:
            self._still[fresh] = False
            self._move(fresh, True)
            self._price(fresh, np.ones(len(fresh)))
        held = np.flatnonzero(np.logical_not(self._still | hidden))
        if held.size:
            self._still[held] = True
            self._move(held, False)
            self._price(held, self._dear[held])

    def solve(self, column: int, high: bool, hiding: bool, draw: int = 0) -> Numbers | None:
        """A change that shows one column at 0 or at its threshold, at least cost.

        Args:
            column: whose requirement it is.
            high: the threshold rather than 0.
            hiding: whether further columns may be hidden, at their cost.
            draw: from 1 on, the costs of hidden columns are drawn.
        """
        still = np.flatnonzero(self._still) if hiding else np.zeros(0, dtype=np.int64)
        self._move(still, True)
        self._ask(column, high)
        if draw:
            hidden = np.flatnonzero(np.logical_not(self._still))
            self._price(hidden, 0.5 + self._rng.random(len(hidden)))
            found = self._program.solve(afresh=True)
            self._price(hidden, np.ones(len(hidden)))
        else:
            found = self._sparing(self._program.solve(afresh=True))
        self._ask_nothing(column)
        self._move(still, False)
        return None if found is None else self._change(found)

    def dive(self, column: int, high: bool) -> Numbers | None:
        """The same in whole numbers, by pushing broken ones; None where that leads nowhere."""
        return self._whole(column, high, self._dive)

    def search(self, column: int, high: bool) -> Numbers | None:
        """The same in whole numbers, by a long search that is cut off in the end."""
        return self._whole(column, high, lambda: self._program.solve_whole(_NODES))

    def _whole(self, column: int, high: bool, way: Callable[[], Numbers | None]) -> Numbers | None:
        still = np.flatnonzero(self._still)
        self._move(still, True)
        self._ask(column, high)
        found = way()
        self._move(np.arange(self._count), True)
        self._move(still, False)
        return None if found is None else self._change(found)

    def _dive(self) -> Numbers | None:
        """Push one broken change after the other to the whole number beside it.

        Away from 0 if that can be: many small fractions pushed to 0 come back elsewhere.
        """
        found = self._program.solve(afresh=True)
        for _ in range(_DIVES):
            if found is None:
                return None
            far = np.abs(self._change(found))
            over = far - np.floor(far + WHOLE)
            if over.max() < WHOLE:
                return found
            place = int(over.argmax())
            both = np.array([place, place + self._count])
            if found[place] < found[place + self._count]:
                both = both[::-1]
            lower, upper = self._program.limits(both)
            step = np.array([np.ceil(far[place]), 0.0])
            self._program.limit(both, np.maximum(lower, step), np.array([upper[0], lower[1]]))
            found = self._program.solve(afresh=False)
            if found is None:
                step = np.array([np.floor(far[place]), upper[1]])
                self._program.limit(both, lower, np.minimum(upper, step))
                found = self._program.solve(afresh=False)
        return None

    def _ask(self, column: int, high: bool) -> None:
        """Demand a requirement of a column."""
        both = np.array([column, self._count + column])
        count = float(self._part.counts[column])
        if high:
            lift = float(self._part.lift[column])
            self._program.limit(both, np.array([lift, 0.0]), np.array([FAR, 0.0]))
        else:
            self._program.limit(both, np.array([0.0, count]), np.array([0.0, count]))

    def _ask_nothing(self, column: int) -> None:
        """Demand nothing of a column any more."""
        self._move(np.array([column]), bool(not self._still[column]))

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
            moved = np.abs(self._change(answer))
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
        moved = np.abs(self._change(answer)) > WHOLE
        return float((moved & self._still).sum())

    def _change(self, answer: Numbers) -> Numbers:
        """How far each column moves: its rise less its fall."""
        change: Numbers = answer[: self._count] - answer[self._count :]
        return change

    def _price(self, columns: Whole, cost: Numbers) -> None:
        both = np.concatenate([columns, self._count + columns])
        self._program.price(both, np.concatenate([cost, cost]))

    def _move(self, columns: Whole, free: bool) -> None:
        both = np.concatenate([columns, self._count + columns])
        upper = np.concatenate([np.full(len(columns), FAR), self._falls[columns]])
        self._program.limit(both, np.zeros(len(both)), upper if free else np.zeros(len(both)))


def _both_ways(matrix: "csr_array[np.int64]") -> "csc_array[np.int64]":
    """Every column as a rise, and once more as a fall."""
    once = csc_array(matrix)
    return csc_array(
        (
            np.concatenate([once.data, -once.data]),
            np.concatenate([once.indices, once.indices]),
            np.concatenate([once.indptr, once.indptr[1:] + once.nnz]),
        ),
        shape=(matrix.shape[0], 2 * matrix.shape[1]),
    )


class SweepProgram:
    """Rises and falls of the hidden columns only, for many requirements at once.

    A helper per small cell is the part of its rise that counts: at most what its threshold asks.
    Falling costs such a cell what rising brings it, or it would do both at once.
    """

    def __init__(self, part: Part, hidden: Flags) -> None:
        """Build the program for what is hidden now."""
        self._part = part
        self._hidden = np.flatnonzero(hidden)
        self._lifted = np.flatnonzero(part.lift[self._hidden] > 0)
        count, helpers = len(self._hidden), len(self._lifted)
        matrix = csr_array(part.matrix[:, self._hidden])
        matrix = csr_array(matrix[np.flatnonzero(np.diff(matrix.indptr))])
        counts = part.counts[self._hidden].astype(np.float64)
        self._room = part.lift[self._hidden[self._lifted]].astype(np.float64)
        self._program = Program(
            hstack([matrix, -matrix, matrix[:, self._lifted]], format="csc"),
            np.zeros(2 * count + helpers),
            np.concatenate([np.full(count, FAR), counts, self._room]),
            np.zeros(2 * count + helpers),
        )

    @property
    def work(self) -> int:
        """Effort so far."""
        return self._program.work

    def solve(self, waiting: Flags, high: bool, rng: np.random.Generator) -> Numbers | None:
        """The change, over all columns of the part, that settles much of what is waiting."""
        count, helpers = len(self._hidden), len(self._lifted)
        wanted = np.exp(rng.uniform(0, _CONTRAST, count))
        wanted[np.logical_not(waiting[self._hidden])] = 0.0
        rise, fall = np.full(count, _TOUCH), np.full(count, _TOUCH)
        room, helper = np.zeros(helpers), np.full(helpers, _TOUCH)
        if high:
            helper -= wanted[self._lifted]
            fall += _FALLING * wanted
            room[wanted[self._lifted] > 0] = self._room[wanted[self._lifted] > 0]
        else:
            rise += wanted
            fall -= wanted
        self._program.price(np.arange(2 * count + helpers), np.concatenate([rise, fall, helper]))
        self._program.limit(np.arange(2 * count, 2 * count + helpers), np.zeros(helpers), room)
        found = self._program.solve(afresh=True)
        if found is None:
            return None
        change = np.zeros(len(self._part.counts))
        change[self._hidden] = found[:count] - found[count : 2 * count]
        change[self._hidden[self._lifted]] += found[2 * count :]
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
