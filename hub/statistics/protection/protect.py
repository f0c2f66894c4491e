"""Protection of the cells of a release together with everything released before.

The guarantee, 0-or-5: for every small cell, everything ever published fits a complete
whole-number table in which that cell is 0, and one in which it is at or above the threshold.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hub.statistics.protection.cells import ALL, DIMENSIONS, Cell, Children, Count
from hub.statistics.protection.exact import fewest_hidden
from hub.statistics.protection.linked import Part, parts, rigid_columns
from hub.statistics.protection.proof import ProofTable, check_proof
from hub.statistics.protection.search import Search, UnprotectableError
from hub.statistics.protection.system import Flags, Numbers, System, Whole, build_system

Progress = Callable[[int, int], None]
"""Called with (requirements settled, requirements in all) while the work goes on."""


class ProtectionError(Exception):
    """What is public already leaves no safe release; the message names the cell."""


@dataclass(frozen=True)
class Protected:
    """Cells as they may be published, with the proof that they may.

    Attributes:
        values: every cell given; its count where published, None where hidden.
        small: the cells that the guarantee covers.
        tables: the proof tables. They contain the truth: never export them.
    """

    values: Mapping[Cell, int | None]
    small: frozenset[Cell]
    tables: tuple[ProofTable, ...]

    @property
    def secondary(self) -> frozenset[Cell]:
        """Cells that are hidden only to protect others."""
        return frozenset(c for c, v in self.values.items() if v is None and c not in self.small)


def protect(
    cells: Mapping[Cell, Count],
    children: Children,
    *,
    threshold: int = 5,
    seed: bytes = b"",
    published: Mapping[Cell, int | None] | None = None,
    progress: Progress | None = None,
) -> Protected:
    """Decide which cells may be published, and prove it.

    A cell is small, and hidden, where it has fewer than ``threshold`` questions or fewer than
    ``threshold`` different visits (visits themselves: fewer than 20); zeros alike. Further
    cells are hidden until nobody can tell of any small cell that it is not 0, or that it is
    below the threshold. What is published is exact. The same arguments give the same result.

    Example: ``protect({Cell(topic="REK"): Count(7), Cell(): Count(9), …},
    {"topic": {"ALL": ["REK", "ACH", …]}}).values[Cell(topic="REK")]`` is 7 or None.

    Args:
        cells: the true count of every planned cell, totals included, and of every earlier cell
            in ``published``. List all codes of a dimension whatever was counted.
        children: which codes add up to which, per dimension.
        threshold: least count that is shown.
        seed: secret that decides between equally good choices; store it, never export it.
        published: the ledger: earlier cells with their value, None where hidden. Their state
            never changes. Give earlier cells the threshold of their release in ``Count``.
        progress: told how far the work is.

    Returns:
        Values of all cells given, earlier ones included, and the proof, already checked.

    Raises:
        CellError: counts or lists do not fit together.
        ProtectionError: a small cell cannot be protected beside what is already public.
    """
    ledger = {} if published is None else published
    system = build_system(cells, children, threshold, ledger)
    rigid = rigid_columns(system)
    _refuse_rigid(system, rigid)
    rng = np.random.default_rng(int.from_bytes(hashlib.sha256(seed).digest(), "big"))
    report = _Report(system, progress)
    hidden = system.hidden.copy()
    tables: list[ProofTable] = []
    for part in parts(system, rigid, hiding_costs(system, children), _inner(system, children)):
        try:
            search = _searched(part, rng, report)
        except UnprotectableError as refusal:
            raise ProtectionError(
                f"{system.cells[refusal.column]}: cannot be protected beside earlier releases"
            ) from refusal
        hidden[part.columns] = search.hidden
        tables += search.tables()
    values = {
        cell: None if hidden[i] else int(system.counts[i]) for i, cell in enumerate(system.cells)
    }
    check_proof(cells, children, threshold, ledger, values, tables)
    small = frozenset(c for c, is_small in zip(system.cells, system.small, strict=True) if is_small)
    return Protected(values, small, tuple(tables))


def hiding_costs(system: System, children: Children) -> Numbers:
    """Cost of hiding each column: it doubles with every level that the cell totals.

    A large count costs more: it tells more, and small counts lie beside the small cells that
    need cover, so that one of them covers several.
    """
    heights = {d: code_heights(children.get(d, {})) for d in DIMENSIONS if d != "period"}
    cost = np.ones(len(system.counts))
    for column, cell in enumerate(system.cells):
        others = [d for d in heights if d != "topic" and cell.code(d) != ALL]
        levels = heights["topic"].get(cell.topic, 0)
        levels += max((heights[d].get(cell.code(d), 0) for d in others), default=2)
        cost[column] = 2.0 ** min(levels, 4)
    weighted: Numbers = cost * (1 + np.sqrt(system.counts))
    return weighted


def _inner(system: System, children: Children) -> Flags:
    """Columns whose cell is of a topic without topics below it; not the total of all."""
    totals = {ALL, *(key.split("#")[0] for key in children.get("topic", {}))}
    inner = np.zeros(len(system.counts), dtype=np.bool_)
    inner[: len(system.cells)] = [cell.topic not in totals for cell in system.cells]
    return inner


def code_heights(lists: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How many levels lie below each code that has children."""
    heights: dict[str, int] = {}
    for _ in lists:
        for key, codes in lists.items():
            code = key.split("#")[0]
            below = 1 + max(heights.get(child, 0) for child in codes)
            heights[code] = max(heights.get(code, 0), below)
    return heights


def _refuse_rigid(system: System, rigid: Flags) -> None:
    certain = np.flatnonzero(system.small & rigid[: len(system.cells)])
    if certain.size:
        raise ProtectionError(
            f"{system.cells[certain[0]]}: earlier releases already tell its count"
        )


def _searched(part: Part, rng: np.random.Generator, report: Callable[[int], None]) -> Search:
    """The search of one part, done: from the exact answer where there is one."""
    hidden = fewest_hidden(part, rng)
    search = Search(part, rng, report, hidden)
    search.run()
    search.reopen()
    search.prune()
    return search


class _Report:
    """Counts settled requirements and passes them on to a progress callback."""

    def __init__(self, system: System, progress: Progress | None) -> None:
        counts: Whole = system.counts[: len(system.cells)]
        asked = (counts > 0, counts < system.thresholds)
        self._all = int(sum(np.count_nonzero(system.small & side) for side in asked))
        self._done = 0
        self._progress = progress

    def __call__(self, settled: int) -> None:
        self._done += settled
        if self._progress is not None:
            self._progress(self._done, self._all)
