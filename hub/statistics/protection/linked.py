"""Parts of the system that can be protected one by one.

Published figures cut the system: what hangs together only through them is independent. Each
part is small, which makes its programs quick.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import block_array, csr_array
from scipy.sparse.csgraph import connected_components

from hub.statistics.protection.system import Flags, Numbers, System, Whole


@dataclass(frozen=True)
class Part:
    """Columns that equations tie together, renumbered from 0.

    Attributes:
        columns: the columns' numbers in the system, ascending.
        matrix: equations x columns of this part.
        counts: true counts.
        hidden: columns that are hidden from the start; the others may be published or hidden.
        to_zero: columns that must be shown at 0 by some table.
        lift: what must be added to reach the threshold; 0 where nothing is asked.
        cost: what it costs to hide a column.
        blocks: groups of columns that are independent of each other as long as no other column
            moves: the cells of the topics below one main topic. Fewer than two are none.
    """

    columns: Whole
    matrix: "csr_array[np.int64]"
    counts: Whole
    hidden: Flags
    to_zero: Flags
    lift: Whole
    cost: Numbers
    blocks: tuple[Whole, ...] = ()


def rigid_columns(system: System) -> Flags:
    """Columns with one possible value only, given what is public, by single equations."""
    matrix = abs(system.matrix).sign()
    rigid = system.fixed.copy()
    while True:
        free = matrix @ (~rigid).astype(np.int64)
        alone = matrix[np.flatnonzero(free == 1)]
        found = np.unique(alone.indices[~rigid[alone.indices]])
        if not found.size:
            return rigid
        rigid[found] = True


def component_labels(matrix: "csr_array[np.int64]") -> Whole:
    """Label per column: columns with the same label are tied together by equations (rows)."""
    both = block_array([[None, matrix], [matrix.T, None]], format="csr")
    _, labels = connected_components(both, directed=False)
    of_columns: Whole = labels[matrix.shape[0] :].astype(np.int64)
    return of_columns


def _blocks(matrix: "csr_array[np.int64]", inner: Flags) -> tuple[Whole, ...]:
    """The inner columns, in groups that no equation ties together."""
    within = np.flatnonzero(inner)
    labels = component_labels(csr_array(matrix[:, within]))
    return tuple(within[labels == label] for label in np.unique(labels))


def parts(system: System, rigid: Flags, costs: Numbers, inner: Flags) -> Iterator[Part]:
    """The independent parts that hold at least one small cell.

    Args:
        system: the whole system.
        rigid: its rigid columns, from ``rigid_columns``.
        costs: cost of hiding, per column.
        inner: columns whose cell is of a topic that no other topic adds up to.
    """
    cells = len(system.cells)
    to_zero = np.zeros(len(system.counts), dtype=np.bool_)
    to_zero[:cells] = system.small & (system.counts[:cells] > 0)
    lift = np.zeros(len(system.counts), dtype=np.int64)
    lift[:cells] = np.where(
        system.small, np.maximum(0, system.thresholds - system.counts[:cells]), 0
    )
    free = np.flatnonzero(~rigid)
    matrix = csr_array(system.matrix[:, free])
    labels = component_labels(matrix)
    asked = to_zero[free] | (lift[free] > 0)
    for label in np.unique(labels[asked]):
        mine = np.flatnonzero(labels == label)
        columns = free[mine]
        rows = csr_array(matrix[:, mine])
        rows = csr_array(rows[np.flatnonzero(np.diff(rows.indptr))])
        yield Part(
            columns,
            rows,
            system.counts[columns],
            system.hidden[columns],
            to_zero[columns],
            lift[columns],
            costs[columns],
            _blocks(rows, inner[columns]),
        )
