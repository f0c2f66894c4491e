"""The demonstration's releases: enough for an analyst to look at, in seconds.

Every whole month that is closed, so that the last one has one of a year ago beside it, and the
last quarter, which has the finer tables. More takes longer, and can be made by hand.
"""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from hub.demonstration.making import MONTHS, SEED
from hub.demonstration.opening import months_before
from hub.demonstration.stage import CODE
from hub.places.models import Municipality
from hub.progress import Told, silent
from hub.statistics.models import Release
from hub.statistics.plan import months_of
from hub.statistics.releases.closing import first_day_to_close
from hub.statistics.releases.making import Order, Work, make_release, software_version
from hub.visits.posting import next_month

QUARTERS: Final = 1


def demonstration_periods(today: date) -> list[str]:
    """Give the periods that are released on a day: months, then quarters, the oldest first."""
    month = next_month(months_before(today, MONTHS).strftime("%Y-%m"))
    months = []
    while first_day_to_close(month) <= today:
        months.append(month)
        month = next_month(month)
    quarters = dict.fromkeys(f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}" for month in months)
    whole = [quarter for quarter in quarters if set(months_of(quarter)) <= set(months)]
    return [*months, *whole[-QUARTERS:]]


def release_demonstration(
    work: Work,
    look: Work,
    now: datetime,
    *,
    threshold: int,
    seed: int = SEED,
    told: Told = silent,
) -> int:
    """Make those of the demonstration's releases that are not there yet; give how many.

    `work` and `look` as for `make_release`. Does nothing where there is no demonstration.
    """
    with look() as session:
        municipality = session.get(Municipality, CODE)
        if municipality is None:
            return 0
        today = now.astimezone(ZoneInfo(municipality.timezone)).date()
        there = set(
            session.scalars(select(Release.period).where(Release.municipality_code == CODE))
        )
    missing = [period for period in demonstration_periods(today) if period not in there]
    for period in missing:
        order = Order(CODE, period, threshold, f"{seed} {period}".encode(), software_version())
        make_release(order, work, look, now)
        told(1, len(missing))
    return len(missing)
