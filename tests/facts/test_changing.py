"""Every change is a new row beside the old one, and knows whose place it took."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hub.db import unit_of_work
from hub.facts import changing
from hub.facts.changing import Overtaken
from hub.facts.models import FactValue
from hub.facts.recording import Overlap
from hub.refusal import NotFound, Refusal
from tests.facts.entries import NEXT_YEAR, NOW, TODAY, current, enter, entry, written
from tests.support.databases import both_databases

pytestmark = both_databases


def rows(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(FactValue)) or 0


def test_a_value_for_other_days_stands_beside_the_one_there_is(
    app: Flask, session: Session
) -> None:
    enter(app, {}, NEXT_YEAR)
    assert written(session) == ["40.97", "42.10"]
    assert [value.version for value in current(session)] == [1, 2]


def test_a_value_for_days_that_have_one_is_refused_and_names_it(
    app: Flask, session: Session
) -> None:
    enter(app, {})
    with pytest.raises(Overlap) as refused:
        enter(app, {**NEXT_YEAR, "valid_from": "2026-12-31"})
    assert refused.value.field == "valid_from"
    said = refused.value.text("nl")
    assert "F-NEW.gj" in said
    assert "€\u00a040,97 / GJ" in said
    assert "31 dec 2026" in said
    assert written(session) == ["40.97"]


def test_another_part_may_have_the_same_days(app: Flask, session: Session) -> None:
    enter(app, {}, {"part": "fixed", "value": "827,92", "unit": "euro_per_year"})
    assert written(session, part="fixed") == ["827.92"]


def test_a_code_that_is_there_cannot_be_made_again(app: Flask) -> None:
    enter(app, {})
    with pytest.raises(Refusal) as refused, app.app_context(), unit_of_work() as work:
        changing.make_fact(work, entry(part="other"), None, NOW)
    assert refused.value.field == "code"


def test_a_correction_keeps_the_old_value_as_replaced(app: Flask, session: Session) -> None:
    (first,) = enter(app, {})
    with app.app_context(), unit_of_work() as work:
        changing.correct(work, first, entry(value="40,79"), None, NOW)
    assert written(session) == ["40.79"]
    old = session.get_one(FactValue, first)
    assert (old.value, old.replaced_at) == ("40.97", NOW)
    assert current(session)[0].replaces_id == first


def test_a_correction_may_move_the_first_day(app: Flask, session: Session) -> None:
    (first,) = enter(app, {})
    with app.app_context(), unit_of_work() as work:
        changing.correct(work, first, entry(valid_from="2026-02-01"), None, NOW)
    assert [value.valid_from for value in current(session)] == [date(2026, 2, 1)]


def test_a_correction_may_not_reach_into_the_days_of_another(app: Flask, session: Session) -> None:
    first, _ = enter(app, {}, NEXT_YEAR)
    with pytest.raises(Overlap), app.app_context(), unit_of_work() as work:
        changing.correct(work, first, entry(valid_until=""), None, NOW)
    assert written(session) == ["40.97", "42.10"]


def test_a_correction_sent_twice_is_stored_once(app: Flask, session: Session) -> None:
    (first,) = enter(app, {})
    for _ in range(2):
        with app.app_context(), unit_of_work() as work:
            changing.correct(work, first, entry(value="40,79"), None, NOW)
    assert rows(session) == 2


def test_a_correction_that_changes_nothing_adds_nothing(app: Flask, session: Session) -> None:
    (first,) = enter(app, {})
    with app.app_context(), unit_of_work() as work:
        changing.correct(work, first, entry(), None, NOW)
    assert rows(session) == 1


def test_a_corrected_value_is_unchecked_unless_the_editor_checked_it(
    app: Flask, session: Session
) -> None:
    (first,) = enter(app, {}, checked_on=TODAY)
    with app.app_context(), unit_of_work() as work:
        second = changing.correct(work, first, entry(value="40,79"), None, NOW).id
    assert current(session)[0].checked_by is None
    with app.app_context(), unit_of_work() as work:
        changing.correct(work, second, entry(value="40,80"), TODAY, NOW)
    assert (current(session)[0].checked_by, current(session)[0].checked_on) == ("editor", TODAY)


def test_a_check_is_kept_by_role_and_day_and_never_by_name(app: Flask, session: Session) -> None:
    (first,) = enter(app, {})
    with app.app_context(), unit_of_work() as work:
        changing.check(work, first, TODAY, date(2027, 3, 1), NOW)
    (value,) = current(session)
    assert (value.checked_by, value.checked_on) == ("editor", TODAY)
    assert value.review_by == date(2027, 3, 1)
    assert value.value == "40.97"


def test_what_is_marked_as_uncertain_cannot_be_checked(app: Flask, session: Session) -> None:
    (first,) = enter(app, {"mark": "uncertain"})
    with pytest.raises(Refusal, match="uncertain"), app.app_context(), unit_of_work() as work:
        changing.check(work, first, TODAY, None, NOW)
    with pytest.raises(Refusal) as refused:
        enter(app, {**NEXT_YEAR, "mark": "uncertain"}, checked_on=TODAY)
    assert refused.value.field == "mark"
    assert current(session)[0].checked_by is None


def test_a_day_of_review_that_has_passed_is_refused(app: Flask) -> None:
    (first,) = enter(app, {})
    with pytest.raises(Refusal) as refused, app.app_context(), unit_of_work() as work:
        changing.check(work, first, TODAY, TODAY, NOW)
    assert refused.value.field == "review_by"


def test_a_value_that_ends_stays_checked(app: Flask, session: Session) -> None:
    (first,) = enter(app, {"valid_until": ""}, checked_on=TODAY)
    with app.app_context(), unit_of_work() as work:
        changing.end(work, first, date(2026, 12, 31), NOW)
    (value,) = current(session)
    assert value.valid_until == date(2026, 12, 31)
    assert value.checked_on == TODAY


def test_a_value_cannot_end_before_it_begins(app: Flask) -> None:
    (first,) = enter(app, {})
    with pytest.raises(Refusal) as refused, app.app_context(), unit_of_work() as work:
        changing.end(work, first, date(2025, 12, 31), NOW)
    assert refused.value.field == "valid_until"


def test_an_end_may_not_be_moved_over_the_next_value(app: Flask) -> None:
    first, _ = enter(app, {}, NEXT_YEAR)
    with pytest.raises(Overlap), app.app_context(), unit_of_work() as work:
        changing.end(work, first, None, NOW)


def test_a_state_cannot_be_made_endless(app: Flask) -> None:
    (first,) = enter(app, {"unit": "choice", "value": "open", "valid_until": ""})
    for last_day in (None, date(2026, 1, 9)):
        with pytest.raises(Refusal) as refused, app.app_context(), unit_of_work() as work:
            changing.end(work, first, last_day, NOW)
        assert refused.value.field == "valid_until"


def test_a_value_taken_away_leaves_its_days_free_and_stays_in_the_history(
    app: Flask, session: Session
) -> None:
    (first,) = enter(app, {})
    with app.app_context(), unit_of_work() as work:
        changing.withdraw(work, first, NOW)
    assert written(session) == []
    assert session.get_one(FactValue, first).value == "40.97"
    enter(app, {"value": "41"})
    assert written(session) == ["41"]


@pytest.mark.parametrize("change", ["correct", "end", "check", "withdraw"])
def test_a_value_that_is_not_there_is_not_found(app: Flask, change: str) -> None:
    with pytest.raises(NotFound), app.app_context(), unit_of_work() as work:
        _change(change, work, 99)


def test_the_second_of_two_changes_is_told_what_the_first_made_of_it(
    app: Flask, session: Session
) -> None:
    (first,) = enter(app, {})
    with app.app_context(), unit_of_work() as work:
        changing.correct(work, first, entry(value="40,79"), None, NOW)
    for late in ("correct", "end", "check", "withdraw"):
        with pytest.raises(Overtaken) as told, app.app_context(), unit_of_work() as work:
            _change(late, work, first)
        with app.app_context():
            assert told.value.current is not None
    assert written(session) == ["40.79"]


def _change(what: str, work: Session, value_id: int) -> None:
    if what == "correct":
        changing.correct(work, value_id, entry(value="41"), None, NOW)
    elif what == "end":
        changing.end(work, value_id, TODAY, NOW)
    elif what == "check":
        changing.check(work, value_id, TODAY, None, NOW)
    else:
        changing.withdraw(work, value_id, NOW)


def test_a_new_value_notices_what_was_entered_since_the_page_was_opened(
    app: Flask, session: Session
) -> None:
    enter(app, {})
    enter(app, NEXT_YEAR)
    later = entry(value="43", valid_from="2028-01-01", valid_until="2028-12-31")
    with pytest.raises(Overtaken), app.app_context(), unit_of_work() as work:
        changing.add_value(work, later, None, NOW, seen_version=1)
    with app.app_context(), unit_of_work() as work:
        changing.add_value(work, later, None, NOW, seen_version=2)
    assert written(session) == ["40.97", "42.10", "43"]
