"""Dutch public holidays and working days, as the Algemene termijnenwet counts them.

Article 3: New Year's Day, Good Friday, Easter Monday, King's Day, 5 May, Ascension Day, Whit
Monday, both Christmas days, and days that a royal decree sets equal to them. 5 May counts every
year, whether or not people have the day off.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

# Royal decrees under article 3, third paragraph: for 2023-2025 and for 2026-2028. The next
# one is due before 2029; until then a term that ends on such a day counts as ending there.
EQUATED: Final = frozenset(
    {
        date(2023, 4, 28),
        date(2023, 5, 19),
        date(2024, 5, 10),
        date(2024, 12, 27),
        date(2025, 5, 30),
        date(2026, 1, 2),
        date(2026, 5, 15),
        date(2027, 5, 7),
        date(2028, 4, 28),
        date(2028, 5, 26),
    }
)
_SATURDAY: Final = 5
_SUNDAY: Final = 6
_DAY: Final = timedelta(days=1)


def easter_sunday(year: int) -> date:
    """Give Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, ch. 8)."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    skipped, century_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - skipped - moon_shift + 15) % 30
    leaps, leap_rest = divmod(in_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - epact - leap_rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def kings_day(year: int) -> date:
    """Give King's Day: 27 April, or the day before where that is a Sunday (since 2014)."""
    day = date(year, 4, 27)
    return day - _DAY if day.weekday() == _SUNDAY else day


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """Give the public holidays of a year from 2014 on, without the days of the decrees."""
    easter = easter_sunday(year)
    return frozenset(
        {
            date(year, 1, 1),
            easter - 2 * _DAY,
            easter + _DAY,
            kings_day(year),
            date(year, 5, 5),
            easter + 39 * _DAY,
            easter + 50 * _DAY,
            date(year, 12, 25),
            date(year, 12, 26),
        }
    )


def is_working_day(day: date) -> bool:
    """Tell whether a day is no Saturday, Sunday, public holiday or day set equal to one."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year) and day not in EQUATED


def working_day_from(day: date) -> date:
    """Give the day itself where it is a working day, else the first working day after it."""
    while not is_working_day(day):
        day += _DAY
    return day
