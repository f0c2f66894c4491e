"""C10: the last days of terms, and when they move to a working day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.calculators.deadlines import (
    End,
    Term,
    Unit,
    answer_awaited_until,
    defect_until,
    earliest_end_of_supply,
    heating_costs_due,
    plain_end,
    react_until,
    statement_due,
    statutory_end,
    tribunal_until,
    withdrawal_until,
)
from hub.calculators.holidays import is_working_day

DAYS = st.dates(date(2014, 1, 1), date(2090, 12, 31))
TERMS = st.builds(Term, st.integers(1, 120), st.sampled_from(Unit))


def days(count: int) -> Term:
    return Term(count, Unit.DAYS)


def weeks(count: int) -> Term:
    return Term(count, Unit.WEEKS)


def test_a_reminder_leaves_fourteen_days_also_when_they_end_on_a_sunday() -> None:
    assert react_until(date(2026, 11, 8), days(14)) == date(2026, 11, 22)


def test_supply_ends_at_the_earliest_after_42_days() -> None:
    assert earliest_end_of_supply(date(2026, 11, 2), 3, days(14)) == date(2026, 12, 14)


def test_a_statement_is_due_six_weeks_after_the_period() -> None:
    assert statement_due(date(2026, 10, 31), weeks(6)) == date(2026, 12, 12)


def test_heating_costs_are_due_on_30_june_of_the_next_year() -> None:
    assert heating_costs_due(2024) == date(2025, 6, 30)


def test_the_tribunal_can_be_asked_until_two_years_after_the_due_day() -> None:
    assert tribunal_until(date(2025, 6, 30), Term(24, Unit.MONTHS)) == date(2027, 6, 30)


def test_two_years_do_not_move_from_a_saturday() -> None:
    assert tribunal_until(date(2027, 6, 30), Term(24, Unit.MONTHS)) == date(2029, 6, 30)
    assert date(2029, 6, 30).isoweekday() == 6


@pytest.mark.parametrize(
    ("asked", "until"), [("2026-07-01", "2026-07-22"), ("2026-07-04", "2026-07-27")]
)
def test_three_weeks_are_waited_for_an_answer(asked: str, until: str) -> None:
    found = answer_awaited_until(date.fromisoformat(asked), weeks(3))
    assert found.day == date.fromisoformat(until)


def test_a_defect_waits_six_weeks_and_then_for_a_working_day() -> None:
    found = defect_until(date(2026, 11, 14), weeks(6))
    assert found == End(date(2026, 12, 28), date(2026, 12, 26))
    assert found.moved


@pytest.mark.parametrize(
    ("bought", "until"),
    [("2026-09-17", "2026-10-01"), ("2026-09-19", "2026-10-05"), ("2026-12-11", "2026-12-28")],
)
def test_a_sale_can_be_undone_for_fourteen_days(bought: str, until: str) -> None:
    found = withdrawal_until(date.fromisoformat(bought), days(14))
    assert found.day == date.fromisoformat(until)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2026-08-15", 12, "2027-08-15"),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start: str, months: int, end: str) -> None:
    found = plain_end(date.fromisoformat(start), Term(months, Unit.MONTHS))
    assert found == date.fromisoformat(end)


def test_a_short_term_holds_two_working_days() -> None:
    # Three days from Thursday before Easter: Friday to Monday are no working days.
    assert statutory_end(date(2026, 4, 2), days(3)).day == date(2026, 4, 8)
    assert statutory_end(date(2026, 11, 19), days(3)).day == date(2026, 11, 23)


@pytest.mark.parametrize("term", [days(91), weeks(13), Term(4, Unit.MONTHS)])
@given(start=DAYS)
def test_long_terms_never_move(term: Term, start: date) -> None:
    assert statutory_end(start, term).day == plain_end(start, term)


@given(DAYS, st.integers(1, 90))
def test_a_moved_end_is_a_working_day_and_never_earlier(start: date, count: int) -> None:
    found = statutory_end(start, days(count))
    assert is_working_day(found.day)
    assert found.day >= plain_end(start, days(count))


@given(DAYS, st.integers(0, 400), TERMS)
def test_who_starts_later_never_ends_earlier(start: date, later: int, term: Term) -> None:
    after = start + timedelta(days=later)
    assert plain_end(after, term) >= plain_end(start, term)
    assert statutory_end(after, term).day >= statutory_end(start, term).day
