"""The month in which a visit counts."""

from collections.abc import Container
from datetime import datetime
from zoneinfo import ZoneInfo


def month_of(moment: datetime, timezone: str) -> str:
    """Give the month of a moment in a time zone, such as `2026-11`."""
    return moment.astimezone(ZoneInfo(timezone)).strftime("%Y-%m")


def next_month(month: str) -> str:
    """Give the month after a month: `2027-01` after `2026-12`."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"


def posted_in(opened_at: datetime, timezone: str, closed: Container[str]) -> str:
    """Give the month in which a visit counts: its own while that is open, else the first open.

    A month that was counted for a release never changes again (the statistics' first rule),
    so a late visit moves on to the first month after its own that is still open.
    """
    month = month_of(opened_at, timezone)
    while month in closed:
        month = next_month(month)
    return month
