"""The publication plan: which tables a period has, at which level, and which cells they hold.

Every table is *topic x one other thing*; the finer the breakdown, the longer the period. Two
other things are never crossed, and sub-topic x hub is in no table of any period: either would
close a circle of tables in which a proof on the plan's cells says nothing about a complete
table. The plan of a period is fixed before it starts; codes are listed in full.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from hub.statistics.protection.cells import ALL, VISITS, Cell, Children

PLAN_VERSION: Final = "1"

PeriodKind = Literal["month", "quarter", "year"]
Level = Literal["main", "topic"]

UNKNOWN: Final = "unknown"
BEYOND_DISTRICTS: Final = ("elsewhere_in_city", "outside", UNKNOWN)
NOT_ANSWERED: Final = "not_answered"
QUESTIONS_PER_CELL: Final = 5
"""A table is offered where it may expect this many questions per cell."""

_MONTH, _QUARTER, _YEAR = "month", "quarter", "year"
_PERIODS_PER_YEAR: Final = {"month": 12, "quarter": 4, "year": 1}


class PlanError(ValueError):
    """A period or a list of codes that the plan cannot use; the message names it."""


@dataclass(frozen=True)
class PlannedTable:
    """One table of the plan.

    Attributes:
        name: as in addresses and file names.
        dimension: the other dimension; empty for topic x municipality.
        part: which codes of the dimension: ``district``, ``neighbourhood``, ``project`` or all.
        kinds: the kinds of period that may have it.
        finest: the finest level of topics it may show.
        always: the kinds of period that have it at main level whatever is expected.
    """

    name: str
    dimension: str
    kinds: tuple[PeriodKind, ...]
    part: str = ""
    finest: Level = "topic"
    always: tuple[PeriodKind, ...] = ()


TABLES: Final = (
    PlannedTable("topic", "", ("month", "quarter", "year"), always=("month", "quarter", "year")),
    PlannedTable("topic-hub", "hub", ("month", "quarter", "year"), finest="main"),
    PlannedTable(
        "topic-district", "area", ("quarter", "year"), "district", always=("quarter", "year")
    ),
    PlannedTable("topic-language", "language", ("quarter", "year"), always=("quarter", "year")),
    PlannedTable("topic-tenure", "tenure", ("quarter", "year")),
    PlannedTable("topic-heating", "heating", ("quarter", "year")),
    PlannedTable("topic-outcome", "outcome", ("quarter", "year")),
    PlannedTable("topic-channel", "channel", ("quarter", "year")),
    PlannedTable("topic-trigger", "trigger", ("quarter", "year")),
    PlannedTable("topic-neighbourhood", "area", ("year",), "neighbourhood"),
    PlannedTable("topic-project", "area", ("year",), "project"),
)


@dataclass(frozen=True)
class Offered:
    """A table of one period and the finest level at which it is offered there."""

    table: PlannedTable
    level: Level


@dataclass(frozen=True)
class Codes:
    """The code lists of a plan version, each in full; totals and ``unknown`` are added here.

    Attributes:
        topics: main topic -> its topics.
        districts: district -> its neighbourhoods.
        projects: project area -> the neighbourhoods it is the sum of.
        outcomes: with ``not_answered``, whose parts are the ``reasons``.
    """

    topics: Mapping[str, Sequence[str]]
    hubs: Sequence[str]
    districts: Mapping[str, Sequence[str]]
    projects: Mapping[str, Sequence[str]]
    languages: Sequence[str]
    tenures: Sequence[str]
    heatings: Sequence[str]
    outcomes: Sequence[str]
    reasons: Sequence[str]
    channels: Sequence[str]
    triggers: Sequence[str]


def period_kind(period: str) -> PeriodKind:
    """Kind of ``2026-03``, ``2026-Q1`` or ``2026``.

    Raises:
        PlanError: the text is none of these.
    """
    if re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", period):
        return "month"
    if re.fullmatch(r"[0-9]{4}-Q[1-4]", period):
        return "quarter"
    if re.fullmatch(r"[0-9]{4}", period):
        return "year"
    raise PlanError(f"{period!r} is not a period; write 2026-03, 2026-Q1 or 2026")


def period_parts(period: str) -> tuple[str, ...]:
    """The quarters of a year, the months of a quarter; nothing for a month."""
    kind = period_kind(period)
    if kind == _YEAR:
        return tuple(f"{period}-Q{quarter}" for quarter in range(1, 5))
    if kind == _QUARTER:
        first = 3 * int(period[-1]) - 2
        return tuple(f"{period[:4]}-{month:02}" for month in range(first, first + 3))
    return ()


def months_of(period: str) -> tuple[str, ...]:
    """The months that a period consists of, in order."""
    parts = period_parts(period)
    return tuple(m for part in parts for m in months_of(part)) if parts else (period,)


def children_of(codes: Codes, period: str) -> Children:
    """The lists of children of a release of this period: what adds up to what."""
    return {
        "topic": {ALL: tuple(codes.topics), **{m: tuple(t) for m, t in codes.topics.items() if t}},
        "hub": {ALL: tuple(codes.hubs)},
        "area": {
            ALL: (*codes.districts, *BEYOND_DISTRICTS),
            **{d: (*parts, f"{d}-{UNKNOWN}") for d, parts in codes.districts.items()},
            **{project: tuple(parts) for project, parts in codes.projects.items()},
        },
        "language": {ALL: _with_unknown(codes.languages)},
        "tenure": {ALL: _with_unknown(codes.tenures)},
        "heating": {ALL: _with_unknown(codes.heatings)},
        "outcome": {
            ALL: _with_unknown(codes.outcomes),
            NOT_ANSWERED: tuple(f"{NOT_ANSWERED}:{r}" for r in _with_unknown(codes.reasons)),
        },
        "channel": {ALL: _with_unknown(codes.channels)},
        "trigger": {ALL: _with_unknown(codes.triggers)},
        "period": dict(_period_lists(period)),
    }


def offered_tables(
    period: str, codes: Codes, *, last_year: int | None, own: int
) -> tuple[Offered, ...]:
    """The tables a period has, by the offering rule.

    A table is offered at topic level where at least 5 questions per cell may be expected (all
    combinations of codes of that level, without totals), else at main-topic level by the same
    rule, else not in this period but in a longer one.

    Args:
        period: the period.
        codes: the code lists.
        last_year: published total of questions of the last calendar year; 0 where it was
            hidden; None where there is no such year yet.
        own: the period's own total, used only without a last year, rounded down to a power
            of two so that the choice of tables tells little of it.
    """
    kind = period_kind(period)
    expected = _power_of_two(own) if last_year is None else last_year / _PERIODS_PER_YEAR[kind]
    found: dict[str, Offered] = {}
    for table in TABLES:
        if kind not in table.kinds or (table.dimension and not _codes(table, codes, False)):
            continue
        level = _level(table, kind, expected, codes)
        if table.part == "project":
            # A project area is a sum of neighbourhoods: without those it could be subtracted
            # from its districts unseen.
            level = _coarser(level, found.get("topic-neighbourhood"))
        if level is not None:
            found[table.name] = Offered(table, level)
    return tuple(found.values())


def planned_cells(period: str, codes: Codes, offered: Sequence[Offered]) -> tuple[Cell, ...]:
    """Every cell of a period's release, sorted: its tables with their totals, and the visits."""
    cells = {Cell(measure=VISITS, hub=hub, period=period) for hub in (ALL, *codes.hubs)}
    for offer in offered:
        topics = [ALL, *_topics(codes, "main")]
        if offer.level == "topic":
            topics += _topics(codes, "topic")
        for topic in topics:
            margin = Cell(topic=topic, period=period)
            cells.add(margin)
            cells.update(
                margin.at(offer.table.dimension, code) for code in _codes(offer.table, codes, True)
            )
    return tuple(sorted(cells))


