"""C1: the year's cost, the fitting instalment, and what is said of the one that is paid."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.calculators.instalment import (
    Bands,
    PriceKind,
    Prices,
    Verdict,
    YearUse,
    all_in_price,
    check_instalment,
    monthly,
    rest_of_year,
    rounded_range,
    year_cost,
)
from hub.calculators.profile import ELECTRICITY, GAS

PRICES = Prices(Decimal("1.30"), Decimal("0.26"), Decimal("40.97"))
FIXED, CREDIT = Decimal(860), Decimal("628.96")
AMOUNTS = st.decimals(0, 20_000, places=2)
USES = st.decimals(0, 20_000, places=1)


def annual(gas: object, kwh: object, gj: object = 0) -> Decimal:
    """Give the year's cost of a use at the prices of the test."""
    use = YearUse(Decimal(str(gas)), Decimal(str(kwh)), Decimal(str(gj)))
    return year_cost(use, PRICES, FIXED, CREDIT).total


@pytest.mark.parametrize(
    ("gas", "kwh", "total", "month"),
    [
        (600, 1500, "1401.04", "116.75"),
        (850, 2100, "1882.04", "156.84"),
        (1300, 3200, "2753.04", "229.42"),
    ],
)
def test_the_years_cost_and_its_twelfth(gas: int, kwh: int, total: str, month: str) -> None:
    assert annual(gas, kwh) == Decimal(total)
    assert monthly(annual(gas, kwh)) == Decimal(month)


def test_ninety_five_a_month_is_too_low_for_the_second_household() -> None:
    checked = check_instalment(Decimal(95), annual(850, 2100), Bands())
    assert checked.gap == Decimal("-742.04")
    assert checked.verdict is Verdict.TOO_LOW


def test_two_hundred_and_ten_is_too_high_for_somebody_alone() -> None:
    checked = check_instalment(Decimal(210), annual(600, 1500), Bands())
    assert checked.verdict is Verdict.TOO_HIGH
    assert checked.advice == Decimal("116.75")


@pytest.mark.parametrize(
    ("instalment", "year", "verdict"),
    [
        ("90", "1200", Verdict.FITS),
        ("89.99", "1200", Verdict.TOO_LOW),
        ("110", "1200", Verdict.FITS),
        ("110.01", "1200", Verdict.TOO_HIGH),
        ("179.99", "2400", Verdict.TOO_LOW),
        ("183.34", "2200", Verdict.FITS),
        ("165", "2200", Verdict.FITS),
        ("164.99", "2200", Verdict.TOO_LOW),
        ("201.67", "2200", Verdict.TOO_HIGH),
        ("0", "-60", Verdict.FITS),
    ],
)
def test_a_gap_fits_up_to_a_tenth_or_120_euro(instalment: str, year: str, verdict: str) -> None:
    checked = check_instalment(Decimal(instalment), Decimal(year), Bands())
    assert checked.verdict == verdict


def test_the_bands_can_be_set() -> None:
    narrow = Bands(share=Decimal("0.01"), amount=Decimal(5))
    assert check_instalment(Decimal(99), Decimal(1200), narrow).verdict is Verdict.FITS
    assert check_instalment(Decimal(98), Decimal(1200), narrow).verdict is Verdict.TOO_LOW
    assert check_instalment(Decimal(98), Decimal(1200), Bands()).verdict is Verdict.FITS


@pytest.mark.parametrize(
    ("kind", "price"),
    [(PriceKind.ALL_IN, "0.50"), (PriceKind.INCL, "1.22680"), (PriceKind.EXCL, "1.33180")],
)
def test_a_price_gets_what_it_does_not_include(kind: PriceKind, price: str) -> None:
    found = all_in_price(Decimal("0.50"), kind, Decimal("0.72680"), Decimal(21))
    assert found == Decimal(price)


def test_heat_costs_its_gigajoules() -> None:
    assert annual(0, 0, 10) - annual(0, 0) == Decimal("409.70")


