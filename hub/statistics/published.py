"""A release as anyone may see it: the one value behind pages, files, charts and the report.

Nothing in it comes from visits but figures that were protected and checked together. Whatever
shows statistics takes this value and nothing else, so that no second path can leak or differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from hub.statistics.protection import Cell, Children

Labels = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Dimension -> code -> language of the screen (`nl`, `en`) -> label. Totals are not listed."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the auditor did before the release was made visible.

    Attributes:
        cells: figures that it read, of this and all earlier releases.
        hidden: how many of them are hidden.
        tables: complete tables of whole numbers it found, by which hidden cells were cleared.
    """

    cells: int
    hidden: int
    tables: int


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """When and why a faulty release was withdrawn."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Published:
    """One frozen release of one municipality.

    Attributes:
        id: number of the release.
        municipality: CBS code. municipality_name: its name on the day of the release.
        period: `2026-03`, `2026-Q1` or `2026`.
        made_at: moment in UTC.
        version: version of the desk that made it.
        threshold: least number of questions that is shown.
        plan: version and tables, as `meta.json` carries them (`plan.plan_facts`).
        children: what adds up to what, per dimension.
        values: every planned cell of the period; None where it is hidden.
        labels: names of all codes as they were on the day of the release.
        open_hours: hub -> month -> hours that the hub was open.
        checked: what the auditor did.
        withdrawn: None while the release is good.
        demonstration: whether the municipality is invented.
    """

    id: int
    municipality: str
    municipality_name: str
    period: str
    made_at: datetime
    version: str
    threshold: int
    plan: Mapping[str, Any]
    children: Children
    values: Mapping[Cell, int | None]
    labels: Labels
    open_hours: Mapping[str, Mapping[str, Decimal]]
    checked: Checked
    withdrawn: Withdrawal | None = None
    demonstration: bool = False

    def tables(self) -> Sequence[str]:
        """Names of the tables of the release, in the order of the plan."""
        return [table["name"] for table in self.plan["tables"]]

    def label(self, dimension: str, code: str, language: str) -> str:
        """Name of a code in a language of the screen; the code itself where it has none."""
        names = self.labels.get(dimension, {}).get(code, {})
        return names.get(language, code)
