"""The columns around one column, few enough for a program that takes milliseconds.

A cell is lifted or emptied at the cost of cells it shares an equation with, and those at the cost
of theirs: three or four equations away lie the corners that close the circle. A change found
among them obeys every equation, since all other columns stand still.
"""

from typing import Final

import numpy as np
from scipy.sparse import csr_array

from hub.statistics.protection.linked import Part
from hub.statistics.protection.system import Flags, Whole

_CHEAPEST: Final = 12
"""In an equation of more columns only so many of those that are not hidden are looked at."""


class Nearby:
    """Finds the surroundings of columns of one part."""

    def __init__(self, part: Part) -> None:
        """Sort out which columns of long equations are the cheapest to hide."""
        self._part = part
        self._equations = part.matrix
        self._columns = csr_array(part.matrix.T)
        lengths = np.diff(part.matrix.indptr)
        equation = np.repeat(np.arange(len(lengths)), lengths)
        order = np.lexsort(
            (part.cost[part.matrix.indices], part.hidden[part.matrix.indices], equation)
        )
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order)) - np.repeat(part.matrix.indptr[:-1], lengths)
        self._cheap = rank < _CHEAPEST

    def around(self, column: int, hidden: Flags, most: int) -> Whole:
        """At most so many columns nearest to one, ascending; the hidden ones of a ring first.

        Args:
            column: in the middle.
            hidden: what is hidden now, per column.
            most: how many columns are enough.
        """
        if most >= len(hidden):
            return np.arange(len(hidden))
        found = np.zeros(len(hidden), dtype=np.bool_)
        met = np.zeros(self._equations.shape[0], dtype=np.bool_)
        found[column] = True
        ring, size = np.array([column]), 1
        while ring.size and size < most:
            equations = np.unique(_entries(self._columns, ring)[1])
            equations = equations[~met[equations]]
            met[equations] = True
            places, columns = _entries(self._equations, equations)
            ring = np.unique(columns[hidden[columns] | self._cheap[places]])
            ring = ring[~found[ring]]
            order = np.lexsort((self._part.cost[ring], ~hidden[ring]))
            ring = ring[order[: most - size]]
            found[ring] = True
            size += len(ring)
        return np.flatnonzero(found)

    def within(self, columns: Whole) -> Part:
        """The part that is left where only some columns may move."""
        part = self._part
        places, equations = _entries(self._columns, columns)
        rows, where = np.unique(equations, return_inverse=True)
        lengths = np.diff(self._columns.indptr)[columns]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        across = csr_array(
            (self._columns.data[places], where, starts), shape=(len(columns), len(rows))
        )
        return Part(
            part.columns[columns],
            csr_array(across.T.tocsr()),
            part.counts[columns],
            part.hidden[columns],
            part.to_zero[columns],
            part.lift[columns],
            part.cost[columns],
        )


def _entries(matrix: "csr_array[np.int64]", rows: Whole) -> tuple[Whole, Whole]:
    """Places of the entries of some rows in the matrix's arrays, and the columns they are in."""
    starts = matrix.indptr[rows].astype(np.int64)
    lengths = matrix.indptr[rows + 1] - starts
    ends = np.cumsum(lengths)
    places = np.arange(ends[-1] if ends.size else 0) + np.repeat(starts - ends + lengths, lengths)
    return places, matrix.indices[places].astype(np.int64)