def plan_facts(offered: Sequence[Offered]) -> dict[str, Any]:
    """The plan of one release as ``meta.json`` carries it."""
    tables = [
        {
            "name": offer.table.name,
            "dimension": offer.table.dimension,
            "part": offer.table.part,
            "level": offer.level,
        }
        for offer in offered
    ]
    return {"version": PLAN_VERSION, "tables": tables}


def _period_lists(period: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    parts = period_parts(period)
    if parts:
        yield period, parts
    for part in parts:
        yield from _period_lists(part)


def _with_unknown(codes: Sequence[str]) -> tuple[str, ...]:
    return (*(c for c in codes if c != UNKNOWN), UNKNOWN)


def _topics(codes: Codes, level: Level) -> list[str]:
    """Codes of one level; a main topic without topics stands for itself at topic level."""
    if level == "main":
        return list(codes.topics)
    return [t for main, topics in codes.topics.items() for t in (topics or (main,))]


def _codes(table: PlannedTable, codes: Codes, subtotals: bool) -> tuple[str, ...]:
    """Codes of a table's other dimension; ``subtotals`` adds those that are sums of others."""
    if not table.dimension:
        return ()
    if table.part == "project":
        return tuple(codes.projects)
    lists = children_of(codes, "2000")[table.dimension]
    if table.part == "neighbourhood":
        return tuple(code for district in codes.districts for code in lists[district])
    if table.dimension != "outcome":
        return tuple(lists[ALL])
    reasons = tuple(lists[NOT_ANSWERED])
    whole = tuple(lists[ALL])
    return (*whole, *reasons) if subtotals else (*(c for c in whole if c != NOT_ANSWERED), *reasons)


def _level(table: PlannedTable, kind: PeriodKind, expected: float, codes: Codes) -> Level | None:
    others = max(1, len(_codes(table, codes, False)))
    levels: tuple[Level, ...] = ("topic", "main") if table.finest == "topic" else ("main",)
    for level in levels:
        if expected >= QUESTIONS_PER_CELL * len(_topics(codes, level)) * others:
            return level
    return "main" if kind in table.always else None


def _coarser(level: Level | None, other: Offered | None) -> Level | None:
    if level is None or other is None:
        return None
    return "main" if "main" in (level, other.level) else "topic"


def _power_of_two(number: int) -> int:
    return 1 << number.bit_length() - 1 if number else 0
