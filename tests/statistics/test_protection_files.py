"""``cells.csv`` and ``meta.json`` say what they were given, byte for byte the same each time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.statistics.protection import Cell, CellError
from hub.statistics.protection.files import Meta, read_cells, read_meta, write_cells, write_meta

CODE = st.text("ABCxyz0123-_:é", min_size=1, max_size=6)
CELL = st.tuples(*[CODE] * len(Cell._fields)).map(lambda codes: Cell(*codes))
META = Meta(5, {"version": "1", "tables": []}, {"topic": {"ALL": ("REK", "ACH")}})


@given(st.dictionaries(CELL, st.none() | st.integers(5, 10**6), max_size=8))
def test_cells_are_read_as_they_were_written(values: dict[Cell, int | None]) -> None:
    assert read_cells(write_cells(values)) == values


def test_a_hidden_cell_is_an_x_and_lines_are_sorted() -> None:
    text = write_cells({Cell(topic="REK", period="2026"): None, Cell(period="2026"): 12})
    assert text.splitlines() == [
        "measure,topic,area,hub,language,tenure,heating,outcome,channel,trigger,period,value",
        "questions,ALL,ALL,ALL,ALL,ALL,ALL,ALL,ALL,ALL,2026,12",
        "questions,REK,ALL,ALL,ALL,ALL,ALL,ALL,ALL,ALL,2026,x",
    ]


def test_meta_is_read_as_it_was_written() -> None:
    assert read_meta(write_meta(META)) == META


def test_the_order_of_dimensions_does_not_change_the_bytes() -> None:
    lists = {"topic": {"ALL": ("A",)}, "area": {"ALL": ("B",)}}
    other = dict(reversed(lists.items()))
    assert write_meta(Meta(5, {}, lists)) == write_meta(Meta(5, {}, other))


@pytest.mark.parametrize("value", ["<5", "-1", "5.0", "", "٣"])
def test_a_value_that_is_no_whole_number_is_named_with_its_line(value: str) -> None:
    text = write_cells({Cell(): 12}).replace(",12", f",{value}")
    with pytest.raises(CellError, match=r"cells.csv, line 2"):
        read_cells(text)


def test_a_code_with_a_line_break_is_refused() -> None:
    with pytest.raises(CellError, match="a code holds no line break"):
        write_cells({Cell(topic="A\rB"): 12})


def test_a_cell_that_stands_twice_is_named_with_its_line() -> None:
    text = write_cells({Cell(): 12})
    with pytest.raises(CellError, match=r"cells.csv, line 3: questions stands in the file"):
        read_cells(text + text.splitlines()[1] + "\n")


def test_a_meta_file_without_its_lists_is_refused() -> None:
    with pytest.raises(CellError, match=r"meta.json: is malformed"):
        read_meta('{"total": "ALL", "zeros": "hidden", "threshold": 5, "plan": {}}')
