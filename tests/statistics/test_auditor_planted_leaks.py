"""Leaks planted in exported folders: the auditor names each of them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from hub.statistics.auditor import Finding, FolderError, audit, examine, read_folder
from hub.statistics.protection import Cell, Count, protect
from hub.statistics.protection.files import Meta, write_cells, write_meta

TOPICS = {"topic": {"ALL": ["REK", "ACH", "SUB"]}}
MONTHS = {"period": {"2026-Q1": ["2026-01", "2026-02", "2026-03"]}}
Lists = Mapping[str, Mapping[str, Sequence[str]]]


def export(
    folder: Path, values: Mapping[Cell, int | None], children: Lists, threshold: int = 5
) -> Path:
    """Write a folder as a release does."""
    folder.mkdir(parents=True)
    (folder / "cells.csv").write_text(write_cells(values), encoding="utf-8")
    meta = Meta(threshold, {"version": "1"}, children)
    (folder / "meta.json").write_text(write_meta(meta), encoding="utf-8")
    return folder


def with_manifest(folder: Path, municipality: str = "GM9999") -> Path:
    """Add the manifest that belongs with the files as they are now."""
    files = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(folder.iterdir())}
    facts = {"municipality": municipality, "period": "2026-03", "files": files}
    (folder / "manifest.json").write_text(json.dumps(facts), encoding="utf-8")
    return folder


def month(
    total: int | None, *topics: int | None, period: str = "2026-03"
) -> dict[Cell, int | None]:
    """Total and main topics of one month."""
    cells: dict[Cell, int | None] = {Cell(period=period): total}
    for code, value in zip(TOPICS["topic"]["ALL"], topics, strict=True):
        cells[Cell(topic=code, period=period)] = value
    return cells


def test_a_protected_month_passes(tmp_path: Path) -> None:
    counts = {Cell(period="2026-03"): 35}
    counts |= {
        Cell(topic=c, period="2026-03"): n for c, n in (("REK", 20), ("ACH", 12), ("SUB", 3))
    }
    shown = protect({c: Count(n) for c, n in counts.items()}, TOPICS)
    folder = export(tmp_path / "a", shown.values, TOPICS)
    assert audit([folder]) == []
    assert audit([folder], truth=counts) == []


def test_one_secondary_cell_published_gives_its_neighbour_away(tmp_path: Path) -> None:
    folder = export(tmp_path / "a", month(35, 20, 12, None), TOPICS)
    assert audit([folder]) == [Finding("exact", "2026-03", "questions,topic=SUB", "3")]


def test_a_total_corrected_by_one_contradicts_its_parts(tmp_path: Path) -> None:
    folder = export(tmp_path / "a", month(33, 20, 12, 0), TOPICS)
    kinds = {finding.kind for finding in audit([folder])}
    assert "contradiction" in kinds


def test_a_total_corrected_by_one_contradicts_across_tables(tmp_path: Path) -> None:
    """Rows hide two cells each, columns do too: only their totals cannot both hold."""
    children = {"topic": {"ALL": ["A", "B"]}, "language": {"ALL": ["nl", "ar"]}}
    cells: dict[Cell, int | None] = {
        Cell(topic=t, language=lang, period="2026-Q1"): None
        for t in ("A", "B")
        for lang in ("nl", "ar")
    }
    cells |= {Cell(topic=t, period="2026-Q1"): 10 for t in ("A", "B")}
    cells |= {Cell(language="nl", period="2026-Q1"): 11, Cell(language="ar", period="2026-Q1"): 10}
    cells[Cell(period="2026-Q1")] = None
    kinds = {finding.kind for finding in audit([export(tmp_path / "a", cells, children)])}
    assert kinds == {"contradiction"}


def test_more_questions_than_the_visits_can_hold_are_caught(tmp_path: Path) -> None:
    cells = {Cell(period="2026-03"): 101, Cell(measure="visits", period="2026-03"): 20}
    found = audit([export(tmp_path / "a", cells, {})])
    assert [f.kind for f in found] == ["contradiction"]


def test_a_project_area_that_is_a_district_less_one_neighbourhood_is_caught(tmp_path: Path) -> None:
    children = {"area": {"ALL": ["W", "unknown"], "W": ["B1", "B2", "B3"], "P": ["B1", "B3"]}}
    cells = {
        Cell(period="2026"): 60,
        Cell(area="W", period="2026"): 40,
        Cell(area="unknown", period="2026"): 20,
        Cell(area="B1", period="2026"): 20,
        Cell(area="B2", period="2026"): None,
        Cell(area="B3", period="2026"): None,
        Cell(area="P", period="2026"): 37,
    }
    found = audit([export(tmp_path / "a", cells, children)])
    assert Finding("exact", "2026", "questions,area=B2", "3") in found


def test_month_sums_against_a_quarter_are_caught(tmp_path: Path) -> None:
    folders = [
        export(tmp_path / period, {Cell(period=period): value}, {})
        for period, value in (("2026-01", 9), ("2026-02", None), ("2026-03", 8))
    ]
    assert audit(folders) == []
    quarter = export(tmp_path / "q", {Cell(period="2026-Q1"): 20}, MONTHS)
    found = audit([*folders, quarter])
    assert found == [Finding("exact", "2026-02", "questions", "3")]


def test_a_late_visit_counted_in_a_published_month_is_caught(tmp_path: Path) -> None:
    first = export(tmp_path / "a", month(40, 20, 13, 7), TOPICS)
    second = export(tmp_path / "b", month(41, 20, 13, 8), TOPICS)
    found = audit([first, second])
    assert Finding("changed", "2026-03", "questions,topic=SUB", "7|8") in found


def test_a_cell_hidden_first_and_shown_later_is_caught(tmp_path: Path) -> None:
    first = export(tmp_path / "a", month(None, 20, 13, None), TOPICS)
    second = export(tmp_path / "b", month(40, 20, 13, None), TOPICS)
    assert Finding("changed", "2026-03", "questions", "x|40") in audit([first, second])


def test_two_crossed_dimensions_are_caught(tmp_path: Path) -> None:
    cells = {**month(40, 20, 13, 7), Cell(area="W1", language="ar", period="2026-03"): 6}
    found = audit([export(tmp_path / "a", cells, TOPICS)])
    assert found == [Finding("crossing", "2026-03", "questions,area=W1,language=ar", "6")]


def test_a_sub_topic_crossed_with_a_hub_is_caught(tmp_path: Path) -> None:
    children = {"topic": {"ALL": ["REK"], "REK": ["REK-01"]}}
    cells = {Cell(topic="REK-01", hub="h1", period="2026"): None}
    found = audit([export(tmp_path / "a", cells, children)])
    assert [f.kind for f in found] == ["crossing"]


@pytest.mark.parametrize("count", range(5))
def test_a_published_count_below_five_is_caught(tmp_path: Path, count: int) -> None:
    found = audit([export(tmp_path / "a", {Cell(period="2026-03"): count}, {})])
    assert found == [Finding("low", "2026-03", "questions", str(count))]


def test_a_published_number_of_visits_below_twenty_is_caught(tmp_path: Path) -> None:
    cells = {Cell(measure="visits", hub="h1", period="2026-03"): 19}
    assert [f.kind for f in audit([export(tmp_path / "a", cells, {})])] == ["low"]


def test_questions_that_bound_the_visits_below_twenty_are_caught(tmp_path: Path) -> None:
    """Seven questions are the work of seven visits at most."""
    cells = {Cell(period="2026-03"): 7, Cell(measure="visits", period="2026-03"): None}
    found = audit([export(tmp_path / "a", cells, {})])
    assert found == [Finding("below", "2026-03", "visits", "2..7")]


def test_a_skipped_quarter_does_not_blind_the_auditor(tmp_path: Path) -> None:
    """Year and three quarters tell the sum of the months between them."""
    lists = {"period": {"2026": [f"2026-Q{q}" for q in (1, 2, 3, 4)], **MONTHS["period"]}}
    values = {"2026": 103, "2026-Q2": 30, "2026-Q3": 30, "2026-Q4": 30, "2026-01": 9}
    values |= {"2026-02": None, "2026-03": None}
    folders = [export(tmp_path / p, {Cell(period=p): v}, lists) for p, v in values.items()]
    assert [str(f) for f in audit(folders)] == [
        "finding below 2026-02 questions 0..4",
        "finding below 2026-03 questions 0..4",
    ]


def test_a_code_that_a_listed_table_lacks_counts_as_zero(tmp_path: Path) -> None:
    """January lists the main topics but not SUB, so SUB was 0 then."""
    early = {"topic": {"ALL": ["REK", "ACH"]}}
    lists = {**TOPICS, "period": {"2026-Q1": ["2026-01", "2026-02"]}}
    january = {Cell(topic=t, period="2026-01"): 10 for t in ("REK", "ACH")}
    february = {Cell(topic="SUB", period="2026-02"): None}
    quarter = {Cell(topic="SUB", period="2026-Q1"): 5}
    folders = [
        export(tmp_path / "a", january, early),
        export(tmp_path / "b", february, TOPICS),
        export(tmp_path / "c", quarter, lists),
    ]
    truth = {Cell(topic="SUB", period="2026-02"): 3, Cell(topic="SUB", period="2026-Q1"): 5}
    assert [f.kind for f in audit(folders, truth=truth)] == ["exact"]


def test_a_code_of_a_table_that_an_earlier_period_does_not_list_is_unknown(tmp_path: Path) -> None:
    lists = {**TOPICS, "period": {"2026-Q1": ["2026-01", "2026-02"]}}
    folders = [
        export(tmp_path / "a", {Cell(period="2026-01"): 20}, {}),
        export(tmp_path / "b", {Cell(topic="SUB", period="2026-02"): None}, TOPICS),
        export(tmp_path / "c", {Cell(topic="SUB", period="2026-Q1"): 6}, lists),
    ]
    assert audit(folders) == []


def test_municipalities_are_not_mixed(tmp_path: Path) -> None:
    one = with_manifest(export(tmp_path / "a", {Cell(period="2026-03"): 20}, {}), "GM0001")
    two = with_manifest(export(tmp_path / "b", {Cell(period="2026-03"): 30}, {}), "GM0002")
    assert audit([one, two]) == []


def test_a_wrong_digest_is_a_finding_and_does_not_stop_the_audit(tmp_path: Path) -> None:
    folder = with_manifest(export(tmp_path / "a", month(35, 20, 12, 3), TOPICS))
    (folder / "cells.csv").write_text(write_cells(month(35, 20, 12, None)), encoding="utf-8")
    assert [f.kind for f in audit([folder])] == ["digest", "exact"]


def test_a_missing_manifest_is_a_note_and_no_finding(tmp_path: Path) -> None:
    folder = export(tmp_path / "a", {Cell(period="2026-03"): 20}, {})
    result = examine([read_folder(folder)])
    assert (result.findings, len(result.notes)) == ((), 1)


def test_a_published_figure_that_is_not_the_count_is_caught_inside_the_gate(tmp_path: Path) -> None:
    folder = export(tmp_path / "a", {Cell(period="2026-03"): 20}, {})
    found = audit([folder], truth={Cell(period="2026-03"): 19})
    assert found == [Finding("wrong", "2026-03", "questions", "20|19")]


def test_a_small_cell_that_cannot_be_zero_is_caught_inside_the_gate(tmp_path: Path) -> None:
    """2 x 2: the first row and column hold 20 and 8 of 24, so their crossing holds 4 or more."""
    children = {"topic": {"ALL": ["A", "B"]}, "language": {"ALL": ["nl", "ar"]}}
    inner = {("A", "nl"): 4, ("A", "ar"): 16, ("B", "nl"): 4, ("B", "ar"): 0}
    truth = {Cell(topic=t, language=lang, period="2026"): n for (t, lang), n in inner.items()}
    margins = {Cell(period="2026"): 24, Cell(topic="A", period="2026"): 20}
    margins[Cell(language="nl", period="2026")] = 8
    margins[Cell(language="ar", period="2026")] = 16
    values: dict[Cell, int | None] = {**dict.fromkeys(truth), **margins}
    values[Cell(topic="B", period="2026")] = None
    folder = export(tmp_path / "a", values, children)
    truth |= {**margins, Cell(topic="B", period="2026"): 4}
    kinds = [f.kind for f in audit([folder], truth=truth)]
    assert "above-zero" in kinds
    assert "exact" in kinds


def test_a_malformed_value_is_named_with_its_line(tmp_path: Path) -> None:
    folder = export(tmp_path / "a", {Cell(period="2026-03"): 20}, {})
    text = (folder / "cells.csv").read_text(encoding="utf-8").replace(",20\n", ",<5\n")
    (folder / "cells.csv").write_text(text, encoding="utf-8")
    with pytest.raises(FolderError, match=r"cells.csv: line 2: the value is a whole number or x"):
        audit([folder])


def test_a_folder_without_cells_is_named(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match=r"cells.csv: cannot be read"):
        audit([tmp_path])
