"""Requirements of large parts are settled among the columns near them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from hub.statistics.protection import Cell, Count, alone, protect
from hub.statistics.protection.linked import Part
from hub.statistics.protection.nearby import Nearby

ROWS, COLUMNS = 5, 6
HUBS, TOPICS = [f"h{i}" for i in range(9)], [f"T{i}" for i in range(6)]
CHILDREN = {"hub": {"ALL": HUBS}, "topic": {"ALL": TOPICS}}


@st.composite
def parts(draw: st.DrawFn) -> Part:
    """A part of random equations and costs."""
    factors = draw(
        st.lists(
            st.lists(st.sampled_from([0, 0, 1, -1, 5]), min_size=COLUMNS, max_size=COLUMNS),
            min_size=ROWS,
            max_size=ROWS,
        )
    )
    hidden = draw(st.lists(st.booleans(), min_size=COLUMNS, max_size=COLUMNS))
    costs = draw(st.lists(st.integers(1, 9), min_size=COLUMNS, max_size=COLUMNS))
    return Part(
        np.arange(COLUMNS),
        csr_array(np.array(factors, dtype=np.int64)),
        np.arange(COLUMNS),
        np.array(hidden),
        np.array(hidden),
        np.zeros(COLUMNS, dtype=np.int64),
        np.array(costs, dtype=np.float64),
    )


@given(parts(), st.integers(0, COLUMNS - 1), st.integers(1, COLUMNS + 1))
def test_what_is_near_holds_the_column_and_no_more_than_asked(
    part: Part, column: int, most: int
) -> None:
    found = Nearby(part).around(column, part.hidden, most).tolist()
    assert column in found
    assert len(found) <= most
    assert found == sorted(set(found))


@given(parts(), st.data())
def test_a_change_of_some_columns_obeys_the_whole_part_as_it_obeys_theirs(
    part: Part, data: st.DataObject
) -> None:
    columns = np.array(sorted(data.draw(st.sets(st.integers(0, COLUMNS - 1), min_size=1))))
    moves = st.lists(st.integers(-5, 5), min_size=len(columns), max_size=len(columns))
    change = np.array(data.draw(moves), dtype=np.int64)
    full = np.zeros(COLUMNS, dtype=np.int64)
    full[columns] = change
    within = Nearby(part).within(columns)
    assert sorted((within.matrix @ change)[(within.matrix @ change) != 0].tolist()) == sorted(
        (part.matrix @ full)[(part.matrix @ full) != 0].tolist()
    )


def _municipality() -> dict[Cell, Count]:
    counts = np.random.default_rng(3).poisson(4, (len(HUBS), len(TOPICS)))
    cells = {
        Cell(hub=hub, topic=topic): Count(int(counts[i, j]))
        for i, hub in enumerate(HUBS)
        for j, topic in enumerate(TOPICS)
    }
    cells |= {Cell(hub=hub): Count(int(counts[i].sum())) for i, hub in enumerate(HUBS)}
    cells |= {Cell(topic=topic): Count(int(counts[:, j].sum())) for j, topic in enumerate(TOPICS)}
    return cells | {Cell(): Count(int(counts.sum()))}


def test_a_part_taken_for_large_is_protected_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "_SMALL", 0)
    monkeypatch.setattr(alone, "_NEAR", 6)
    monkeypatch.setattr(alone, "_WIDE", (12, 24))
    kept = protect(_municipality(), CHILDREN)  # checks its own proof
    assert kept.small
    assert kept.secondary
