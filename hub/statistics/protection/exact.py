"""The fewest hidden cells, for parts small enough to settle.

Whether a set of hidden cells will do is a matter of one linear program per requirement. Where a
requirement fails, at least one of some set of published cells must be hidden; such sets are
collected, and the fewest cells that meet them all are tried next, until nothing fails. This is
an implicit hitting set, as in Fischetti and Salazar-González (2001) for cell suppression, with
sets in the place of weighted cuts.
"""

from typing import Final

import numpy as np
from scipy.sparse import csr_array

from hub.statistics.protection.linked import Part
from hub.statistics.protection.programs import SingleProgram
from hub.statistics.protection.solver import fewest_covering
from hub.statistics.protection.system import Flags, Whole

_MOST_CANDIDATES: Final = 120
_MOST_REQUIREMENTS: Final = 120
_MOST_PROGRAMS: Final = 3000
_NODES: Final = 2000


class _WorkDoneError(Exception):
    """The work allowed is used up."""


def fewest_hidden(part: Part, rng: np.random.Generator) -> Flags | None:
    """The columns to hide, those hidden from the start included; None where it takes too long.

    The number of cells counts first, then their cost. In real numbers the answer is exact; that
    whole-number tables exist as well remains to be shown by the proof tables.
    """
    candidates = np.flatnonzero(np.logical_not(part.hidden))
    requirements = [(int(c), False) for c in np.flatnonzero(part.to_zero)]
    requirements += [(int(c), True) for c in np.flatnonzero(part.lift > 0)]
    if len(candidates) > _MOST_CANDIDATES or len(requirements) > _MOST_REQUIREMENTS:
        return None
    attempt = _Attempt(part, rng)
    cost = 1.0 + part.cost[candidates] / (1.0 + part.cost[candidates].sum())
    sets: list[Whole] = []
    chosen = np.zeros(0, dtype=np.int64)
    try:
        while True:
            attempt.hide(chosen)
            new = [s for s in (attempt.blocking(*r) for r in requirements) if s is not None]
            if not new:
                hidden = part.hidden.copy()
                hidden[chosen] = True
                return hidden
            sets += new
            picked = fewest_covering(_incidence(sets, candidates), cost, _NODES)
            if picked is None:
                return None
            chosen = candidates[picked]
    except _WorkDoneError:
        return None


class _Attempt:
    """One choice of hidden cells, and what stands in its way."""

    def __init__(self, part: Part, rng: np.random.Generator) -> None:
        self._program = SingleProgram(part, part.hidden, rng)
        self._part = part
        self._rng = rng
        self._hidden = part.hidden
        self._left = _MOST_PROGRAMS

    def hide(self, columns: Whole) -> None:
        """Hide these columns, beside those hidden from the start, and no others."""
        self._hidden = self._part.hidden.copy()
        self._hidden[columns] = True
        self._program.follow(self._hidden)

    def blocking(self, column: int, high: bool) -> Whole | None:
        """Published cells of which one at least must be hidden; None where nothing is needed."""
        if self._possible(column, high):
            return None
        blocking = []
        freed = self._hidden.copy()
        for candidate in self._rng.permutation(np.flatnonzero(np.logical_not(freed))):
            freed[candidate] = True
            self._program.follow(freed)
            if self._possible(column, high):
                freed[candidate] = False
                blocking.append(int(candidate))
        self._program.follow(self._hidden)
        return np.array(blocking, dtype=np.int64)

    def _possible(self, column: int, high: bool) -> bool:
        if not self._left:
            raise _WorkDoneError
        self._left -= 1
        return self._program.solve(column, high, hiding=False) is not None


def _incidence(sets: list[Whole], candidates: Whole) -> "csr_array[np.int64]":
    """Sets x candidates: 1 where the candidate is of the set."""
    where = np.concatenate([np.searchsorted(candidates, s) for s in sets])
    starts = np.cumsum([0, *(len(s) for s in sets)])
    ones = np.ones(len(where), dtype=np.int64)
    return csr_array((ones, where, starts), shape=(len(sets), len(candidates)))
