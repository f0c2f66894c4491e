"""Only the gate decides what prints: a sweep over the rooms in which texts are shown."""

import ast
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.house.code import Module, modules

_GATE = {"hub.answers.publishing", "hub.answers.standing"}
# The life of a text: whether it may be checked, is in use, or goes to translators.
_LIFE = {"hub.answers.keeping", "hub.answers.library", "hub.answers.po_entries"}


def _decisions(module: Module) -> Iterator[str]:
    """Name lines that compare a text's status, or ask a fact whether it prints."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in {"printable", "at_expiry"}:
            yield f"{module.name}:{node.lineno} asks .{node.attr}"
        if isinstance(node, ast.Compare) and _judges_status(node):
            yield f"{module.name}:{node.lineno} compares .status"


def _judges_status(node: ast.Compare) -> bool:
    """Tell a comparison with a status from a look into a table of labels."""
    sides = (node.left, *node.comparators)
    asks = any(isinstance(side, ast.Attribute) and side.attr == "status" for side in sides)
    label = isinstance(node.ops[0], ast.In) and isinstance(node.comparators[0], ast.Attribute)
    return asks and not label


def _others() -> list[Module]:
    """Give the rooms in which texts are printed or shown; releases have a status of their own."""
    return [
        module
        for module in modules().values()
        if module.feature in {"answers", "visits", "sheets"} and module.name not in _GATE | _LIFE
    ]


def test_only_the_gate_decides_what_prints() -> None:
    found = [line for module in _others() for line in _decisions(module)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "line",
    [
        "choice.beside.status != 'checked'",
        "found.printable",
        "a if fact.at_expiry == 'stop' else b",
    ],
)
def test_a_planted_decision_is_found(line: str) -> None:
    some = next(iter(modules().values()))
    assert list(_decisions(replace(some, tree=ast.parse(line)))) != []
