"""Groups of unknowns too large to be tried whole for every goal."""

import numpy as np
import pytest

from hub.statistics.auditor import Audit, attack, examine, parse_release
from hub.statistics.protection import Cell, protect
from hub.statistics.protection.files import Meta, write_cells, write_meta
from tests.support.tables import random_table

TOPICS = [f"T{n:02}" for n in range(20)]
LANGUAGES = [f"l{n:02}" for n in range(20)]
CHILDREN = {"topic": {"ALL": TOPICS}, "language": {"ALL": LANGUAGES}}


def audited(values: dict[Cell, int | None], truth: dict[Cell, int] | None = None) -> Audit:
    """What an attack on one release of these values finds."""
    text = write_meta(Meta(5, {}, CHILDREN))
    return examine([parse_release("r", write_cells(values), text)], truth)


def four_hundred(first_row: int) -> dict[Cell, int]:
    """A table of 20 topics and 20 languages with its totals; one topic has few questions."""
    counts = np.full((20, 20), 9)
    counts[0] = 0
    counts[0, :first_row] = 1
    cells = {Cell(): int(counts.sum())}
    for row, topic in enumerate(TOPICS):
        cells[Cell(topic=topic)] = int(counts[row].sum())
        for column, language in enumerate(LANGUAGES):
            cells[Cell(topic=topic, language=language)] = int(counts[row, column])
    for column, language in enumerate(LANGUAGES):
        cells[Cell(language=language)] = int(counts[:, column].sum())
    return cells


def hidden(cells: dict[Cell, int]) -> dict[Cell, int | None]:
    """Every inner cell hidden, every total shown; that of the first topic can be subtracted."""
    inner = {c for c in cells if c.topic != "ALL" and c.language != "ALL"}
    return {c: None if c in inner or c == Cell(topic="T00") else n for c, n in cells.items()}


def test_a_cell_lost_among_four_hundred_is_told_with_its_range() -> None:
    found = audited(hidden(four_hundred(3))).findings
    assert [(f.kind, f.range) for f in found if "language" not in f.cell] == [("exact", "3")]
    assert {(f.kind, f.range) for f in found if "language" in f.cell} == {("below", "0..3")}
    assert len(found) == 1 + len(LANGUAGES)


def test_four_hundred_cells_that_can_hold_enough_are_cleared() -> None:
    cells = four_hundred(12)
    shown = {**hidden(cells), Cell(topic="T00"): 12}
    assert audited(shown).findings == ()
    assert audited(shown, cells).findings == ()


@pytest.mark.parametrize("naive", [True, False])
@pytest.mark.parametrize("seed", range(6))
def test_goals_tried_among_few_unknowns_first_come_to_the_same_end(
    seed: int, naive: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells, children = random_table(seed)
    truth = {cell: n.number for cell, n in cells.items()}
    values = {c: None if n < 5 else n for c, n in truth.items()}
    values = values if naive else dict(protect(cells, children).values)
    release = parse_release("r", write_cells(values), write_meta(Meta(5, {}, children)))
    at_once = examine([release], truth).findings
    monkeypatch.setattr(attack, "_NEAR", (2, 4, 6))
    monkeypatch.setattr(attack.Attack, "_sweep", lambda *_: None)
    assert examine([release], truth).findings == at_once


def test_a_table_sought_in_vain_is_unproven_and_not_a_contradiction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nothing = attack.First(None)
    monkeypatch.setattr(attack.Tables, "first", lambda _: nothing)
    (found,) = audited({**hidden(four_hundred(12)), Cell(topic="T00"): 12}).findings
    assert (found.kind, found.range) == ("unproven", "none")
