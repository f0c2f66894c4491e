"""How a year's use spreads over its months: the profile of an average Dutch household.

Source: the quantities of the national price cap of 2023 (1,200 m³ of gas, 2,900 kWh), month by
month; recalled, and checked against its published sums to 14 February, 13 April and 5 August
2023. It is an average net of solar power, with heating and hot water on gas. It does not fit
homes with panels, a heat pump, or gas for cooking only.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class Profile:
    """The use of each month of a year, January first, in one unit of use."""

    months: tuple[int, ...]

    def share(self, first: date, last: date) -> Decimal:
        """Give the part of a year's use that falls between two days, both counted.

        Inside a month the use is spread evenly over its days. A calendar year is exactly 1;
        more than a year is more than 1, and nothing when `last` lies before `first`.
        """
        parts = months_between(first, last)
        return sum((self._of(part) for part in parts), Decimal(0)) / sum(self.months)

    def months_ahead(self, first_month: int, count: int) -> Decimal:
        """Give the part of a year's use in `count` whole months from a month (1 to 12) on."""
        ahead = [self.months[(first_month - 1 + step) % 12] for step in range(count)]
        return Decimal(sum(ahead)) / sum(self.months)

    def _of(self, part: tuple[date, int]) -> Decimal:
        month, days = part
        return Decimal(self.months[month.month - 1] * days) / _length(month)


GAS: Final = Profile((221, 188, 159, 86, 35, 19, 17, 17, 24, 81, 147, 206))
ELECTRICITY: Final = Profile((339, 280, 267, 206, 181, 159, 161, 176, 199, 266, 306, 359))


def _length(month: date) -> int:
    return monthrange(month.year, month.month)[1]


def months_between(first: date, last: date) -> Iterator[tuple[date, int]]:
    """Give each month that two days span: its first day that counts, and how many count."""
    start = first
    while start <= last:
        end = min(last, start.replace(day=_length(start)))
        yield start, (end - start).days + 1
        start = end + timedelta(days=1)
