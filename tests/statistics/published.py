"""Releases for tests: questions drawn at random, counted, and protected by the real engine.

`a_release()` gives one; `releases()` gives several that are protected one after the other, each
against all that was published before it, as the desk does. Both give the same value again for
the same arguments. Labels and code lists are those that are shipped with the desk.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final

from hub.i18n import language_name, translate
from hub.places.lookup import OTHER_AREAS
from hub.resources import content
from hub.statistics.plan import (
    NOT_ANSWERED,
    UNKNOWN,
    children_of,
    months_of,
    offered_tables,
    period_parts,
    plan_facts,
    planned_cells,
)
from hub.statistics.protection import Cell, Count, protect
from hub.statistics.published import Checked, Labels, Published
from hub.visits import vocabulary
from tests.statistics.asked import HashableCodes, Wave, counted, drawn, in_wave

THRESHOLD: Final = 5
LANGUAGES: Final = ("nl", "en", "ar", "tr", "ti", "es", "pl", "other")
SCREENS: Final = ("nl", "en")
MADE_AT: Final = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


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
        months = months_of(period)
        asked = [q for month in months for q in drawn(codes, month, per_month, seed)]
        asked += [q for wave in waves if wave.month in months for q in in_wave(wave, codes)]
        offered = offered_tables(period, codes, last_year=12 * per_month, own=0)
        cells = planned_cells(period, codes, offered)
        counts |= counted(cells, asked, codes)
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
                    hub: {month: Decimal("26.5") for month in months} for hub in codes.hubs
                },
                checked=Checked(
                    cells=len(ledger),
                    hidden=sum(value is None for value in ledger.values()),
                    tables=len(ledger) // 40,
                ),
            )
        )
    return tuple(made)


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


def _words(listed: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {c: {s: translate(s, word) for s in SCREENS} for c, word in listed.items()}


@lru_cache(maxsize=4)
def _rows(name: str) -> Sequence[Mapping[str, str]]:
    with content(name).open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def _linked(period: str) -> Iterator[str]:
    """The period and every period it consists of."""
    yield period
    for part in period_parts(period):
        yield from _linked(part)
