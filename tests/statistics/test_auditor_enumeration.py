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


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(0, 3), min_size=6, max_size=6),
    st.frozensets(st.integers(0, 11), min_size=2, max_size=9),
)
def test_months_and_their_quarter_tell_the_auditor_what_they_tell_enumeration(
    inner: list[int], hidden: frozenset[int]
) -> None:
    """Three releases: what one of them hides the others may tell."""
    months = dict(zip(COLUMNS, ("2026-01", "2026-02"), strict=True))

    def over_time(cells: dict[Cell, int]) -> dict[Cell, int]:
        return {
            Cell(topic=c.topic, period=months.get(c.language, "2026-Q1")): n
            for c, n in cells.items()
        }

    truth = over_time(table(tuple(inner)))
    values: dict[Cell, int | None] = {
        cell: None if at in hidden and cell != Cell(period="2026-Q1") else count
        for at, (cell, count) in enumerate(truth.items())
    }
    fitting = [
        other
        for other in (over_time(table(c)) for c in compositions(sum(inner), 6))
        if all(values[c] in (None, n) for c, n in other.items())
    ]
    lists = {"topic": {"ALL": ROWS}, "period": {"2026-Q1": tuple(months.values())}}
    meta = write_meta(Meta(THRESHOLD, {"version": "1"}, lists))
    releases = [
        parse_release(p, write_cells({c: v for c, v in values.items() if c.period == p}), meta)
        for p in (*months.values(), "2026-Q1")
    ]
    unknown = [cell for cell, value in values.items() if value is None]
    told = {c for c in unknown if max(other[c] for other in fitting) < THRESHOLD}
    above = {c for c in unknown if min(other[c] for other in fitting) > 0}
    kinds = ("exact", "below", "above-zero", "unproven")

    def found(known: dict[Cell, int] | None) -> set[tuple[str, str]]:
        return {(f.period, f.cell) for f in examine(releases, known).findings if f.kind in kinds}

    assert found(None) == {(c.period, _name(c)) for c in told}
    assert found(truth) == {(c.period, _name(c)) for c in told | above if truth[c] < THRESHOLD}


def _lost_cells(findings: tuple[object, ...]) -> set[str]:
    return {
        str(f).split()[3]
        for f in findings
        if str(f).split()[1] in ("exact", "below", "above-zero", "unproven")
    }


def _name(cell: Cell) -> str:
    codes = [f"{d}={cell.code(d)}" for d in ("topic", "language") if cell.code(d) != "ALL"]
    return ",".join(["questions", *codes])
