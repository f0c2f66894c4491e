"""Linear and whole-number programs, by HiGHS: the only place that knows the solver.

SciPy's public ``linprog`` starts every program anew. The search solves thousands of programs
that differ in a few bounds, all from the same starting point, so it talks to the HiGHS object
that SciPy carries (``docs/decisions/statistics-solver.md``). One thread, fixed options: the
same programs in the same order give the same answers.
"""

from typing import Any, Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.optimize._highspy import _core as highs

from hub.statistics.protection.system import Numbers, Whole

Matrix = Any
"""A ``scipy.sparse.csr_array``; SciPy ships no types."""

FAR: Final = 1e6
"""Stands for "no upper limit" of a change."""
WHOLE: Final = 1e-6
"""Nearer to a whole number than this is that number."""
_COLUMNS_PER_STEP: Final = 40
"""Setting so many columns up takes as long as one step."""


class Program:
    """Minimise ``cost @ x`` where ``lower <= x <= upper`` and ``matrix @ x == 0``.

    Starts from the point where all variables stand at their lower limit, which must satisfy the
    rows; with costs of at least 0 a dual simplex then takes few steps.
    """

    def __init__(
        self,
        matrix: Matrix,
        lower: Numbers,
        upper: Numbers,
        cost: Numbers,
    ) -> None:
        """Set up the program; ``matrix`` is a ``csc_array`` of equations x variables."""
        count, columns = matrix.shape
        self._columns = columns
        self._lower, self._upper = lower.copy(), upper.copy()
        self._highs = highs._Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off")):
            self._highs.setOptionValue(option, value)
        self._highs.passModel(
            columns,
            count,
            matrix.nnz,
            int(highs.MatrixFormat.kColwise),
            int(highs.ObjSense.kMinimize),
            0.0,
            cost,
            lower,
            upper,
            np.zeros(count),
            np.zeros(count),
            matrix.indptr[:-1].astype(np.int32),
            matrix.indices.astype(np.int32),
            matrix.data.astype(np.float64),
            np.zeros(columns, dtype=np.int32),
        )
        self.work = 0

    def limit(self, columns: Whole, lower: Numbers, upper: Numbers) -> None:
        """Set new limits for some variables."""
        self._lower[columns], self._upper[columns] = lower, upper
        self._highs.changeColsBounds(len(columns), columns.astype(np.int32), lower, upper)

    def limits(self, columns: Whole) -> tuple[Numbers, Numbers]:
        """The lower and upper limits of some variables."""
        return self._lower[columns], self._upper[columns]

    def price(self, columns: Whole, cost: Numbers) -> None:
        """Set the cost of some variables."""
        self._highs.changeColsCost(len(columns), columns.astype(np.int32), cost)

    def solve(self, afresh: bool) -> Numbers | None:
        """The cheapest x, or None where none exists; ``afresh`` forgets the last answer.

        Adds to ``work`` the steps taken, and what every run costs by its size: a measure of
        effort that does not depend on the clock.
        """
        if afresh:
            self._highs.clearSolver()
        self._highs.run()
        self.work += max(0, self._highs.getInfo().simplex_iteration_count)
        self.work += 1 + self._columns // _COLUMNS_PER_STEP
        if self._highs.getModelStatus() != highs.HighsModelStatus.kOptimal:
            return None
        return np.array(self._highs.getSolution().col_value)

    def solve_whole(self, nodes: int) -> Numbers | None:
        """A cheap x in whole numbers, after at most ``nodes`` branchings; None where none found."""
        whole = highs._Highs()
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("mip_max_nodes", nodes),
            ("mip_rel_gap", 0.5),
            ("mip_abs_gap", 1.0),
        ):
            whole.setOptionValue(option, value)
        model = self._highs.getLp()
        model.integrality_ = [highs.HighsVarType.kInteger] * self._columns
        whole.passModel(model)
        whole.run()
        if whole.getInfo().primal_solution_status != highs.SolutionStatus.kSolutionStatusFeasible:
            return None
        return np.array(whole.getSolution().col_value)


def whole_between(
    rows: Matrix, lower: Numbers, upper: Numbers, cost: Numbers, nodes: int
) -> Whole | None:
    """Whole numbers x between limits with ``rows @ x == 0``, cheap; None where none was found.

    Between whole limits a corner of the real numbers mostly is whole already, and is found ten
    times as fast.
    """
    limits, equal = Bounds(lower, upper), LinearConstraint(rows.astype(np.float64), 0, 0)
    real = milp(cost, bounds=limits, constraints=equal)
    if real.x is None:
        return None
    whole: Whole = np.rint(real.x).astype(np.int64)
    if np.abs(real.x - whole).max(initial=0.0) < WHOLE:
        return whole
    answer = milp(
        cost,
        integrality=np.ones(len(lower)),
        bounds=limits,
        constraints=equal,
        options={"node_limit": nodes, "mip_rel_gap": 0.3},
    )
    return None if answer.x is None else np.rint(answer.x).astype(np.int64)


def fewest_covering(sets: Matrix, cost: Numbers, nodes: int) -> Whole | None:
    """The cheapest columns that hold at least one of each set (row); None where none was found."""
    answer = milp(
        cost,
        integrality=np.ones(len(cost)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(sets.astype(np.float64), 1, np.inf),
        options={"node_limit": nodes},
    )
    return None if answer.x is None else np.flatnonzero(answer.x > 0.5)
