"""What runs out is named in time; a recall finds every row of a value that prints the same."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from hub.db import unit_of_work
from hub.facts import changing
from hub.facts.reading import expiring, same_printed
from hub.refusal import NotFound
from tests.facts.entries import NEXT_YEAR, NOW, TODAY, enter, entry


def running_out(session: Session, day: date, days: int) -> list[str]:
    session.rollback()
    return [f"{e.code}.{e.part} {e.last_day} {e.stops}" for e in expiring(session, day, days)]


def test_a_value_is_named_so_many_days_before_its_last(app: Flask, session: Session) -> None:
    enter(app, {})
    assert running_out(session, date(2026, 11, 30), 30) == []
    assert running_out(session, date(2026, 12, 1), 30) == ["F-NEW.gj 2026-12-31 True"]
    assert running_out(session, date(2026, 12, 31), 0) == ["F-NEW.gj 2026-12-31 True"]


def test_an_expired_value_is_named_until_another_counts(app: Flask, session: Session) -> None:
    enter(app, {"at_expiry": "warn"})
    assert running_out(session, date(2027, 3, 1), 30) == ["F-NEW.gj 2026-12-31 False"]
    enter(app, NEXT_YEAR)
    assert running_out(session, date(2027, 3, 1), 30) == []


def test_a_value_with_one_that_follows_at_once_is_not_named(app: Flask, session: Session) -> None:
    enter(app, {}, NEXT_YEAR)
    assert running_out(session, date(2026, 12, 31), 30) == []


def test_a_gap_of_one_day_is_named(app: Flask, session: Session) -> None:
    enter(app, {}, {**NEXT_YEAR, "valid_from": "2027-01-02"})
    assert running_out(session, date(2026, 12, 31), 30) == ["F-NEW.gj 2026-12-31 True"]


def test_what_has_no_end_or_has_not_begun_is_not_named(app: Flask, session: Session) -> None:
    enter(app, {"valid_until": ""}, {**NEXT_YEAR, "part": "later"})
    assert running_out(session, date(2026, 12, 31), 30) == []


ENDS = (("a", 20), ("z", 10))


def test_the_soonest_comes_first(app: Flask, session: Session) -> None:
    enter(
        app,
        {},
        {"part": "a", "valid_until": "2026-12-20"},
        {"part": "z", "valid_until": "2026-12-10"},
    )
    assert [line.split()[0] for line in running_out(session, date(2026, 12, 5), 30)] == [
        "F-NEW.z", "F-NEW.a", "F-NEW.gj",
    ]  # fmt: skip


def test_a_recall_finds_the_rows_of_a_value_that_was_checked_and_ended_meanwhile(
    app: Flask, session: Session
) -> None:
    (first,) = enter(app, {})
    with app.app_context(), unit_of_work() as work:
        checked = changing.check(work, first, TODAY, None, NOW).id
        ended = changing.end(work, checked, date(2026, 12, 15), NOW).id
        corrected = changing.correct(work, ended, entry(value="40,79"), None, NOW).id
        back = changing.correct(work, corrected, entry(), None, NOW).id
    for wrong in (first, checked, ended):
        assert same_printed(session, wrong) == {first, checked, ended}
    assert same_printed(session, corrected) == {corrected}
    assert same_printed(session, back) == {back}


def test_a_recall_leaves_the_same_amount_of_another_year_out(app: Flask, session: Session) -> None:
    this_year, _ = enter(app, {}, {**NEXT_YEAR, "value": "40,97"})
    assert same_printed(session, this_year) == {this_year}


def test_a_recall_of_what_is_not_there_is_refused(app: Flask, session: Session) -> None:
    with pytest.raises(NotFound):
        same_printed(session, 99)
