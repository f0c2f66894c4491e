"""Two editors at once: the second sees both values and loses nothing of what was typed."""

import threading
import time
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from hub.csv_file import FileErrors, FileRefused
from hub.db import unit_of_work
from hub.facts import changing
from hub.facts.changing import Overtaken
from hub.facts.file_rows import FileValue
from hub.facts.importing import settle
from hub.facts.recording import Overlap, newest_version
from tests.facts.entries import NEXT_YEAR, NOW, enter, entry, written
from tests.support.cast import EDITOR, Cast
from tests.support.databases import both_databases
from tests.support.forms import fields_of, sign_in


def editor(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, EDITOR)
    return client


def opened(client: FlaskClient, address: str, action: str = "correct") -> dict[str, str]:
    """Give the fields of the form of an action as its page shows them."""
    for form in client.get(address).text.split("<form")[1:]:
        if f'value="{action}"' in form:
            return fields_of(f"<form{form.split('</form>')[0]}</form>") | {"action": action}
    raise AssertionError(f"no form for {action} on {address}")


def test_the_second_to_correct_sees_the_first_value_and_the_own_one(
    app: Flask, cast: Cast, session: Session
) -> None:
    (value,) = enter(app, {})
    page = f"/facts/F-NEW/values/{value}"
    first, second = editor(app), editor(app)
    seen_by_first, seen_by_second = opened(first, page), opened(second, page)
    assert first.post(page, data=seen_by_first | {"value": "41,11"}).status_code == 303

    answer = second.post(page, data=seen_by_second | {"value": "42,22", "source": "My source"})
    assert answer.status_code == 409
    assert "41,11" in answer.text
    assert 'value="42,22"' in answer.text
    assert 'value="My source"' in answer.text
    assert written(session) == ["41.11"]

    (here,) = {
        part.split('"')[0]
        for part in answer.text.split('action="')[1:]
        if part.startswith("/facts/F-NEW/values/")
    }
    kept = opened_again(answer.text) | {"action": "correct"}
    assert kept["value"] == "42,22"
    assert second.post(here, data=kept).status_code == 303
    assert written(session) == ["42.22"]


def opened_again(html: str) -> dict[str, str]:
    """Give the fields of the form to correct on a page that came back."""
    for form in html.split("<form")[1:]:
        if 'value="correct"' in form:
            return fields_of(f"<form{form.split('</form>')[0]}</form>")
    raise AssertionError("no form to correct")


def test_the_same_correction_by_both_is_one_correction(
    app: Flask, cast: Cast, session: Session
) -> None:
    (value,) = enter(app, {})
    page = f"/facts/F-NEW/values/{value}"
    clients = [editor(app), editor(app)]
    forms = [opened(client, page) | {"value": "41,11"} for client in clients]
    for client, form in zip(clients, forms, strict=True):
        assert client.post(page, data=form).status_code == 303
    assert written(session) == ["41.11"]


def test_a_check_of_a_value_that_changed_meanwhile_checks_nothing(
    app: Flask, cast: Cast, session: Session
) -> None:
    (value,) = enter(app, {})
    page = f"/facts/F-NEW/values/{value}"
    first, second = editor(app), editor(app)
    check = opened(second, page, "check")
    first.post(page, data=opened(first, page) | {"value": "41,11"})
    answer = second.post(page, data=check)
    assert answer.status_code == 409
    assert "41,11" in answer.text


def test_a_correction_of_a_value_that_was_taken_away_keeps_what_was_typed(
    app: Flask, cast: Cast, session: Session
) -> None:
    (value,) = enter(app, {})
    page = f"/facts/F-NEW/values/{value}"
    first, second = editor(app), editor(app)
    late = opened(second, page) | {"value": "42,22"}
    first.post(page, data=opened(first, page, "withdraw"))
    answer = second.post(page, data=late)
    assert answer.status_code == 409
    kept = fields_of(answer.text, "/facts/F-NEW/new")
    assert (kept["value"], kept["part"]) == ("42,22", "gj")
    assert second.post("/facts/F-NEW/new", data=kept).status_code == 303
    assert written(session) == ["42.22"]


