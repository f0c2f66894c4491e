"""No two values of a part count on one day: the rule against a count of days, one by one."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from hub.facts.timeline import clashes, covers, first_overlapping, goes_on_after, overlap

FIRST = date(2026, 1, 1)
CALENDAR = [FIRST + timedelta(days=day) for day in range(-1, 32)]


@dataclass(frozen=True)
class Days:
    valid_from: date | None
    valid_until: date | None


@st.composite
def stretches(draw: st.DrawFn) -> Days:
    first, last = sorted(draw(st.tuples(st.integers(0, 30), st.integers(0, 30))))
    return Days(
        draw(st.sampled_from([None, FIRST + timedelta(days=first)])),
        draw(st.sampled_from([None, FIRST + timedelta(days=last)])),
    )


def shared_days(one: Days, other: Days) -> list[date]:
    return [day for day in CALENDAR if covers(one, day) and covers(other, day)]


@given(stretches(), stretches())
def test_two_stretches_overlap_exactly_when_they_share_a_day(one: Days, other: Days) -> None:
    assert overlap(one, other) == bool(shared_days(one, other))
    assert overlap(one, other) == overlap(other, one)


@given(st.lists(stretches(), max_size=6))
def test_clashes_are_found_exactly_when_two_of_many_share_a_day(many: list[Days]) -> None:
    found = clashes(many)
    assert bool(found) == any(shared_days(a, b) for a, b in combinations(many, 2))
    assert all(shared_days(earlier, later) for earlier, later in found)


@given(st.lists(stretches(), max_size=6))
def test_without_the_later_of_each_clash_nothing_clashes(many: list[Days]) -> None:
    left = list(many)
    for _, later in clashes(many):
        left.remove(later)
    assert clashes(left) == []


@given(stretches(), st.lists(stretches(), max_size=5))
def test_the_one_it_names_is_the_earliest_that_overlaps(one: Days, others: list[Days]) -> None:
    found = first_overlapping(one, others)
    sharing = [other for other in others if shared_days(one, other)]
    assert (found is None) == (sharing == [])
    if found is not None:
        earliest = min(other.valid_from or date.min for other in sharing)
        assert (found.valid_from or date.min) == earliest


def test_a_value_goes_on_when_the_next_begins_on_the_day_after() -> None:
    year = Days(FIRST, date(2026, 12, 31))
    assert goes_on_after(year, [Days(date(2027, 1, 1), None)])
    assert not goes_on_after(year, [Days(date(2027, 1, 2), None)])
    assert goes_on_after(Days(FIRST, None), [])
