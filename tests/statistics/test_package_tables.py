"""The tables of a release as CSV and JSON: every figure as published, every name in two tongues."""

import csv
import io
import json

import pytest

from hub.statistics.package.crosstab import cross_table, cross_tables
from hub.statistics.package.table_files import (
    column_titles,
    table_facts,
    write_json,
    write_table,
    write_visits,
)
from hub.statistics.package.visits import hub_visits
from hub.statistics.protection import ALL, Cell
from tests.statistics import awkward
from tests.statistics.published import a_release


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_every_cell_of_every_table_stands_in_its_file_and_a_hidden_one_is_x() -> None:
    release = a_release()
    for table in cross_tables(release):
        lines = read(write_table(table))[1:]
        for row, line in zip(table.rows, lines, strict=True):
            for column, text in zip(table.columns, line[4:], strict=True):
                cell = Cell(topic=row.code, period=release.period)
                if column.code != ALL:
                    cell = cell.at(table.dimension, column.code)
                value = release.values[cell]
                assert text == ("x" if value is None else str(value))


def test_all_cells_of_the_release_stand_in_some_table_or_are_visits() -> None:
    release = a_release()
    shown = sum(len(table.rows) * (len(table.columns) - 1) for table in cross_tables(release))
    topics = len(cross_table(release, "topic").rows)
    visits = len(hub_visits(release))
    assert shown + topics + visits == len(release.values)


def test_a_row_says_its_level_and_its_names_in_dutch_and_in_english() -> None:
    lines = read(write_table(cross_table(a_release(), "topic")))
    assert lines[0] == ["topic", "level", "label_nl", "label_en", "Totaal / Total"]
    assert lines[1][:4] == ["ALL", "total", "Totaal", "Total"]
    assert lines[2][:4] == [
        "REK",
        "main",
        "Energierekening en contract",
        "Energy bill and contract",
    ]
    assert lines[3][:2] == ["REK-01", "topic"]


def test_a_reason_stands_beside_the_outcome_it_is_part_of() -> None:
    codes = [column.code for column in cross_table(a_release(), "topic-outcome").columns]
    place = codes.index("not_answered")
    assert codes[place + 1].startswith("not_answered:")
    assert codes[place - 1] == "call_back"


def test_two_columns_of_one_name_are_told_apart_by_their_codes() -> None:
    titles = column_titles(cross_table(a_release(), "topic-outcome").columns)
    assert len(set(titles)) == len(titles)
    assert "Niet gevraagd / Not asked (not_answered:unknown)" in titles


def test_json_says_the_same_as_the_csv() -> None:
    release = a_release()
    for table in cross_tables(release):
        facts = json.loads(write_json(table_facts(release, table)))
        lines = read(write_table(table))[1:]
        assert [row["code"] for row in facts["rows"]] == [line[0] for line in lines]
        assert [[str(v) for v in row["values"]] for row in facts["rows"]] == [
            line[4:] for line in lines
        ]
        assert facts["period"] == "2026-Q1"
        assert facts["hidden"] == "x"


def test_visits_stand_beside_open_hours_and_hours_that_are_not_known_are_empty() -> None:
    release = awkward.a_month()
    lines = read(write_visits(hub_visits(release)))
    assert lines[0] == ["hub", "label_nl", "label_en", "visits", "open_hours", "visits_per_hour"]
    assert lines[1][4] == "53"
    nothing = read(write_visits(hub_visits(awkward.with_nothing_shown())))
    assert [line[3:] for line in nothing[1:]] == [["x", "", "x"]] * 3


def test_no_name_is_a_formula_to_a_spreadsheet() -> None:
    release = awkward.with_awkward_names()
    for text in (
        write_table(cross_table(release, "topic-hub")),
        write_visits(hub_visits(release)),
    ):
        for line in read(text):
            assert not [field for field in line if field.startswith(("=", "+", "-", "@"))]
            assert not [field for field in line if "\n" in field or "\t" in field]


def test_quotes_commas_and_other_scripts_come_back_as_they_were() -> None:
    lines = read(write_visits(hub_visits(awkward.with_awkward_names())))
    names = [line[1] for line in lines]
    assert 'Buurthuis "De Brug", zaal 2' in names
    assert "مركز الطاقة في الحي" in names
    assert "🏠 Huis & <hof>" in names


def test_a_municipality_without_visits_has_tables_of_x_alone() -> None:
    for table in cross_tables(awkward.with_nothing_shown()):
        figures = [line[4:] for line in read(write_table(table))[1:]]
        assert {text for line in figures for text in line} == {"x"}


def test_a_table_that_is_not_offered_is_no_table() -> None:
    with pytest.raises(KeyError):
        cross_table(awkward.a_month(), "topic-language")
