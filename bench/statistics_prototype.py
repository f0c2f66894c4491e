"""The prototype this engine was written after, run beside it on its own simulated years.

The prototype is a Python file that is not part of the project: its path is given by hand. It has
``simulate``, ``Counter``, ``star_plan``, ``TREE``, ``Ledger``, ``Protector`` and ``stats``.
"""

import importlib.util
import resource
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scipy.optimize._highspy import _core

from hub.statistics.auditor import examine, parse_release
from hub.statistics.protection import Cell, Children, Count, protect
from hub.statistics.protection.files import Meta, write_cells, write_meta
from hub.statistics.protection.protect import hiding_costs
from hub.statistics.protection.system import build_system

THRESHOLD = 5
_DIMENSIONS = {"topic": "topic", "nbhd": "area", "lang": "language", "tenure": "tenure"}


@dataclass(frozen=True)
class Outcome:
    """One set of tables, protected by this engine and perhaps by the prototype.

    Attributes:
        what: name of the data.
        cells, small: how many there are; the others could be published.
        hidden: how many of these are hidden; ``prototype`` and ``optimum``: the same of others.
        seconds, prototype_seconds: processor time of all releases; ``longest`` of one.
        lost, lost_with_truth: findings of the auditor; ``naive``: under the naive rule
            (of a year, its first quarter: three months and the quarter).
        second_hidden: what the optimiser of tau-ARGUS hides; ``second``: small cells that its
            audit finds lost in what this engine publishes.
        megabytes: peak memory of the process, the attack and the other's work included.
    """

    what: str
    cells: int
    small: int
    hidden: int
    seconds: float
    longest: float
    lost: int | None = None
    lost_with_truth: int | None = None
    naive: int | None = None
    prototype: int | None = None
    prototype_seconds: float | None = None
    optimum: int | None = None
    second_hidden: int | None = None
    second: int | None = None
    megabytes: int = 0


_FIRST_QUARTER = 4
"""Releases that the naive rule is attacked in: each cell it loses takes the auditor long."""


def load(file: Path) -> Any:
    """The prototype as a module; it finds SciPy's HiGHS where it asks for highspy."""
    _core.Highs = _core._Highs
    sys.modules.setdefault("highspy", _core)
    spec = importlib.util.spec_from_file_location("prototype", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def beside(prototype: Any, cells: dict[Cell, Count], children: Children) -> tuple[int, float]:
    """Secondary cells and seconds of the prototype on the same system."""
    system = build_system(cells, children, THRESHOLD, {})
    start = time.process_time()
    equations = []
    for row in range(system.matrix.shape[0]):
        part = slice(system.matrix.indptr[row], system.matrix.indptr[row + 1])
        columns, signs = system.matrix.indices[part], system.matrix.data[part]
        equations.append((int(columns[signs > 0][0]), [int(c) for c in columns[signs < 0]]))
    need = [int(i) for i in system.small.nonzero()[0]]
    state = [int(flag) for flag in system.small]
    weights = hiding_costs(system, children)
    protector = prototype.Protector(system.counts, state, equations, need, weights).protect()
    hidden = sum(int(s) == 1 for s in protector.state) - len(need)
    return hidden, time.process_time() - start


def year(file: Path, hubs: int, compare: bool, attack: bool) -> Outcome:
    """One simulated year of the prototype under its own plan, every release after the others.

    Args:
        file: the prototype.
        hubs: size of the simulated municipality.
        compare: whether the prototype protects the year too.
        attack: whether the auditor attacks all releases together.
    """
    prototype = load(file)
    count = prototype.Counter(prototype.simulate(hubs))
    children = _children(prototype.TREE)
    seconds: list[float] = []
    counts: dict[Cell, Count] = {}
    ledger: dict[Cell, int | None] = {}
    small: set[Cell] = set()
    releases: list[set[Cell]] = []
    for period in _periods():
        own = {_cell(key): Count(count(key)) for key in prototype.star_plan(period)}
        releases.append(set(own) - set(counts))
        counts |= own
        scope = {c: counts[c] for c in _linked(prototype, counts, period)}
        start = time.process_time()
        earlier = {c: ledger[c] for c in scope if c in ledger}
        shown = protect(scope, children, seed=b"bench", published=earlier)
        seconds.append(time.process_time() - start)
        ledger |= shown.values
        small |= shown.small
    found: dict[str, Any] = {}
    if attack:
        found |= _attacked(counts, ledger, small, children, releases)
    if compare:
        start = time.process_time()
        other = prototype.Ledger(count)
        for period in _periods():
            other.release(prototype.star_plan(period), verify=False)
        hidden = sum(h and v >= THRESHOLD for h, v in zip(other.hidden, other.values, strict=True))
        found |= {"prototype": hidden, "prototype_seconds": time.process_time() - start}
    return Outcome(
        f"year of {hubs} hubs",
        len(counts),
        len(small),
        sum(ledger[c] is None for c in counts if c not in small),
        sum(seconds),
        max(seconds),
        megabytes=peak(),
        **found,
    )


def peak() -> int:
    """Peak memory of this process in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


def _periods() -> list[str]:
    """Months, each quarter after its months, the year last, by the prototype's names."""
    found = []
    for quarter in range(4):
        found += [f"M{3 * quarter + month:02}" for month in range(3)]
        found.append(f"Q{quarter}")
    return [*found, "Y"]


def _cell(key: tuple[str, ...]) -> Cell:
    topic, area, language, tenure, period = key
    return Cell(topic=topic, area=area, language=language, tenure=tenure, period=period)


def _children(tree: dict[str, dict[str, list[str]]]) -> Children:
    lists: dict[str, dict[str, list[str]]] = {
        ours: tree[theirs] for theirs, ours in _DIMENSIONS.items()
    }
    return {**lists, "period": tree["period"]}


def _linked(prototype: Any, cells: Iterable[Cell], period: str) -> set[Cell]:
    within = set(prototype.all_codes("period", period))
    return {c for c in cells if c.period in within}


def _attacked(
    counts: dict[Cell, Count],
    ledger: dict[Cell, int | None],
    small: set[Cell],
    children: Children,
    releases: list[set[Cell]],
) -> dict[str, int]:
    meta = write_meta(Meta(THRESHOLD, {}, children))

    def exported(values: dict[Cell, int | None]) -> list[Any]:
        return [
            parse_release(str(number), write_cells({c: values[c] for c in own}), meta)
            for number, own in enumerate(releases)
        ]

    truth = {cell: n.number for cell, n in counts.items()}
    plain = {c: None if n.number < THRESHOLD else n.number for c, n in counts.items()}
    return {
        "lost": _lost(examine(exported(ledger)).findings),
        "lost_with_truth": _lost(examine(exported(ledger), truth, small).findings),
        "naive": _lost(examine(exported(plain)[:_FIRST_QUARTER], truth).findings),
    }


def _lost(findings: Iterable[Any]) -> int:
    return sum(f.kind != "crossing" for f in findings)
