"""Weeks of a hub: from Monday to Sunday in its own time zone, with the time it was open."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from hub.places.hours import Stretch, on_day
from hub.places.open_hours import open_minutes
from hub.visits.entry import EARLIEST
from hub.visits.reading import day_limits

WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
_WRITTEN: Final = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Times:
    """When a hub is open, on the clock of its own place."""

    timezone: str
    hours: Sequence[Stretch]
    closed_days: Collection[date]


@dataclass(frozen=True, slots=True)
class Week:
    """A week that has begun. Its visits are those from `starts` until before `ends`.

    `minutes` is how long the hub was open in that time, by its hours; `ended` is False for the
    week that is still running, which ends now.
    """

    monday: date
    starts: datetime
    ends: datetime
    minutes: int
    ended: bool

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return self.monday + WEEK - _DAY

    @property
    def written(self) -> str:
        """The week as addresses write it, by ISO 8601: `2026-W48`."""
        year, number, _ = self.monday.isocalendar()
        return f"{year:04d}-W{number:02d}"


def monday_of(day: date) -> date:
    """Give the first day of the week of a day."""
    return day - timedelta(days=day.weekday())


def read_week(written: str) -> date | None:
    """Give the Monday of a week as addresses write it; None for what is no week."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return None
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:
        return None


def week_from(monday: date, times: Times, now: datetime) -> Week | None:
    """Give the week that begins on a Monday, up to now; None for one to come or before 2015."""
    if monday < EARLIEST.date():
        return None
    starts = day_limits(monday, times.timezone)[0]
    if starts > now:
        return None
    sunday = monday + WEEK - _DAY
    ends = day_limits(sunday, times.timezone)[1]
    if ends <= now:
        minutes = open_minutes(times.hours, times.closed_days, monday, sunday)
        return Week(monday, starts, ends, minutes, ended=True)
    return Week(monday, starts, now, _minutes_until(monday, times, now), ended=False)


def weeks_before(week: Week, times: Times, count: int) -> Iterator[Week]:
    """Give up to `count` weeks before a week, the latest first."""
    for step in range(1, count + 1):
        earlier = week_from(week.monday - step * WEEK, times, week.starts)
        if earlier is None:
            return
        yield earlier


def _minutes_until(monday: date, times: Times, now: datetime) -> int:
    """Give the minutes open from a Monday until a moment of the same week."""
    local = now.astimezone(ZoneInfo(times.timezone))
    today = local.date()
    clipped = [
        Stretch(stretch.weekday, stretch.opens, min(stretch.closes, _to_the_minute(local.time())))
        for stretch in on_day(times.hours, times.closed_days, today)
        if stretch.opens < local.time()
    ]
    before = open_minutes(times.hours, times.closed_days, monday, today - _DAY)
    return before + open_minutes(clipped, (), today, today)


def _to_the_minute(clock: time) -> time:
    return clock.replace(second=0, microsecond=0)
