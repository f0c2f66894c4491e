"""Stretches of days: which of them share a day, and which follows another."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol, TypeVar


class Stretch(Protocol):
    """Anything that counts from one day until another, both included; None is without end."""

    @property
    def valid_from(self) -> date | None:
        """The first day."""

    @property
    def valid_until(self) -> date | None:
        """The last day."""


S = TypeVar("S", bound=Stretch)


def begins(stretch: Stretch) -> date:
    """Give the first day; the first of the calendar where none is said."""
    return stretch.valid_from or date.min


def ends(stretch: Stretch) -> date:
    """Give the last day; the last of the calendar where none is said."""
    return stretch.valid_until or date.max


def covers(stretch: Stretch, day: date) -> bool:
    """Tell whether a day lies in a stretch."""
    return begins(stretch) <= day <= ends(stretch)


def overlap(one: Stretch, other: Stretch) -> bool:
    """Tell whether two stretches share a day."""
    return begins(one) <= ends(other) and begins(other) <= ends(one)


def first_overlapping(stretch: Stretch, others: Iterable[S]) -> S | None:
    """Give the earliest of the others that shares a day with a stretch."""
    return min((other for other in others if overlap(stretch, other)), key=begins, default=None)


def clashes(stretches: Iterable[S]) -> list[tuple[S, S]]:
    """Give (earlier, later) for each stretch that begins while an earlier one still counts.

    Empty exactly when no two of the stretches share a day. One pass after sorting, so that a
    file of any length costs little.
    """
    found = []
    furthest: S | None = None
    for stretch in sorted(stretches, key=lambda s: (begins(s), ends(s))):
        if furthest is not None and begins(stretch) <= ends(furthest):
            found.append((furthest, stretch))
        if furthest is None or ends(stretch) > ends(furthest):
            furthest = stretch
    return found


def goes_on_after(stretch: Stretch, others: Iterable[Stretch]) -> bool:
    """Tell whether one of the others counts on the day after a stretch has ended."""
    if ends(stretch) == date.max:
        return True
    next_day = ends(stretch) + timedelta(days=1)
    return any(covers(other, next_day) for other in others)
