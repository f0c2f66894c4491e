"""Public holidays and working days, against a list that was written down by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.calculators.holidays import (
    easter_sunday,
    holidays,
    is_working_day,
    kings_day,
    working_day_from,
)

# Month and day of Good Friday, Easter Monday, King's Day, Ascension Day and Whit Monday.
KNOWN = {
    2024: ["03-29", "04-01", "04-27", "05-09", "05-20"],
    2025: ["04-18", "04-21", "04-26", "05-29", "06-09"],
    2026: ["04-03", "04-06", "04-27", "05-14", "05-25"],
    2027: ["03-26", "03-29", "04-27", "05-06", "05-17"],
    2028: ["04-14", "04-17", "04-27", "05-25", "06-05"],
    2029: ["03-30", "04-02", "04-27", "05-10", "05-21"],
    2030: ["04-19", "04-22", "04-27", "05-30", "06-10"],
}
FIXED = ["01-01", "05-05", "12-25", "12-26"]
DAYS = st.dates(date(2014, 1, 1), date(2099, 12, 1))


@pytest.mark.parametrize("year", KNOWN)
def test_the_holidays_of_a_year_are_those_on_the_list(year: int) -> None:
    listed = {date.fromisoformat(f"{year}-{day}") for day in [*KNOWN[year], *FIXED]}
    assert holidays(year) == listed


@pytest.mark.parametrize(
    "day", ["1961-04-02", "2000-04-23", "2008-03-23", "2011-04-24", "2038-04-25", "2285-03-22"]
)
def test_easter_is_found_at_its_earliest_and_latest(day: str) -> None:
    assert easter_sunday(int(day[:4])) == date.fromisoformat(day)


@pytest.mark.parametrize(("year", "day"), [(2014, 26), (2025, 26), (2026, 27), (2031, 26)])
def test_kings_day_gives_way_to_a_sunday(year: int, day: int) -> None:
    assert kings_day(year) == date(year, 4, day)


@pytest.mark.parametrize("day", ["2026-01-02", "2026-05-15", "2027-05-07", "2024-12-27"])
def test_a_day_of_a_royal_decree_is_no_working_day(day: str) -> None:
    assert not is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-11-21", "2026-11-23"),
        ("2026-11-22", "2026-11-23"),
        ("2026-12-25", "2026-12-28"),
        ("2027-03-26", "2027-03-30"),
        ("2020-05-02", "2020-05-04"),
        ("2026-05-14", "2026-05-18"),
        ("2025-12-31", "2025-12-31"),
        ("2026-01-01", "2026-01-05"),
        ("2027-05-05", "2027-05-10"),
    ],
)
def test_a_day_moves_to_the_first_working_day(day: str, moved: str) -> None:
    assert working_day_from(date.fromisoformat(day)) == date.fromisoformat(moved)


@given(DAYS)
def test_a_moved_day_is_a_working_day_not_far_off_and_moves_no_more(day: date) -> None:
    moved = working_day_from(day)
    assert is_working_day(moved)
    assert day <= moved <= day + timedelta(days=6)
    assert working_day_from(moved) == moved


@given(st.integers(1900, 2199))
def test_easter_is_a_sunday_between_22_march_and_25_april(year: int) -> None:
    easter = easter_sunday(year)
    assert easter.isoweekday() == 7
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)
