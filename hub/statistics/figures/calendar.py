"""Which periods are not released yet, and from which day they can be."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from hub.statistics.figures.periods import previous
from hub.statistics.plan import months_of, period_kind
from hub.statistics.releases.closing import first_day_to_close


@dataclass(frozen=True, slots=True)
class Awaited:
    """A period without a release. `can_be` tells whether its first day has come."""

    period: str
    from_day: date
    can_be: bool


def first_day(period: str) -> date:
    """Give the first day on which a period can be released."""
    return first_day_to_close(months_of(period)[-1])


def awaited(released: Collection[str], today: date) -> tuple[Awaited, ...]:
    """Give the periods without a release, the first to come first.

    They are listed from the first release of their kind on, or from the last period that has
    ended where there is none, up to the one that today lies in.
    """
    found = []
    for current in (today.strftime("%Y-%m"), _quarter(today), today.strftime("%Y")):
        same = [p for p in released if period_kind(p) == period_kind(current)]
        first = min(same, default=previous(current))
        period = current
        while period >= first:
            if period not in released:
                day = first_day(period)
                found.append(Awaited(period, day, day <= today))
            period = previous(period)
    return tuple(sorted(found, key=lambda awaited: awaited.from_day))


def _quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"
