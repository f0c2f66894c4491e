"""Weeks from Monday to Sunday on the hub's own clock, and which of them are compared with."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.early_signs.baseline import WEEKS_BACK, choose
from hub.early_signs.weeks import Times, Week, read_week, week_from, weeks_before
from hub.places.hours import parse

TIMES = Times("Europe/Amsterdam", parse("ma 10-13; wo 13-17; za 11-14"), frozenset())
MONDAY = date(2026, 11, 23)
NOW = datetime.fromisoformat("2026-12-01T10:00+01:00")


def _week(monday: date, times: Times = TIMES, now: datetime = NOW) -> Week:
    week = week_from(monday, times, now)
    assert week is not None
    return week


def test_a_week_that_has_ended_has_all_its_hours() -> None:
    week = _week(MONDAY)
    assert (week.minutes, week.ended, week.sunday) == (10 * 60, True, date(2026, 11, 29))


def test_the_running_week_ends_now_and_has_the_hours_until_now() -> None:
    now = datetime.fromisoformat("2026-11-25T14:30:59+01:00")
    week = _week(MONDAY, now=now)
    assert (week.minutes, week.ended, week.ends) == (3 * 60 + 90, False, now)
    before = _week(MONDAY, now=datetime.fromisoformat("2026-11-23T09:59+01:00"))
    assert before.minutes == 0


def test_a_closed_day_of_the_running_week_does_not_count() -> None:
    times = Times(TIMES.timezone, TIMES.hours, frozenset({date(2026, 11, 25)}))
    now = datetime.fromisoformat("2026-11-25T16:00+01:00")
    assert _week(MONDAY, times, now).minutes == 3 * 60


def test_weeks_begin_at_midnight_of_the_place_also_where_the_clock_changes() -> None:
    changing = _week(date(2026, 10, 19))
    assert changing.starts.isoformat() == "2026-10-19T00:00:00+02:00"
    assert changing.ends.isoformat() == "2026-10-26T00:00:00+01:00"
    assert changing.minutes == 10 * 60
    far = _week(MONDAY, Times("America/Curacao", TIMES.hours, frozenset()))
    assert far.starts.isoformat() == "2026-11-23T00:00:00-04:00"


def test_there_is_no_week_to_come_and_none_before_the_desk_takes_visits() -> None:
    assert week_from(date(2026, 12, 7), TIMES, NOW) is None
    assert week_from(date(9999, 12, 27), TIMES, NOW) is None
    assert week_from(date(2014, 12, 29), TIMES, NOW) is None
    assert week_from(date(1, 1, 1), TIMES, NOW) is None


def test_weeks_before_follow_each_other_without_a_gap() -> None:
    weeks = list(weeks_before(_week(MONDAY), TIMES, WEEKS_BACK))
    assert len(weeks) == WEEKS_BACK
    assert weeks[0].ends == _week(MONDAY).starts
    assert all(later.starts == one.ends for later, one in pairwise(weeks))


@given(st.dates(date(2015, 1, 5), date(2026, 11, 23)))
def test_what_an_address_writes_is_read_back_as_the_same_week(day: date) -> None:
    monday = day - timedelta(days=day.weekday())
    assert read_week(_week(monday).written) == monday


@pytest.mark.parametrize("written", ["", "2026", "2026-W00", "2026-W54", "W48", "2026-11-23", "٢"])
def test_what_is_no_week_is_not_read(written: str) -> None:
    assert read_week(written) is None


def _weeks(minutes: list[int]) -> list[Week]:
    """Weeks before the Monday, the latest first, with these open minutes."""
    found = weeks_before(_week(MONDAY), TIMES, len(minutes))
    return [
        Week(week.monday, week.starts, week.ends, open_for, ended=True)
        for week, open_for in zip(found, minutes, strict=True)
    ]


def test_closed_weeks_are_passed_over_until_eight_open_ones_are_found() -> None:
    weeks = _weeks([600, 0, 0, *[600] * 9])
    baseline = choose(weeks, dict.fromkeys(weeks, 3))
    assert baseline.enough
    assert list(baseline.weeks) == [weeks[0], *weeks[3:10]]
    assert list(baseline.closed) == weeks[1:3]


def test_a_week_without_any_visit_is_left_out_and_told() -> None:
    weeks = _weeks([600] * 9)
    visits = dict.fromkeys(weeks, 3) | {weeks[2]: 0}
    baseline = choose(weeks, visits)
    assert baseline.enough
    assert list(baseline.silent) == [weeks[2]]


def test_a_new_hub_has_too_few_weeks_and_was_not_silent_before_it_was_there() -> None:
    weeks = _weeks([600] * 26)
    baseline = choose(weeks, {weeks[0]: 4, weeks[1]: 2})
    assert not baseline.enough
    assert (list(baseline.weeks), baseline.silent) == (weeks[:2], ())


def test_a_hub_that_was_closed_or_silent_all_along_has_nothing_to_compare_with() -> None:
    for minutes in (0, 600):
        baseline = choose(_weeks([minutes] * 26), {})
        assert (baseline.weeks, baseline.silent, baseline.closed) == ((), (), ())
