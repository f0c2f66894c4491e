"""The check is alive: what others publish is undone, what this desk publishes is not."""

import pytest

from hub.statistics.auditor import examine, parse_release
from hub.statistics.protection import Cell, protect
from hub.statistics.protection.files import Meta, write_cells, write_meta
from tests.support.tables import random_table


def lost(values: dict[Cell, int | None], seed: int) -> int:
    """How many findings a release of these values gives, with the truth known."""
    cells, children = random_table(seed)
    release = parse_release("r", write_cells(values), write_meta(Meta(5, {}, children)))
    return len(examine([release], {cell: n.number for cell, n in cells.items()}).findings)


@pytest.mark.parametrize("seed", [0, 2, 5, 7])
def test_with_the_secondary_step_off_the_auditor_finds_disclosures(seed: int) -> None:
    cells, _ = random_table(seed)
    naive = {cell: None if n.number < 5 else n.number for cell, n in cells.items()}
    assert None in naive.values()
    assert lost(naive, seed) > 0


@pytest.mark.parametrize("seed", range(8))
def test_with_the_secondary_step_on_it_finds_nothing(seed: int) -> None:
    assert lost(dict(protect(*random_table(seed)).values), seed) == 0


@pytest.mark.parametrize("seed", [0, 2, 5, 7])
def test_opening_a_secondary_cell_of_a_table_settled_exactly_is_found(seed: int) -> None:
    """As few cells as possible are hidden, so each one opened gives something away."""
    cells, children = random_table(seed)
    shown = protect(cells, children)
    for cell in shown.secondary:
        assert lost({**shown.values, cell: cells[cell].number}, seed) > 0
