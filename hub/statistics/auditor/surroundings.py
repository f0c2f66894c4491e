"""Tables that differ from a known one only around one unknown.

In a large group a program over all unknowns takes seconds for one goal. Most goals are reached by
moving a few figures: those that share an equation with the unknown, those that share one with
these, and so on. A table found that way is as good as any; none found tells nothing.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

from hub.statistics.auditor.reduction import Group, Integers
from hub.statistics.auditor.tables import INFEASIBLE, TOLERANCE

_NODES: Final = 200


@dataclass(frozen=True)
class Moved:
    """What came of moving some unknowns.

    Attributes:
        table: whole numbers, not yet checked by adding up; None where none was found.
        impossible: the goal is reached only if further unknowns move.
    """

    table: Integers | None
    impossible: bool = False


class Surroundings:
    """Moves the unknowns around one of them."""

    def __init__(self, group: Group) -> None:
        """``group`` gives the equations; tables are over all its unknowns."""
        self._matrix = group.matrix
        self._ties = csr_array(group.matrix.T)

    def move(self, base: Integers, unknown: int, least: int | None, most: int) -> Moved:
        """Look for a table in which one unknown stands at ``least`` or above, or at 0.

        Args:
            base: a table that fits; all but ``most`` unknowns stay as they are there.
            unknown: whose goal it is.
            least: the count to be reached; None asks for 0.
            most: how many unknowns may move.
        """
        near = self._around(unknown, most)
        rows = csr_array(self._matrix[:, near])
        rows = csr_array(rows[np.flatnonzero(np.diff(rows.indptr))])
        limits = _limits(base[near], int(np.searchsorted(near, unknown)), least)
        answer = _least_moves(rows, limits)
        if answer.x is None:
            return Moved(None, impossible=answer.status == INFEASIBLE)
        moves = np.rint(answer.x).astype(np.int64)
        table = base.copy()
        table[near] += moves[: len(near)] - moves[len(near) :]
        return Moved(table)

    def _around(self, unknown: int, most: int) -> Integers:
        """So many unknowns nearest to one, ascending."""
        if most >= self._matrix.shape[1]:
            return np.arange(self._matrix.shape[1])
        found = np.zeros(self._matrix.shape[1], dtype=np.bool_)
        found[unknown] = True
        ring, size = np.array([unknown]), 1
        while ring.size and size < most:
            rows = np.unique(self._ties[ring].indices)
            ring = np.unique(self._matrix[rows].indices)
            ring = ring[~found[ring]][: most - size]
            found[ring] = True
            size += len(ring)
        return np.flatnonzero(found)


def _limits(base: Integers, place: int, least: int | None) -> Bounds:
    """Limits of all rises, then of all falls, where one of them is told what to do."""
    count = len(base)
    lower = np.zeros(2 * count)
    upper = np.concatenate([np.full(count, np.inf), base])
    if least is None:
        lower[count + place], upper[place] = base[place], 0.0
    else:
        lower[place], upper[count + place] = least - base[place], 0.0
    return Bounds(lower, upper)


def _least_moves(rows: "csr_array[np.int64]", limits: Bounds) -> Any:
    """The answer in whole numbers, few in sum; a corner of the real numbers mostly is whole."""
    both = hstack([rows, -rows], format="csr").astype(np.float64)
    equal, cost = LinearConstraint(both, 0, 0), np.ones(both.shape[1])
    answer = milp(cost, bounds=limits, constraints=equal)
    if answer.x is None or np.abs(answer.x - np.rint(answer.x)).max() < TOLERANCE:
        return answer
    return milp(
        cost,
        bounds=limits,
        constraints=equal,
        integrality=cost,
        options={"node_limit": _NODES, "mip_rel_gap": 0.5},
    )
