"""Releases for tests: questions drawn at random, counted, and protected by the real engine.

`a_release()` gives one; `releases()` gives several that are protected one after the other, each
against all that was published before it, as the desk does. Both give the same value again for
the same arguments. Labels and code lists are those that are shipped with the desk.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from random import Random
from typing import Final

from hub.i18n import language_name, translate
from hub.places.lookup import OTHER_AREAS
from hub.resources import content
from hub.statistics.plan import (
    BEYOND_DISTRICTS,
    NOT_ANSWERED,
    UNKNOWN,
    Codes,
    children_of,
    months_of,
    offered_tables,
    period_parts,
    plan_facts,
    planned_cells,
)
from hub.statistics.protection import ALL, VISITS, Cell, Count, protect
from hub.statistics.published import Checked, Labels, Published
from hub.visits import vocabulary

THRESHOLD: Final = 5
LANGUAGES: Final = ("nl", "en", "ar", "tr", "ti", "es", "pl", "other")
SCREENS: Final = ("nl", "en")
MADE_AT: Final = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Wave:
    """Questions that come on top in one month, all alike where a code is given."""

    month: str
    questions: int
    topic: str = ""
    area: str = ""
    language: str = ""


def a_release(
    period: str = "2026-Q1",
    hubs: int = 2,
    questions: int = 900,
    seed: int = 1,
    waves: tuple[Wave, ...] = (),
) -> Published:
    """One release of a period, with about so many questions, and nothing released before it."""
    per_month = questions // len(months_of(period))
    return releases((period,), hubs, per_month, seed, waves)[0]


@lru_cache(maxsize=32)
def releases(
    periods: tuple[str, ...],
    hubs: int = 2,
    per_month: int = 300,
    seed: int = 1,
    waves: tuple[Wave, ...] = (),
) -> tuple[Published, ...]:
    """Releases of these periods, made in this order, each protected against the earlier ones."""
    codes = shipped_codes(hubs)
    ledger: dict[Cell, int | None] = {}
    counts: dict[Cell, Count] = {}
    made = []
    for number, period in enumerate(periods, 1):
        asked = [q for month in months_of(period) for q in drawn(codes, month, per_month, seed)]
        asked += [q for wave in waves if wave.month in months_of(period) for q in _of(wave, codes)]
        offered = offered_tables(period, codes, last_year=12 * per_month, own=0)
        cells = planned_cells(period, codes, offered)
        counts |= _counted(cells, asked, codes)
        inside = set(_linked(period))
        scope = {cell: count for cell, count in counts.items() if cell.period in inside}
        earlier = {cell: ledger[cell] for cell in scope if cell in ledger}
        children = children_of(codes, period)
        shown = protect(
            scope, children, threshold=THRESHOLD, seed=b"tests", published=earlier
        ).values
        ledger |= shown
        made.append(
            Published(
                id=number,
                municipality="GM0363",
                municipality_name="Amsterdam",
                period=period,
                made_at=MADE_AT,
                version="0.0",
                threshold=THRESHOLD,
                plan=plan_facts(offered),
                children=children,
                values={cell: shown[cell] for cell in cells},
                labels=labels(codes),
                open_hours={
                    hub: {month: Decimal("26.5") for month in months_of(period)}
                    for hub in codes.hubs
                },
                checked=Checked(
                    cells=len(ledger),
                    hidden=sum(value is None for value in ledger.values()),
                    tables=len(ledger) // 40,
                ),
            )
        )
    return tuple(made)


@dataclass(frozen=True)
class Asked:
    """One question: its visit, and its finest code in every dimension."""

    visit: int
    codes: Mapping[str, str]


@lru_cache(maxsize=256)
def drawn(codes: "HashableCodes", month: str, questions: int, seed: int) -> tuple[Asked, ...]:
    """The questions of one month: a few codes are frequent and most are rare, as at real desks."""
    random = Random(f"{seed} {month}")
    leaves = {d: tuple(_leaves(codes, d)) for d in _DIMENSIONS}
    taste = Random(seed)  # the same codes are frequent in every month
    weights = {d: _skewed(len(leaves[d]), taste) for d in _DIMENSIONS}
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


@dataclass(frozen=True)
class HashableCodes(Codes):
    """The shipped code lists; equal ones are the same key."""

    def __hash__(self) -> int:
        return hash((tuple(self.hubs), tuple(self.topics), tuple(self.districts)))


@lru_cache(maxsize=8)
def shipped_codes(hubs: int) -> HashableCodes:
    """The code lists of a municipality with so many hubs and the shipped topics and areas."""
    topics: dict[str, list[str]] = {}
    for row in _rows("topics.csv"):
        if row["parent"]:
            topics[row["parent"]].append(row["code"])
        else:
            topics[row["code"]] = []
    areas = _rows("areas.csv")
    districts = {row["code"]: [] for row in areas if row["kind"] == "district"}
    for row in areas:
        if row["kind"] == "neighbourhood":
            districts[row["parent"]].append(row["code"])
    return HashableCodes(
        topics=topics,
        hubs=[f"hub-{number}" for number in range(1, hubs + 1)],
        districts=districts,
        projects={r["code"]: r["parent"].split() for r in areas if r["kind"] == "project"},
        languages=list(LANGUAGES),
        tenures=list(vocabulary.TENURES),
        heatings=list(vocabulary.HEATINGS),
        outcomes=list(vocabulary.OUTCOMES),
        reasons=list(vocabulary.REASONS),
        channels=list(vocabulary.CHANNELS),
        triggers=list(vocabulary.TRIGGERS),
    )


@lru_cache(maxsize=8)
def labels(codes: HashableCodes) -> Labels:
    """Names of all codes in the languages of the screen."""
    areas = {row["code"]: row["name"] for row in _rows("areas.csv")}
    not_asked = {screen: translate(screen, "Not asked") for screen in SCREENS}
    return {
        "topic": {
            row["code"]: {"nl": row["label_nl"], "en": row["label_en"]}
            for row in _rows("topics.csv")
        },
        "hub": {hub: dict.fromkeys(SCREENS, f"Energiehub {hub[4:]}") for hub in codes.hubs},
        "area": {
            **{code: dict.fromkeys(SCREENS, name) for code, name in areas.items()},
            **_words(OTHER_AREAS),
            **{
                f"{d}-{UNKNOWN}": {s: f"{areas[d]}: {not_asked[s]}" for s in SCREENS}
                for d in codes.districts
            },
        },
        "language": {
            **{code: {s: language_name(code, s) for s in SCREENS} for code in LANGUAGES[:-1]},
            "other": {s: translate(s, "Other") for s in SCREENS},
            UNKNOWN: not_asked,
        },
        "tenure": _words(vocabulary.TENURES),
        "heating": _words(vocabulary.HEATINGS),
        "outcome": {
            **_words(vocabulary.OUTCOMES),
            UNKNOWN: not_asked,
            **{f"{NOT_ANSWERED}:{r}": names for r, names in _words(vocabulary.REASONS).items()},
            f"{NOT_ANSWERED}:{UNKNOWN}": not_asked,
        },
        "channel": {**_words(vocabulary.CHANNELS), UNKNOWN: not_asked},
        "trigger": _words(vocabulary.TRIGGERS),
    }


_DIMENSIONS: Final = (
    "topic", "hub", "area", "language", "tenure", "heating", "outcome", "channel", "trigger"
)  # fmt: skip


def _words(listed: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {c: {s: translate(s, word) for s in SCREENS} for c, word in listed.items()}


@lru_cache(maxsize=4)
def _rows(name: str) -> Sequence[Mapping[str, str]]:
    with content(name).open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def _visit(month: str, number: int) -> int:
    return 1_000_000 * int(month.replace("-", "")) + number


def _of(wave: Wave, codes: HashableCodes) -> Iterator[Asked]:
    """The questions of a wave, one visit each; what it does not say is drawn."""
    given = {"topic": wave.topic, "area": wave.area, "language": wave.language}
    given = {dimension: code for dimension, code in given.items() if code}
    for number, asked in enumerate(drawn(codes, wave.month, wave.questions, 7), 1):
        yield Asked(_visit(wave.month, 500_000 + number), {**asked.codes, **given})


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


def _linked(period: str) -> Iterator[str]:
    """The period and every period it consists of."""
    yield period
    for part in period_parts(period):
        yield from _linked(part)


def _counted(cells: Iterable[Cell], asked: Sequence[Asked], codes: Codes) -> dict[Cell, Count]:
    """True counts: every question adds to its own codes and to all that these are parts of."""
    parents = _parents(codes)
    numbers: Counter[tuple[str, str, str]] = Counter()
    visits: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for question in asked:
        up = {d: (code, *parents[d].get(code, ())) for d, code in question.codes.items()}
        for topic in up["topic"]:
            for dimension in _DIMENSIONS[1:]:
                for code in up[dimension]:
                    numbers[topic, dimension, code] += 1
                    visits[topic, dimension, code].add(question.visit)
    found = {}
    for cell in cells:
        dimension = next((d for d in _DIMENSIONS[1:] if cell.code(d) != ALL), "hub")
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
