"""How long a hub was open between two days, so that counts can be set against open hours.

Open hours are those on the hub's door: days and clock times of the hub's own place. No moment
is turned into another time zone, so a day on which the clock changes counts as any other.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, time
from decimal import Decimal
from typing import Final

from hub.places.hours import Stretch

_DAYS_OF_A_WEEK: Final = 7
_MINUTES_OF_AN_HOUR: Final = 60


def open_minutes(
    hours: Iterable[Stretch], closed_days: Collection[date], first: date, last: date
) -> int:
    """Give the minutes a hub is open from one day to another, both included.

    `hours` is the week of the hub, whose times of one day do not overlap (`hours.parse` refuses
    those that do); `closed_days` are left out, and may lie anywhere. No hours, or a last day
    before the first, is 0 minutes.
    """
    of_weekday: Counter[int] = Counter()
    for stretch in hours:
        of_weekday[stretch.weekday] += _minute(stretch.closes) - _minute(stretch.opens)
    days = max((last - first).days + 1, 0)
    weeks, left_over = divmod(days, _DAYS_OF_A_WEEK)
    total = weeks * of_weekday.total()
    total += sum(
        of_weekday[(first.weekday() + step) % _DAYS_OF_A_WEEK] for step in range(left_over)
    )
    closed = {day for day in closed_days if first <= day <= last}
    return total - sum(of_weekday[day.weekday()] for day in closed)


def open_hours(
    hours: Iterable[Stretch], closed_days: Collection[date], first: date, last: date
) -> Decimal:
    """Give the hours a hub is open from one day to another, both included; not rounded.

    Takes what `open_minutes` takes. 20 minutes are a third of an hour in 28 digits: where hours
    of several hubs or periods are added, add minutes and divide once.
    """
    return Decimal(open_minutes(hours, closed_days, first, last)) / _MINUTES_OF_AN_HOUR


def _minute(clock: time) -> int:
    return clock.hour * _MINUTES_OF_AN_HOUR + clock.minute
