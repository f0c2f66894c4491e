"""Questions drawn at random for tests, and the true counts of planned cells of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Final

from hub.statistics.plan import BEYOND_DISTRICTS, Codes, children_of
from hub.statistics.protection import ALL, VISITS, Cell, Count

DIMENSIONS: Final = (
    "topic", "hub", "area", "language", "tenure", "heating", "outcome", "channel", "trigger"
)  # fmt: skip


@dataclass(frozen=True)
class HashableCodes(Codes):
    """The shipped code lists; equal ones are the same key."""

    def __hash__(self) -> int:
        return hash((tuple(self.hubs), tuple(self.topics), tuple(self.districts)))


@dataclass(frozen=True)
class Wave:
    """Questions that come on top in one month, all alike where a code is given."""

    month: str
    questions: int
    topic: str = ""
    area: str = ""
    language: str = ""


@dataclass(frozen=True)
class Asked:
    """One question: its visit, and its finest code in every dimension."""

    visit: int
    codes: Mapping[str, str]


@lru_cache(maxsize=256)
def drawn(codes: HashableCodes, month: str, questions: int, seed: int) -> tuple[Asked, ...]:
    """The questions of one month: a few codes are frequent and most are rare, as at real desks."""
    random = Random(f"{seed} {month}")  # noqa: S311 - not a secret
    leaves = {d: tuple(_leaves(codes, d)) for d in DIMENSIONS}
    # The same codes are frequent in every month.
    taste = Random(seed)  # noqa: S311 - not a secret
    weights = {d: _skewed(len(leaves[d]), taste) for d in DIMENSIONS}
    found: list[Asked] = []
    visit = 0
    while len(found) < questions:
        visit += 1
        common = {
            d: random.choices(leaves[d], weights[d])[0]
            for d in ("hub", "area", "language", "tenure", "heating", "channel")
        }
        number = random.choices((1, 2, 3), (75, 20, 5))[0]
        topics = dict.fromkeys(random.choices(leaves["topic"], weights["topic"], k=number))
        for topic in topics:
            own = {d: random.choices(leaves[d], weights[d])[0] for d in ("outcome", "trigger")}
            found.append(Asked(_visit(month, visit), {**common, **own, "topic": topic}))
    return tuple(found)


def in_wave(wave: Wave, codes: HashableCodes) -> Iterator[Asked]:
    """The questions of a wave, one visit each; what it does not say is drawn."""
    given = {"topic": wave.topic, "area": wave.area, "language": wave.language}
    given = {dimension: code for dimension, code in given.items() if code}
    for number, asked in enumerate(drawn(codes, wave.month, wave.questions, 7), 1):
        yield Asked(_visit(wave.month, 500_000 + number), {**asked.codes, **given})


def counted(cells: Iterable[Cell], asked: Sequence[Asked], codes: Codes) -> dict[Cell, Count]:
    """True counts: every question adds to its own codes and to all that these are parts of."""
    parents = _parents(codes)
    numbers: Counter[tuple[str, str, str]] = Counter()
    visits: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for question in asked:
        up = {d: (code, *parents[d].get(code, ())) for d, code in question.codes.items()}
        for topic in up["topic"]:
            for dimension in DIMENSIONS[1:]:
                for code in up[dimension]:
                    numbers[topic, dimension, code] += 1
                    visits[topic, dimension, code].add(question.visit)
    found = {}
    for cell in cells:
        dimension = next((d for d in DIMENSIONS[1:] if cell.code(d) != ALL), "hub")
        at = (cell.topic, dimension, cell.code(dimension))
        different = len(visits[at])
        found[cell] = Count(different if cell.measure == VISITS else numbers[at], different)
    return found


def _parents(codes: Codes) -> dict[str, dict[str, tuple[str, ...]]]:
    """Dimension -> code -> every code it is a part of, totals included."""
    up: dict[str, dict[str, tuple[str, ...]]] = {}
    for dimension, lists in children_of(codes, "2000").items():
        direct: dict[str, list[str]] = defaultdict(list)
        for parent, children in lists.items():
            for child in children:
                direct[child].append(parent)

        def above(code: str, direct: Mapping[str, list[str]] = direct) -> Iterator[str]:
            for parent in direct.get(code, ()):
                yield parent
                yield from above(parent)

        up[dimension] = {code: tuple(dict.fromkeys(above(code))) for code in direct}
    return up


def _visit(month: str, number: int) -> int:
    return 1_000_000 * int(month.replace("-", "")) + number


def _leaves(codes: Codes, dimension: str) -> Iterator[str]:
    lists = children_of(codes, "2000")[dimension]

    def below(code: str) -> Iterator[str]:
        if code not in lists:
            yield code
        for child in lists.get(code, ()):
            yield from below(child)

    if dimension == "area":
        yield from (n for d in codes.districts for n in lists[d])
        yield from BEYOND_DISTRICTS
    else:
        yield from below(ALL)


def _skewed(number: int, random: Random) -> list[float]:
    weights = [1 / at for at in range(1, number + 1)]
    random.shuffle(weights)
    return weights
