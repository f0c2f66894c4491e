"""The calculators know no register, no language and no clock: they take what they count with."""

import ast
from pathlib import Path

import pytest

import hub.calculators

FILES = sorted(Path(hub.calculators.__file__).parent.glob("*.py"))
ALLOWED = {"hub.refusal", "hub.i18n"}


def imported(path: Path) -> set[str]:
    """Give the modules of the desk that a file imports."""
    tree = ast.parse(path.read_text("utf-8"))
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    return {name for name in names if name and name.split(".")[0] in {"hub", "flask"}}


def test_there_are_calculators_to_look_at() -> None:
    assert len(FILES) > 5


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_calculator_imports_only_its_own_room_refusals_and_the_marker(path: Path) -> None:
    others = {name for name in imported(path) if not name.startswith("hub.calculators")}
    assert others <= ALLOWED


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_calculator_has_no_floating_point_number(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    floats = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and type(n.value) is float]
    named = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == "float"]
    assert floats == []
    assert named == []
