"""The system of equations that every published figure belongs to.

Columns are the cells, then ghosts: whole numbers of at least 0 that no table shows but that a
reader can reason about. A ghost is a total that was skipped between its parts and a higher
total, the part of a parent whose children are not all in the plan, or the room that an
inequality between two cells leaves. With ghosts everything a reader knows
is one system ``matrix @ counts == 0`` in whole numbers ``counts >= 0``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from hub.statistics.protection.cells import (
    ALL,
    DIMENSIONS,
    QUESTIONS,
    VISITS,
    Cell,
    CellError,
    Children,
    Count,
    check_children,
    child_lists,
)

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]

VISITS_THRESHOLD: Final = 20
"""Least number of visits of a hub and period that is shown."""
QUESTIONS_PER_VISIT: Final = 5
"""A visit holds at most this many questions."""
LARGEST_COUNT: Final = 10**9
"""Counts above this would leave the range in which the solver's arithmetic is exact enough."""


Codes = tuple[str, ...]
"""A cell without its code in one dimension."""


class Term(NamedTuple):
    """One row of the system: coefficients by column, summing to 0 over the true counts."""

    columns: tuple[int, ...]
    factors: tuple[int, ...]


@dataclass(frozen=True)
class System:
    """Cells and ghosts with their true counts, and every equation between them.

    Attributes:
        cells: the cells, sorted; column ``i`` of the system is ``cells[i]``.
        counts: true counts, one per column, ghosts after the cells.
        thresholds: one per cell.
        small: per cell, whether 0 and the threshold must both stay possible.
        fixed: per column, whether the figure is public and so the same in every table.
        hidden: per column, whether the figure was hidden for ever (small, earlier or ghost).
        matrix: equations x columns, whole numbers; ``matrix @ counts == 0``.
    """

    cells: tuple[Cell, ...]
    counts: Whole
    thresholds: Whole
    small: Flags
    fixed: Flags
    hidden: Flags
    matrix: "csr_array[np.int64]"


def threshold_of(cell: Cell, count: Count, threshold: int) -> int:
    """The threshold that holds for a cell: its own from an earlier release, else the present one.

    Visits are shown from 20 upwards, or from the present threshold where that is higher.
    """
    if count.threshold is not None:
        return count.threshold
    return max(VISITS_THRESHOLD, threshold) if cell.measure == VISITS else threshold


def build_system(
    cells: Mapping[Cell, Count],
    children: Children,
    threshold: int,
    published: Mapping[Cell, int | None],
) -> System:
    """Put cells, lists and what is already public into one system.

    Args:
        cells: true count of every cell of the new release and of every earlier cell that
            belongs with them.
        children: the lists of children.
        threshold: least count that is shown.
        published: earlier cells; their value, or None where they were hidden.

    Raises:
        CellError: a count is negative or too large, totals do not equal their parts, or
            a published figure differs from the count.
    """
    check_children(children)
    order = tuple(sorted(cells))
    _check_counts(cells, published)
    counts = [cells[cell].number for cell in order]
    index = {cell: i for i, cell in enumerate(order)}
    for cell, count in _bridges(cells, children).items():
        index[cell] = len(counts)
        counts.append(count)
    terms: list[Term] = []
    for term, room in _terms(index, children, counts):
        if room is None:
            terms.append(term)
        else:
            terms.append(Term((*term.columns, len(counts)), (*term.factors, -1)))
            counts.append(room)
    thresholds = np.array([threshold_of(c, cells[c], threshold) for c in order], dtype=np.int64)
    visits = np.array([_visits(cells[c]) for c in order], dtype=np.int64)
    number = np.array(counts, dtype=np.int64)
    fixed = np.zeros(len(counts), dtype=np.bool_)
    fixed[: len(order)] = [published.get(c) is not None for c in order]
    small = (np.minimum(number[: len(order)], visits) < thresholds) & ~fixed[: len(order)]
    hidden = np.ones(len(counts), dtype=np.bool_)
    hidden[: len(order)] = small | [c in published and published[c] is None for c in order]
    return System(order, number, thresholds, small, fixed, hidden, _matrix(terms, len(counts)))


def _visits(count: Count) -> int:
    return count.number if count.visits is None else count.visits


