"""Counts per main topic along months, with gaps where a figure is hidden or not released."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hub.statistics.figures.known import Value
from hub.statistics.figures.lookup import is_planned, main_topics, value
from hub.statistics.protection import ALL
from hub.statistics.published import Published

State = Literal["shown", "hidden", "not_released"]


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a line; `value` is None unless the state is `shown`."""

    period: str
    state: State
    value: Value


@dataclass(frozen=True, slots=True)
class Line:
    """The points of one main topic, or of all (`ALL`), a point per period."""

    topic: str
    points: tuple[Point, ...]


def trend(
    good: Mapping[str, Published], periods: Sequence[str], latest: Published
) -> tuple[Line, ...]:
    """Give a line for all questions and one per main topic, in the order of the plan.

    Args:
        good: the release that stands for each period.
        periods: the periods along the line, whether released or not.
        latest: the release whose list of main topics counts.
    """
    return tuple(
        Line(topic, tuple(_point(good.get(period), period, topic) for period in periods))
        for topic in (ALL, *main_topics(latest))
    )


def _point(release: Published | None, period: str, topic: str) -> Point:
    if release is None or not is_planned(release, topic):
        return Point(period, "not_released", None)
    count = value(release, topic)
    return Point(period, "hidden" if count is None else "shown", count)
