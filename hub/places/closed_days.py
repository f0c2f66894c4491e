"""Days on which a hub stays closed, typed one by one or from one day to another."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from hub.i18n import N_
from hub.refusal import Refusal

MOST_DAYS: Final = 400
_ISO: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DUTCH: Final = re.compile(r"(?P<day>\d{1,2})[-./](?P<month>\d{1,2})[-./](?P<year>\d{4})")
_UNTIL: Final = re.compile(r"\s+(?:t/m|tot en met|to|until)\s+")


def parse(typed: str) -> tuple[date, ...]:
    """Read days such as `25-12-2026` or `2026-12-24 t/m 2027-01-03`, one per line or by `;`.

    Raises Refusal on field `closed_days`, naming what cannot be read.
    """
    days: set[date] = set()
    for part in re.split(r"[;,\n]", typed):
        if part.strip():
            days.update(_part(part.strip()))
        if len(days) > MOST_DAYS:
            raise _too_many()
    return tuple(sorted(days))


def as_typed(days: Iterable[date]) -> str:
    """Write days in the form that `parse` reads: one line for each unbroken run of days."""
    runs: list[tuple[date, date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][1] == timedelta(days=1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return "\n".join(
        f"{first:%d-%m-%Y}" if first == last else f"{first:%d-%m-%Y} t/m {last:%d-%m-%Y}"
        for first, last in runs
    )


def _part(part: str) -> list[date]:
    ends = [_day(end, part) for end in _UNTIL.split(part.lower())]
    first, last = ends[0], ends[-1]
    if len(ends) > 2 or last < first:
        raise _unreadable(part)
    if (last - first).days >= MOST_DAYS:
        raise _too_many()
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def _day(typed: str, part: str) -> date:
    found = _ISO.fullmatch(typed) or _DUTCH.fullmatch(typed)
    if found is None:
        raise _unreadable(part)
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError as error:
        raise Refusal(
            N_("“%(part)s” holds a day that is not in the calendar."),
            field="closed_days",
            part=part,
        ) from error


def _unreadable(part: str) -> Refusal:
    return Refusal(
        N_("“%(part)s” cannot be read. Write days as 25-12-2026, or 24-12-2026 t/m 03-01-2027."),
        field="closed_days",
        part=part,
    )


def _too_many() -> Refusal:
    return Refusal(
        N_("These are more than %(most)s days. A hub closed for so long has no hours instead."),
        field="closed_days",
        most=MOST_DAYS,
    )
