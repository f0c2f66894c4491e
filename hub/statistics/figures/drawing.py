"""Where the marks of a chart stand, in the units of its view box; templates draw them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hub.statistics.figures.changes import Change
from hub.statistics.figures.trend import Line

_ROUND: Final = (1, 2, 5)
RATIO_TICKS: Final = (Decimal("-0.5"), Decimal(0), Decimal(1), Decimal(3), Decimal(7))
"""Changes marked along a chart of change: half, the same, twice, four and eight times."""


def top_of_axis(greatest: int) -> int:
    """Give the round number at or above the greatest figure that an axis ends with."""
    wanted = max(greatest, _ROUND[-1])
    power = 1
    while 10 * power < wanted:
        power *= 10
    return next(power * step for step in (*_ROUND, 10) if power * step >= wanted)


@dataclass(frozen=True, slots=True)
class Mark:
    """One shown figure of a line: its place, and which point of the line it is."""

    x: float
    y: float
    at: int


def strokes(line: Line, top: int, width: float, height: float) -> list[list[Mark]]:
    """Give the unbroken pieces of a line; it is broken wherever a figure is not shown."""
    pieces: list[list[Mark]] = [[]]
    step = width / max(1, len(line.points) - 1)
    for at, point in enumerate(line.points):
        if point.value is None:
            pieces.append([])
        else:
            y = height - height * point.value / top
            pieces[-1].append(Mark(round(at * step, 1), round(y, 1), at))
    return [piece for piece in pieces if piece]


def gaps(line: Line, width: float) -> list[Mark]:
    """Give the places of figures that were released and are hidden, at the foot of the chart."""
    step = width / max(1, len(line.points) - 1)
    return [
        Mark(round(at * step, 1), 0.0, at)
        for at, point in enumerate(line.points)
        if point.state == "hidden"
    ]


def length(value: int | Decimal | None, greatest: int | Decimal, width: float) -> float:
    """Give the length of a bar; nothing for a hidden figure."""
    return 0.0 if value is None or not greatest else round(float(value / greatest) * width, 1)


def place_of_change(change: Decimal | None, width: float) -> float:
    """Give where a change stands on an axis from half to eight times, each doubling as wide.

    None is without end; what lies beyond the axis stands at its end.
    """
    low, high = (math.log2(1 + float(RATIO_TICKS[end])) for end in (0, -1))
    if change is None:
        return width
    ratio = 1 + float(change)
    at = low if ratio <= 0 else min(max(math.log2(ratio), low), high)
    return round((at - low) / (high - low) * width, 1)


@dataclass(frozen=True, slots=True)
class Whisker:
    """A change with its span as a dot on a line."""

    low: float
    middle: float
    high: float


def whisker(change: Change, width: float) -> Whisker | None:
    """Give the marks of a change; None where it cannot be shown."""
    span = change.span
    if span is None:
        return None
    low, high = place_of_change(span.low, width), place_of_change(span.high, width)
    return Whisker(low, place_of_change(change.growth, width), high)


def every(labels: Sequence[str], most: int) -> int:
    """Give how many labels to step over so that at most so many are written."""
    return max(1, math.ceil(len(labels) / most))
