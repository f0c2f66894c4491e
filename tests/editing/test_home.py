"""The editor's home: what runs out, what is outdated, what waits, what stands where."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from hub.db import unit_of_work
from hub.facts.reading import SOON, expiring
from hub.recalls.recalling import Wrong, recall_text
from tests.answers.texts import TODAY, check, rewrite, take_out, text_of
from tests.support.cast import CHECKER, COORDINATOR, EDITOR, VOLUNTEER, Cast, Person
from tests.support.clock import SettableClock
from tests.visits.desk import seated


@pytest.fixture
def editor(app: Flask, cast: Cast) -> FlaskClient:
    return seated(app, cast, EDITOR)


@pytest.fixture
def checker(app: Flask, cast: Cast) -> FlaskClient:
    """A checker of Arabic."""
    return seated(app, cast, CHECKER)


def home(client: FlaskClient) -> str:
    answer = client.get("/editing")
    assert answer.status_code == 200
    return answer.text.split("<main")[1]


def section(page: str, name: str) -> str:
    """Give the part of the page under a heading."""
    return page.split(f'aria-labelledby="{name}-head"')[1].split("</section>")[0]


@pytest.mark.parametrize("who", [EDITOR, CHECKER])
def test_the_day_of_an_editor_and_of_a_checker_begins_here(
    who: Person, app: Flask, cast: Cast
) -> None:
    assert seated(app, cast, who).get("/").location == "/editing"


@pytest.mark.parametrize("who", [VOLUNTEER, COORDINATOR])
def test_the_desk_has_its_own_page(who: Person, app: Flask, cast: Cast) -> None:
    assert seated(app, cast, who).get("/editing").status_code == 403


def test_a_fact_that_runs_out_within_30_days_stands_with_the_answers_that_use_it(
    app: Flask, cast: Cast, session: Session, clock: SettableClock
) -> None:
    clock.set("2026-12-02T10:00+01:00")  # 29 days before the end of the year
    page = section(home(seated(app, cast, EDITOR)), "expiring")
    soon = expiring(session, TODAY + timedelta(days=9))
    assert ("F-HEAT", "gj") in {(fact.code, fact.part) for fact in soon}
    for fact in soon:
        assert f"{fact.code}.{fact.part}</a>" in page
    row = page.split("F-HEAT.gj</a>")[1].split("</tr>")[0]
    assert "its answers do not print" in row
    assert 'href="/answers/heat-tariff"' in row


def test_a_fact_that_runs_out_later_is_not_told_yet(
    app: Flask, cast: Cast, clock: SettableClock
) -> None:
    clock.set("2026-11-30T10:00+01:00")  # 31 days before the end of the year
    assert SOON == 30
    assert "F-HEAT.gj" not in section(home(seated(app, cast, EDITOR)), "expiring")


def test_a_text_that_is_outdated_by_meaning_is_told_and_by_wording_is_not(
    app: Flask, editor: FlaskClient
) -> None:
    assert "No text is outdated." in home(editor)
    rewrite(app, "nl", "title", "Betaal niets", slug="safety", significance="meaning")
    rewrite(app, "nl", "title", "Klopt uw bedrag?", significance="wording")
    page = section(home(editor), "outdated")
    assert 'href="/answers/safety/ar"' in page
    assert "/answers/instalment/" not in page


def test_a_checkers_own_language_comes_first_and_stands_open(
    app: Flask, checker: FlaskClient
) -> None:
    rewrite(app, "nl", "title", "Betaal niets", slug="safety", significance="meaning")
    page = home(checker)
    for name in ("outdated", "waiting"):
        first = section(page, name).split("<details")[1]
        assert " open>" in first
        assert "Arabic" in first
        assert "yours" in first
    languages = re.findall(r'<abbr title="([^"]+)">', section(page, "coverage"))
    assert languages[:3] == ["Arabic", "Dutch", "English"]


def test_a_text_that_was_checked_waits_no_more(app: Flask, checker: FlaskClient) -> None:
    assert 'href="/answers/safety/ar"' in section(home(checker), "waiting")
    check(app, "ar", "safety")
    assert 'href="/answers/safety/ar"' not in section(home(checker), "waiting")


def test_the_table_shows_which_text_stands_where(app: Flask, editor: FlaskClient) -> None:
    check(app, "ar")
    rewrite(app, "nl", "title", "Betaal niets", slug="safety", significance="meaning")
    take_out(app, "tr")
    page = section(home(editor), "coverage")
    for said in ("Arabic: checked", "Arabic: outdated", "Turkish: retired", "Begin Polish"):
        assert said in page


def test_what_was_recalled_is_told(app: Flask, editor: FlaskClient, checker: FlaskClient) -> None:
    assert "Nothing was recalled." in home(editor)
    wrong = Wrong(None, None, "The second step is out of date.")
    with app.app_context(), unit_of_work() as work:
        recall_text(work, text_of(app, "ar").id, wrong, "editor", TODAY)
    for client in (editor, checker):
        assert "The second step is out of date." in section(home(client), "recalled")
    assert "/recalls" not in home(checker)  # sheets are for editors and coordinators
