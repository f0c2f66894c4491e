"""What has risen and what has fallen between two releases, from shown cells alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hub.statistics.figures.changes import Change
from hub.statistics.figures.lookup import all_topics, codes, is_planned, level, main_topics, value
from hub.statistics.protection import ALL
from hub.statistics.published import Published


@dataclass(frozen=True, slots=True)
class Mover:
    """A code of a dimension and its change."""

    dimension: str
    code: str
    change: Change


@dataclass(frozen=True, slots=True)
class Movers:
    """All codes that were compared, in the order of the plan."""

    compared: tuple[Mover, ...]

    @property
    def risers(self) -> tuple[Mover, ...]:
        """What clearly rose; first what rose by most even at the lower end of its span."""
        found = [mover for mover in self.compared if mover.change.direction == "up"]
        return tuple(sorted(found, key=_least_rise, reverse=True))

    @property
    def fallers(self) -> tuple[Mover, ...]:
        """What clearly fell; first what fell by most even at the upper end of its span."""
        found = [mover for mover in self.compared if mover.change.direction == "down"]
        return tuple(sorted(found, key=_least_fall))

    def number(self, direction: str) -> int:
        """Tell how many codes have moved so: `up`, `down`, `unclear` or `hidden`."""
        return sum(mover.change.direction == direction for mover in self.compared)


def main_topic_movers(now: Published, before: Published) -> Movers:
    """Compare the main topics."""
    return _compare(now, before, "topic", main_topics(now), "", ALL)


def topic_movers(now: Published, before: Published) -> Movers:
    """Compare topics: the finest that both releases hold."""
    return _compare(now, before, "topic", _finest_of_both(now, before, "topic"), "", ALL)


def code_movers(now: Published, before: Published, dimension: str, topic: str = ALL) -> Movers:
    """Compare the codes of a dimension such as `area`, for all questions or for one topic."""
    return _compare(now, before, dimension, codes(now, dimension), dimension, topic)


def _compare(
    now: Published,
    before: Published,
    dimension: str,
    listed: Iterable[str],
    across: str,
    topic: str,
) -> Movers:
    """Compare what both releases hold; a cell that one of them does not plan is left out."""
    found = []
    for code in listed:
        at = (topic, across, code) if across else (code, "", ALL)
        if is_planned(now, *at) and is_planned(before, *at):
            found.append(Mover(dimension, code, Change(value(now, *at), value(before, *at))))
    return Movers(tuple(found))


def _finest_of_both(now: Published, before: Published, table: str) -> Sequence[str]:
    return all_topics(now if level(before, table) == "topic" else before, table)


def _least_rise(mover: Mover) -> Decimal:
    span = mover.change.span
    return span.low if span is not None else Decimal(0)


def _least_fall(mover: Mover) -> Decimal:
    span = mover.change.span
    return span.high if span is not None and span.high is not None else Decimal(0)
