"""The integer check of the proof refuses whatever was tampered with."""

from dataclasses import replace

import pytest

from hub.statistics.protection import (
    Cell,
    CellError,
    Count,
    ProofError,
    ProofTable,
    Protected,
    check_proof,
    protect,
)

TOPICS, MONTHS = ["A", "B", "C", "D"], ["2026-01", "2026-02", "2026-03"]
CHILDREN = {"topic": {"ALL": TOPICS}, "period": {"2026-Q1": MONTHS}}
INNER = [[12, 3, 9], [7, 8, 0], [20, 30, 40], [1, 2, 6]]


def quarter() -> dict[Cell, Count]:
    """Four topics by three months, with totals."""
    cells: dict[Cell, Count] = {}
    for topic, row in zip(TOPICS, INNER, strict=True):
        for month, count in zip(MONTHS, row, strict=True):
            for cell in (
                Cell(topic=topic, period=month),
                Cell(topic=topic, period="2026-Q1"),
                Cell(period=month),
                Cell(period="2026-Q1"),
            ):
                cells[cell] = Count(cells.get(cell, Count(0)).number + count)
    return cells


@pytest.fixture(scope="module")
def shown() -> Protected:
    return protect(quarter(), CHILDREN)


def check(shown: Protected) -> None:
    check_proof(quarter(), CHILDREN, 5, {}, shown.values, shown.tables)


def test_the_proof_of_a_release_passes(shown: Protected) -> None:
    check(shown)
    assert shown.secondary
    assert shown.small


def test_one_proof_table_dropped_is_refused(shown: Protected) -> None:
    with pytest.raises(ProofError, match="no proof table shows it"):
        check(replace(shown, tables=shown.tables[1:]))


def test_one_number_of_the_proof_changed_is_refused(shown: Protected) -> None:
    table = shown.tables[0]
    wrong = ProofTable(table.columns, (table.changes[0] + 1, *table.changes[1:]))
    with pytest.raises(ProofError, match="proof table 0: a total differs from its parts"):
        check(replace(shown, tables=(wrong, *shown.tables[1:])))


def test_a_negative_count_in_the_proof_is_refused(shown: Protected) -> None:
    table = shown.tables[0]
    wrong = ProofTable(table.columns, tuple(1000 * change for change in table.changes))
    with pytest.raises(ProofError, match="negative count"):
        check(replace(shown, tables=(wrong, *shown.tables[1:])))


def test_any_one_secondary_cell_opened_is_refused(shown: Protected) -> None:
    for cell in shown.secondary:
        opened = {**shown.values, cell: quarter()[cell].number}
        with pytest.raises(ProofError, match="changes the published"):
            check(replace(shown, values=opened))


def test_a_small_cell_published_is_refused(shown: Protected) -> None:
    cell = min(shown.small)
    with pytest.raises(ProofError, match="is small and published"):
        check(replace(shown, values={**shown.values, cell: quarter()[cell].number}))


def test_a_value_that_is_not_the_count_is_refused(shown: Protected) -> None:
    cell = next(c for c, value in shown.values.items() if value is not None)
    with pytest.raises(ProofError, match="counted as"):
        check(replace(shown, values={**shown.values, cell: 1000}))


def test_a_column_that_does_not_exist_is_refused(shown: Protected) -> None:
    with pytest.raises(ProofError, match="does not exist"):
        check(replace(shown, tables=(*shown.tables, ProofTable((10**6,), (1,)))))


def test_a_state_that_differs_from_an_earlier_release_is_refused(shown: Protected) -> None:
    published = {cell: value for cell, value in shown.values.items() if value is not None}
    later = {**shown.values, next(iter(published)): None}
    with pytest.raises(ProofError, match="differs from what an earlier release says"):
        check_proof(quarter(), CHILDREN, 5, published, later, shown.tables)


def test_counts_whose_total_differs_from_the_parts_are_refused_by_name() -> None:
    cells = quarter()
    cells[Cell(period="2026-01")] = Count(41)
    with pytest.raises(CellError, match="questions period=2026-01: is 41, its topic children"):
        protect(cells, CHILDREN)


def test_more_visits_than_questions_are_refused_by_name() -> None:
    cells = {Cell(): Count(20), Cell(measure="visits"): Count(21)}
    with pytest.raises(CellError, match="21 visits cannot hold 20 questions"):
        protect(cells, {})


@pytest.mark.parametrize(
    ("children", "message"),
    [
        ({"colour": {"ALL": ["red"]}}, "'colour' is not a dimension"),
        ({"topic": {"ALL": ["A", "A"]}}, "children of topic ALL: list each child once"),
        ({"topic": {"ALL": ["A"], "A": ["ALL"]}}, "stands below itself"),
    ],
)
def test_lists_that_cannot_be_are_refused_by_name(
    children: dict[str, dict[str, list[str]]], message: str
) -> None:
    with pytest.raises(CellError, match=message):
        protect({Cell(): Count(3)}, children)
