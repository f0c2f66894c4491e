"""The demonstration's releases: an analyst has something to look at, and a start is not slowed."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from hub.db import reading_session, unit_of_work
from hub.demonstration.making import make_demonstration
from hub.demonstration.releasing import demonstration_periods, release_demonstration
from hub.statistics.releases.reading import published
from tests.support.clock import START

MONTHS = [f"2025-{month}" for month in (10, 11, 12)] + [f"2026-{m:02d}" for m in range(1, 11)]


@pytest.mark.parametrize(
    ("today", "last", "quarter"),
    [
        (date(2026, 11, 23), "2026-10", "2026-Q3"),
        (date(2026, 11, 10), "2026-09", "2026-Q3"),
        (date(2027, 1, 11), "2026-12", "2026-Q4"),
    ],
)
def test_closed_months_and_the_last_quarter_are_released(
    today: date, last: str, quarter: str
) -> None:
    assert demonstration_periods(today)[-2:] == [last, quarter]


def test_the_first_month_is_the_first_whole_one() -> None:
    assert demonstration_periods(date(2026, 11, 23)) == [*MONTHS, "2026-Q3"]


@pytest.mark.slow
@pytest.mark.usefixtures("content")
def test_what_an_interrupted_start_left_out_is_made_by_the_next(
    app: Flask, session: Session
) -> None:
    """The first start ends after three releases."""

    class EndedError(Exception):
        pass

    made = 0

    def told(done: int, total: int | None = None) -> None:
        nonlocal made
        made += done
        if total == 14 and made == 3:
            raise EndedError

    with app.app_context():
        with unit_of_work() as work:
            make_demonstration(work, START, visits=3000)
        with pytest.raises(EndedError):
            release_demonstration(unit_of_work, reading_session, START, threshold=5, told=told)
        rest = release_demonstration(unit_of_work, reading_session, START, threshold=5)
        again = release_demonstration(unit_of_work, reading_session, START, threshold=5)
    assert (rest, again) == (11, 0)
    releases = published(session, "GM9999")
    assert [release.period for release in releases] == [*MONTHS, "2026-Q3"]
    assert all(release.demonstration for release in releases)
    shown = [sum(v is not None for v in release.values.values()) for release in releases]
    assert min(shown) >= 10  # totals and the larger main topics of every month
