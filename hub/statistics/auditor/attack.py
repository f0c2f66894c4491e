"""The reader's attack on one group of unknowns.

A hidden cell is cleared by a complete whole-number table, checked by adding up, in which it
reaches what is asked of it. Where programs over real or whole numbers say that there is no such
table, the cell is lost. Whatever is neither cleared nor lost counts as unproven.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csr_array, hstack
from scipy.sparse.csgraph import connected_components

from hub.statistics.auditor.reduction import Group, Integers

_TOLERANCE: Final = 1e-6
_LIMIT_TOLERANCE: Final = 1e-4
_FEW_UNKNOWNS: Final = 300
"""Up to so many, the limits of a lost cell are sought in whole numbers."""
_NODES: Final = 5000
_SEED: Final = 20260101
_NEAR_NODES: Final = 200
_MOST_AT_ONCE: Final = 2000
"""A program that aimed at all 12,785 goals of a year had not ended after two minutes; with so many
it takes one second."""
_PATIENCE: Final = 2
_WORTH_A_SWEEP: Final = 5

Flags = NDArray[np.bool_]


@dataclass
class Goals:
    """What is asked of each unknown of a group; cleared goals are taken off.

    Attributes:
        zero: must be possible at 0.
        reach: must be possible at this count or above; 0 where nothing is asked.
    """

    zero: Flags
    reach: Integers

    def clear(self, table: Integers) -> int:
        """Take off what this table shows; how many goals that were."""
        zero = self.zero & (table == 0)
        reach = (self.reach > 0) & (table >= self.reach)
        self.zero &= ~zero
        self.reach[reach] = 0
        return int(zero.sum() + reach.sum())


class Attack:
    """Tables of one group of unknowns, sought one after the other."""

    def __init__(self, group: Group, goals: Goals) -> None:
        """``goals`` is used up: what stands when the attack ends could not be cleared."""
        self._group = group
        self._goals = goals
        self._count = len(group.figures)
        self._equal = LinearConstraint(group.matrix.astype(np.float64), group.right, group.right)
        self._base: Integers | None = None
        self._rng = np.random.default_rng(_SEED)
        self.tables = 0

    def run(self, base: Integers | None = None) -> bool:
        """Clear what can be cleared; False where no table fits the figures at all.

        Args:
            base: a table that is known to fit (the truth, inside the gate).
        """
        if not len(self._group.right):
            self._goals.clear(np.zeros(self._count, dtype=np.int64))
            self._goals.reach[:] = 0
            return True
        if base is not None and self._fits(base):
            self._base = base
        else:
            self._base = self._whole(np.zeros(self._count), None)
        if self._base is None:
            return False
        self._goals.clear(self._base)
        self._sweep(high=True)
        self._sweep(high=False)
        for unknown in np.flatnonzero(self._goals.zero | (self._goals.reach > 0)):
            self._single(int(unknown))
        return True

    def least_and_most(self, unknown: int) -> tuple[int | None, int | None]:
        """Whole numbers between which one unknown lies; None: no limit found.

        Where the group is large they are those of real tables, which may lie a little further
        apart than those of whole-number tables, unless only the latter can tell that the cell
        is lost.
        """
        if self._count > _FEW_UNKNOWNS:
            least, most = self._real_limits(unknown)
            reach = self._goals.reach[unknown]
            if (reach and most is not None and most < reach) or (
                self._goals.zero[unknown] and least
            ):
                return least, most
        aim = np.zeros(self._count)
        aim[unknown] = 1
        low, high = self._whole(aim, None), self._whole(-aim, None)
        return (
            None if low is None else int(low[unknown]),
            None if high is None else int(high[unknown]),
        )

    def _real_limits(self, unknown: int) -> tuple[int | None, int | None]:
        """The same in real tables, brought in to whole numbers."""
        aim = np.zeros(self._count)
        aim[unknown] = 1
        low, high = self._program(aim, whole=False), self._program(-aim, whole=False)
        return (
            None if low is None else int(np.ceil(low[unknown] - _LIMIT_TOLERANCE)),
            None if high is None else int(np.floor(high[unknown] + _LIMIT_TOLERANCE)),
        )

    def _single(self, unknown: int) -> None:
        aim = np.zeros(self._count)
        for high, sign in ((True, -1.0), (False, 1.0)):
            if high and not self._goals.reach[unknown]:
                continue
            if not high and not self._goals.zero[unknown]:
                continue
            limit = float(self._goals.reach[unknown]) if high else None
            aim[unknown] = sign
            found = self._real(aim, None if limit is None else (unknown, limit))
            if found is not None and self._take(found, -aim):
                pending = self._goals.reach[unknown] if high else self._goals.zero[unknown]
                if not pending:
                    continue
            if found is not None and _out_of_reach(found[unknown], limit):
                continue
            whole = self._whole(aim, None if limit is None else (unknown, limit))
            if whole is not None:
                self._goals.clear(whole)

    def _sweep(self, high: bool) -> None:
        """Look for tables that show many cells at once."""
        idle = 0
        while idle < _PATIENCE:
            wanted = self._goals.reach > 0 if high else self._goals.zero
            before = int(wanted.sum())
            if before < 2:
                return
            aims = self._rng.permutation(np.flatnonzero(wanted))[:_MOST_AT_ONCE]
            weight = np.zeros(self._count)
            weight[aims] = np.exp(self._rng.uniform(0, 3, len(aims)))
            found = self._many(weight) if high else self._real(weight, None)
            if found is None:
                return
            self._take(found, weight if high else -weight)
            left = int((self._goals.reach > 0 if high else self._goals.zero).sum())
            idle = 0 if left < before - _WORTH_A_SWEEP else idle + 1

    def _many(self, weight: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """Unknowns as large as possible, each counting no further than is asked of it.

        What counts of an unknown and what does not are two variables, whose sum it is.
        """
        helped = np.flatnonzero(weight)
        rows = hstack([self._group.matrix, self._group.matrix[:, helped]], format="csr")
        top = np.concatenate([np.full(self._count, np.inf), self._goals.reach[helped]])
        answer = milp(
            np.concatenate([np.full(self._count, 1e-6), 1e-6 - weight[helped]]),
            constraints=LinearConstraint(rows, self._group.right, self._group.right),
            bounds=Bounds(np.zeros(len(top)), top),
        )
        if answer.x is None:
            return None
        found = np.asarray(answer.x[: self._count])
        found[helped] += answer.x[self._count :]
        return found

    def _real(
        self, aim: NDArray[np.float64], capped: tuple[int, float] | None
    ) -> NDArray[np.float64] | None:
        """Minimise over real tables; ``capped`` aims at one unknown, no further than a limit."""
        if capped is not None:
            weight = np.zeros(self._count)
            weight[capped[0]] = 1
            return self._many(weight)
        return self._program(aim + 1e-7, whole=False)

    def _whole(self, aim: NDArray[np.float64], least: tuple[int, float] | None) -> Integers | None:
        """A whole-number table that minimises ``aim``, checked; None where none was found."""
        lower = np.zeros(self._count)
        if least is not None:
            lower[least[0]] = least[1]
            aim = np.zeros(self._count)
        found = self._program(aim, whole=True, lower=lower)
        if found is None:
            return None
        table = np.rint(found).astype(np.int64)
        return table if self._fits(table) else None

    def _program(
        self, aim: NDArray[np.float64], whole: bool, lower: NDArray[np.float64] | None = None
    ) -> NDArray[np.float64] | None:
        low = np.zeros(self._count) if lower is None else lower
        answer: Any = milp(
            aim,
            constraints=self._equal,
            bounds=Bounds(low, np.full(self._count, np.inf)),
            integrality=np.full(self._count, int(whole)),
            options={"node_limit": _NODES},
        )
        return None if answer.x is None else np.asarray(answer.x)

    def _fits(self, table: Integers) -> bool:
        """Whether a table obeys every equation, in whole numbers."""
        right = self._group.matrix @ table
        return bool((right == self._group.right).all() and (table >= 0).all())

    def _take(self, found: NDArray[np.float64], wish: NDArray[np.float64]) -> int:
        """Clear by the whole-number form of a real table; how many goals that were.

        Unknowns that hold fractions are rounded together with what is linked to them, as
        ``wish`` (worth of one unit each) would have it; or else fall back to the base table.
        """
        table = np.rint(found).astype(np.int64)
        broken = np.abs(found - table) > _TOLERANCE
        if broken.any() and self._base is not None:
            moved = np.flatnonzero(broken | (table != self._base))
            labels = _labels(csr_array(self._group.matrix[:, moved]))
            group = moved[np.isin(labels, labels[broken[moved]])]
            table[group] = self._rounded(found, table, group, wish)
        if not self._fits(table):
            return 0
        self.tables += 1
        return self._goals.clear(table)

    def _rounded(
        self,
        found: NDArray[np.float64],
        table: Integers,
        group: Integers,
        wish: NDArray[np.float64],
    ) -> Integers:
        """Whole numbers near a real table for some unknowns, the others being given."""
        assert self._base is not None  # noqa: S101 - set before any table is taken
        rest = table.copy()
        rest[group] = 0
        part = csr_array(self._group.matrix[:, group])
        rows = np.flatnonzero(np.diff(part.indptr))
        right = (self._group.right - self._group.matrix @ rest)[rows]
        lower = np.maximum(0, np.floor(found[group] + _TOLERANCE) - 1)
        answer: Any = milp(
            -wish[group],
            constraints=LinearConstraint(part[rows].astype(np.float64), right, right),
            bounds=Bounds(lower, np.maximum(lower, np.ceil(found[group] - _TOLERANCE) + 1)),
            integrality=np.ones(len(group)),
            options={"node_limit": _NEAR_NODES, "mip_rel_gap": 0.2},
        )
        if answer.x is None:
            return self._base[group]
        near: Integers = np.rint(answer.x).astype(np.int64)
        return near


def _out_of_reach(reached: float, limit: float | None) -> bool:
    """Whether the real-number optimum already shows that no whole-number table will do."""
    if limit is None:
        return reached > _TOLERANCE * 100
    return reached < limit - _TOLERANCE * 100


def _labels(matrix: "csr_array[np.int64]") -> Integers:
    both = block_array([[None, matrix], [matrix.T, None]], format="csr")
    labels: Integers = connected_components(both, directed=False)[1][matrix.shape[0] :]
    return labels
