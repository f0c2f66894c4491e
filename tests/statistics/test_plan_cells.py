"""The cells and lists of a release."""

import pytest
from test_plan_offering import CODES

from hub.statistics.auditor import examine, parse_release
from hub.statistics.plan import (
    children_of,
    months_of,
    offered_tables,
    period_parts,
    plan_facts,
    planned_cells,
)
from hub.statistics.protection import Cell, check_children
from hub.statistics.protection.files import Meta, write_cells, write_meta

PERIODS = ("2026-03", "2026-Q1", "2026")


def cells_of(period: str, last_year: int = 10**6) -> tuple[Cell, ...]:
    return planned_cells(period, CODES, offered_tables(period, CODES, last_year=last_year, own=0))


@pytest.mark.parametrize("period", PERIODS)
def test_no_cell_crosses_two_other_dimensions_or_a_topic_with_a_hub(period: str) -> None:
    offered = offered_tables(period, CODES, last_year=10**6, own=0)
    meta = Meta(5, plan_facts(offered), children_of(CODES, period))
    hidden = dict.fromkeys(planned_cells(period, CODES, offered))
    release = parse_release("r", write_cells(hidden), write_meta(meta))
    assert [f for f in examine([release]).findings if f.kind == "crossing"] == []


@pytest.mark.parametrize("period", PERIODS)
def test_the_lists_of_children_are_sound(period: str) -> None:
    check_children(children_of(CODES, period))


def test_every_code_of_a_dimension_is_listed_in_full() -> None:
    codes = {cell.language for cell in cells_of("2026-Q1") if cell.topic == "REK-01"}
    assert codes == {"ALL", "nl", "en", "ar", "other", "unknown"}


def test_a_district_known_without_its_neighbourhood_has_a_cell_of_its_own() -> None:
    assert Cell(topic="REK", area="W1-unknown", period="2026") in cells_of("2026")


def test_neighbourhoods_are_shown_by_the_year_only() -> None:
    assert Cell(topic="REK", area="B1", period="2026-Q1") not in cells_of("2026-Q1")
    assert Cell(topic="REK", area="B1", period="2026") in cells_of("2026")


def test_reasons_are_parts_of_not_answered() -> None:
    assert Cell(topic="REK", outcome="not_answered:language", period="2026") in cells_of("2026")
    lists = children_of(CODES, "2026")["outcome"]
    assert lists["not_answered"] == ("not_answered:language", "not_answered:unknown")


def test_visits_have_a_row_per_hub_and_one_for_all() -> None:
    hubs = [cell.hub for cell in cells_of("2026-03", 0) if cell.measure == "visits"]
    assert sorted(hubs) == ["ALL", "oost", "west"]


def test_a_project_area_is_a_parent_and_never_a_child() -> None:
    lists = children_of(CODES, "2026")["area"]
    assert lists["P"] == ("B1", "B3")
    assert not any("P" in codes for codes in lists.values())


def test_months_nest_in_quarters_and_quarters_in_the_year() -> None:
    assert period_parts("2026")[1] == "2026-Q2"
    assert period_parts("2026-Q2") == ("2026-04", "2026-05", "2026-06")
    assert len(months_of("2026")) == 12
    assert children_of(CODES, "2026")["period"]["2026-Q4"] == ("2026-10", "2026-11", "2026-12")
