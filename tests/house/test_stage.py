"""What tests stand on: databases of their own, the cast, the clock."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hub.places.models import Hub, Municipality
from hub.topics.models import Topic
from hub.visits.models import Visit
from tests.support.cast import LEAVER, NEWCOMER, OF_EACH_ROLE, VOLUNTEER, Cast, Person
from tests.support.clock import SettableClock
from tests.support.databases import both_databases
from tests.support.forms import fields_of, sign_in


@both_databases
@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_writes_no_other_test_sees(session: Session, turn: int) -> None:
    assert session.get(Municipality, "GM0001") is None
    session.add(Municipality(code="GM0001", name="Test"))
    session.commit()


@both_databases
def test_a_database_runs_on_the_kind_that_was_asked_for(session: Session, database: str) -> None:
    assert session.get_bind().dialect.name == database


@both_databases
def test_the_shipped_content_is_there_when_asked_for(session: Session, content: None) -> None:
    assert session.scalar(select(func.count()).select_from(Topic)) == 70


def test_without_asking_the_database_is_empty(session: Session) -> None:
    assert session.scalar(select(func.count()).select_from(Topic)) == 0


@both_databases
def test_the_cast_keeps_its_ids_in_every_copy(session: Session, cast: Cast) -> None:
    assert session.get_one(Hub, cast.hubs["gein"]).slug == "gein"


@pytest.mark.usefixtures("noise")
def test_noise_leaves_the_home_hub_alone(session: Session, cast: Cast) -> None:
    hubs = session.scalars(select(Visit.hub_id)).all()
    assert len(hubs) == 8
    assert cast.hubs["k-buurt"] not in hubs


@pytest.mark.parametrize("who", [*OF_EACH_ROLE, NEWCOMER], ids=lambda who: who.name)
def test_everybody_of_the_cast_can_sign_in(client: FlaskClient, cast: Cast, who: Person) -> None:
    sign_in(client, who)
    assert client.get("/").status_code == 303


def test_who_has_left_cannot_sign_in(client: FlaskClient, cast: Cast) -> None:
    with pytest.raises(AssertionError, match="Loes could not sign in"):
        sign_in(client, LEAVER)


def test_the_clock_of_the_desk_is_the_clock_of_the_test(
    app: Flask, client: FlaskClient, cast: Cast, clock: SettableClock
) -> None:
    sign_in(client, VOLUNTEER)
    clock.advance(minutes=app.config["IDLE_MINUTES"], seconds=1)
    assert client.get("/").location.startswith("/sign-in")


def test_the_fields_of_a_form_are_read_as_a_browser_sends_them() -> None:
    page = """<form action="/a"><input name="x" value="1"><input type="checkbox" name="no">
    <input type="radio" name="r" value="2" checked><select name="s"><option value="3">
    <option value="4" selected></select><textarea name="t">five</textarea>
    <input name="off" disabled value="6"><input type="submit" name="go"></form>"""
    assert fields_of(page, "/a") == {"x": "1", "r": "2", "s": "4", "t": "five"}
