"""C1, the instalment check: does a monthly instalment cover what the year will cost?

All amounts are euro with VAT. The sum is the one on the yearly bill: use times price, plus fixed
and grid costs, minus the tax credit (ConsuWijzer on the termijnbedrag: a twelfth of the
expected yearly cost). The bands of the verdict are the desk's own.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from hub.calculators.amounts import cents, euros
from hub.calculators.profile import ELECTRICITY, GAS

MONTHS: Final = 12
_NOTHING: Final = Decimal(0)


class PriceKind(StrEnum):
    """What a price per unit on a letter includes. There is no default: somebody must choose."""

    ALL_IN = "all_in"
    INCL = "incl"
    EXCL = "excl"


class Verdict(StrEnum):
    """What is to be said of an instalment."""

    FITS = "fits"
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"


@dataclass(frozen=True, slots=True)
class Bands:
    """When a gap still fits: up to a share of the year's cost, or up to an amount in euro.

    `spread` is the least width of a range to each side, as a share: use is never certain.
    """

    share: Decimal = Decimal("0.10")
    amount: Decimal = Decimal(120)
    spread: Decimal = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class YearUse:
    """What a household is expected to use in a year: gas in m³, net kWh, heat in GJ."""

    gas_m3: Decimal = _NOTHING
    kwh: Decimal = _NOTHING
    gj: Decimal = _NOTHING


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices per m³, kWh and GJ, with energy tax and VAT."""

    gas_m3: Decimal = _NOTHING
    kwh: Decimal = _NOTHING
    gj: Decimal = _NOTHING


@dataclass(frozen=True, slots=True)
class YearCost:
    """The cost of a year, part by part in cents; `fixed` is supply and grid together."""

    gas: Decimal
    electricity: Decimal
    heat: Decimal
    fixed: Decimal
    tax_credit: Decimal

    @property
    def total(self) -> Decimal:
        """The year's cost, less the tax credit."""
        return self.gas + self.electricity + self.heat + self.fixed - self.tax_credit


@dataclass(frozen=True, slots=True)
class InstalmentCheck:
    """An instalment beside the year's cost; `gap` is negative where too little is paid."""

    instalment: Decimal
    annual: Decimal
    advice: Decimal
    gap: Decimal
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class RestOfYear:
    """The months until the statement: cost so far, cost to come, and the even instalment."""

    cost_so_far: Decimal
    cost_to_come: Decimal
    paid: Decimal
    instalment: Decimal


def all_in_price(
    price: Decimal, kind: PriceKind, tax_with_vat: Decimal, vat_percent: Decimal
) -> Decimal:
    """Give the price per unit with energy tax and VAT, for a price as it stands on a letter.

    `tax_with_vat` is the energy tax per unit with VAT. Not rounded: prices have more decimals
    than cents.
    """
    match kind:
        case PriceKind.ALL_IN:
            return price
        case PriceKind.INCL:
            return price + tax_with_vat
        case PriceKind.EXCL:
            return price * (1 + vat_percent / 100) + tax_with_vat


def year_cost(use: YearUse, prices: Prices, fixed: Decimal, tax_credit: Decimal) -> YearCost:
    """Give what a year costs: use times price, fixed costs, less the tax credit."""
    return YearCost(
        gas=cents(use.gas_m3 * prices.gas_m3),
        electricity=cents(use.kwh * prices.kwh),
        heat=cents(use.gj * prices.gj),
        fixed=cents(fixed),
        tax_credit=cents(tax_credit),
    )


def check_instalment(instalment: Decimal, annual: Decimal, bands: Bands) -> InstalmentCheck:
    """Set twelve instalments against a year's cost."""
    gap = cents(MONTHS * instalment - annual)
    return InstalmentCheck(
        instalment=instalment,
        annual=cents(annual),
        advice=monthly(annual),
        gap=gap,
        verdict=verdict_of(gap, annual, bands),
    )


def monthly(annual: Decimal) -> Decimal:
    """Give a twelfth of a year's cost, in cents; nothing where the tax credit covers it all."""
    return max(_NOTHING, cents(annual / MONTHS))


def verdict_of(gap: Decimal, annual: Decimal, bands: Bands) -> Verdict:
    """Judge a gap: within the share or within the amount it fits."""
    if abs(gap) <= max(bands.share * abs(annual), bands.amount):
        return Verdict.FITS
    return Verdict.TOO_LOW if gap < 0 else Verdict.TOO_HIGH


def rest_of_year(
    cost: YearCost,
    first_month: int,
    months_left: int,
    paid: Decimal,
    cost_so_far: Decimal | None = None,
) -> RestOfYear:
    """Give the instalment that ends the year even: (rest + so far - paid) / months left.

    `first_month` (1 to 12) is the first of the `months_left` (1 to 12) months until the
    statement. Gas and heat are split by the gas profile, electricity by its own, fixed costs
    and tax credit by the month. `cost_so_far` replaces the split where readings are known.
    """
    if not 1 <= months_left <= MONTHS:
        raise ValueError(f"months_left must be 1 to 12, not {months_left}")
    by_gas = GAS.months_ahead(first_month, months_left)
    by_power = ELECTRICITY.months_ahead(first_month, months_left)
    by_month = Decimal(months_left) / MONTHS
    to_come = cents(
        (cost.gas + cost.heat) * by_gas
        + cost.electricity * by_power
        + (cost.fixed - cost.tax_credit) * by_month
    )
    so_far = cost.total - to_come if cost_so_far is None else cents(cost_so_far)
    even = cents((to_come + so_far - paid) / months_left)
    return RestOfYear(so_far, to_come, cents(paid), max(_NOTHING, even))


def rounded_range(
    low: Decimal, middle: Decimal, high: Decimal, bands: Bands
) -> tuple[Decimal, Decimal]:
    """Give a range in whole euros for a resident, at least the spread wide to each side."""
    margin = abs(middle) * bands.spread
    return euros(min(low, middle - margin)), euros(max(high, middle + margin))
