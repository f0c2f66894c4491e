"""Releases that files must survive: names that look like formulas, nothing shown, one hub."""

from dataclasses import replace
from typing import Final

from hub.statistics.published import Published
from tests.statistics.published import a_release

NAMES: Final = (
    '=HYPERLINK("https://example.org","klik")',
    "+31 20 555",
    "-5",
    "@SUM(A1)",
    'Buurthuis "De Brug", zaal 2',
    "مركز الطاقة في الحي",
    "A very long name " * 12,
    "Line\nbreak\tand tab",
    "🏠 Huis & <hof>",
)


def a_month(hubs: int = 2) -> Published:
    """A release of one month, quickly made."""
    return a_release("2026-03", hubs=hubs, questions=700)


def with_awkward_names() -> Published:
    """A month of as many hubs as there are awkward names, called so."""
    release = a_month(hubs=len(NAMES))
    hubs = release.children["hub"]["ALL"]
    names = {hub: {"nl": name, "en": name} for hub, name in zip(hubs, NAMES, strict=True)}
    return replace(release, labels={**release.labels, "hub": names}, municipality_name="=A1 & Zn.")


def with_nothing_shown() -> Published:
    """A month of a municipality without visits: every figure is hidden."""
    release = a_month()
    return replace(release, values=dict.fromkeys(release.values), open_hours={})


def invented() -> Published:
    """A month of the demonstration."""
    return replace(a_month(), demonstration=True)
