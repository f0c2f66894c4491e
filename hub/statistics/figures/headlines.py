"""The few figures a page opens with, each beside the last period and the same a year ago."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from hub.statistics.figures import known
from hub.statistics.figures.known import Value
from hub.statistics.figures.lookup import is_planned, value, visits
from hub.statistics.plan import NOT_ANSWERED
from hub.statistics.protection import ALL
from hub.statistics.published import Published

Figure = Callable[[Published], int | Decimal | None]


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure now, in the period before and a year ago; None where hidden or not released.

    Attributes:
        name: `questions`, `visits`, `hours`, `per_hour` or `not_answered`.
        share: of all questions; only for a part of them.
    """

    name: str
    now: int | Decimal | None
    before: int | Decimal | None
    year_ago: int | Decimal | None
    share: Decimal | None = None

    @property
    def since_before(self) -> Decimal | None:
        """Change since the period before, as a share."""
        return known.growth(self.now, self.before)

    @property
    def since_year_ago(self) -> Decimal | None:
        """Change since the same period a year ago, as a share."""
        return known.growth(self.now, self.year_ago)


def headlines(
    now: Published, before: Published | None, year_ago: Published | None
) -> tuple[Headline, ...]:
    """Give the headline figures of a release."""

    def beside(name: str, figure: Figure, share: Decimal | None = None) -> Headline:
        earlier = [figure(release) if release else None for release in (before, year_ago)]
        return Headline(name, figure(now), earlier[0], earlier[1], share)

    found = [
        beside("questions", value),
        beside("visits", visits),
        beside("hours", open_hours),
        beside("per_hour", lambda release: known.rate(visits(release), open_hours(release))),
    ]
    if is_planned(now, ALL, "outcome", NOT_ANSWERED):
        share = known.share(_left(now), value(now))
        found.append(beside(NOT_ANSWERED, _left, share))
    return tuple(found)


def _left(release: Published) -> Value:
    return value(release, ALL, "outcome", NOT_ANSWERED)


def open_hours(release: Published, hub: str = ALL) -> Decimal | None:
    """Give the hours that a hub, or all together, were open; None where none are known."""
    hubs = release.open_hours if hub == ALL else {hub: release.open_hours.get(hub, {})}
    hours = [hours for months in hubs.values() for hours in months.values()]
    return sum(hours, Decimal(0)) if hours else None
