"""Rows that no table of the plan holds: other dimensions crossed, or crossed too finely."""

from collections.abc import Collection, Iterator, Mapping

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
_AREA = COLUMNS.index("area")


def crossings(release: Exported) -> Iterator[Finding]:
    """Findings for rows outside the plan: *topic x one other thing*, no sub-topic x hub.

    Where ``meta.json`` names the plan's tables, each row must also belong to one of them.
    """
    main = _below(release, "topic", {TOTAL}) | {TOTAL}
    districts = _below(release, "area", {TOTAL})
    parts = {
        "district": districts,
        "neighbourhood": _below(release, "area", districts),
        "": frozenset(code for key in release.rows for code in key),
    }
    for key, value in release.rows.items():
        if _crosses(key, main) or not _planned(key, main, parts, release.tables):
            yield about(CROSSING, key, "x" if value is None else str(value))


def _below(release: Exported, dimension: str, parents: Collection[str]) -> frozenset[str]:
    lists = release.children.get(dimension, {})
    return frozenset(
        code for name, codes in lists.items() if name.split("#")[0] in parents for code in codes
    )


def _crosses(key: Key, main: Collection[str]) -> bool:
    others = [at for at in _OTHERS if key[at] != TOTAL]
    if len(others) > 1 or key[0] not in ("questions", "visits"):
        return True
    if key[0] == "visits":
        return key[_TOPIC] != TOTAL or others not in ([], [_HUB])
    return others == [_HUB] and key[_TOPIC] not in main


def _planned(
    key: Key,
    main: Collection[str],
    parts: Mapping[str, frozenset[str]],
    tables: Collection[tuple[str, str, str]] | None,
) -> bool:
    """Whether a table of the release's own plan holds the row.

    A total over all other dimensions belongs to every table; a project area is an area that is
    neither district nor neighbourhood.
    """
    if tables is None or key[0] == "visits":
        return True
    levels = ("main", "topic") if key[_TOPIC] in main else ("topic",)
    at = next((at for at in _OTHERS if key[at] != TOTAL), None)
    if at is None:
        return any(level in levels for _, _, level in tables)
    in_tree = parts["district"] | parts["neighbourhood"] if at == _AREA else frozenset()
    return any(
        dimension == COLUMNS[at]
        and level in levels
        and (key[at] not in in_tree if part == "project" else key[at] in parts[part])
        for dimension, part, level in tables
    )
