"""How little is hidden in vain, against an exact solver of the whole question."""

import pytest

from hub.statistics.protection import protect
from hub.statistics.protection.system import build_system
from tests.support.tables import fewest, random_table


@pytest.mark.parametrize("seed", range(12))
def test_small_tables_hide_as_few_cells_as_possible(seed: int) -> None:
    cells, children = random_table(seed)
    optimum = fewest(build_system(cells, children, 5, {}))
    assert len(protect(cells, children).secondary) == optimum


def test_no_hidden_cell_of_a_larger_table_could_be_opened_alone() -> None:
    """Opening any secondary cell leaves some small cell without a proof table."""
    cells, children = random_table(2)
    shown = protect(cells, children)
    for cell in shown.secondary:
        opened = {cell: cells[cell].number}
        again = protect(cells, children, published=opened)
        assert len(again.secondary) >= len(shown.secondary)
