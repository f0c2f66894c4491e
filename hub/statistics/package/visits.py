"""Visits per hub beside its opening hours, so that a closed week does not look like success."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from hub.statistics.package import words
from hub.statistics.protection import ALL, VISITS, Cell
from hub.statistics.published import Published

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class HubVisits:
    """One hub, or all together under the code `ALL`.

    Attributes:
        visits: with at least one question; None where hidden.
        hours: that it was open in the period; None where that is not known.
        per_hour: visits per open hour to a hundredth; None where either is missing.
    """

    code: str
    names: Mapping[str, str]
    visits: int | None
    hours: Decimal | None
    per_hour: Decimal | None


def hub_visits(release: Published) -> tuple[HubVisits, ...]:
    """Give all hubs of a release, their total first."""
    hubs = release.children["hub"][ALL]
    hours = {hub: _hours(release, hub) for hub in hubs}
    known = [value for value in hours.values() if value is not None]
    names = {lang: words.say(lang, words.TOTAL) for lang in words.LANGUAGES}
    total = sum(known, Decimal()) if len(known) == len(hubs) else None
    rows = [_row(release, ALL, names, total)]
    for hub in hubs:
        names = {lang: release.label("hub", hub, lang) for lang in words.LANGUAGES}
        rows.append(_row(release, hub, names, hours[hub]))
    return tuple(rows)


def _hours(release: Published, hub: str) -> Decimal | None:
    months = release.open_hours.get(hub)
    return sum(months.values(), Decimal()) if months else None


def _row(
    release: Published, hub: str, names: Mapping[str, str], hours: Decimal | None
) -> HubVisits:
    visits = release.values.get(Cell(measure=VISITS, hub=hub, period=release.period))
    rate = (visits / hours).quantize(_CENT) if visits is not None and hours else None
    return HubVisits(hub, names, visits, hours, rate)
