"""From frozen months and earlier releases to what the protection and the auditor are given."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from hub.statistics.plan import (
    UNKNOWN,
    Codes,
    Offered,
    children_of,
    months_of,
    offered_tables,
    period_parts,
    plan_facts,
    planned_cells,
)
from hub.statistics.protection import ALL, VISITS, Cell, Children, Count
from hub.statistics.protection.cells import DIMENSIONS
from hub.statistics.protection.files import Meta
from hub.statistics.protection.system import VISITS_THRESHOLD
from hub.statistics.releases.counting import Slot, Tally
from hub.statistics.releases.freezing import Frozen, frozen_months
from hub.statistics.releases.ledger import (
    Earlier,
    altered,
    basis,
    releases_of_year,
    total_of_year,
)

_OTHERS = tuple(d for d in DIMENSIONS if d not in ("topic", "period"))
_NONE = Tally(0, 0)
Tallies = Mapping[Slot, Tally]


@dataclass(frozen=True)
class Draft:
    """Everything that decides a release, before it is protected.

    Attributes:
        codes: the code lists of the period. cells: its planned cells. meta: its lists and plan.
        months: the frozen months of the period.
        counts: true count of every cell of the system: the planned ones, those of the releases
            tied to them, and cells that are known to be 0 because their code came later.
        children: the lists of the system.
        published: the cells of the system that are public already.
        year: all releases of the calendar year, withdrawn ones too. tied: the ids of those
            that belong to the system.
        truth: true count of every cell of the year's releases and of this one.
        small: those of them that the guarantee covers.
        standing_on: what has to be still so when the release is published.
    """

    period: str
    threshold: int
    codes: Codes
    cells: tuple[Cell, ...]
    meta: Meta
    months: Mapping[str, Frozen]
    counts: Mapping[Cell, Count]
    children: Children
    published: Mapping[Cell, int | None]
    year: Sequence[Earlier]
    tied: tuple[int, ...]
    truth: Mapping[Cell, int]
    small: frozenset[Cell]
    standing_on: tuple[str, ...]


def assemble(session: Session, municipality_code: str, period: str, threshold: int) -> Draft:
    """Put together what a release of a period has to be made from.

    All its months are frozen. Raises Refusal when the ledger was altered.
    """
    year = period[:4]
    earlier = releases_of_year(session, municipality_code, year)
    frozen = frozen_months(session, municipality_code, months_of(year))
    _require_sound(earlier, frozen, municipality_code)
    codes = _codes_of(frozen, months_of(period))
    tallies = {p: _tally(frozen, p) for p in {period, *(release.period for release in earlier)}}
    last_year = total_of_year(session, municipality_code, int(year) - 1)
    offered = _offered(earlier, period, codes, last_year, tallies[period])
    planned = planned_cells(period, codes, offered)
    tied = [release for release in earlier if release.period in _tied_periods(earlier, period)]
    wide = _codes_of(frozen, {m for p in (period, *(r.period for r in tied)) for m in months_of(p)})

    counts = {cell: count_of(cell, tallies[period]) for cell in planned}
    published: dict[Cell, int | None] = {}
    for release in tied:
        counts |= _under(release, tallies[release.period])
        published |= release.values
    for own_period, own in ((period, offered), *((r.period, r.offered) for r in tied)):
        for cell in planned_cells(own_period, wide, own):
            if cell not in counts:
                counts[cell], published[cell] = Count(0, 0), 0
    everything = dict(counts)
    for release in earlier:
        everything |= _under(release, tallies[release.period])
    return Draft(
        period=period,
        threshold=threshold,
        codes=codes,
        cells=planned,
        meta=Meta(threshold, plan_facts(offered), children_of(codes, period)),
        months={month: frozen[month] for month in months_of(period)},
        counts=counts,
        children={**children_of(wide, period), "period": children_of(wide, year)["period"]},
        published=published,
        year=earlier,
        tied=tuple(release.id for release in tied),
        truth={cell: count.number for cell, count in everything.items()},
        small=frozenset(c for c, n in everything.items() if _is_small(c, n, threshold)),
        standing_on=(*basis(earlier), *(frozen[m].digest for m in months_of(period))),
    )


def _require_sound(
    earlier: Iterable[Earlier], frozen: Mapping[str, Frozen], municipality_code: str
) -> None:
    """Refuse when a release was made by other counts than those that are there."""
    for release in earlier:
        for month, digest in release.counted.items():
            if month not in frozen or frozen[month].digest != digest:
                raise altered(release.id, municipality_code, release.period)


def _codes_of(frozen: Mapping[str, Frozen], months: Iterable[str]) -> Codes:
    """Give the lists of the month that was frozen last: they hold those of all others."""
    return max((frozen[month] for month in months), key=lambda month: month.number).codes


def _tied_periods(earlier: Sequence[Earlier], period: str) -> frozenset[str]:
    """Give the released periods that share an equation with a period, directly or through others.

    These are all that lie in the longest released period that holds it.
    """
    released = {release.period for release in earlier}
    around = [p for p in released if set(months_of(period)) <= set(months_of(p))]
    longest = max((period, *around), key=lambda p: len(months_of(p)))
    return frozenset(_within(longest) & released)


def _within(period: str) -> set[str]:
    return {period}.union(*(_within(part) for part in period_parts(period)))


def _offered(
    earlier: Sequence[Earlier],
    period: str,
    codes: Codes,
    last_year: int | None,
    tallies: Tallies,
) -> tuple[Offered, ...]:
    """Give the tables of a period; those of its withdrawn release where there is one."""
    before = [release for release in earlier if release.period == period]
    if before:
        return before[-1].offered
    own = tallies.get(Slot("", ALL, ALL), _NONE).questions
    return offered_tables(period, codes, last_year=last_year, own=own)


def _tally(frozen: Mapping[str, Frozen], period: str) -> Tallies:
    """Add up months; districts and project areas as sums of what lies in them."""
    sums: dict[Slot, list[int]] = defaultdict(lambda: [0, 0])
    for month in months_of(period):
        above = _areas_above(frozen[month].codes)
        for slot, tally in frozen[month].counts.items():
            codes = (slot.code, *above.get(slot.code, ())) if slot.dimension == "area" else None
            for code in codes or (slot.code,):
                entry = sums[slot._replace(code=code)]
                entry[0] += tally.questions
                entry[1] += tally.visits
    return {slot: Tally(*entry) for slot, entry in sums.items()}


def _areas_above(codes: Codes) -> dict[str, list[str]]:
    """Give the district and the project areas of each code of the finest level."""
    above: dict[str, list[str]] = defaultdict(list)
    for district, parts in codes.districts.items():
        for code in (*parts, f"{district}-{UNKNOWN}"):
            above[code].append(district)
    for project, parts in codes.projects.items():
        for code in parts:
            above[code].append(project)
    return above


def count_of(cell: Cell, tallies: Tallies) -> Count:
    """Give the true count of one cell of the plan from the tallies of its period."""
    dimension = next((d for d in _OTHERS if cell.code(d) != ALL), "")
    code = cell.code(dimension) if dimension else ALL
    tally = tallies.get(Slot(dimension, code, cell.topic), _NONE)
    if cell.measure == VISITS:
        return Count(tally.visits)
    return Count(tally.questions, tally.visits)


def _under(release: Earlier, tallies: Tallies) -> dict[Cell, Count]:
    """Give the counts of an earlier release's cells, each under the threshold it had."""
    least = release.meta.threshold
    return {
        cell: count_of(cell, tallies)._replace(
            threshold=max(VISITS_THRESHOLD, least) if cell.measure == VISITS else least
        )
        for cell in release.values
    }


def _is_small(cell: Cell, count: Count, threshold: int) -> bool:
    least = count.threshold
    if least is None:
        least = max(VISITS_THRESHOLD, threshold) if cell.measure == VISITS else threshold
    visits = count.number if count.visits is None else count.visits
    return min(count.number, visits) < least
