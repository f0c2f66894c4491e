"""C5, a heat bill against the maximum tariffs of the ACM.

The ACM sets maxima once a year for the calendar year: a price per GJ and fixed costs. A supplier
may charge less, never more (ConsuWijzer, how the ACM sets heat tariffs). A period over 1 January
is therefore split there. The fixed maximum counts by the day, in days of that calendar year, so
that a whole year is exactly the yearly maximum in leap years too.
"""

from calendar import isleap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from hub.calculators.amounts import cents
from hub.calculators.profile import GAS
from hub.i18n import N_
from hub.refusal import Refusal

# The part of a home's heat that goes to hot water, which does not follow the season.
HOT_WATER: Final = Decimal("0.25")
_STEP_GJ: Final = Decimal("0.001")
PER_GJ: Final = "per_gj"
FIXED: Final = "fixed"
# The fixed lines whose sum the ACM limits; `fixed` stands for all of them together.
LIMITED: Final = frozenset({FIXED, "standing", "metering", "delivery_unit"})


class LineVerdict(StrEnum):
    """What is to be said of one line: within its maximum, above it, or no maximum known."""

    WITHIN = "within"
    ABOVE = "above"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class HeatMaximum:
    """The maxima of a calendar year in euro with VAT.

    `fixed` is the sum of standing charge, metering and delivery unit; `lines` holds the
    maxima of single fixed lines where they are known.
    """

    per_gj: Decimal
    fixed: Decimal
    lines: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a billed period that lies within one calendar year; both days count."""

    first: date
    last: date

    @property
    def year(self) -> int:
        """The calendar year."""
        return self.first.year

    @property
    def share(self) -> Decimal:
        """The part of its calendar year."""
        return Decimal((self.last - self.first).days + 1) / (366 if isleap(self.year) else 365)


@dataclass(frozen=True, slots=True)
class BilledStretch:
    """What a bill asks for one stretch: GJ, price per GJ, and fixed lines in euro by name."""

    stretch: Stretch
    gj: Decimal
    price_per_gj: Decimal
    fixed_lines: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class LineCheck:
    """One line beside its maximum for the stretch (None where none is known)."""

    year: int
    name: str
    billed: Decimal
    maximum: Decimal | None
    verdict: LineVerdict


@dataclass(frozen=True, slots=True)
class HeatCheck:
    """A bill, line by line and in total; `too_much` is what lies above the maximum total."""

    lines: tuple[LineCheck, ...]
    billed: Decimal
    maximum: Decimal
    too_much: Decimal


def split_at_new_year(first: date, last: date) -> tuple[Stretch, ...]:
    """Split a period at each 1 January. Raises Refusal where it ends before it begins."""
    if last < first:
        raise Refusal(N_("The period ends before it begins. Look at both days again."))
    return tuple(
        Stretch(max(first, date(year, 1, 1)), min(last, date(year, 12, 31)))
        for year in range(first.year, last.year + 1)
    )


def split_use(
    gj: Decimal, stretches: Sequence[Stretch], hot_water: Decimal = HOT_WATER
) -> tuple[Decimal, ...]:
    """Divide a measured use over stretches, in thousandths of a GJ that add up to it.

    Hot water goes by days, space heating by the month profile of gas.
    """
    weights = [
        hot_water * part.share + (1 - hot_water) * GAS.share(part.first, part.last)
        for part in stretches
    ]
    divided: list[Decimal] = []
    upto = Decimal(0)
    given = Decimal(0)
    for weight in weights:
        upto += weight
        reached = (gj * upto / sum(weights)).quantize(_STEP_GJ, ROUND_HALF_UP)
        divided.append(reached - given)
        given = reached
    divided[-1] += gj - given
    return tuple(divided)


def year_maximum(gj: Decimal, maximum: HeatMaximum) -> Decimal:
    """Give the most that a whole calendar year may cost: GJ times the maximum, plus fixed."""
    return cents(gj * maximum.per_gj) + cents(maximum.fixed)


def period_maximum(
    gj: Decimal, first: date, last: date, maxima: Mapping[int, HeatMaximum]
) -> Decimal:
    """Give the most that a period may cost, each calendar year by its own maxima.

    Raises Refusal where a year has no maxima.
    """
    stretches = split_at_new_year(first, last)
    return sum(
        (
            stretch_maximum(used, stretch, _of_year(stretch, maxima))
            for used, stretch in zip(split_use(gj, stretches), stretches, strict=True)
        ),
        Decimal(0),
    )


def stretch_maximum(gj: Decimal, stretch: Stretch, maximum: HeatMaximum) -> Decimal:
    """Give the most that a stretch may cost, its fixed part by the day."""
    return cents(gj * maximum.per_gj) + cents(maximum.fixed * stretch.share)


def check_bill(parts: Sequence[BilledStretch], maxima: Mapping[int, HeatMaximum]) -> HeatCheck:
    """Set a bill against the maxima, line by line and in total.

    A line without a maximum of its own is to be asked about. Only lines in `LIMITED` count in
    the total: the maximum says nothing of administration or a hot-water unit. Raises Refusal
    where a year has no maxima.
    """
    lines: list[LineCheck] = []
    billed = maximum = Decimal(0)
    for part in parts:
        limits = _of_year(part.stretch, maxima)
        lines.append(_line(part, PER_GJ, part.price_per_gj, limits.per_gj))
        lines.extend(_fixed_line(part, name, limits) for name in part.fixed_lines)
        billed += cents(part.gj * part.price_per_gj)
        billed += sum(
            (cents(amount) for name, amount in part.fixed_lines.items() if name in LIMITED),
            Decimal(0),
        )
        maximum += stretch_maximum(part.gj, part.stretch, limits)
    return HeatCheck(tuple(lines), billed, maximum, max(Decimal(0), billed - maximum))


def _of_year(stretch: Stretch, maxima: Mapping[int, HeatMaximum]) -> HeatMaximum:
    if stretch.year not in maxima:
        raise Refusal(
            N_("The maximum heat tariffs of %(year)s are not known."), year=str(stretch.year)
        )
    return maxima[stretch.year]


def _fixed_line(part: BilledStretch, name: str, limits: HeatMaximum) -> LineCheck:
    yearly = limits.fixed if name == FIXED else limits.lines.get(name)
    maximum = None if yearly is None else cents(yearly * part.stretch.share)
    return _line(part, name, part.fixed_lines[name], maximum)


def _line(part: BilledStretch, name: str, billed: Decimal, maximum: Decimal | None) -> LineCheck:
    if maximum is None:
        verdict = LineVerdict.ASK
    else:
        verdict = LineVerdict.ABOVE if billed > maximum else LineVerdict.WITHIN
    return LineCheck(part.stretch.year, name, billed, maximum, verdict)