def test_the_second_to_enter_next_years_value_sees_the_first(
    app: Flask, cast: Cast, session: Session
) -> None:
    enter(app, {})
    page = "/facts/F-NEW/new?part=gj"
    first, second = editor(app), editor(app)
    mine = fields_of(second.get(page).text, "/facts/F-NEW/new")
    enter(app, NEXT_YEAR)
    typed = {"value": "43", "valid_from": "2028-01-01", "source": "My source"}
    answer = second.post("/facts/F-NEW/new", data=mine | typed)
    assert answer.status_code == 409
    assert "42,10" in answer.text
    kept = fields_of(answer.text, "/facts/F-NEW/new")
    assert kept["value"] == "43"
    assert second.post("/facts/F-NEW/new", data=kept).status_code == 303
    assert written(session) == ["40.97", "42.10", "43"]
    assert first.get("/facts/F-NEW").status_code == 200


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Widen the moment between looking and writing, in which another could come in between."""

    def late(session: Session, code: str, part: str) -> int:
        found = newest_version(session, code, part)
        time.sleep(0.05)
        return found

    monkeypatch.setattr(changing, "newest_version", late)


@pytest.mark.usefixtures("slowly")
@both_databases
def test_of_many_corrections_at_one_moment_one_wins_and_the_others_are_told(
    app: Flask, session: Session
) -> None:
    (value,) = enter(app, {})

    def change(number: int) -> None:
        with unit_of_work() as work:
            changing.correct(work, value, entry(value=f"41,1{number}"), None, NOW)

    told = at_once(app, 4, change)
    assert [type(error) for error in told] == [Overtaken] * 3
    assert len(written(session)) == 1


@pytest.mark.usefixtures("slowly")
@both_databases
@pytest.mark.parametrize("first_day", ["2027-01-01", ""])
def test_of_many_values_for_the_same_days_one_is_stored(
    app: Flask, session: Session, first_day: str
) -> None:
    enter(app, {"part": "other"})

    def add(number: int) -> None:
        new = entry(**NEXT_YEAR | {"value": f"41,1{number}", "valid_from": first_day})
        with unit_of_work() as work:
            changing.add_value(work, new, None, NOW)

    told = at_once(app, 4, add)
    assert [type(error) for error in told] == [Overlap] * 3
    assert len(written(session)) == 1


@both_databases
def test_a_file_waits_for_an_editor_who_is_at_work_and_then_sees_the_value(
    app: Flask, session: Session
) -> None:
    enter(app, {})
    at_work, done = threading.Event(), threading.Event()

    def change(number: int) -> None:
        with unit_of_work() as work:
            if number == 0:
                changing.add_value(work, entry(**NEXT_YEAR), None, NOW)
                at_work.set()
                done.wait(0.2)
                return
        at_work.wait()
        with unit_of_work() as work:
            row = FileValue(2, entry(**NEXT_YEAR | {"valid_from": "2027-02-01"}))
            errors = FileErrors("facts.csv")
            settle(work, [row], errors)
            errors.raise_any()

    (told,) = at_once(app, 2, change)
    assert isinstance(told, FileRefused)
    assert "42.10" in told.text("en")
    assert written(session) == ["40.97", "42.10"]


@both_databases
def test_of_many_facts_of_one_code_one_is_made(app: Flask, session: Session) -> None:
    def make(number: int) -> None:
        with unit_of_work() as work:
            changing.make_fact(work, entry(value=f"41,1{number}"), None, NOW)

    told = at_once(app, 4, make)
    assert [error.field for error in told] == ["code"] * 3
    assert len(written(session)) == 1


def at_once(app: Flask, times: int, change: Callable[[int], None]) -> list[Exception]:
    """Do a change in several threads that start together; give what was raised."""
    told: list[Exception] = []
    start = threading.Barrier(times)

    def run(number: int) -> None:
        with app.app_context():
            start.wait()
            try:
                change(number)
            except Exception as error:
                told.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told
