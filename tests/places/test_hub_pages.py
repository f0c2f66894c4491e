"""The pages for hubs: who may change which, what can be typed, and the change of seat."""

import pytest
from flask import Flask
from sqlalchemy import select

from hub.accounts.principal import Scope
from hub.db import db
from hub.places import hours
from hub.places.hubs import stretches_of
from hub.places.models import Hub
from tests.accounts.people import give, signed_in
from tests.support.cast import (
    ADMINISTRATOR,
    ANALYST,
    COORDINATOR,
    STRANGE_ADMINISTRATOR,
    STRANGE_COORDINATOR,
    VOLUNTEER,
    Cast,
    Person,
)
from tests.support.databases import both_databases
from tests.support.forms import fields_of, post

DETAILS = {
    "name": "Energiehub K-buurt",
    "address": "Kruitberghof 1",
    "phone": "020 555 0199",
    "hours": "ma 10:00-13:00\ndo 13:00-17:00",
    "closed_days": "25-12-2026\n28-12-2026 t/m 30-12-2026",
}


def _told(app: Flask, slug: str) -> tuple[str, str, str, str, int]:
    with app.app_context():
        hub = db.session.scalars(select(Hub).where(Hub.slug == slug)).one()
        typed = hours.as_typed(stretches_of(hub), "nl")
        return hub.name, hub.address, hub.phone, typed, len(hub.closed_days)


@both_databases
@pytest.mark.parametrize("who", [ADMINISTRATOR, COORDINATOR], ids=lambda person: person.role)
def test_what_is_told_about_a_hub_can_be_changed(app: Flask, cast: Cast, who: Person) -> None:
    client = signed_in(app, who)
    assert post(client, "/hubs/k-buurt", DETAILS).status_code == 303
    told = ("Energiehub K-buurt", "Kruitberghof 1", "020 555 0199")
    assert _told(app, "k-buurt") == (*told, "ma 10:00-13:00; do 13:00-17:00", 4)


@both_databases
def test_hours_and_closed_days_can_be_changed_again_and_again(app: Flask, cast: Cast) -> None:
    client = signed_in(app, COORDINATOR)
    for typed in ("ma 10-13", "ma 10-14", "ma 9-10, 10-14; di 9-10", "di 9-11", ""):
        fields = DETAILS | {"hours": typed, "closed_days": "25-12-2026"}
        assert post(client, "/hubs/k-buurt", fields).status_code == 303
        with app.app_context():
            hub = db.session.scalars(select(Hub).where(Hub.slug == "k-buurt")).one()
            assert stretches_of(hub) == list(hours.parse(typed))


def test_the_page_sent_back_untouched_changes_nothing(app: Flask, cast: Cast) -> None:
    client = signed_in(app, ADMINISTRATOR)
    post(client, "/hubs/k-buurt", DETAILS)
    before = _told(app, "k-buurt")
    untouched = fields_of(client.get("/hubs/k-buurt").text, "/hubs/k-buurt")
    assert client.post("/hubs/k-buurt", data=untouched).status_code == 303
    assert _told(app, "k-buurt") == before


@pytest.mark.parametrize(
    ("who", "slug"),
    [
        (COORDINATOR, "gein"),
        (STRANGE_COORDINATOR, "k-buurt"),
        (STRANGE_ADMINISTRATOR, "k-buurt"),
        (ADMINISTRATOR, "overvecht"),
        (ADMINISTRATOR, "nowhere"),
    ],
    ids=lambda value: value.name if isinstance(value, Person) else value,
)
def test_a_hub_of_others_is_not_there_for(app: Flask, cast: Cast, who: Person, slug: str) -> None:
    client = signed_in(app, who)
    assert client.get(f"/hubs/{slug}").status_code == 404
    answer = post(client, f"/hubs/{slug}", DETAILS, token_from="/password")
    assert answer.status_code == 404
    assert f"/hubs/{slug}" not in client.get("/hubs").text


