"""Linked two-way tables: the 0-or-5 guarantee for every input."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_protection_attacker import lost_cells

from hub.statistics.protection import CellError, Count, Table, protect_tables

MONTHS = [f"2026-{m:02}" for m in range(1, 6)]


@st.composite
def linked_tables(draw: st.DrawFn) -> dict[str, Table]:
    """One to three tables of the same questions over the same months, zeros and singles too."""
    columns = MONTHS[: draw(st.integers(1, 4))]
    number = st.one_of(st.integers(0, 6), st.integers(0, 30))
    width = draw(st.integers(1, 5))
    first = [[draw(number) for _ in columns] for _ in range(width)]
    totals = [sum(row[c] for row in first) for c in range(len(columns))]
    tables = {"topics": Table([f"T{r}" for r in range(width)], columns, first)}
    for name, dimension in (("areas", "area"), ("languages", "language")):
        if draw(st.booleans()):
            rows = _split(draw, totals, draw(st.integers(1, 4)))
            codes = [f"{name}{r}" for r in range(len(rows))]
            tables[name] = Table(codes, columns, rows, dimension)
    return tables


def _split(draw: st.DrawFn, totals: list[int], parts: int) -> list[list[int]]:
    rows = [[0] * len(totals) for _ in range(parts)]
    for column, total in enumerate(totals):
        left = total
        for row in rows[:-1]:
            row[column] = draw(st.integers(0, left))
            left -= row[column]
        rows[-1][column] = left
    return rows


def _children(tables: dict[str, Table]) -> dict[str, dict[str, list[str]]]:
    children = {table.dimension: {"ALL": list(table.rows)} for table in tables.values()}
    return {**children, "period": {"ALL": list(next(iter(tables.values())).columns)}}


@settings(max_examples=60, deadline=None)
@given(linked_tables(), st.binary(max_size=4))
def test_no_small_cell_can_be_told_apart_from_zero_or_from_five(
    tables: dict[str, Table], seed: bytes
) -> None:
    protection = protect_tables(tables, seed=seed).protection
    assert lost_cells(protection.values, _children(tables), protection.small) == []


@settings(max_examples=60, deadline=None)
@given(linked_tables())
def test_no_published_count_is_below_five_and_all_are_exact(tables: dict[str, Table]) -> None:
    for name, shown in protect_tables(tables).tables.items():
        for true_row, row in zip(tables[name].counts, shown.counts, strict=True):
            for true, value in zip(true_row, row, strict=True):
                assert value is None or value == true >= 5


@settings(max_examples=10, deadline=None)
@given(linked_tables(), st.integers(6, 12))
def test_a_higher_threshold_holds_as_five_does(tables: dict[str, Table], threshold: int) -> None:
    protection = protect_tables(tables, threshold=threshold).protection
    assert lost_cells(protection.values, _children(tables), protection.small, threshold) == []
    assert all(value is None or value >= threshold for value in protection.values.values())


def test_tables_of_zeros_are_hidden_as_a_whole() -> None:
    shown = protect_tables({"topics": Table(["A", "B"], MONTHS, [[0] * 5, [0] * 5])})
    assert set(shown.protection.values.values()) == {None}


def test_a_table_of_one_row_shows_nothing_that_its_total_gives_away() -> None:
    shown = protect_tables({"topics": Table(["A"], MONTHS[:3], [[9, 2, 40]])}).tables["topics"]
    assert shown.counts[0] == shown.column_totals
    assert shown.counts[0].count(None) == 2 or shown.total is None


def test_tables_that_share_months_show_the_same_month_totals() -> None:
    topics = Table(["A", "B"], MONTHS[:2], [[12, 3], [0, 9]])
    areas = Table(["X", "Y"], MONTHS[:2], [[8, 5], [4, 7]], "area")
    shown = protect_tables({"topics": topics, "areas": areas}).tables
    assert shown["topics"].column_totals == shown["areas"].column_totals


def test_large_counts_alone_are_all_published() -> None:
    shown = protect_tables({"topics": Table(["A", "B"], MONTHS[:2], [[12, 30], [5, 9]])})
    assert shown.tables["topics"].total == 56
    assert None not in shown.protection.values.values()


def test_a_cell_with_many_questions_of_few_visits_is_hidden() -> None:
    table = Table(["A", "B"], ["2026-01"], [[Count(9, 3)], [Count(20, 20)]])
    assert protect_tables({"topics": table}).tables["topics"].counts[0] == (None,)


def test_the_same_tables_and_seed_give_the_same_result() -> None:
    tables = {"topics": Table(list("ABCD"), MONTHS, [[7, 2, 9, 0, 6]] * 4)}
    assert protect_tables(tables, seed=b"x") == protect_tables(tables, seed=b"x")


def test_tables_with_different_month_totals_are_refused_by_name() -> None:
    topics = Table(["A"], ["2026-01"], [[12]])
    areas = Table(["X"], ["2026-01"], [[11]], "area")
    with pytest.raises(CellError, match=r"table areas: .*period=2026-01 is 11 here"):
        protect_tables({"topics": topics, "areas": areas})


def test_a_row_without_a_count_per_column_is_refused_by_name() -> None:
    with pytest.raises(CellError, match="table topics: give one count"):
        protect_tables({"topics": Table(["A"], ["2026-01"], [[12, 3]])})
