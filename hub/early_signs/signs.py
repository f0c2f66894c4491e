"""Which counts of a week are signs, told as finely as they can be and each once."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from hub.early_signs.rule import Verdict

# The count of the week itself, then those of its open weeks.
PerWeek = list[int]
Judge = Callable[[PerWeek], Verdict | None]
Key = TypeVar("Key")
Wider = TypeVar("Wider")


@dataclass(frozen=True, slots=True)
class Counted:
    """Visits of the weeks, by topic and main topic, by area and district, and by both.

    A wider code holds all visits of those under it; `wider` gives it for a topic or an area.
    """

    visits: PerWeek
    topics: Mapping[str, PerWeek]
    areas: Mapping[str, PerWeek]
    pairs: Mapping[tuple[str, str], PerWeek]
    wider: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A topic or an area in the week; `verdict` is None where there is nothing to compare with."""

    code: str
    wider: str | None
    count: int
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Sign:
    """An unusual rise: of a topic, of an area, or of a topic in an area (both are given).

    `within` names the areas in which the topic rose, with what the rule says of each.
    """

    topic: str | None
    area: str | None
    verdict: Verdict
    within: tuple[tuple[str, Verdict], ...] = ()


def add_up(
    counts: Mapping[Key, PerWeek], wider: Callable[[Key], Iterable[Wider]]
) -> dict[Wider, PerWeek]:
    """Add counts, week by week, under each of the wider keys that `wider` gives for a key."""
    sums: dict[Wider, PerWeek] = {}
    for key, numbers in counts.items():
        for other in wider(key):
            before = sums.get(other)
            sums[other] = (
                list(numbers)
                if before is None
                else [one + more for one, more in zip(before, numbers, strict=True)]
            )
    return sums


def rows(
    counts: Mapping[str, PerWeek],
    wider: Mapping[str, str],
    judge: Judge,
    unjudged: Collection[str] = (),
) -> list[Row]:
    """Give a row for each code that was counted in the week itself."""
    return [
        Row(code, wider.get(code), numbers[0], None if code in unjudged else judge(numbers))
        for code, numbers in counts.items()
        if numbers[0]
    ]


def find_signs(counted: Counted, judge: Judge, no_place: Collection[str]) -> tuple[Sign, ...]:
    """Give the signs of a week, the least likely first.

    A main topic, or a district, is told only where it would be a sign without those under it
    that are. A topic that rose in an area is told with its topic where that is a sign too.
    Areas in `no_place` are none: that somebody was not asked says nothing of a place.
    """
    wider = counted.wider
    topics = _rises(counted.topics, wider.get, judge)
    places = {code: numbers for code, numbers in counted.areas.items() if code not in no_place}
    areas = _rises(places, wider.get, judge)
    here = {pair: numbers for pair, numbers in counted.pairs.items() if pair[1] not in no_place}
    pairs = _rises(
        here, lambda pair: (pair[0], wider[pair[1]]) if pair[1] in wider else None, judge
    )
    found = [Sign(topic, None, verdict, _within(topic, pairs)) for topic, verdict in topics.items()]
    found += [Sign(None, area, verdict) for area, verdict in areas.items()]
    found += [Sign(t, a, verdict) for (t, a), verdict in pairs.items() if t not in topics]
    return tuple(sorted(found, key=_order))


def _rises(
    counts: Mapping[Key, PerWeek], wider: Callable[[Key], Key | None], judge: Judge
) -> dict[Key, Verdict]:
    """Give the counts that are signs; of a wider one only where it is one without those under it.

    Topics of one visit may share a main topic, which then is left with a little less than it
    has: it is told a little less often.
    """
    judged = ((key, judge(numbers)) for key, numbers in counts.items() if numbers[0])
    rises = {key: verdict for key, verdict in judged if verdict is not None and verdict.sign}
    under: dict[Key | None, list[PerWeek]] = {}
    for key in rises:
        under.setdefault(wider(key), []).append(counts[key])

    def stands(key: Key) -> bool:
        if key not in under:
            return True
        weeks = zip(counts[key], *under[key], strict=True)
        left = judge([max(whole - sum(parts), 0) for whole, *parts in weeks])
        return left is not None and left.sign

    return {key: verdict for key, verdict in rises.items() if stands(key)}


def _within(
    topic: str, pairs: Mapping[tuple[str, str], Verdict]
) -> tuple[tuple[str, Verdict], ...]:
    """Give the areas in which a topic rose, the least likely first."""
    found = [(area, verdict) for (of, area), verdict in pairs.items() if of == topic]
    return tuple(sorted(found, key=lambda one: (one[1].chance, -one[1].count, one[0])))


def _order(sign: Sign) -> tuple[float, int, str, str]:
    return (sign.verdict.chance, -sign.verdict.count, sign.topic or "", sign.area or "")
