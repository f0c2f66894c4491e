"""The one place where the desk looks at the clock and makes random values.

Domain functions get `now` as an argument; views and commands take it from here. Tests put
another clock in `app.extensions["clock"]`.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app


def system_clock() -> datetime:
    """Give the present moment in UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """Give the moment that counts for this application, in UTC."""
    clock: Callable[[], datetime] = current_app.extensions.get("clock", system_clock)
    return clock()


def today(timezone: str) -> date:
    """Give the day it is in a time zone such as `Europe/Amsterdam`."""
    return now().astimezone(ZoneInfo(timezone)).date()
