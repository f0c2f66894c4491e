"""Visits per hub beside its opening hours, so that a closed week does not look like success."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from hub.statistics.figures import known
from hub.statistics.figures.headlines import open_hours
from hub.statistics.figures.lookup import visits
from hub.statistics.package import words
from hub.statistics.protection import ALL
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
    total = {lang: words.say(lang, words.TOTAL) for lang in words.LANGUAGES}
    rows = [_row(release, ALL, total)]
    for hub in release.children["hub"][ALL]:
        names = {lang: release.label("hub", hub, lang) for lang in words.LANGUAGES}
        rows.append(_row(release, hub, names))
    return tuple(rows)


def _row(release: Published, hub: str, names: Mapping[str, str]) -> HubVisits:
    came, hours = visits(release, hub), open_hours(release, hub)
    rate = known.rate(came, hours)
    return HubVisits(hub, names, came, hours, None if rate is None else rate.quantize(_CENT))
