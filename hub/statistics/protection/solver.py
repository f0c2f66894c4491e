"""Linear programs, by HiGHS: the only place that knows the solver.

SciPy's public ``linprog`` starts every program anew. The search solves thousands of programs
that differ in one bound, all from the same starting point, so it talks to the HiGHS object that
SciPy carries (``docs/decisions/statistics-solver.md``). One thread, fixed options: the same
programs in the same order give the same answers.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize._highspy import _core as highs

from hub.statistics.protection.system import Numbers

Columns = NDArray[np.int64]
Matrix = Any
"""A ``scipy.sparse.csr_array``; SciPy ships no types."""

FAR: Final = 1e6
"""Stands for "no upper limit" of a change."""
_INFINITY: Final = float(highs.kHighsInf)


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
        self._all = np.arange(columns, dtype=np.int32)
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

    def limit(self, columns: Columns, lower: Numbers, upper: Numbers) -> None:
        """Set new limits for some variables."""
        self._highs.changeColsBounds(len(columns), columns.astype(np.int32), lower, upper)

    def solve(self, cost: Numbers, afresh: bool = True) -> Numbers | None:
        """The cheapest x, or None where none exists; ``afresh`` forgets the last answer."""
        if afresh:
            self._highs.setBasis(self._start)
        self._highs.changeColsCost(self._columns, self._all, cost)
        self._highs.run()
        if self._highs.getModelStatus() != highs.HighsModelStatus.kOptimal:
            return None
        return np.array(self._highs.getSolution().col_value)

    def solve_whole(self, cost: Numbers, nodes: int) -> Numbers | None:
        """A cheap x in whole numbers, after at most ``nodes`` branchings; None where none found."""
        whole = highs._Highs()
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("mip_max_nodes", nodes),
            ("mip_rel_gap", 0.5),
        ):
            whole.setOptionValue(option, value)
        model = self._highs.getLp()
        model.integrality_ = [highs.HighsVarType.kInteger] * self._columns
        whole.passModel(model)
        whole.changeColsCost(self._columns, self._all, cost)
        whole.run()
        if whole.getInfo().primal_solution_status != highs.SolutionStatus.kSolutionStatusFeasible:
            return None
        return np.array(whole.getSolution().col_value)
