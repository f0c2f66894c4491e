"""The import rule: views and commands use forms, forms the domain, the domain models; features
use only those below them; Flask, the clock and the commit stay at the edge."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house.code import FLOORS, Module, modules
from tests.house.rules import RULES

Rule = Callable[[dict[str, Module]], Iterator[str]]


@pytest.fixture(scope="module")
def desk() -> dict[str, Module]:
    return modules()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_desk_keeps_to(rule: Rule, desk: dict[str, Module]) -> None:
    broken = list(rule(desk))
    assert not broken, "\n".join(broken)


def test_every_folder_with_models_or_views_has_a_floor(desk: dict[str, Module]) -> None:
    for name, module in desk.items():
        if module.path.stem in {"models", "views", "commands"} and name.count(".") > 1:
            assert name.split(".")[1] in FLOORS, f"{name} stands on no floor of FLOORS"


# One planted breach for every rule: a rule that finds nothing here could find nothing anywhere.
BREACHES = {
    "upward_between_features": {"visits/reading.py": "from hub.sheets import models"},
    "upward_inside_features": {"visits/reading.py": "from hub.visits import forms"},
    "web_outside_the_edge": {"visits/reading.py": "from flask import request"},
    "web_through_a_root_file": {
        "clock.py": "from flask import current_app",
        "timing.py": "from hub import clock",
        "visits/reading.py": "from hub import timing",
    },
    "clocks_and_commits_in_the_domain": {"visits/reading.py": "def f(s): s.commit()"},
    "imports_inside_functions": {"visits/views.py": "def f():\n    import json"},
    "environment_outside_settings": {"visits/views.py": "import os\nos.environ['A']"},
    "import_circles": {
        "visits/reading.py": "from hub.visits import writing",
        "visits/writing.py": "from hub.visits.reading import read",
    },
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_planted_breach_is_found_by(rule: Rule, tmp_path: Path) -> None:
    empty = ["__init__.py", "visits/__init__.py", "visits/forms.py", "sheets/__init__.py"]
    for name in [*empty, "sheets/models.py", *BREACHES[rule.__name__]]:
        path = tmp_path / "hub" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(BREACHES[rule.__name__].get(name, ""), "utf-8")
    assert list(rule(modules(tmp_path))) != []


def test_a_view_may_use_forms_domain_and_features_below(tmp_path: Path) -> None:
    files = {
        "visits/views.py": "from flask import request\nfrom hub.visits import forms, reading",
        "visits/forms.py": "from hub.answers.library import find",
        "visits/reading.py": "from hub.db import Base",
        "answers/library.py": "from hub.topics.models import Topic",
        "topics/models.py": "from hub.db import Base",
        "db.py": "from flask_sqlalchemy import SQLAlchemy",
    }
    for name, code in files.items():
        path = tmp_path / "hub" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code, "utf-8")
    assert [line for rule in RULES for line in rule(modules(tmp_path))] == []
