"""Folders from anywhere: each is audited, or refused with its file, its line and what to do."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from test_auditor_planted_leaks import TOPICS, export, month, with_manifest

from hub.statistics.auditor import FolderError, audit, examine, read_folder
from hub.statistics.commands import release
from hub.statistics.protection import Cell

HEADER = "measure,topic,area,hub,language,tenure,heating,outcome,channel,trigger,period,value\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A release of one month in which nothing is wrong."""
    return with_manifest(export(tmp_path / "month", month(35, 20, 10, 5), TOPICS))


def edit_meta(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change what meta.json says."""
    file = folder / "meta.json"
    facts = json.loads(file.read_text(encoding="utf-8"))
    change(facts)
    file.write_text(json.dumps(facts), encoding="utf-8")


def row(value: str, topic: str = "REK") -> str:
    """One line of cells.csv."""
    return f"questions,{topic},ALL,ALL,ALL,ALL,ALL,ALL,ALL,ALL,2026-03,{value}\n"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (row("-3"), r"line 2: the value is a whole number or x, not '-3'"),
        (row("7.0"), r"line 2: the value is a whole number or x"),
        (row("") + row("9", "ACH"), r"line 2: the value is a whole number or x"),
        (row("9") + row("1" * 5000, "ACH"), r"line 3: the value is larger than 1000000000"),
        (row("9") + row("1000000001", "ACH"), r"line 3: the value is larger than 1000000000"),
        (row("9") + "questions,REK,9\n", r"line 3 has 3 fields"),
        (row("9", "A" * 200_000), r"is no CSV"),
    ],
)
def test_a_malformed_line_is_named(folder: Path, lines: str, message: str) -> None:
    (folder / "cells.csv").write_text(HEADER + lines, encoding="utf-8")
    with pytest.raises(FolderError, match=message):
        audit([folder])


@pytest.mark.parametrize("content", [b"", b"a,b\n", b"\xff\xfe\x00", b"\x00" * 50])
def test_a_file_that_is_no_table_of_cells_is_named(folder: Path, content: bytes) -> None:
    (folder / "cells.csv").write_bytes(content)
    with pytest.raises(FolderError, match=r"cells\.csv"):
        audit([folder])


@pytest.mark.parametrize("content", ["", "[]", "nonsense", "[" * 100_000, '{"threshold": 5}'])
def test_a_meta_file_that_says_nothing_is_named(folder: Path, content: str) -> None:
    (folder / "meta.json").write_text(content, encoding="utf-8")
    with pytest.raises(FolderError, match=r"meta\.json"):
        audit([folder])


@pytest.mark.parametrize("threshold", [0, -5, "5", 5.5, True, None, 10**12])
def test_a_threshold_that_protects_nobody_is_refused(folder: Path, threshold: object) -> None:
    edit_meta(folder, lambda facts: facts.update(threshold=threshold))
    with pytest.raises(FolderError, match=r"meta\.json: threshold"):
        audit([folder])


@pytest.mark.parametrize(
    "lists",
    [
        {"topic": {"ALL": "REK"}},
        {"topic": {"ALL": [1, 2]}},
        {"topic": {"ALL": ["REK", "REK"]}},
        {"topic": {"ALL": []}},
        {"topic": {"ALL": ["REK"], "REK": ["ALL"]}},
        {"topic": {"ALL": ["ALL"]}},
        {"topic": ["REK"]},
        ["topic"],
    ],
)
def test_lists_of_children_that_cannot_be_are_refused(folder: Path, lists: object) -> None:
    edit_meta(folder, lambda facts: facts.update(children=lists))
    with pytest.raises(FolderError, match=r"meta\.json: threshold, children or plan"):
        audit([folder])


@pytest.mark.parametrize("name", ["cells.csv", "meta.json", "manifest.json"])
def test_a_link_to_somewhere_else_is_not_followed(folder: Path, name: str, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere"
    (folder / name).rename(real)
    (folder / name).symlink_to(real)
    with pytest.raises(FolderError, match=r"is a link to somewhere else"):
        audit([folder])


def test_a_folder_in_the_place_of_a_file_is_named(folder: Path) -> None:
    (folder / "cells.csv").unlink()
    (folder / "cells.csv").mkdir()
    with pytest.raises(FolderError, match=r"cells\.csv: is no file"):
        audit([folder])


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/hostname", "tables/../../secret", "..", "a\\b"]
)
def test_a_manifest_that_points_outside_its_folder_is_a_finding(
    folder: Path, name: str, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    facts = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    facts["files"][name] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(facts), encoding="utf-8")
    assert [(f.kind, f.range) for f in audit([folder])] == [("digest", "outside")]


def test_a_manifest_that_does_not_vouch_for_the_cells_is_a_finding(folder: Path) -> None:
    facts = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del facts["files"]["cells.csv"]
    (folder / "manifest.json").write_text(json.dumps(facts), encoding="utf-8")
    assert [(f.kind, f.cell, f.range) for f in audit([folder])] == [
        ("digest", "cells.csv", "unnamed")
    ]


@pytest.mark.parametrize("content", ["nonsense", "[]", '{"files": 3}'])
def test_a_manifest_that_says_nothing_is_named(folder: Path, content: str) -> None:
    (folder / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(FolderError, match=r"manifest\.json"):
        audit([folder])


def test_a_row_that_stands_twice_with_two_values_is_a_finding(folder: Path) -> None:
    cells = folder / "cells.csv"
    cells.write_text(cells.read_text(encoding="utf-8") + row("21"), encoding="utf-8")
    (folder / "manifest.json").unlink()
    assert [f.kind for f in audit([folder])] == ["changed"]


def test_a_row_that_stands_twice_with_one_value_changes_nothing(folder: Path) -> None:
    cells = folder / "cells.csv"
    cells.write_text(cells.read_text(encoding="utf-8") + row("20"), encoding="utf-8")
    (folder / "manifest.json").unlink()
    assert audit([folder]) == []


def test_the_same_folder_twice_is_the_same_release(folder: Path) -> None:
    assert audit([folder, folder]) == []


def test_a_measure_that_nobody_planned_is_a_finding(folder: Path) -> None:
    cells = folder / "cells.csv"
    more = row("20").replace("questions", "persons")
    cells.write_text(cells.read_text(encoding="utf-8") + more, encoding="utf-8")
    (folder / "manifest.json").unlink()
    assert [f.kind for f in audit([folder])] == ["crossing"]


def test_thousands_of_rows_of_junk_are_read_and_named(folder: Path) -> None:
    junk = "".join(
        f"questions,ALL,a{n},ALL,l{n},ALL,ALL,ALL,ALL,ALL,2026-03,x\n" for n in range(5000)
    )
    cells = folder / "cells.csv"
    cells.write_text(cells.read_text(encoding="utf-8") + junk, encoding="utf-8")
    (folder / "manifest.json").unlink()
    assert [f.kind for f in audit([folder])] == ["crossing"] * 5000


def test_a_folder_without_a_manifest_is_attacked_with_those_of_the_only_municipality(
    tmp_path: Path,
) -> None:
    """Taking the manifest away must not hide what two releases tell together."""
    one = with_manifest(export(tmp_path / "a", month(35, 20, None, None), TOPICS))
    two = export(tmp_path / "b", {Cell(topic="ACH", period="2026-03"): 12}, {})
    assert [(f.kind, f.range) for f in audit([one, two])] == [("changed", "x|12")]


def test_lists_that_changed_are_kept_apart_per_release(tmp_path: Path) -> None:
    """W had two parts in March and three in April: neither list is held against the other."""
    base = {"ALL": ["W", "unknown"]}
    old = {"area": {**base, "W": ["B1", "B2"]}}
    new = {"area": {**base, "W": ["B1", "B2", "B3"]}}

    def cells(period: str, *parts: int) -> dict[Cell, int | None]:
        total = sum(parts)
        found: dict[Cell, int | None] = {Cell(period=period): total + 9}
        found |= {Cell(area="W", period=period): total, Cell(area="unknown", period=period): 9}
        areas = [Cell(area=f"B{n + 1}", period=period) for n in range(len(parts))]
        return {**found, **dict(zip(areas, parts, strict=True))}

    first = export(tmp_path / "a", cells("2026-03", 20, 30), old)
    second = export(tmp_path / "b", cells("2026-04", 20, 30, 40), new)
    assert audit([first, second]) == []


# --- the command ----------------------------------------------------------------------------


def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """`hub release audit …` in a process of its own, without settings, keys or a database.

    `invoke` spares the seconds in which a process begins, where nothing is refused.
    """
    command = [sys.executable, "-c", "from hub.cli import main; main()", "release", "audit"]
    return subprocess.run(
        [*command, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={"LANG": "en_GB.UTF-8", "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def invoke(*arguments: object) -> Result:
    """`hub release audit …` in this process, without an application around it."""
    return CliRunner().invoke(release, ["audit", *map(str, arguments)])


def test_the_command_notes_a_missing_manifest_and_finds_nothing(tmp_path: Path) -> None:
    result = run(export(tmp_path / "a", month(35, 20, 10, 5), TOPICS))
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("note a: no manifest.json")
    assert "Nothing found" in result.stdout


def test_the_command_ends_with_1_and_names_what_it_found(tmp_path: Path) -> None:
    result = invoke(export(tmp_path / "a", month(35, 20, 12, None), TOPICS))
    assert result.exit_code == 1
    assert "finding exact 2026-03 questions,topic=SUB 3" in result.stdout.splitlines()


def test_the_command_ends_with_1_and_names_the_line_it_cannot_read(folder: Path) -> None:
    (folder / "cells.csv").write_text(HEADER + row("<5"), encoding="utf-8")
    result = run(folder)
    assert result.returncode == 1
    assert "line 2: the value is a whole number or x" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_command_ends_with_1_where_there_is_no_folder(tmp_path: Path) -> None:
    result = run(tmp_path / "nowhere")
    assert result.returncode == 1
    assert "give folders made by release export" in result.stderr


def test_notes_are_no_findings(tmp_path: Path) -> None:
    done = examine([read_folder(export(tmp_path / "a", month(35, 20, 10, 5), TOPICS))])
    assert (done.findings, len(done.notes)) == ((), 1)
