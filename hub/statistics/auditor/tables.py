"""Complete tables that fit the figures of one group of unknowns, by programs over all of them.

Whole-number tables are what counts; tables in real numbers are quick, and rounded afterwards.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csr_array, hstack
from scipy.sparse.csgraph import connected_components

from hub.statistics.auditor.reduction import Group, Integers

TOLERANCE: Final = 1e-6
INFEASIBLE: Final = 2
"""SciPy's status of a program that has no answer."""
TOUCH: Final = 1e-6
"""What an unknown that nothing is asked of costs: it had better not grow."""
_AWAY: Final = 5
_NODES: Final = 5000
_NEAR_NODES: Final = 200

Flags = NDArray[np.bool_]
Reals = NDArray[np.float64]


@dataclass(frozen=True)
class First:
    """A table that fits; None where none was found, ``impossible`` where that is proved."""

    table: Integers | None
    impossible: bool = False


class Tables:
    """Finds tables of one group."""

    def __init__(self, group: Group) -> None:
        """``group`` gives the equations."""
        self.matrix, self.right = group.matrix, group.right
        self.count = len(group.figures)
        self.odd = np.unique(group.matrix.indices[np.abs(group.matrix.data) > 1])
        """Unknowns with a factor: visits, which hold up to five questions."""
        self._equal = LinearConstraint(group.matrix.astype(np.float64), group.right, group.right)

    def fits(self, table: Integers) -> bool:
        """Whether a table obeys every equation, in whole numbers."""
        return bool((self.matrix @ table == self.right).all() and (table >= 0).all())

    def first(self) -> First:
        """Some table that fits: near one in real numbers, or else anywhere.

        An unknown may move as far as the largest factor of its equations: a visit more makes
        room for up to five questions. Visits and what hangs on them keep away from their limits
        where they can, since they stand still in much of what follows.
        """
        factors = _largest_factors(self.matrix)
        tied = (factors > 1).astype(np.float64)
        real = self.most(tied, np.full(self.count, _AWAY))
        if real is None:
            return First(None, impossible=True)
        away = np.sign(np.rint(real) - real)
        low, top = np.floor(real + TOLERANCE), np.ceil(real - TOLERANCE)
        for steps in (1, 2):
            reach = steps * factors
            near = self._answer(away, np.maximum(0, low - reach), top + reach, whole=True)
            table = self._checked(near.x)
            if table is not None:
                return First(table)
        anywhere = self._answer(np.zeros(self.count), 0, np.inf, whole=True)
        return First(self._checked(anywhere.x), anywhere.status == INFEASIBLE)

    def whole(self, aim: Reals, low: Reals | float = 0) -> Integers | None:
        """A whole-number table of at least ``low`` that minimises ``aim``; None: none found."""
        return self._checked(self._answer(aim, low, np.inf, whole=True).x)

    def real(self, aim: Reals, low: Reals | float = 0, top: Reals | float = np.inf) -> Reals | None:
        """The table in real numbers between limits that minimises ``aim``; None: there is none."""
        answer = self._answer(aim, low, top, whole=False)
        return None if answer.x is None else np.asarray(answer.x)

    def most(
        self, weight: Reals, enough: Integers, low: Reals | float = 0, top: Reals | float = np.inf
    ) -> Reals | None:
        """A table in real numbers, unknowns as large as possible; None: there is none.

        What counts of an unknown and what does not are two variables, whose sum it is.

        Args:
            weight: what one unit of an unknown is worth.
            enough: as far as that counts.
            low, top: limits of all unknowns.
        """
        helped = np.flatnonzero(weight)
        least = np.zeros(self.count) + low
        room = np.zeros(self.count) + top - least
        right = self.right - self.matrix @ least
        answer = milp(
            np.concatenate([np.full(self.count, TOUCH), TOUCH - weight[helped]]),
            constraints=LinearConstraint(
                hstack([self.matrix, self.matrix[:, helped]], format="csr"), right, right
            ),
            bounds=Bounds(0, np.concatenate([room, np.minimum(enough[helped], room[helped])])),
        )
        if answer.x is None:
            return None
        found: Reals = least + answer.x[: self.count]
        found[helped] += answer.x[self.count :]
        return found

    def rounded(self, found: Reals, base: Integers, wish: Reals) -> Integers | None:
        """The whole-number form of a table in real numbers; None where it does not fit.

        Unknowns that hold fractions are rounded together with what is linked to them, as
        ``wish`` (worth of one unit each) would have it; or else fall back to the base table.
        """
        table = np.rint(found).astype(np.int64)
        broken = np.abs(found - table) > TOLERANCE
        if broken.any():
            moved = np.flatnonzero(broken | (table != base))
            labels = _labels(csr_array(self.matrix[:, moved]))
            group = moved[np.isin(labels, labels[broken[moved]])]
            near = self._near(found, table, group, wish)
            table[group] = base[group] if near is None else near
        return table if self.fits(table) else None

    def _near(self, found: Reals, table: Integers, group: Integers, wish: Reals) -> Integers | None:
        """Whole numbers near a real table for some unknowns, the others being given."""
        rest = table.copy()
        rest[group] = 0
        part = csr_array(self.matrix[:, group])
        rows = np.flatnonzero(np.diff(part.indptr))
        right = (self.right - self.matrix @ rest)[rows]
        lower = np.maximum(0, np.floor(found[group] + TOLERANCE) - 1)
        answer: Any = milp(
            -wish[group],
            constraints=LinearConstraint(part[rows].astype(np.float64), right, right),
            bounds=Bounds(lower, np.maximum(lower, np.ceil(found[group] - TOLERANCE) + 1)),
            integrality=np.ones(len(group)),
            options={"node_limit": _NEAR_NODES, "mip_rel_gap": 0.2},
        )
        return None if answer.x is None else np.rint(answer.x).astype(np.int64)

    def _answer(self, aim: Reals, low: Reals | float, top: Reals | float, whole: bool) -> Any:
        return milp(
            aim,
            constraints=self._equal,
            bounds=Bounds(low, top),
            integrality=np.full(self.count, int(whole)),
            options={"node_limit": _NODES},
        )

    def _checked(self, found: Any) -> Integers | None:
        """A whole-number answer, if it adds up."""
        if found is None:
            return None
        table: Integers = np.rint(found).astype(np.int64)
        return table if self.fits(table) else None


def _largest_factors(matrix: "csr_array[np.int64]") -> Reals:
    """The largest factor, per unknown, of all equations it stands in."""
    entries = matrix.tocoo()
    of_rows, of_unknowns = np.zeros(matrix.shape[0]), np.zeros(matrix.shape[1])
    np.maximum.at(of_rows, entries.row, np.abs(entries.data))
    np.maximum.at(of_unknowns, entries.col, of_rows[entries.row])
    return of_unknowns


def _labels(matrix: "csr_array[np.int64]") -> Integers:
    both = block_array([[None, matrix], [matrix.T, None]], format="csr")
    labels: Integers = connected_components(both, directed=False)[1][matrix.shape[0] :]
    return labels
