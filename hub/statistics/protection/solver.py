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
_INFINITY: Final = float(highs.kHighsInf)
_WHOLE: Final = 1e-6
_COLUMNS_PER_STEP: Final = 40
"""Setting so many columns up takes as long as one step."""


class Program:
    """Minimise ``cost @ x`` where ``lower <= x <= upper`` and ``rows @ x`` lies in its limits.

    Starts from the point where all variables stand at their lower limit, which must satisfy the
    rows; with costs of at least 0 a dual simplex then takes few steps.
    """

    def __init__(
        self, rows: Matrix, row_lower: Numbers, lower: Numbers, upper: Numbers, presolve: bool
    ) -> None:
        """Set up the program; ``row_lower`` is 0 or minus infinity, all row upper limits are 0."""
        count, columns = rows.shape
        model = highs.HighsLp()
        model.num_col_, model.num_row_ = columns, count
        model.col_cost_ = np.zeros(columns)
        model.col_lower_, model.col_upper_ = lower, upper
        model.row_lower_ = np.maximum(row_lower, -_INFINITY)
        model.row_upper_ = np.zeros(count)
        model.a_matrix_.format_ = highs.MatrixFormat.kRowwise
        model.a_matrix_.start_ = rows.indptr.astype(np.int32)
        model.a_matrix_.index_ = rows.indices.astype(np.int32)
        model.a_matrix_.value_ = rows.data.astype(np.float64)
        self._columns = columns
        self._highs = highs._Highs()
        for option, value in (("output_flag", False), ("threads", 1)):
            self._highs.setOptionValue(option, value)
        if not presolve:
            self._highs.setOptionValue("presolve", "off")
        self._highs.passModel(model)
        self._start = highs.HighsBasis()
        self._start.col_status = [highs.HighsBasisStatus.kLower] * columns
        self._start.row_status = [highs.HighsBasisStatus.kBasic] * count
        self._start.valid = True
        self.work = 0

    def limit(self, columns: Whole, lower: Numbers, upper: Numbers) -> None:
        """Set new limits for some variables."""
        self._highs.changeColsBounds(len(columns), columns.astype(np.int32), lower, upper)

    def price(self, columns: Whole, cost: Numbers) -> None:
        """Set the cost of some variables."""
        self._highs.changeColsCost(len(columns), columns.astype(np.int32), cost)

    def solve(self, afresh: bool) -> Numbers | None:
        """The cheapest x, or None where none exists; ``afresh`` forgets the last answer.

        Adds to ``work`` the steps taken, and what every run costs by its size: a measure of
        effort that does not depend on the clock.
        """
        if afresh:
            self._highs.setBasis(self._start)
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
    if np.abs(real.x - whole).max(initial=0.0) < _WHOLE:
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