@pytest.mark.parametrize("who", [VOLUNTEER, ANALYST], ids=lambda person: person.role)
def test_hubs_are_not_for(app: Flask, cast: Cast, who: Person) -> None:
    assert signed_in(app, who).get("/hubs").status_code == 403


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "n" * 81),
        ("address", "a" * 161),
        ("phone", "bel maar"),
        ("phone", "1" * 40),
        ("hours", "altijd"),
        ("hours", "ma 13:00-10:00"),
        ("closed_days", "kerst"),
        ("name", "Hub\0"),
    ],
)
def test_a_slip_is_answered_at_its_field_and_nothing_typed_is_lost(
    app: Flask, cast: Cast, field: str, typed: str
) -> None:
    client, before = signed_in(app, ADMINISTRATOR), _told(app, "k-buurt")
    answer = post(client, "/hubs/k-buurt", DETAILS | {field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    kept = fields_of(answer.text, "/hubs/k-buurt")
    assert kept["address" if field != "address" else "phone"].strip() in DETAILS.values()
    assert _told(app, "k-buurt") == before


@both_databases
def test_an_administrator_makes_a_hub(app: Flask, cast: Cast) -> None:
    client = signed_in(app, ADMINISTRATOR)
    form = DETAILS | {"name": "Énergie in Holendrecht"}
    answer = post(client, "/hubs/new", form)
    assert answer.location == "/hubs/energie-in-holendrecht"
    assert client.get(answer.location).status_code == 200
    with app.app_context():
        hub = db.session.scalars(select(Hub).where(Hub.slug == "energie-in-holendrecht")).one()
        assert hub.municipality_code == "GM0363"


@pytest.mark.parametrize("slug", ["k-buurt", "new", "K Buurt", "a--b", "é", "x" * 41])
def test_a_short_name_is_new_and_fits_an_address(app: Flask, cast: Cast, slug: str) -> None:
    form = DETAILS | {"name": "Nog een hub", "slug": slug}
    answer = post(signed_in(app, ADMINISTRATOR), "/hubs/new", form)
    assert answer.status_code == 422
    assert 'id="slug-error"' in answer.text


def test_a_coordinator_makes_no_hub(app: Flask, cast: Cast) -> None:
    assert signed_in(app, COORDINATOR).get("/hubs/new").status_code == 403


def test_an_administrator_of_two_municipalities_says_where_a_hub_lies(
    app: Flask, cast: Cast
) -> None:
    give(app, cast.accounts[ADMINISTRATOR.name], [Scope("administrator", None, None, "GM0344")])
    client, form = signed_in(app, ADMINISTRATOR), DETAILS | {"name": "Kanaleneiland"}
    unsaid = post(client, "/hubs/new", form)
    assert (unsaid.status_code, 'id="municipality-error"' in unsaid.text) == (422, True)
    post(client, "/hubs/new", form | {"municipality": "GM0344"})
    with app.app_context():
        hub = db.session.scalars(select(Hub).where(Hub.slug == "kanaleneiland")).one()
        assert hub.municipality_code == "GM0344"


def test_a_volunteer_of_two_hubs_moves_between_them(app: Flask, cast: Cast) -> None:
    give(app, cast.accounts[VOLUNTEER.name], [Scope("volunteer", hub_id=cast.hubs["gein"])])
    client = signed_in(app, VOLUNTEER)
    answer = post(client, "/seat", {"hub": "gein"}, token_from="/password")
    assert (answer.status_code, answer.location) == (303, "/")
    assert "<span>Energiehub Gein</span>" in client.get("/password").text


@pytest.mark.parametrize("slug", ["gein", "overvecht", "nowhere", ""])
def test_nobody_moves_to_a_hub_without_a_role_there(app: Flask, cast: Cast, slug: str) -> None:
    client = signed_in(app, VOLUNTEER)
    answer = post(client, "/seat", {"hub": slug}, token_from="/password")
    assert answer.status_code == 404
    assert "<span>Energiehub K-buurt</span>" in client.get("/password").text
