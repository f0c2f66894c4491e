"""A tariff is changed once, and every answer in every language shows it from its day on."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from hub.answers.filling import fill_text
from hub.answers.library import AnswerView, TextView, all_answers
from hub.answers.placeholders import FactReference, body_facts, strings_of
from hub.answers.publishing import StopFact, require_printable
from hub.db import unit_of_work
from hub.facts import changing
from hub.facts.register import Register, write_value
from tests.facts.entries import NOW, TODAY, current, entry

pytestmark = pytest.mark.usefixtures("content")

LAST_DAY, FIRST_DAY = date(2026, 12, 31), date(2027, 1, 1)
NEW_YEAR = {
    "code": "F-HEAT", "valid_from": "2027-01-01", "valid_until": "2027-12-31",
    "source": "The regulator, December 2026", "review_by": "2027-12-15",
}  # fmt: skip
OLD, NEW = "€\u00a040,97 / GJ", "€\u00a042,10 / GJ"


def texts_with(session: Session, *wanted: FactReference) -> list[tuple[AnswerView, TextView]]:
    """Give every newest text that prints one of the parts."""
    session.rollback()
    return [
        (answer, text)
        for answer in all_answers(session).values()
        for text in answer.texts.values()
        if set(wanted) & set(body_facts(text.body))
    ]


def printed(answer: AnswerView, text: TextView, session: Session, day: date) -> str:
    """Give the words of a text as a sheet of a day prints them. Raises StopFact."""
    register = Register.read(session)
    require_printable(text, register, day)
    return " ".join(
        string for _, string in strings_of(fill_text(answer, text, register, day, {}).body)
    )


def enter_next_year(app: Flask) -> None:
    with app.app_context(), unit_of_work() as work:
        for part, value, unit in (
            ("gj", "42,10", "euro_per_gj"),
            ("fixed", "849,90", "euro_per_year"),
        ):
            new = entry(**NEW_YEAR, part=part, value=value, unit=unit)
            changing.add_value(work, new, TODAY, NOW)


HEAT = (FactReference("F-HEAT", "gj"), FactReference("F-HEAT", "fixed"))


def test_the_price_of_heat_stands_in_answers_of_many_languages(session: Session) -> None:
    languages = {text.language for _, text in texts_with(session, *HEAT)}
    assert len(languages) >= 15


def test_until_the_last_day_every_text_shows_the_old_price_and_then_none_prints(
    session: Session,
) -> None:
    for answer, text in texts_with(session, HEAT[0]):
        assert OLD in printed(answer, text, session, LAST_DAY)
        with pytest.raises(StopFact) as stopped:
            printed(answer, text, session, FIRST_DAY)
        assert "F-HEAT." in stopped.value.text("en")
        assert "editor" in stopped.value.text("en")


def test_one_new_price_reaches_every_text_on_its_first_day_and_not_before(
    app: Flask, session: Session
) -> None:
    enter_next_year(app)
    using = texts_with(session, HEAT[0])
    assert len(using) >= 15
    for answer, text in using:
        before = printed(answer, text, session, LAST_DAY)
        after = printed(answer, text, session, FIRST_DAY)
        assert OLD in before, (text.slug, text.language)
        assert NEW not in before, (text.slug, text.language)
        assert NEW in after, (text.slug, text.language)
        assert OLD not in after, (text.slug, text.language)


def test_a_new_price_makes_no_translation_outdated_and_writes_no_text(
    app: Flask, session: Session
) -> None:
    before = all_answers(session)
    enter_next_year(app)
    session.rollback()
    assert all_answers(session) == before


def test_a_corrected_price_reaches_every_text_at_once(app: Flask, session: Session) -> None:
    (value,) = [v for v in current(session, "F-HEAT", "gj") if v.valid_until == LAST_DAY]
    corrected = entry(value="40,79", code="F-HEAT")
    with app.app_context(), unit_of_work() as work:
        changing.correct(work, value.id, corrected, None, NOW)
    for answer, text in texts_with(session, HEAT[0]):
        shown = printed(answer, text, session, LAST_DAY)
        assert "€\u00a040,79 / GJ" in shown
        assert OLD not in shown


def test_an_answer_with_a_yearly_code_keeps_the_price_of_its_year(
    app: Flask, session: Session
) -> None:
    enter_next_year(app)
    session.rollback()
    seen = Register.read(session).on_day("F-HEAT-26", "gj", FIRST_DAY)
    assert (seen.value, seen.state) == ("40.97", "valid")


# --- the state of the fund ------------------------------------------------------------------

FUND = FactReference("F-PEF", "status")
LOOKED_UP = date(2026, 12, 1)


def enter_state(app: Flask, value: str) -> None:
    state = entry(
        code="F-PEF", part="status", value=value, unit="choice", vat="none", review_by="",
        valid_from=LOOKED_UP.isoformat(), valid_until="", source="https://www.rijksoverheid.nl",
    )  # fmt: skip
    with app.app_context(), unit_of_work() as work:
        changing.add_value(work, state, LOOKED_UP, NOW)


def days(first: int, last: int) -> Iterator[date]:
    return (date(2026, 12, day) for day in range(first, last + 1))


def test_the_state_of_the_fund_prints_for_seven_days_and_then_stops_every_text(
    app: Flask, session: Session
) -> None:
    enter_state(app, "open")
    using = texts_with(session, FUND)
    assert {"nl", "en", "tr", "ar"} <= {text.language for _, text in using}
    for answer, text in using:
        for day in days(1, 8):
            assert write_value("open", "choice", text.language) in printed(
                answer, text, session, day
            )
        with pytest.raises(StopFact) as stopped:
            printed(answer, text, session, date(2026, 12, 9))
        assert "F-PEF.status" in stopped.value.text("en")


def test_a_state_that_was_looked_up_again_prints_again(app: Flask, session: Session) -> None:
    enter_state(app, "not_open")
    again = entry(
        code="F-PEF", part="status", value="open", unit="choice", vat="none", review_by="",
        valid_from="2026-12-09", valid_until="2026-12-16", source="https://www.rijksoverheid.nl",
    )  # fmt: skip
    with app.app_context(), unit_of_work() as work:
        changing.add_value(work, again, date(2026, 12, 9), NOW)
    for answer, text in texts_with(session, FUND):
        assert write_value("not_open", "choice", text.language) in printed(
            answer, text, session, date(2026, 12, 8)
        )
        assert write_value("open", "choice", text.language) in printed(
            answer, text, session, date(2026, 12, 9)
        )