def test_a_year_below_the_tax_credit_asks_for_nothing() -> None:
    assert monthly(Decimal("-12")) == 0


def test_the_rest_of_a_year_takes_up_what_was_paid_too_little() -> None:
    cost = year_cost(YearUse(Decimal(850), Decimal(2100)), PRICES, FIXED, CREDIT)
    rest = rest_of_year(cost, 10, 3, Decimal(9 * 95))
    assert rest.cost_so_far + rest.cost_to_come == cost.total
    assert rest.instalment == Decimal("342.35")


def test_the_cost_to_come_follows_the_months() -> None:
    cost = year_cost(YearUse(Decimal(850), Decimal(2100)), PRICES, FIXED, CREDIT)
    winter = rest_of_year(cost, 12, 3, Decimal(0))
    by_hand = 1105 * GAS.months_ahead(12, 3) + 546 * ELECTRICITY.months_ahead(12, 3)
    assert winter.cost_to_come == round(by_hand + Decimal("231.04") / 4, 2)
    assert winter.cost_to_come > rest_of_year(cost, 6, 3, Decimal(0)).cost_to_come * 2


def test_a_known_cost_so_far_takes_the_place_of_the_split() -> None:
    cost = year_cost(YearUse(Decimal(850), Decimal(2100)), PRICES, FIXED, CREDIT)
    rest = rest_of_year(cost, 12, 1, Decimal(1000), cost_so_far=Decimal(1500))
    assert rest.instalment == 500 + rest.cost_to_come


def test_who_has_paid_enough_pays_nothing_more() -> None:
    cost = year_cost(YearUse(Decimal(600), Decimal(1500)), PRICES, FIXED, CREDIT)
    assert rest_of_year(cost, 12, 1, Decimal(5000)).instalment == 0


@pytest.mark.parametrize("months", [0, 13, -1])
def test_months_outside_a_year_are_refused(months: int) -> None:
    cost = year_cost(YearUse(), PRICES, FIXED, CREDIT)
    with pytest.raises(ValueError, match="1 to 12"):
        rest_of_year(cost, 1, months, Decimal(0))


def test_a_range_is_in_whole_euros_and_never_narrower_than_the_spread() -> None:
    middle = Decimal("156.84")
    assert rounded_range(middle, middle, middle, Bands()) == (149, 165)
    wide = rounded_range(Decimal("144.50"), middle, Decimal("169.17"), Bands())
    assert wide == (145, 169)


@given(USES, USES, USES, st.decimals(0, 500, places=1))
def test_more_use_never_costs_less(gas: Decimal, kwh: Decimal, gj: Decimal, more: Decimal) -> None:
    least = annual(gas, kwh, gj)
    assert annual(gas + more, kwh, gj) >= least
    assert annual(gas, kwh + more, gj) >= least
    assert annual(gas, kwh, gj + more) >= least


@given(AMOUNTS, st.decimals(0, 500, places=2), st.decimals(-500, 20_000, places=2))
def test_paying_more_never_makes_an_instalment_lower(
    instalment: Decimal, more: Decimal, year: Decimal
) -> None:
    order = [Verdict.TOO_LOW, Verdict.FITS, Verdict.TOO_HIGH]
    less = check_instalment(instalment, year, Bands())
    greater = check_instalment(instalment + more, year, Bands())
    assert greater.gap >= less.gap
    assert order.index(greater.verdict) >= order.index(less.verdict)


@given(USES, USES, st.integers(1, 12), st.integers(1, 12), AMOUNTS)
def test_the_rest_of_a_year_ends_even(
    gas: Decimal, kwh: Decimal, month: int, left: int, paid: Decimal
) -> None:
    cost = year_cost(YearUse(gas, kwh), PRICES, FIXED, CREDIT)
    rest = rest_of_year(cost, month, left, paid)
    if rest.instalment > 0:
        assert abs(paid + left * rest.instalment - cost.total) <= Decimal("0.06")
    else:
        assert paid >= cost.total - Decimal("0.06")
