"""A visit counts in its own month while that is open, else in the first open one."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from hub.visits.posting import month_of, next_month, posted_in

AMSTERDAM = "Europe/Amsterdam"


def test_a_visit_counts_in_its_own_month_while_that_is_open() -> None:
    opened = datetime(2026, 3, 5, 10, tzinfo=UTC)
    assert posted_in(opened, AMSTERDAM, frozenset()) == "2026-03"


def test_the_month_is_that_of_the_municipality_not_of_greenwich() -> None:
    assert month_of(datetime(2026, 3, 31, 22, 30, tzinfo=UTC), AMSTERDAM) == "2026-04"


def test_a_closed_month_takes_no_late_visit() -> None:
    opened = datetime(2026, 11, 5, 10, tzinfo=UTC)
    closed = {"2026-11", "2026-12"}
    assert posted_in(opened, AMSTERDAM, closed) == "2027-01"


@given(
    st.datetimes(datetime(2015, 1, 2), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sets(st.integers(0, 40)),
)
def test_no_visit_is_ever_posted_in_a_closed_month_or_before_its_own(
    opened: datetime, offsets: set[int]
) -> None:
    month = month_of(opened, AMSTERDAM)
    closed = set()
    for offset in offsets:
        later = month
        for _ in range(offset):
            later = next_month(later)
        closed.add(later)
    posted = posted_in(opened, AMSTERDAM, closed)
    assert posted not in closed
    assert posted >= month
