"""The audit: all folders of a municipality together, read as an outsider reads them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from hub.statistics.auditor.attack import Attack, Goals
from hub.statistics.auditor.findings import (
    ABOVE_ZERO,
    BELOW,
    CHANGED,
    CONTRADICTION,
    EXACT,
    LOW,
    UNPROVEN,
    WRONG,
    Finding,
    Key,
    about,
)
from hub.statistics.auditor.folders import Exported, read_folder
from hub.statistics.auditor.knowledge import Knowledge, gather
from hub.statistics.auditor.reduction import Group, Reduced, reduce
from hub.statistics.auditor.shape import crossings

VISITS_THRESHOLD = 20
"""Visits of a hub are shown from 20 upwards."""


@dataclass(frozen=True)
class Audit:
    """What was tried and found.

    Attributes:
        findings: sorted; empty when nothing is wrong.
        notes: remarks that are no findings.
        cells: rows read. hidden: how many of them are hidden.
        tables: whole-number tables found, by which hidden cells were cleared.
    """

    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    cells: int
    hidden: int
    tables: int


def audit(
    folders: Sequence[Path],
    truth: Mapping[Key, int] | None = None,
    small: Collection[Key] = (),
) -> list[Finding]:
    """Attack exported folders together, grouped by municipality.

    Args:
        folders: each with ``cells.csv`` and ``meta.json``, perhaps ``manifest.json``.
        truth: true count per row (measure and ten codes), where it is known; then every small
            cell must be possible at 0 and at the threshold or above.
        small: rows that are small although they count the threshold or more.

    Returns:
        The findings, sorted; an empty list when nothing was found.

    Raises:
        FolderError: a folder cannot be read.
    """
    return list(examine([read_folder(folder) for folder in folders], truth, small).findings)


def examine(
    releases: Sequence[Exported],
    truth: Mapping[Key, int] | None = None,
    small: Collection[Key] = (),
) -> Audit:
    """Attack releases already read; arguments as for ``audit``."""
    findings = {f for release in releases for f in release.findings}
    tables = 0
    for group in _by_municipality(releases):
        findings.update(_plain_findings(group, truth))
        more, found = _attacked(group, truth, small)
        findings.update(more)
        tables += found
    return Audit(
        tuple(sorted(findings)),
        tuple(note for release in releases for note in release.notes),
        sum(len(r.rows) for r in releases),
        sum(v is None for r in releases for v in r.rows.values()),
        tables,
    )


def _by_municipality(releases: Sequence[Exported]) -> list[list[Exported]]:
    """Releases of one municipality together.

    One that does not say whose it is belongs with the others where these are all of one.
    """
    named = {release.municipality for release in releases if release.municipality}
    only = named.pop() if len(named) == 1 else ""
    groups: dict[str, list[Exported]] = {}
    for release in releases:
        groups.setdefault(release.municipality or only, []).append(release)
    return list(groups.values())


def threshold_of(key: Key, threshold: int) -> int:
    """The least count a release shows of this measure."""
    return max(VISITS_THRESHOLD, threshold) if key[0] == "visits" else threshold


def _plain_findings(
    releases: Sequence[Exported], truth: Mapping[Key, int] | None
) -> Iterator[Finding]:
    """What needs no arithmetic: low counts, changed cells, crossings, untrue figures."""
    first: dict[Key, int | None] = {}
    for release in releases:
        for key, value in release.rows.items():
            if value is not None and value < threshold_of(key, release.threshold):
                yield about(LOW, key, str(value))
            if truth is not None and value is not None and truth.get(key, value) != value:
                yield about(WRONG, key, f"{value}|{truth[key]}")
            known = first.setdefault(key, value)
            if known != value:
                yield about(
                    CHANGED, key, "|".join("x" if v is None else str(v) for v in (known, value))
                )
        yield from crossings(release)


def _attacked(
    releases: Sequence[Exported], truth: Mapping[Key, int] | None, small: Collection[Key]
) -> tuple[list[Finding], int]:
    knowledge = gather(releases)
    thresholds = _thresholds(releases)
    reduced = reduce(knowledge)
    findings = list(_contradictions(knowledge, reduced))
    asked = _asked(knowledge, thresholds, truth, small)
    findings += _subtracted(knowledge, reduced, asked)
    tables = 0
    for group in reduced.groups:
        goals = Goals(
            np.array([asked.get(int(f), (False, 0))[0] for f in group.figures], dtype=np.bool_),
            np.array([asked.get(int(f), (False, 0))[1] for f in group.figures], dtype=np.int64),
        )
        attack = Attack(group, goals)
        first = attack.run(_base(knowledge, group, truth))
        if first.table is not None:
            findings += _lost(knowledge, group, goals, attack)
        else:
            kind = CONTRADICTION if first.impossible else UNPROVEN
            findings.append(_without_table(kind, knowledge, group))
        tables += attack.tables
    return findings, tables


def _thresholds(releases: Sequence[Exported]) -> dict[Key, int]:
    """Threshold per row: that of the first release that holds it."""
    thresholds: dict[Key, int] = {}
    for release in releases:
        for key in release.rows:
            thresholds.setdefault(key, threshold_of(key, release.threshold))
    return thresholds


def _asked(
    knowledge: Knowledge,
    thresholds: Mapping[Key, int],
    truth: Mapping[Key, int] | None,
    small: Collection[Key],
) -> dict[int, tuple[bool, int]]:
    """Per hidden figure: whether 0 must be possible, and which count must be reachable."""
    asked = {}
    for figure in range(knowledge.listed):
        key = knowledge.keys[figure]
        if key is None or knowledge.values[figure] is not None:
            continue
        if truth is None:
            asked[figure] = (False, thresholds[key])
        elif key in small or truth.get(key, 0) < thresholds[key]:
            asked[figure] = (True, thresholds[key])
    return asked


def _base(
    knowledge: Knowledge, group: Group, truth: Mapping[Key, int] | None
) -> "np.ndarray[tuple[int], np.dtype[np.int64]] | None":
    """The truth as a table to start from; None where it does not tell every unknown.

    Unknowns that no code names follow from the equation they stand in.
    """
    if truth is None:
        return None
    keys = [knowledge.keys[int(f)] for f in group.figures]
    table = np.array([-1 if key is None else truth.get(key, -1) for key in keys], dtype=np.int64)
    ties = abs(group.matrix).sign()
    while (table < 0).any():
        single = np.flatnonzero(ties @ (table < 0).astype(np.int64) == 1)
        rest = group.right - group.matrix @ np.maximum(table, 0)
        open_ones = csr_array(group.matrix[single][:, table < 0])
        places = np.flatnonzero(table < 0)[open_ones.indices]
        table[places] = rest[single] // open_ones.data
        if not single.size or (table[places] < 0).any():
            return None
    return table


def _contradictions(knowledge: Knowledge, reduced: Reduced) -> Iterator[Finding]:
    for row, gap in reduced.broken:
        named = [key for f in knowledge.rows[row] if (key := knowledge.keys[f]) is not None]
        yield about(CONTRADICTION, named[0], str(gap))


def _subtracted(
    knowledge: Knowledge, reduced: Reduced, asked: Mapping[int, tuple[bool, int]]
) -> Iterator[Finding]:
    """Hidden cells that subtraction alone gives away."""
    for figure, (zero, reach) in asked.items():
        value, key = int(reduced.values[figure]), knowledge.keys[figure]
        if key is not None and value >= 0 and (value < reach or (zero and value > 0)):
            yield about(EXACT, key, str(value))


def _without_table(kind: str, knowledge: Knowledge, group: Group) -> Finding:
    named = [knowledge.keys[int(f)] for f in group.figures]
    first = min(key for key in named if key is not None)
    return about(kind, first, "none")


def _lost(knowledge: Knowledge, group: Group, goals: Goals, attack: Attack) -> Iterator[Finding]:
    """Goals that were not cleared, with the range that is left."""
    for unknown in np.flatnonzero(goals.zero | (goals.reach > 0)):
        key = knowledge.keys[int(group.figures[unknown])]
        if key is None:
            continue
        least, most = attack.least_and_most(int(unknown))
        known = f"{'?' if least is None else least}..{'' if most is None else most}"
        reach = int(goals.reach[unknown])
        if reach and most is not None and most < reach:
            kind = EXACT if least == most else BELOW
            yield about(kind, key, str(most) if least == most else known)
        elif goals.zero[unknown] and least is not None and least > 0:
            yield about(ABOVE_ZERO, key, known)
        else:
            yield about(UNPROVEN, key, known)
