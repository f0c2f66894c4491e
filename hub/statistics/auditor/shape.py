"""Rows that no table of the plan holds: other dimensions crossed, or crossed too finely."""

from collections.abc import Iterator

from hub.statistics.auditor.findings import (
    COLUMNS,
    CROSSING,
    TOTAL,
    Finding,
    Key,
    about,
)
from hub.statistics.auditor.folders import Exported

_OTHERS = range(2, len(COLUMNS) - 1)
_TOPIC = 1
_HUB = COLUMNS.index("hub")


def crossings(release: Exported) -> Iterator[Finding]:
    """Findings for rows outside the plan: *topic x one other thing*, no sub-topic x hub.

    Where ``meta.json`` names the plan's tables, each row must also belong to one of them.
    """
    main = _main_topics(release)
    for key, value in release.rows.items():
        if _crosses(key, main) or not _planned(key, main, release):
            yield about(CROSSING, key, "x" if value is None else str(value))


def _main_topics(release: Exported) -> frozenset[str]:
    lists = release.children.get("topic", {})
    below = {code for name, codes in lists.items() if name.split("#")[0] == TOTAL for code in codes}
    return frozenset({TOTAL, *below})


def _crosses(key: Key, main: frozenset[str]) -> bool:
    others = [at for at in _OTHERS if key[at] != TOTAL]
    if len(others) > 1:
        return True
    if key[0] == "visits":
        return key[_TOPIC] != TOTAL or others not in ([], [_HUB])
    return others == [_HUB] and key[_TOPIC] not in main


def _planned(key: Key, main: frozenset[str], release: Exported) -> bool:
    """Whether a table of the release's own plan holds the row."""
    if release.tables is None or key[0] == "visits":
        return True
    dimension = next((COLUMNS[at] for at in _OTHERS if key[at] != TOTAL), "")
    level = "main" if key[_TOPIC] in main else "topic"
    mine = {deep for name, deep in release.tables if name == dimension}
    if not dimension:
        mine = {deep for _, deep in release.tables}
    return level in mine or "topic" in mine
