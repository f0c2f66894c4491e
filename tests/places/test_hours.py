"""Opening hours as people type them, and the days on which a hub is open."""

from contextlib import suppress
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.places import closed_days, hours
from hub.places.hours import Stretch
from hub.refusal import Refusal

MONDAY = date(2026, 11, 23)
_minutes = st.integers(0, 24 * 60 - 1)


@st.composite
def _weeks(draw: st.DrawFn) -> tuple[Stretch, ...]:
    """Weeks of stretches that do not overlap, some of them touching."""
    week = []
    for weekday in draw(st.sets(st.integers(0, 6))):
        marks = sorted(draw(st.sets(_minutes, min_size=2, max_size=6)))
        for opens, closes in zip(marks[::2], marks[1::2], strict=False):
            week.append(Stretch(weekday, _clock(opens), _clock(closes)))
    return tuple(sorted(week))


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


@given(_weeks(), st.sampled_from(["nl", "en"]))
def test_what_is_written_is_read_back_the_same(week: tuple[Stretch, ...], language: str) -> None:
    assert hours.parse(hours.as_typed(week, language)) == week


@given(_weeks())
def test_every_open_day_has_one_line_in_words(week: tuple[Stretch, ...]) -> None:
    assert len(hours.in_words(week, "nl")) == len({stretch.weekday for stretch in week})


@given(st.text(st.sampled_from("madiwo 0123456789:-,;–\n"), max_size=40))
def test_anything_typed_is_read_as_an_orderly_week_or_refused(typed: str) -> None:
    with suppress(Refusal):
        week = hours.parse(typed)
        assert all(stretch.opens < stretch.closes for stretch in week)
        assert hours.parse(hours.as_typed(week, "nl")) == week


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("MA 10:00-13:00; Do 13:00-17:00", "ma 10:00-13:00; do 13:00-17:00"),
        ("mon 10:00-13:00\nthu 13:00-17:00", "ma 10:00-13:00; do 13:00-17:00"),
        ("maandag: 10.00 - 13.00 ; donderdag 13 tot 17", "ma 10:00-13:00; do 13:00-17:00"),
        ("tu 9:30-12:00", "di 09:30-12:00"),
        ("ma-wo 10-12", "ma 10:00-12:00; di 10:00-12:00; wo 10:00-12:00"),
        ("za-ma 10-12", "ma 10:00-12:00; za 10:00-12:00; zo 10:00-12:00"),
        ("do 10:00-12:00, 13:00-17:00", "do 10:00-12:00; do 13:00-17:00"),
        ("do 10:00–12:00", "do 10:00-12:00"),
        ("do 10-12; do 10-12", "do 10:00-12:00"),
        (" ;\n ", ""),
    ],
)
def test_common_ways_of_writing_mean_the_same(typed: str, same: str) -> None:
    assert hours.as_typed(hours.parse(typed), "nl") == same


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("ma", "cannot be read"),
        ("10:00-13:00", "cannot be read"),
        ("ma 10:00", "cannot be read"),
        ("ma 10:00-13:00 do 10:00-13:00", "cannot be read"),
        ("lun 10:00-13:00", "is not a day"),
        ("ma 24:00-25:00", "does not exist"),
        ("ma 10:61-12:00", "does not exist"),
        ("ma 13:00-10:00", "closes before it opens"),
        ("ma 10:00-10:00", "closes before it opens"),
        ("ma 10:00-13:00; ma 12:00-14:00", "overlap"),
    ],
)
def test_what_cannot_be_meant_is_refused(typed: str, says: str) -> None:
    with pytest.raises(Refusal, match=says) as caught:
        hours.parse(typed)
    assert caught.value.field == "hours"


def test_a_hub_is_open_on_its_weekdays_except_closed_days() -> None:
    week = hours.parse("ma 10-12, 13-17; do 13-17")
    assert [s.opens.hour for s in hours.on_day(week, (), MONDAY)] == [10, 13]
    assert hours.on_day(week, (), MONDAY + timedelta(days=1)) == ()
    assert hours.on_day(week, {MONDAY}, MONDAY) == ()


def test_words_are_in_the_language_with_the_clock_of_24_hours() -> None:
    week = hours.parse("do 10-12, 13-17")
    assert hours.in_words(week, "nl") == ("donderdag 10:00–12:00, 13:00–17:00",)
    assert hours.in_words(week, "en") == ("Thursday 10:00–12:00, 13:00–17:00",)
    assert "PM" not in hours.in_words(week, "tr")[0]


@given(st.sets(st.dates(date(2020, 1, 1), date(2020, 12, 31)), max_size=60))
def test_closed_days_are_read_back_as_they_were_written(days: set[date]) -> None:
    assert closed_days.parse(closed_days.as_typed(days)) == tuple(sorted(days))


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("25-12-2026", 1),
        ("25/12/2026; 2026-12-26", 2),
        ("24-12-2026 t/m 03-01-2027", 11),
        ("2026-12-24 to 2026-12-24", 1),
        ("", 0),
    ],
)
def test_closed_days_are_typed_singly_or_as_a_run(typed: str, count: int) -> None:
    assert len(closed_days.parse(typed)) == count


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("kerst", "cannot be read"),
        ("25-12", "cannot be read"),
        ("31-11-2026", "not in the calendar"),
        ("03-01-2027 t/m 24-12-2026", "cannot be read"),
        ("01-01-0001 t/m 01-01-9999", "more than"),
    ],
)
def test_closed_days_that_cannot_be_meant_are_refused(typed: str, says: str) -> None:
    with pytest.raises(Refusal, match=says) as caught:
        closed_days.parse(typed)
    assert caught.value.field == "closed_days"
