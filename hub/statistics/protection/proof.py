"""Proof tables of the 0-or-5 guarantee, and their check in whole numbers.

Nothing here solves anything: the check adds and compares whole numbers, so that it can be read
in full by whoever has to trust it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from hub.statistics.protection.cells import Cell, Children, Count
from hub.statistics.protection.system import Flags, System, Whole, build_system


@dataclass(frozen=True)
class ProofTable:
    """A complete table, written as the cells in which it differs from the true counts.

    ``columns`` and ``changes`` are parallel; columns are those of the system.
    """

    columns: tuple[int, ...]
    changes: tuple[int, ...]


class ProofError(Exception):
    """The proof does not show what it should; the message names table or cell."""


def check_proof(
    cells: Mapping[Cell, Count],
    children: Children,
    threshold: int,
    published: Mapping[Cell, int | None],
    values: Mapping[Cell, int | None],
    tables: Iterable[ProofTable],
) -> None:
    """Check that published values and proof tables keep the guarantee; silent when they do.

    The system is built afresh from the counts. Every table must obey every equation, hold no
    negative count and leave each published cell as it is; together the tables (the truth is
    one of them) must show each small cell once at 0 and once at its threshold or above.

    Args:
        cells, children, threshold, published: as for ``protect``.
        values: published value of every cell, None where hidden.
        tables: the proof tables.

    Raises:
        ProofError: the first thing that is wrong.
        CellError: the counts themselves do not fit together.
    """
    system = build_system(cells, children, threshold, published)
    shown = _shown(system, published, values)
    at_zero = system.counts[: len(system.cells)] == 0
    at_threshold = system.counts[: len(system.cells)] >= system.thresholds
    for number, table in enumerate(tables):
        full = _full_table(system, shown, number, table)[: len(system.cells)]
        at_zero |= full == 0
        at_threshold |= full >= system.thresholds
    for name, reached in (("0", at_zero), ("the threshold", at_threshold)):
        missing = np.flatnonzero(system.small & ~reached)
        if missing.size:
            raise ProofError(f"{system.cells[missing[0]]}: no proof table shows it at {name}")


def _shown(
    system: System, published: Mapping[Cell, int | None], values: Mapping[Cell, int | None]
) -> Flags:
    if set(values) != set(system.cells):
        raise ProofError("the values are not those of the cells counted")
    shown = np.zeros(len(system.counts), dtype=np.bool_)
    for column, cell in enumerate(system.cells):
        value = values[cell]
        if cell in published and published[cell] != value:
            raise ProofError(f"{cell}: differs from what an earlier release says")
        if value is None:
            continue
        if value != system.counts[column]:
            raise ProofError(f"{cell}: published as {value}, counted as {system.counts[column]}")
        if system.small[column]:
            raise ProofError(f"{cell}: is small and published")
        shown[column] = True
    return shown


def _full_table(system: System, shown: Flags, number: int, table: ProofTable) -> Whole:
    columns = np.array(table.columns, dtype=np.int64)
    changes = np.array(table.changes, dtype=np.int64)
    if columns.shape != changes.shape or len(set(table.columns)) != len(columns):
        raise ProofError(f"proof table {number}: columns and changes do not pair")
    if columns.size and not 0 <= columns.min() <= columns.max() < len(shown):
        raise ProofError(f"proof table {number}: names a column that does not exist")
    if shown[columns].any():
        cell = system.cells[columns[shown[columns]][0]]
        raise ProofError(f"proof table {number}: changes the published {cell}")
    difference = np.zeros(len(shown), dtype=np.int64)
    difference[columns] = changes
    if (system.matrix @ difference).any():
        raise ProofError(f"proof table {number}: a total differs from its parts")
    full = system.counts + difference
    if (full < 0).any():
        raise ProofError(f"proof table {number}: holds a negative count")
    return full
