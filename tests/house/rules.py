"""The house rules about imports, each as a function that names the lines that break it."""

import ast
from collections.abc import Iterator

from tests.house.code import FLOORS, LAYERS, Module, circles, targets

# What a file of the domain may take from the database file: the shapes of tables, no session.
_SHAPES = {"Base", "UtcDateTime", "NAMING"}
_WEB = {"flask", "werkzeug", "flask_wtf", "flask_sqlalchemy"}
_WEB_LAYERS = {"views", "forms", "root"}
_CLOCKS = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today")}

Known = dict[str, Module]


def _place(module: Module, line: int) -> str:
    return f"{'/'.join(module.path.parts[-2:])}:{line}"


def upward_between_features(known: Known) -> Iterator[str]:
    """Name imports from a feature on the same floor or above, or from another's upper layer."""
    for module in known.values():
        for name, _, line in targets(module, known):
            other = known[name]
            if module.feature is None or other.feature in {None, module.feature}:
                continue
            if FLOORS[other.feature] >= FLOORS[module.feature]:
                yield f"{_place(module, line)} imports upwards from {name}"
            elif LAYERS[other.layer] > LAYERS[module.layer]:
                yield f"{_place(module, line)} imports the {other.layer} of {name}"


def upward_inside_features(known: Known) -> Iterator[str]:
    """Name imports from a higher layer of the same feature."""
    for module in known.values():
        for name, _, line in targets(module, known):
            other = known[name]
            if module.feature is None or other.feature != module.feature:
                continue
            if LAYERS[other.layer] > LAYERS[module.layer]:
                yield f"{_place(module, line)}: {module.layer} imports {other.layer} ({name})"


def web_outside_the_edge(known: Known) -> Iterator[str]:
    """Name imports of Flask and its kin outside views, forms and the files at the root."""
    for module in known.values():
        if module.layer in _WEB_LAYERS:
            continue
        for found in module.imports():
            if found.module.split(".")[0] in _WEB:
                yield f"{_place(module, found.line)} imports {found.module}"


def _reach_the_web(known: Known) -> set[str]:
    """Give the root files that import Flask, themselves or through another root file."""
    roots = {name: module for name, module in known.items() if module.layer == "root"}
    reached = {
        name
        for name, module in roots.items()
        if any(found.module.split(".")[0] in _WEB for found in module.imports())
    }
    while True:
        more = {
            name
            for name, module in roots.items()
            if name not in reached
            and any(to in reached and to != "hub.db" for to, _, _ in targets(module, known))
        }
        if not more:
            return reached
        reached |= more


def web_through_a_root_file(known: Known) -> Iterator[str]:
    """Name domain files and models that reach the request or the clock through a root file."""
    closed = _reach_the_web(known)
    for module in known.values():
        if module.layer not in {"domain", "models"}:
            continue
        for name, taken, line in targets(module, known):
            if name == "hub.db" and taken in _SHAPES:
                continue
            if name in closed:
                yield f"{_place(module, line)} imports {taken or name} of {name}"


def clocks_and_commits_in_the_domain(known: Known) -> Iterator[str]:
    """Name calls by which a domain file would read a clock or commit."""
    for module in known.values():
        if module.layer not in {"domain", "models"}:
            continue
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            owner = node.func.value
            called = (owner.id if isinstance(owner, ast.Name) else "", node.func.attr)
            if node.func.attr == "commit" or called in _CLOCKS:
                yield f"{_place(module, node.lineno)} calls {'.'.join(called)}"


def imports_inside_functions(known: Known) -> Iterator[str]:
    """Name imports that hide inside a function."""
    for module in known.values():
        for found in module.imports():
            if found.inside_function:
                yield f"{_place(module, found.line)} imports {found.module} inside a function"


def environment_outside_settings(known: Known) -> Iterator[str]:
    """Name lines that read the environment; config.py alone may."""
    for module in known.values():
        for node in ast.walk(module.tree):
            name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
            if name in {"environ", "getenv", "environb"}:
                yield f"{_place(module, getattr(node, 'lineno', 0))} reads the environment"


def import_circles(known: Known) -> Iterator[str]:
    """Name the circles of modules that import each other."""
    for group in circles(known):
        yield " <-> ".join(group)


RULES = (
    upward_between_features,
    upward_inside_features,
    web_outside_the_edge,
    web_through_a_root_file,
    clocks_and_commits_in_the_domain,
    imports_inside_functions,
    environment_outside_settings,
    import_circles,
)
