"""From a change in real numbers to one in whole numbers that obeys the same equations."""

from typing import Final

import numpy as np
from scipy.sparse import csr_array

from hub.statistics.protection.linked import component_labels
from hub.statistics.protection.solver import WHOLE, whole_between
from hub.statistics.protection.system import Numbers, Whole

_NODES: Final = 200


def to_whole(
    matrix: "csr_array[np.int64]",
    change: Numbers,
    least: Numbers,
    worth: Numbers,
    reach: int = 1,
) -> Whole | None:
    """Round a change; groups of columns that hold fractions are rounded together.

    Changes that share no equation are independent: a group without fractions is kept as it is.
    The others are rounded by one small whole-number program near the real change; where it has
    no answer, they are set back to 0.

    Args:
        matrix: equations x columns.
        change: obeys the equations in real numbers.
        least: lowest change allowed per column (never below minus its count).
        worth: what one unit of change is worth per column; the rounding maximises it.
        reach: how far a rounded change may lie from the real one, beyond rounding itself.

    Returns:
        The whole-number change, or None where setting back violates ``least``.
    """
    whole = np.rint(change).astype(np.int64)
    broken = np.abs(change - whole) > WHOLE
    if broken.any():
        touched = np.flatnonzero(np.abs(change) > WHOLE)
        labels = component_labels(csr_array(matrix[:, touched]))
        group = touched[np.isin(labels, labels[broken[touched]])]
        whole[group] = _rounded(matrix, change, least, worth, reach, group)
    if (whole < least).any() or (matrix @ whole).any():
        return None
    return whole


def _rounded(
    matrix: "csr_array[np.int64]",
    change: Numbers,
    least: Numbers,
    worth: Numbers,
    reach: int,
    group: Whole,
) -> Whole:
    lower = np.maximum(np.floor(change[group] + WHOLE) - reach, least[group])
    upper = np.maximum(np.ceil(change[group] - WHOLE) + reach, lower)
    rows = csr_array(matrix[:, group])
    rows = csr_array(rows[np.flatnonzero(np.diff(rows.indptr))])
    found = whole_between(rows, lower, upper, -worth[group], _NODES)
    return np.zeros(len(group), dtype=np.int64) if found is None else found
