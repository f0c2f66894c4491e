"""Small tables, and the fewest cells of them that have to be hidden, by an exact solver."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, kron, vstack

from hub.statistics.protection import Cell, Count
from hub.statistics.protection.system import System

FAR = 15
"""No proof of these small tables needs a larger change."""


def random_table(seed: int) -> tuple[dict[Cell, Count], dict[str, dict[str, list[str]]]]:
    """A skewed two-way table of three or four rows and columns, with totals."""
    rng = np.random.default_rng(seed)
    rows, columns = (int(n) for n in rng.integers(3, 5, 2))
    mean = 9 * np.outer(rng.gamma(1.5, 0.7, rows), rng.gamma(1.5, 0.7, columns))
    grid = rng.poisson(mean)
    cells: dict[Cell, Count] = {}
    for (r, c), count in np.ndenumerate(grid):
        for topic in (f"T{r}", "ALL"):
            for period in (f"M{c}", "ALL"):
                cell = Cell(topic=topic, period=period)
                cells[cell] = Count(cells.get(cell, Count(0)).number + int(count))
    topics, months = [f"T{r}" for r in range(rows)], [f"M{c}" for c in range(columns)]
    return cells, {"topic": {"ALL": topics}, "period": {"ALL": months}}


def fewest(system: System) -> int:
    """Fewest cells hidden besides the small ones: one table per requirement, all at once."""
    cells, counts = len(system.cells), system.counts.astype(float)
    wanted = [(i, True) for i in np.flatnonzero(system.small)]
    wanted += [(i, False) for i in np.flatnonzero(system.small) if counts[i]]
    if not wanted:
        return 0
    tables = len(wanted)
    falls = np.minimum(counts, FAR)
    lower = np.concatenate([system.small.astype(float), np.tile(-falls, tables)])
    upper = np.concatenate([np.ones(cells), np.full(cells * tables, float(FAR))])
    for number, (cell, high) in enumerate(wanted):
        at = cells * (number + 1) + cell
        lower[at] = 5 - counts[cell] if high else -counts[cell]
        upper[at] = FAR if high else -counts[cell]
    equations = csr_array(kron(eye_array(tables), system.matrix))
    no_choice = csr_array((equations.shape[0], cells))
    choice = vstack([eye_array(cells)] * tables)
    change = eye_array(cells * tables)
    fall = choice.multiply(np.tile(falls, tables)[:, None])
    answer = milp(
        np.concatenate([(~system.small).astype(float), np.zeros(cells * tables)]),
        integrality=np.concatenate([np.ones(cells), np.zeros(cells * tables)]),
        bounds=Bounds(lower, upper),
        constraints=[
            LinearConstraint(hstack([no_choice, equations]), 0, 0),
            LinearConstraint(hstack([-FAR * choice, change]), -np.inf, 0),
            LinearConstraint(hstack([fall, change]), 0, np.inf),
        ],
    )
    assert answer.success
    return round(answer.fun)
