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

    A main topic, or a district, is told only where nothing under it is a sign itself. A topic
    that rose in an area is told with its topic where that is a sign too. Areas in `no_place`
    are none: that somebody was not asked says nothing of a place.
    """
    topics = _finest(_rises(counted.topics, judge), counted.wider)
    places = {code: numbers for code, numbers in counted.areas.items() if code not in no_place}
    areas = _finest(_rises(places, judge), counted.wider)
    here = {pair: numbers for pair, numbers in counted.pairs.items() if pair[1] not in no_place}
    pairs = _rises(here, judge)
    finest = {
        (topic, area): verdict
        for (topic, area), verdict in pairs.items()
        if not any(t == topic and counted.wider.get(a) == area for t, a in pairs)
    }
    found = [
        Sign(topic, None, verdict, tuple((a, v) for (t, a), v in finest.items() if t == topic))
        for topic, verdict in topics.items()
    ]
    found += [Sign(None, area, verdict) for area, verdict in areas.items()]
    found += [Sign(t, a, verdict) for (t, a), verdict in finest.items() if t not in topics]
    return tuple(sorted(found, key=_order))


def _rises(counts: Mapping[Key, PerWeek], judge: Judge) -> dict[Key, Verdict]:
    judged = ((key, judge(numbers)) for key, numbers in counts.items() if numbers[0])
    return {key: verdict for key, verdict in judged if verdict is not None and verdict.sign}


def _finest(signs: dict[str, Verdict], wider: Mapping[str, str]) -> dict[str, Verdict]:
    told = {wider.get(code) for code in signs}
    return {code: verdict for code, verdict in signs.items() if code not in told}


def _order(sign: Sign) -> tuple[float, int, str, str]:
    return (sign.verdict.chance, -sign.verdict.count, sign.topic or "", sign.area or "")
