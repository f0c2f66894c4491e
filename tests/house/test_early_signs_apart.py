"""Early signs read visits, and so stand apart from everything that an analyst may open."""

from collections.abc import Iterator

from flask import Flask

from hub import access
from tests.house.code import Module, modules, targets

_OF_A_HUB = {"volunteer", "coordinator"}


def _reached(known: dict[str, Module], feature: str) -> set[str]:
    """Give every feature whose code a feature uses, itself or through another."""
    names = {name for name, module in known.items() if module.feature == feature}
    queue = list(names)
    while queue:
        for to, _, _ in targets(known[queue.pop()], known):
            if to not in names:
                names.add(to)
                queue.append(to)
    return {known[name].feature or "" for name in names}


def _endpoints(app: Flask, blueprint: str) -> Iterator[str]:
    return (name for name in app.view_functions if name.startswith(f"{blueprint}."))


def test_statistics_and_early_signs_do_not_know_each_other() -> None:
    known = modules()
    assert "visits" in _reached(known, "early_signs")
    assert "early_signs" not in _reached(known, "statistics")
    assert "statistics" not in _reached(known, "early_signs")


def test_early_signs_open_for_the_people_of_a_hub_alone(app: Flask) -> None:
    endpoints = list(_endpoints(app, "early_signs"))
    assert endpoints
    for endpoint in endpoints:
        assert (access.rule_of(app, endpoint) or set()) <= _OF_A_HUB, endpoint
