"""Opening hours beside visits, so that a hub that was closed does not look like success."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Final, Literal

from hub.statistics.figures import known
from hub.statistics.figures.headlines import open_hours
from hub.statistics.figures.known import Value
from hub.statistics.figures.lookup import codes, visits
from hub.statistics.published import Published

FEWER_HOURS: Final = Decimal("0.8")
"""A month with less than this share of a hub's usual hours is marked."""

Opening = Literal["usual", "fewer", "closed", "not_released"]


@dataclass(frozen=True, slots=True)
class HubMonth:
    """A hub in one month. `hours` is None where they are not known or not released."""

    month: str
    hours: Decimal | None
    visits: Value
    opening: Opening

    @property
    def per_hour(self) -> Decimal | None:
        """Visits per open hour; None where hidden, not released or closed."""
        return known.rate(self.visits, self.hours)


@dataclass(frozen=True, slots=True)
class HubHours:
    """A hub along months, with its figures in the release at hand."""

    hub: str
    hours: Decimal | None
    visits: Value
    months: tuple[HubMonth, ...]

    @property
    def per_hour(self) -> Decimal | None:
        """Visits per open hour in the release at hand."""
        return known.rate(self.visits, self.hours)

    @property
    def short(self) -> tuple[HubMonth, ...]:
        """The months in which the hub was closed, or open for fewer hours than usual."""
        return tuple(month for month in self.months if month.opening in ("fewer", "closed"))


def hub_hours(
    good: Mapping[str, Published], release: Published, months: Sequence[str]
) -> tuple[HubHours, ...]:
    """Give each hub of a release along months: hours, visits, and months that were short.

    The usual hours of a hub are the median of the months in which it was open.
    """
    return tuple(_one_hub(good, release, months, hub) for hub in codes(release, "hub"))


def _one_hub(
    good: Mapping[str, Published], release: Published, months: Sequence[str], hub: str
) -> HubHours:
    known_hours = {month: _hours(good, release, hub, month) for month in months}
    when_open = [hours for hours in known_hours.values() if hours]
    usual = Decimal(median(when_open)) if when_open else Decimal(0)
    return HubHours(
        hub,
        open_hours(release, hub),
        visits(release, hub),
        tuple(
            HubMonth(
                month,
                hours,
                visits(good[month], hub) if month in good else None,
                _opening(hours, usual),
            )
            for month, hours in known_hours.items()
        ),
    )


def _hours(
    good: Mapping[str, Published], release: Published, hub: str, month: str
) -> Decimal | None:
    for source in (good.get(month), release):
        if source is not None and month in source.open_hours.get(hub, {}):
            return source.open_hours[hub][month]
    return None


def _opening(hours: Decimal | None, usual: Decimal) -> Opening:
    if hours is None:
        return "not_released"
    if hours == 0:
        return "closed"
    return "fewer" if hours < FEWER_HOURS * usual else "usual"
