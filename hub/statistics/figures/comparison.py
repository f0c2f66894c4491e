"""Two hubs or two areas beside each other, main topic by main topic."""

from dataclasses import dataclass
from decimal import Decimal

from hub.statistics.figures import known
from hub.statistics.figures.known import Value
from hub.statistics.figures.lookup import codes, level, main_topics, value
from hub.statistics.protection import ALL
from hub.statistics.published import Published

TABLES = {"hub": "topic-hub", "area": "topic-district"}


@dataclass(frozen=True, slots=True)
class Side:
    """One main topic of one side: its questions, and their share of that side's questions."""

    value: Value
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two codes of one dimension; `rows` holds a main topic with both sides, in plan order."""

    dimension: str
    first: str
    second: str
    totals: tuple[Value, Value]
    rows: tuple[tuple[str, Side, Side], ...]


def comparable(release: Published) -> dict[str, list[str]]:
    """Give what can be compared in a release: dimension and codes, where there are two."""
    return {
        dimension: listed
        for dimension, table in TABLES.items()
        if level(release, table)
        for listed in (codes(release, dimension),)
        if len(listed) > 1
    }


def compare(release: Published, dimension: str, first: str, second: str) -> Comparison:
    """Compare two codes of a dimension that `comparable` gives."""
    totals = (value(release, ALL, dimension, first), value(release, ALL, dimension, second))
    return Comparison(
        dimension,
        first,
        second,
        totals,
        tuple(
            (
                topic,
                _side(value(release, topic, dimension, first), totals[0]),
                _side(value(release, topic, dimension, second), totals[1]),
            )
            for topic in main_topics(release)
        ),
    )


def _side(count: Value, whole: Value) -> Side:
    return Side(count, known.share(count, whole))
