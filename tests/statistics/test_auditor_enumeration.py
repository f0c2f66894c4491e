"""The auditor against enumeration of every table that fits."""

from collections.abc import Iterator
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.statistics.auditor import examine, parse_release
from hub.statistics.protection import Cell
from hub.statistics.protection.files import Meta, write_cells, write_meta

THRESHOLD = 3
ROWS, COLUMNS = ("A", "B", "C"), ("nl", "ar")
CHILDREN = {"topic": {"ALL": ROWS}, "language": {"ALL": COLUMNS}}


def table(inner: tuple[int, ...]) -> dict[Cell, int]:
    """Inner counts with all their totals."""
    cells: dict[Cell, int] = {}
    for (row, column), count in zip(product(ROWS, COLUMNS), inner, strict=True):
        for topic in (row, "ALL"):
            for language in (column, "ALL"):
                cell = Cell(topic=topic, language=language, period="2026")
                cells[cell] = cells.get(cell, 0) + count
    return cells


def compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to split a total into so many whole numbers."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, parts - 1):
            yield (first, *rest)


def shown(truth: dict[Cell, int], hidden: frozenset[int]) -> dict[Cell, int | None]:
    """The table with some cells hidden; the grand total stays, so that few tables fit."""
    return {
        cell: None if at in hidden and cell != Cell(period="2026") else count
        for at, (cell, count) in enumerate(truth.items())
    }


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 3), min_size=6, max_size=6),
    st.frozensets(st.integers(0, 11), min_size=2, max_size=9),
)
def test_the_auditor_finds_what_enumeration_finds_and_nothing_else(
    inner: list[int], hidden: frozenset[int]
) -> None:
    truth = table(tuple(inner))
    values = shown(truth, hidden)
    fitting = [
        other
        for other in map(table, compositions(sum(inner), 6))
        if all(values[c] in (None, n) for c, n in other.items())
    ]
    unknown = [cell for cell, value in values.items() if value is None]
    most = {cell: max(other[cell] for other in fitting) for cell in unknown}
    least = {cell: min(other[cell] for other in fitting) for cell in unknown}
    release = parse_release(
        "r", write_cells(values), write_meta(Meta(THRESHOLD, {"version": "1"}, CHILDREN))
    )
    lost = _lost_cells(examine([release]).findings)
    assert lost == {_name(c) for c in unknown if most[c] < THRESHOLD}
    lost = _lost_cells(examine([release], truth=truth).findings)
    assert lost == {
        _name(c) for c in unknown if truth[c] < THRESHOLD and (most[c] < THRESHOLD or least[c] > 0)
    }


def _lost_cells(findings: tuple[object, ...]) -> set[str]:
    return {
        str(f).split()[3]
        for f in findings
        if str(f).split()[1] in ("exact", "below", "above-zero", "unproven")
    }


def _name(cell: Cell) -> str:
    codes = [f"{d}={cell.code(d)}" for d in ("topic", "language") if cell.code(d) != "ALL"]
    return ",".join(["questions", *codes])
