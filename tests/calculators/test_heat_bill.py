"""C5: what heat may cost at most, a bill against it, and the split at 1 January."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.calculators.heat_bill import (
    BilledStretch,
    HeatMaximum,
    LineVerdict,
    Stretch,
    check_bill,
    period_maximum,
    split_at_new_year,
    split_use,
    year_maximum,
)
from hub.refusal import Refusal

MAXIMA = {
    2024: HeatMaximum(Decimal("46.69"), Decimal("759.88"), {"standing": Decimal("618.82")}),
    2025: HeatMaximum(Decimal("43.79"), Decimal("760.77"), {}),
    2026: HeatMaximum(Decimal("40.97"), Decimal("827.92"), {}),
}
YEAR_2026 = Stretch(date(2026, 1, 1), date(2026, 12, 31))
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
USES = st.decimals(0, 200, places=2)

# Use in GJ, and the most it may cost in 2024, 2025 and 2026.
TABLE = [
    (5, "993.33", "979.72", "1032.77"),
    (10, "1226.78", "1198.67", "1237.62"),
    (15, "1460.23", "1417.62", "1442.47"),
    (20, "1693.68", "1636.57", "1647.32"),
    (25, "1927.13", "1855.52", "1852.17"),
    (30, "2160.58", "2074.47", "2057.02"),
    (35, "2394.03", "2293.42", "2261.87"),
]


@pytest.mark.parametrize(("gj", "in_2024", "in_2025", "in_2026"), TABLE)
def test_the_most_a_year_of_heat_may_cost(
    gj: int, in_2024: str, in_2025: str, in_2026: str
) -> None:
    found = [year_maximum(Decimal(gj), MAXIMA[year]) for year in (2024, 2025, 2026)]
    assert found == [Decimal(in_2024), Decimal(in_2025), Decimal(in_2026)]


@pytest.mark.parametrize("year", MAXIMA)
def test_a_whole_calendar_year_is_the_yearly_maximum_also_in_a_leap_year(year: int) -> None:
    gj = Decimal("12.3")
    whole = period_maximum(gj, date(year, 1, 1), date(year, 12, 31), MAXIMA)
    assert whole == year_maximum(gj, MAXIMA[year])


def test_a_small_user_pays_more_in_2026_although_a_gigajoule_is_cheaper() -> None:
    ten = Decimal(10)
    assert year_maximum(ten, MAXIMA[2026]) - year_maximum(ten, MAXIMA[2025]) == Decimal("38.95")


def test_break_even_between_2025_and_2026_lies_at_about_24_gigajoules() -> None:
    dearer = [
        gj
        for gj in range(40)
        if year_maximum(Decimal(gj), MAXIMA[2026]) > year_maximum(Decimal(gj), MAXIMA[2025])
    ]
    assert max(dearer) == 23


def test_six_gigajoules_above_the_own_meter_are_246_euro() -> None:
    assert round(6 * MAXIMA[2026].per_gj) == 246


def test_a_period_is_split_at_each_new_year() -> None:
    assert split_at_new_year(date(2024, 11, 15), date(2026, 2, 28)) == (
        Stretch(date(2024, 11, 15), date(2024, 12, 31)),
        Stretch(date(2025, 1, 1), date(2025, 12, 31)),
        Stretch(date(2026, 1, 1), date(2026, 2, 28)),
    )


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refusal, match="ends before"):
        split_at_new_year(date(2026, 2, 1), date(2026, 1, 31))


def test_a_year_without_maxima_is_named() -> None:
    with pytest.raises(Refusal) as refused:
        period_maximum(Decimal(5), date(2026, 12, 1), date(2027, 1, 31), MAXIMA)
    assert "2027" in refused.value.text("en")


def test_the_colder_quarter_takes_more_of_a_split_use() -> None:
    parts = split_at_new_year(date(2025, 10, 1), date(2026, 3, 31))
    before, after = split_use(Decimal(10), parts)
    assert before + after == 10
    assert after > before


def test_a_bill_within_the_maxima_has_nothing_too_much() -> None:
    bill = BilledStretch(YEAR_2026, Decimal(10), Decimal("40.97"), {"fixed": Decimal("827.92")})
    checked = check_bill([bill], MAXIMA)
    assert {line.verdict for line in checked.lines} == {LineVerdict.WITHIN}
    assert checked.billed == checked.maximum == Decimal("1237.62")
    assert checked.too_much == 0


def test_a_price_one_cent_above_the_maximum_is_found() -> None:
    bill = BilledStretch(YEAR_2026, Decimal(10), Decimal("40.98"), {"fixed": Decimal("827.92")})
    checked = check_bill([bill], MAXIMA)
    assert [line.verdict for line in checked.lines] == [LineVerdict.ABOVE, LineVerdict.WITHIN]
    assert checked.too_much == Decimal("0.10")


def test_half_a_year_may_ask_half_the_fixed_costs() -> None:
    half = Stretch(date(2026, 1, 1), date(2026, 6, 30))
    bill = BilledStretch(half, Decimal(5), Decimal(40), {"fixed": Decimal("420")})
    line = check_bill([bill], MAXIMA).lines[1]
    assert line.maximum == Decimal("410.56")
    assert line.verdict is LineVerdict.ABOVE


def test_a_line_without_a_known_maximum_is_to_be_asked_about() -> None:
    lines = {"standing": Decimal(500), "admin": Decimal(60)}
    bill = BilledStretch(YEAR_2026, Decimal(10), Decimal(40), lines)
    checked = check_bill([bill], MAXIMA)
    assert [line.verdict for line in checked.lines[1:]] == [LineVerdict.ASK, LineVerdict.ASK]
    assert checked.billed == 900


def test_a_single_line_is_held_against_its_own_maximum_where_one_is_known() -> None:
    year = Stretch(date(2024, 1, 1), date(2024, 12, 31))
    bill = BilledStretch(year, Decimal(10), Decimal(40), {"standing": Decimal("618.83")})
    assert check_bill([bill], MAXIMA).lines[1].verdict is LineVerdict.ABOVE


def test_each_part_of_a_bill_over_new_year_has_the_maxima_of_its_year() -> None:
    parts = [
        BilledStretch(Stretch(date(2025, 7, 1), date(2025, 12, 31)), Decimal(4), Decimal(43), {}),
        BilledStretch(Stretch(date(2026, 1, 1), date(2026, 6, 30)), Decimal(6), Decimal(43), {}),
    ]
    checked = check_bill(parts, MAXIMA)
    assert [(line.year, line.verdict) for line in checked.lines] == [
        (2025, LineVerdict.WITHIN),
        (2026, LineVerdict.ABOVE),
    ]


@given(USES, DAYS, DAYS)
def test_a_split_use_adds_up_and_no_part_is_negative(gj: Decimal, one: date, other: date) -> None:
    parts = split_at_new_year(min(one, other), max(one, other))
    used = split_use(gj, parts)
    assert sum(used) == gj
    assert all(part >= 0 for part in used)


@given(DAYS, DAYS)
def test_stretches_follow_each_other_without_a_gap(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    parts = split_at_new_year(first, last)
    assert (parts[0].first, parts[-1].last) == (first, last)
    for before, after in pairwise(parts):
        assert after.first == before.last + timedelta(days=1)
        assert (after.first.month, after.first.day) == (1, 1)


@given(USES, DAYS, DAYS)
def test_the_maximum_of_a_period_is_that_of_its_years_together(
    gj: Decimal, one: date, other: date
) -> None:
    first, last = min(one, other), max(one, other)
    parts = split_at_new_year(first, last)
    apart = sum(
        period_maximum(used, part.first, part.last, MAXIMA)
        for used, part in zip(split_use(gj, parts), parts, strict=True)
    )
    assert period_maximum(gj, first, last, MAXIMA) == apart


@given(USES, st.decimals(0, 50, places=2), DAYS, DAYS, st.integers(0, 200))
def test_more_heat_or_more_days_never_lower_the_maximum(
    gj: Decimal, more: Decimal, one: date, other: date, days: int
) -> None:
    first, last = min(one, other), max(one, other)
    least = period_maximum(gj, first, last, MAXIMA)
    # Each split part is rounded by itself: a cent a year may move the other way.
    slack = Decimal("0.06")
    assert period_maximum(gj + more, first, last, MAXIMA) >= least - slack
    longer = min(last + timedelta(days=days), date(last.year, 12, 31))
    same_year = dict.fromkeys(MAXIMA, MAXIMA[2025])
    assert (
        period_maximum(gj, first, longer, same_year)
        >= period_maximum(gj, first, last, same_year) - slack
    )
