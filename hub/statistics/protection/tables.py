"""Several two-way tables that share a margin, protected together: the simple way in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.statistics.protection.cells import ALL, Cell, CellError, Count
from hub.statistics.protection.protect import Protected, protect

Grid = Sequence[Sequence[int | Count]]


@dataclass(frozen=True)
class Table:
    """A two-way table of counts without its totals.

    Attributes:
        rows: row codes; not ``ALL``.
        columns: column codes; not ``ALL``. Columns are periods unless the tables say otherwise.
        counts: one row of counts per row code. Use ``Count(number, visits)`` where several
            questions of one visit may fall into one cell, as for main topics.
        dimension: what the rows are: ``topic``, ``area``, ``hub``, …
        row_visits, column_visits, all_visits: different visits behind each total, where known.
            Where they are not, the largest number in any one cell of the total stands for it,
            which hides rather too much than too little.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    counts: Grid
    dimension: str = "topic"
    row_visits: Sequence[int] | None = None
    column_visits: Sequence[int] | None = None
    all_visits: int | None = None


@dataclass(frozen=True)
class ProtectedTable:
    """A table as it may be shown: each figure is the exact count, or None where hidden."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True)
class ProtectedTables:
    """The tables under their names, and the whole protection with its proof."""

    tables: Mapping[str, ProtectedTable]
    protection: Protected


def protect_tables(
    tables: Mapping[str, Table],
    *,
    threshold: int = 5,
    seed: bytes = b"",
    columns: str = "period",
) -> ProtectedTables:
    """Protect linked two-way tables, with row totals, column totals and grand total.

    All tables count the same questions, so that they share the columns and the column totals:
    main topic x month and area x month, for instance. Months add up to the total column. Rows
    and columns are listed in full, also where nothing was counted.

    Example::

        topics = Table(["REK", "ACH"], ["2026-01", "2026-02"], [[12, 3], [0, 9]])
        areas = Table(["EX-1", "unknown"], ["2026-01", "2026-02"], [[8, 5], [4, 7]], "area")
        shown = protect_tables({"topics": topics, "areas": areas})
        shown.tables["topics"].counts[0][1]        # None: hidden
        shown.tables["topics"].column_totals       # the same in both tables

    Args:
        tables: by name; the columns of all are the same; row dimensions may repeat.
        threshold: least count that is shown.
        seed: secret that decides between equally good choices.
        columns: dimension of the columns.

    Raises:
        CellError: labels and counts do not pair, or the tables' totals differ.
    """
    children: dict[str, dict[str, Sequence[str]]] = {}
    cells: dict[Cell, Count] = {}
    for name, table in tables.items():
        _check(name, table, columns)
        _link(children.setdefault(columns, {}), table.columns)
        _link(children.setdefault(table.dimension, {}), table.rows)
        for cell, count in _cells(table, columns).items():
            if cells.setdefault(cell, count).number != count.number:
                raise CellError(f"table {name}: {cell} is {count.number} here, not so elsewhere")
            cells[cell] = _safer(cells[cell], count)
    protection = protect(cells, children, threshold=threshold, seed=seed)
    shown = {name: _shown(table, columns, protection) for name, table in tables.items()}
    return ProtectedTables(shown, protection)


def _check(name: str, table: Table, columns: str) -> None:
    if table.dimension == columns:
        raise CellError(f"table {name}: rows and columns are both {columns}")
    if not table.rows or not table.columns or ALL in (*table.rows, *table.columns):
        raise CellError(f"table {name}: give at least one row and column, and no totals")
    wrong = [r for r in table.counts if len(r) != len(table.columns)]
    if wrong or len(table.counts) != len(table.rows):
        raise CellError(f"table {name}: give one count per row and column")


def _link(lists: dict[str, Sequence[str]], codes: Sequence[str]) -> None:
    """Add a list of children of ALL, unless it is there."""
    if any(set(known) == set(codes) for known in lists.values()):
        return
    lists[ALL if not lists else f"{ALL}#{len(lists) + 1}"] = tuple(codes)


def _safer(one: Count, other: Count) -> Count:
    """Of two counts of one cell, the one with fewer different visits."""
    return min(one, other, key=lambda c: c.number if c.visits is None else c.visits)


def _cells(table: Table, columns: str) -> dict[Cell, Count]:
    grid = [[Count(c) if isinstance(c, int) else c for c in row] for row in table.counts]
    across = list(zip(*grid, strict=True))
    base = Cell()
    cells = {}
    for r, row in enumerate(table.rows):
        for c, column in enumerate(table.columns):
            cells[base.at(table.dimension, row).at(columns, column)] = grid[r][c]
        visits = None if table.row_visits is None else table.row_visits[r]
        cells[base.at(table.dimension, row)] = _total(grid[r], visits)
    for c, column in enumerate(table.columns):
        visits = None if table.column_visits is None else table.column_visits[c]
        cells[base.at(columns, column)] = _total(across[c], visits)
    cells[base] = _total([count for row in grid for count in row], table.all_visits)
    return cells


def _total(counts: Sequence[Count], visits: int | None) -> Count:
    number = sum(c.number for c in counts)
    if visits is None and all(c.visits is None for c in counts):
        return Count(number)
    largest = max(c.number if c.visits is None else c.visits for c in counts)
    return Count(number, largest if visits is None else visits)


def _shown(table: Table, columns: str, protection: Protected) -> ProtectedTable:
    values = protection.values
    base = Cell()
    rows = [base.at(table.dimension, row) for row in table.rows]
    return ProtectedTable(
        tuple(table.rows),
        tuple(table.columns),
        tuple(tuple(values[row.at(columns, c)] for c in table.columns) for row in rows),
        tuple(values[row] for row in rows),
        tuple(values[base.at(columns, c)] for c in table.columns),
        values[base],
    )
