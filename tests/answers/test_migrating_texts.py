"""What was checked or retired before texts had events is checked or retired after."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from hub import migrating
from hub.db import db
from hub.visits.models import Question
from tests.answers.texts import TODAY, check, take_out, text_of
from tests.support.cast import Cast
from tests.support.databases import both_databases

_BEFORE = "0002"


@both_databases
def test_checks_and_retirements_survive_the_way_down_and_up(app: Flask, content: None) -> None:
    check(app, "ar")
    take_out(app, "tr")
    with app.app_context():
        migrating.downgrade(db.engine, _BEFORE)
        with db.engine.connect() as connection:
            query = "SELECT language, status FROM answer_text WHERE answer_slug = 'instalment'"
            stood = {row.language: row.status for row in connection.execute(text(query))}
        migrating.upgrade(db.engine)
    assert (stood["ar"], stood["tr"], stood["en"]) == ("checked", "retired", "machine_draft")
    checked = text_of(app, "ar")
    assert (checked.status, checked.checked_on, checked.checked_by) == (
        "checked", TODAY, "checker",
    )  # fmt: skip
    assert text_of(app, "tr").status == "retired"
    assert text_of(app, "en").status == "machine_draft"


@both_databases
def test_a_text_that_was_checked_without_a_day_gets_the_day_it_was_written(
    app: Flask, content: None
) -> None:
    with app.app_context():
        migrating.downgrade(db.engine, _BEFORE)
        with db.engine.begin() as connection:
            connection.execute(
                text(
                    "UPDATE answer_text SET status = 'checked' "
                    "WHERE answer_slug = 'instalment' AND language = 'ar'"
                )
            )
        migrating.upgrade(db.engine)
    assert text_of(app, "ar").checked_on == date(2026, 11, 23)


@both_databases
@pytest.mark.usefixtures("noise")
def test_the_way_back_goes_through_where_visits_name_their_texts(
    app: Flask, cast: Cast, session: Session
) -> None:
    session.execute(update(Question).values(answer_slug="safety", answer_text_id=1))
    session.commit()
    session.close()
    with app.app_context():
        migrating.downgrade(db.engine, _BEFORE)
        migrating.upgrade(db.engine)
    assert set(session.scalars(select(Question.answer_text_id))) == {1}
