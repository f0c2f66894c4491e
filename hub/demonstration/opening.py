"""When people can come: every stretch of time in which a hub of the demonstration was open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hub.demonstration.stage import StageHub
from hub.places.hours import on_day
from hub.places.hubs import stretches_of


@dataclass(frozen=True, slots=True)
class Slot:
    """One stretch of one day at one hub, from its opening until it closed or until now."""

    stage: StageHub
    day: date
    opens: datetime
    seconds: int


def slots(stages: Sequence[StageHub], now: datetime, months: int) -> Iterator[Slot]:
    """Give every slot of the months before `now`, hub by hub, in the order of time."""
    for stage in stages:
        zone = ZoneInfo(stage.hub.timezone)
        today = now.astimezone(zone).date()
        stretches = stretches_of(stage.hub)
        closed = {entry.day for entry in stage.hub.closed_days}
        day = months_before(today, months)
        while day <= today:
            for stretch in on_day(stretches, closed, day):
                opens = datetime.combine(day, stretch.opens, zone)
                closes = min(datetime.combine(day, stretch.closes, zone), now)
                seconds = int((closes - opens).total_seconds())
                if seconds > 0:
                    yield Slot(stage, day, opens, seconds)
            day += timedelta(days=1)


def months_before(day: date, months: int) -> date:
    """Give the same day some months earlier, or the last of that month."""
    whole = day.year * 12 + day.month - 1 - months
    first = date(whole // 12, whole % 12 + 1, 1)
    after = (first + timedelta(days=31)).replace(day=1)
    return min(first + timedelta(days=day.day - 1), after - timedelta(days=1))
