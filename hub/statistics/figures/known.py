"""Arithmetic that knows hidden figures: with one of them, the result is hidden.

All sums, shares, rates and changes of the statistics pages are made here, so that none can be
made from a hidden cell by oversight.
"""

from collections.abc import Iterable
from decimal import Decimal

Value = int | None
"""A published count, or None where it is hidden or was not released."""


def total(values: Iterable[Value]) -> Value:
    """Give the sum; None where one of the values is hidden."""
    summed = 0
    for value in values:
        if value is None:
            return None
        summed += value
    return summed


def difference(now: Value, before: Value) -> Value:
    """Give how much more it is now."""
    return None if now is None or before is None else now - before


def share(part: Value, whole: Value) -> Decimal | None:
    """Give a part as a share of the whole (0.25); None where one is hidden or nothing is whole."""
    return None if part is None or not whole else Decimal(part) / whole


def rate(count: Value, hours: Decimal | None) -> Decimal | None:
    """Give a count per hour; None where it is hidden, or where no hour was open."""
    return None if count is None or not hours else count / hours


def growth(now: Value | Decimal, before: Value | Decimal) -> Decimal | None:
    """Give the change as a share of what it was (0.12 for 12 % more)."""
    return None if now is None or not before else Decimal(now) / Decimal(before) - 1


def greatest(values: Iterable[Value]) -> int:
    """Give the greatest shown value; 0 where none is shown."""
    return max((value for value in values if value is not None), default=0)
