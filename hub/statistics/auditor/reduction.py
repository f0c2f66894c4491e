"""What follows by subtraction alone, and the independent groups of unknowns that remain."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import block_array, csr_array
from scipy.sparse.csgraph import connected_components

from hub.statistics.auditor.knowledge import Knowledge

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Group:
    """Unknowns that equations tie together: ``matrix @ x == right``, x whole and at least 0."""

    figures: Integers
    matrix: "csr_array[np.int64]"
    right: Integers


@dataclass(frozen=True)
class Reduced:
    """What subtraction yields.

    Attributes:
        values: per figure its value, -1 where still unknown.
        broken: rows that cannot hold, with what the known figures leave over.
        groups: the unknowns that remain, group by group.
    """

    values: Integers
    broken: tuple[tuple[int, int], ...]
    groups: tuple[Group, ...]


def reduce(knowledge: Knowledge) -> Reduced:
    """Subtract whatever leaves one unknown, again and again, and split what remains."""
    matrix = _matrix(knowledge)
    values = np.array([-1 if v is None else v for v in knowledge.values], dtype=np.int64)
    rows = _useful_rows(knowledge, matrix, values)
    broken: list[tuple[int, int]] = []
    while True:
        free = abs(matrix[rows]).sign() @ (values < 0).astype(np.int64)
        right = -(matrix[rows] @ np.maximum(values, 0))
        broken += _wrong(rows, free, right)
        rows, free, right = rows[free > 0], free[free > 0], right[free > 0]
        single = np.flatnonzero(free == 1)
        if not single.size:
            break
        for at in single:
            _subtract(matrix, int(rows[at]), int(right[at]), values, broken)
    return Reduced(values, tuple(broken), tuple(_groups(matrix, rows, values)))


def _matrix(knowledge: Knowledge) -> "csr_array[np.int64]":
    starts = np.cumsum([0, *(len(row) for row in knowledge.rows)])
    where = np.array([c for row in knowledge.rows for c in row], dtype=np.int64)
    factors = np.array([f for row in knowledge.rows for f in row.values()], dtype=np.int64)
    return csr_array((factors, where, starts), shape=(len(knowledge.rows), len(knowledge.keys)))


def _useful_rows(knowledge: Knowledge, matrix: "csr_array[np.int64]", values: Integers) -> Integers:
    """Rows that say something: not those that merely define a total nobody else uses."""
    rows = np.arange(matrix.shape[0])
    positive = (matrix > 0).sum(axis=1)
    while True:
        part = matrix[rows].tocsc()
        uses = np.diff(part.indptr)
        idle = np.flatnonzero((uses == 1) & (values < 0))
        idle = idle[idle >= knowledge.listed]
        totals = idle[part.data[part.indptr[idle]] > 0]
        defining = part.indices[part.indptr[totals]]
        spare = defining[positive[rows[defining]] == 1]
        if not spare.size:
            return rows
        rows = np.delete(rows, spare)


def _wrong(rows: Integers, free: Integers, right: Integers) -> Iterator[tuple[int, int]]:
    for at in np.flatnonzero((free == 0) & (right != 0)):
        yield int(rows[at]), int(right[at])


def _subtract(
    matrix: "csr_array[np.int64]",
    row: int,
    right: int,
    values: Integers,
    broken: list[tuple[int, int]],
) -> None:
    """Enter the one unknown of a row; or note that no whole number of at least 0 fits."""
    part = slice(matrix.indptr[row], matrix.indptr[row + 1])
    for figure, factor in zip(matrix.indices[part], matrix.data[part], strict=True):
        if values[figure] < 0:
            value, rest = divmod(right, int(factor))
            if rest or value < 0:
                broken.append((row, right))
            values[figure] = max(0, value)


def _groups(matrix: "csr_array[np.int64]", rows: Integers, values: Integers) -> Iterator[Group]:
    figures = np.flatnonzero(values < 0)
    part = csr_array(matrix[rows][:, figures])
    right = -(matrix[rows] @ np.maximum(values, 0))
    both = block_array([[None, part], [part.T, None]], format="csr")
    count, labels = connected_components(both, directed=False)
    of_rows, of_figures = labels[: len(rows)], labels[len(rows) :]
    for label in range(count):
        mine = np.flatnonzero(of_figures == label)
        ties = np.flatnonzero(of_rows == label)
        yield Group(figures[mine], csr_array(part[ties][:, mine]), right[ties])
