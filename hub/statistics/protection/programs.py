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

    Columns that are not hidden stand still unless a requirement may hide them. What counts 0
    cannot fall: it has a rise only.
    """

    def __init__(self, part: Part, hidden: Flags, rng: np.random.Generator) -> None:
        """Build the program; ``rng`` decides between cells that cost the same."""
        self._part = part
        self._rng = rng
        self._count = len(part.counts)
        self._falls = part.counts.astype(np.float64)
        self._falling = np.flatnonzero(part.counts > 0)
        self._fall_of = np.full(self._count, -1)
        self._fall_of[self._falling] = self._count + np.arange(len(self._falling))
        self._still = np.logical_not(hidden)
        self._dear = _CANDIDATE * part.cost * (0.75 + 0.5 * rng.random(self._count))
        falls = np.where(hidden, self._falls, 0.0)[self._falling]
        upper = np.concatenate([np.where(hidden, FAR, 0.0), falls])
        cost = np.where(hidden, 1.0, self._dear)
        self._program = Program(
            _both_ways(csc_array(part.matrix), self._falling),
            np.zeros(len(upper)),
            upper,
            np.concatenate([cost, cost[self._falling]]),
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
            change = self._change(found)
            far = np.abs(change)
            over = far - np.floor(far + WHOLE)
            if over.max() < WHOLE:
                return found
            place = int(over.argmax())
            ways = self._with_falls(np.array([place]))[:: 1 if change[place] > 0 else -1]
            lower, upper = self._program.limits(ways)
            first = np.arange(len(ways)) == 0
            least = np.where(first, np.maximum(lower, np.ceil(far[place])), lower)
            self._program.limit(ways, least, np.where(first, upper, lower))
            found = self._program.solve(afresh=False)
            if found is None:
                most = np.where(first, np.minimum(upper, np.floor(far[place])), upper)
                self._program.limit(ways, lower, most)
                found = self._program.solve(afresh=False)
        return None

    def _ask(self, column: int, high: bool) -> None:
        """Demand a requirement of a column."""
        ways = self._with_falls(np.array([column]))
        rise = ways == column
        if high:
            least = np.where(rise, float(self._part.lift[column]), 0.0)
            self._program.limit(ways, least, np.where(rise, FAR, 0.0))
        else:
            level = np.where(rise, 0.0, self._falls[column])
            self._program.limit(ways, level, level)

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
        change: Numbers = answer[: self._count].copy()
        change[self._falling] -= answer[self._count :]
        return change

    def _with_falls(self, columns: Whole) -> Whole:
        """The rises of some columns, then the falls of those that have one."""
        falls = self._fall_of[columns]
        both: Whole = np.concatenate([columns, falls[falls >= 0]])
        return both

    def _price(self, columns: Whole, cost: Numbers) -> None:
        falls = self._falls[columns] > 0
        self._program.price(self._with_falls(columns), np.concatenate([cost, cost[falls]]))

    def _move(self, columns: Whole, free: bool) -> None:
        both = self._with_falls(columns)
        falls = self._falls[columns]
        upper = np.concatenate([np.full(len(columns), FAR), falls[falls > 0]])
        self._program.limit(both, np.zeros(len(both)), upper if free else np.zeros(len(both)))


def _both_ways(matrix: "csc_array[np.int64]", falling: Whole) -> "csc_array[np.int64]":
    """Every column as a rise, then those that can fall once more as a fall."""
    return hstack([matrix, -matrix[:, falling]], format="csc")


class SweepProgram:
    """Rises and falls of the hidden columns only, for many requirements at once.

    A helper per small cell aimed at is the part of its rise that counts: at most what its
    threshold asks. Falling costs such a cell what rising brings it, or it would do both at once.
    """

    def __init__(self, part: Part, hidden: Flags) -> None:
        """Sort out what can move of what is hidden now; what counts 0 cannot fall."""
        self._part = part
        self._hidden = np.flatnonzero(hidden)
        self._falling = np.flatnonzero(part.counts[self._hidden] > 0)
        self._falls = part.counts[self._hidden[self._falling]].astype(np.float64)
        matrix = csr_array(part.matrix[:, self._hidden])
        self._rises = csc_array(matrix[np.flatnonzero(np.diff(matrix.indptr))])
        self._both = _both_ways(self._rises, self._falling)
        self.work = 0  # effort so far

    def solve(self, waiting: Flags, high: bool, rng: np.random.Generator) -> Numbers | None:
        """The change, over all columns of the part, that settles much of what is waiting."""
        count = len(self._hidden)
        wanted = np.exp(rng.uniform(0, _CONTRAST, count))
        wanted[np.logical_not(waiting[self._hidden])] = 0.0
        rise, fall = np.full(count, _TOUCH), np.full(count, _TOUCH)
        helped = np.zeros(0, dtype=np.int64)
        if high:
            helped = np.flatnonzero(wanted)
            fall += _FALLING * wanted
        else:
            rise += wanted
            fall -= wanted
        found = self._solved(rise, fall[self._falling], helped, _TOUCH - wanted[helped])
        if found is None:
            return None
        moved = found[:count]
        moved[self._falling] -= found[count : count + len(self._falling)]
        moved[helped] += found[count + len(self._falling) :]
        change = np.zeros(len(self._part.counts))
        change[self._hidden] = moved
        return change

    def _solved(
        self, rise: Numbers, fall: Numbers, helped: Whole, helper: Numbers
    ) -> Numbers | None:
        """Rises, falls and helpers at these costs."""
        room = self._part.lift[self._hidden[helped]].astype(np.float64)
        cost = np.concatenate([rise, fall, helper])
        program = Program(
            hstack([self._both, self._rises[:, helped]], format="csc"),
            np.zeros(len(cost)),
            np.concatenate([np.full(len(rise), FAR), self._falls, room]),
            cost,
        )
        found = program.solve(afresh=False)
        self.work += program.work
        return found


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
