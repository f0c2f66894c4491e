"""The month profile meets the sums that were published, and every year is one."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.calculators.profile import ELECTRICITY, GAS, Profile

PROFILES = pytest.mark.parametrize("profile", [GAS, ELECTRICITY], ids=["gas", "electricity"])
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("profile", "last", "use"),
    [
        (GAS, date(2023, 4, 13), "605.3"),
        (ELECTRICITY, date(2023, 4, 13), "975.3"),
        (GAS, date(2023, 2, 14), "315.0"),
        (ELECTRICITY, date(2023, 2, 14), "479.0"),
    ],
)
def test_the_table_gives_the_sums_it_was_checked_with(
    profile: Profile, last: date, use: str
) -> None:
    found = profile.share(date(2023, 1, 1), last) * sum(profile.months)
    assert round(found, 1) == Decimal(use)


@pytest.mark.parametrize(("profile", "use"), [(GAS, "0.55"), (ELECTRICITY, "5.68")])
def test_a_day_in_august_is_a_small_part(profile: Profile, use: str) -> None:
    day = date(2023, 8, 5)
    assert round(profile.share(day, day) * sum(profile.months), 2) == Decimal(use)


@pytest.mark.parametrize(("profile", "share"), [(GAS, "0.1573"), (ELECTRICITY, "0.1692")])
def test_autumn_up_to_22_november_is_a_sixth_of_a_year(profile: Profile, share: str) -> None:
    assert round(profile.share(date(2026, 10, 1), date(2026, 11, 22)), 4) == Decimal(share)


@PROFILES
@pytest.mark.parametrize("year", [2023, 2024])
def test_a_calendar_year_is_one(profile: Profile, year: int) -> None:
    assert round(profile.share(date(year, 1, 1), date(year, 12, 31)), 20) == 1


@PROFILES
def test_twelve_months_ahead_are_one_from_any_month(profile: Profile) -> None:
    assert {profile.months_ahead(month, 12) for month in range(1, 13)} == {Decimal(1)}


def test_no_days_are_no_use() -> None:
    assert GAS.share(date(2026, 2, 2), date(2026, 2, 1)) == 0


@given(DAYS, st.integers(0, 900), st.integers(0, 900))
def test_a_period_cut_in_two_is_its_two_parts(first: date, one: int, two: int) -> None:
    middle = first + timedelta(days=one)
    last = middle + timedelta(days=1 + two)
    whole = GAS.share(first, last)
    parts = GAS.share(first, middle) + GAS.share(middle + timedelta(days=1), last)
    assert abs(whole - parts) < Decimal("1e-20")