def _check_counts(cells: Mapping[Cell, Count], published: Mapping[Cell, int | None]) -> None:
    for cell, count in cells.items():
        if not 0 <= count.number <= LARGEST_COUNT:
            raise CellError(f"{cell}: a count lies between 0 and {LARGEST_COUNT}")
        if cell.measure not in (QUESTIONS, VISITS):
            raise CellError(f"{cell}: the measure is {QUESTIONS} or {VISITS}")
    for cell, value in published.items():
        if cell not in cells:
            raise CellError(f"{cell}: was released before, so its true count is needed")
        if value is not None and value != cells[cell].number:
            raise CellError(f"{cell}: published as {value}, counted as {cells[cell].number}")


def _bridges(cells: Mapping[Cell, Count], children: Children) -> dict[Cell, int]:
    """Cells that no release shows, between a shown parent and shown children, with their counts.

    A year less its shown quarters tells the sum of the months of a quarter that was skipped.
    """
    found: dict[Cell, int] = {}
    for dimension, lists in children.items():
        above = {code: key.split("#")[0] for key, codes in lists.items() for code in codes}
        for key, codes in lists.items():
            code = key.split("#")[0]
            if code not in above:
                continue
            for cell in [c for c in cells if c.code(dimension) == codes[0]]:
                parts = [cell.at(dimension, part) for part in codes]
                bridge = cell.at(dimension, code)
                needed = bridge not in cells and bridge.at(dimension, above[code]) in cells
                if needed and all(part in cells for part in parts):
                    found[bridge] = sum(cells[part].number for part in parts)
    return found


def _terms(
    index: Mapping[Cell, int], children: Children, counts: list[int]
) -> Iterator[tuple[Term, int | None]]:
    """Equations as they stand (room None), and inequalities with the room they leave."""
    families = {d: _families(index, d) for d in DIMENSIONS if d in children}
    for cell, parent in index.items():
        for dimension in families:
            family = families[dimension].get(_but(cell, dimension))
            if family is None:
                continue
            for codes in child_lists(children, dimension, cell.code(dimension)):
                parts = [family[code] for code in codes if code in family]
                if not parts:
                    continue
                room = counts[parent] - sum(counts[i] for i in parts)
                complete = len(parts) == len(codes)
                if room < 0 or (complete and room):
                    raise CellError(
                        f"{cell}: is {counts[parent]}, its {dimension} children are "
                        f"{counts[parent] - room} together"
                    )
                term = Term((parent, *parts), (1, *(-1 for _ in parts)))
                yield term, None if complete else room
        if cell.measure == VISITS and cell.topic == ALL:
            yield from _visit_bounds(cell, parent, index, counts)


def _families(index: Mapping[Cell, int], dimension: str) -> dict[Codes, dict[str, int]]:
    """Columns by their code, of cells that differ in one dimension only; nothing of the others."""
    found: dict[Codes, dict[str, int]] = {}
    for cell, column in index.items():
        found.setdefault(_but(cell, dimension), {})[cell.code(dimension)] = column
    return {but: family for but, family in found.items() if len(family) > 1}


def _but(cell: Cell, dimension: str) -> Codes:
    """What a cell has in common with those that differ from it in one dimension only."""
    place = Cell._fields.index(dimension)
    return cell[:place] + cell[place + 1 :]


def _visit_bounds(
    cell: Cell, visits: int, index: Mapping[Cell, int], counts: list[int]
) -> Iterator[tuple[Term, int]]:
    """Visits <= questions <= 5 x visits, for visits that hold at least one question."""
    questions = index.get(cell._replace(measure=QUESTIONS))
    if questions is None:
        return
    least = counts[questions] - counts[visits]
    most = QUESTIONS_PER_VISIT * counts[visits] - counts[questions]
    if least < 0 or most < 0:
        raise CellError(
            f"{cell}: {counts[visits]} visits cannot hold {counts[questions]} questions"
        )
    yield Term((questions, visits), (1, -1)), least
    yield Term((visits, questions), (QUESTIONS_PER_VISIT, -1)), most


def _matrix(terms: list[Term], columns: int) -> "csr_array[np.int64]":
    starts = np.cumsum([0, *(len(t.columns) for t in terms)], dtype=np.int32)
    where = np.array([c for t in terms for c in t.columns], dtype=np.int32)
    factors = np.array([f for t in terms for f in t.factors], dtype=np.int64)
    matrix = csr_array((factors, where, starts), shape=(len(terms), columns))
    matrix.sum_duplicates()
    return matrix
