"""The code as the sweeps see it: modules, what they import, and which part they play."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

# From the ground up: a feature imports from those on a lower floor, never from its own or above.
FLOORS = {
    "accounts": 0,
    "places": 1,
    "topics": 1,
    "facts": 1,
    "answers": 2,
    "visits": 3,
    "recalls": 3,
    "sheets": 4,
    "statistics": 5,
    "early_signs": 5,
    "tracing": 5,
    "demonstration": 6,
    "editing": 6,
    "maintenance": 7,
}
# Inside a feature: a file imports from its own layer and those below.
LAYERS = {"models": 0, "domain": 1, "forms": 2, "views": 3, "commands": 3}


@dataclass(frozen=True, slots=True)
class Import:
    """One import statement: the module it names, what is taken from it, and where it stands."""

    module: str
    name: str
    line: int
    inside_function: bool


@dataclass(frozen=True, slots=True)
class Module:
    """One file of code under its dotted name."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def feature(self) -> str | None:
        """The feature folder it stands in; None for the files at the root of `hub`."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 and parts[1] in FLOORS else None

    @property
    def layer(self) -> str:
        """The part it plays: models, domain, forms, views or commands."""
        if self.feature is None:
            return "root"
        last = self.name.split(".")[-1]
        for layer in LAYERS:
            if last == layer or last.endswith(f"_{layer}"):
                return layer
        return "domain"

    def imports(self) -> Iterator[Import]:
        """Give every import of the file, with `from a import b` naming `b` too."""
        inside = {
            id(node)
            for function in ast.walk(self.tree)
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            for node in ast.walk(function)
        }
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield Import(alias.name, "", node.lineno, id(node) in inside)
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    yield Import(self._origin(node), alias.name, node.lineno, id(node) in inside)

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        here = self.name.split(".")
        if self.path.name != "__init__.py":
            here = here[:-1]
        base = here[: len(here) - node.level + 1]
        return ".".join([*base, *([node.module] if node.module else [])])


def modules(root: Path = ROOT) -> dict[str, Module]:
    """Give all modules of the package `hub` by dotted name."""
    found = {}
    for path in sorted((root / "hub").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = Module(name, path, ast.parse(path.read_text("utf-8"), str(path)))
    return found


def targets(module: Module, known: dict[str, Module]) -> Iterator[tuple[str, str, int]]:
    """Give what a module imports from the desk: (module, name taken or empty, line)."""
    for found in module.imports():
        inner = f"{found.module}.{found.name}"
        if inner in known:
            yield inner, "", found.line
        elif found.module in known:
            yield found.module, found.name, found.line


def circles(known: dict[str, Module]) -> list[list[str]]:
    """Give the groups of modules that import each other in a circle (Tarjan's algorithm)."""
    edges = {name: sorted({to for to, _, _ in targets(m, known)}) for name, m in known.items()}
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    groups: list[list[str]] = []

    def visit(name: str) -> None:
        order[name] = low[name] = len(order)
        stack.append(name)
        for to in edges[name]:
            if to not in order:
                visit(to)
                low[name] = min(low[name], low[to])
            elif to in stack:
                low[name] = min(low[name], order[to])
        if low[name] == order[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(group) > 1 or name in edges[name]:
                groups.append(sorted(group))

    for name in edges:
        if name not in order:
            visit(name)
    return groups
