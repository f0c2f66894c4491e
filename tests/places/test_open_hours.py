"""How long a hub is open between two days."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hub.places.hours import Stretch, on_day, parse
from hub.places.open_hours import open_hours, open_minutes

WEEK = parse("ma 10:00-13:00; do 13:00-17:00, 18:30-19:50")
MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 29)
_days = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@st.composite
def _weeks(draw: st.DrawFn) -> tuple[Stretch, ...]:
    """Weeks with a morning, an afternoon, both or neither on each day."""
    week = []
    for weekday in range(7):
        for opens, latest in draw(st.sets(st.sampled_from([(8, 12), (13, 17)]))):
            minutes = draw(st.integers(1, (latest - opens) * 60))
            closes = time(opens + minutes // 60, minutes % 60)
            week.append(Stretch(weekday, time(opens), closes))
    return tuple(sorted(week))


def _day_by_day(week: Sequence[Stretch], closed: set[date], first: date, last: date) -> timedelta:
    """The same by walking along every day, as a person with a calendar would."""
    total, day = timedelta(), first
    while day <= last:
        for stretch in on_day(week, closed, day):
            total += datetime.combine(day, stretch.closes) - datetime.combine(day, stretch.opens)
        day += timedelta(days=1)
    return total


def test_a_week_holds_the_hours_on_the_door() -> None:
    assert open_minutes(WEEK, (), MONDAY, SUNDAY) == (3 + 4) * 60 + 80
    assert open_hours(parse("ma 10-13; do 13-17:30"), (), MONDAY, SUNDAY) == Decimal("7.5")


def test_a_closed_day_takes_its_hours_out_once_and_other_days_nothing() -> None:
    tuesday, thursday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)
    closed = [MONDAY, MONDAY, tuesday, MONDAY - timedelta(days=7)]
    assert open_hours(WEEK, closed, MONDAY, thursday - timedelta(days=1)) == 0
    assert open_minutes(WEEK, closed, MONDAY, SUNDAY) == 4 * 60 + 80


def test_both_days_are_included() -> None:
    assert open_hours(WEEK, (), MONDAY, MONDAY) == 3
    assert open_hours(WEEK, (), MONDAY, MONDAY + timedelta(days=7)) > 9


def test_the_days_on_which_the_clock_changes_count_as_any_other() -> None:
    sundays = parse("zo 01:00-05:00")
    for day in (date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1)):
        assert open_hours(sundays, (), day, day) == 4


def test_no_hours_or_no_day_is_nothing() -> None:
    assert open_hours((), (), MONDAY, SUNDAY) == 0
    assert open_hours(WEEK, (), SUNDAY, MONDAY) == 0


@given(_weeks(), st.sets(_days, max_size=40), _days, st.integers(-3, 60))
def test_it_is_what_a_walk_along_the_calendar_gives(
    week: tuple[Stretch, ...], closed: set[date], first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    walked = _day_by_day(week, closed, first, last)
    assert open_minutes(week, closed, first, last) == walked // timedelta(minutes=1)


@given(_weeks(), st.sets(_days, max_size=40), _days, st.integers(0, 90), st.integers(0, 90))
def test_two_periods_side_by_side_add_up(
    week: tuple[Stretch, ...], closed: set[date], first: date, one: int, other: int
) -> None:
    middle = first + timedelta(days=one)
    last = middle + timedelta(days=other)
    together = open_minutes(week, closed, first, last)
    left = open_minutes(week, closed, first, middle - timedelta(days=1))
    assert left + open_minutes(week, closed, middle, last) == together
