"""Who sees and manages whose accounts, and what the pages do."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hub.accounts.principal import Scope
from tests.accounts.people import (
    attempt,
    give,
    grant_id,
    is_inside,
    is_open,
    scopes_of,
    signed_in,
)
from tests.support.cast import (
    ADMINISTRATOR,
    ANALYST,
    COLLEAGUE,
    COORDINATOR,
    EDITOR,
    LEAVER,
    NEIGHBOUR,
    NEIGHBOURING_COORDINATOR,
    NEWCOMER,
    PASSWORD,
    STRANGE_ADMINISTRATOR,
    STRANGER,
    VOLUNTEER,
    Cast,
    Person,
)
from tests.support.databases import both_databases
from tests.support.forms import fields_of, post

AT_HOME = {VOLUNTEER, COLLEAGUE, COORDINATOR, EDITOR, ANALYST, ADMINISTRATOR, NEWCOMER}
NEXT_DOOR = {NEIGHBOUR, NEIGHBOURING_COORDINATOR}
_PASSWORD = re.compile(r'<p class="return-code"[^>]*>([a-z-]+)</p>')


def _listed(client: FlaskClient) -> set[str]:
    return set(re.findall(r'href="/accounts/\d+">([^<]+)</a>', client.get("/accounts").text))


def _page(cast: Cast, who: Person) -> str:
    return f"/accounts/{cast.accounts[who.name]}"


def _names(people: set[Person]) -> set[str]:
    return {person.name for person in people}


def test_an_administrator_sees_the_accounts_of_the_own_municipality_and_its_hubs(
    app: Flask, cast: Cast
) -> None:
    assert _listed(signed_in(app, ADMINISTRATOR)) == _names(AT_HOME | NEXT_DOOR)


def test_a_coordinator_sees_the_volunteers_of_the_own_hub_and_nobody_else(
    app: Flask, cast: Cast
) -> None:
    assert _listed(signed_in(app, COORDINATOR)) == _names({VOLUNTEER, COLLEAGUE, NEWCOMER})


@pytest.mark.parametrize(
    ("who", "whose"),
    [
        (ADMINISTRATOR, STRANGER),
        (ADMINISTRATOR, STRANGE_ADMINISTRATOR),
        (ADMINISTRATOR, LEAVER),
        (STRANGE_ADMINISTRATOR, VOLUNTEER),
        (COORDINATOR, NEIGHBOUR),
        (COORDINATOR, NEIGHBOURING_COORDINATOR),
        (COORDINATOR, EDITOR),
        (COORDINATOR, ADMINISTRATOR),
        (COORDINATOR, COORDINATOR),
        (NEIGHBOURING_COORDINATOR, VOLUNTEER),
    ],
    ids=lambda person: person.name,
)
def test_accounts_of_others_are_not_there_for(
    app: Flask, cast: Cast, who: Person, whose: Person
) -> None:
    client = signed_in(app, who)
    before = scopes_of(app, whose.name)
    assert client.get(_page(cast, whose)).status_code == 404
    for fields in (
        {"action": "reset"},
        {"action": "close"},
        {"action": "give", "role": "volunteer", "hub": "k-buurt"},
        {"action": "take", "grant": str(grant_id(app, cast.accounts[whose.name], whose.role))},
    ):
        answer = post(client, _page(cast, whose), fields, token_from="/accounts/new")
        assert answer.status_code in {404, 422}
    assert scopes_of(app, whose.name) == before
    if whose is not LEAVER:
        assert attempt(app.test_client(), whose.name, PASSWORD).status_code == 303


def test_an_account_that_never_was_looks_the_same(app: Flask, cast: Cast) -> None:
    client = signed_in(app, ADMINISTRATOR)
    there, never = client.get(_page(cast, STRANGER)), client.get("/accounts/4711")
    assert (there.status_code, never.status_code) == (404, 404)

    def plain(text: str) -> str:
        return re.sub(r'value="[^"]*"', "", text)

    assert plain(there.text) == plain(never.text)


@both_databases
def test_a_new_account_gets_a_one_time_password_that_is_shown_once(app: Flask, cast: Cast) -> None:
    client = signed_in(app, ADMINISTRATOR)
    form = {"name": "Fatima", "role": "volunteer", "hub": "k-buurt"}
    answer = post(client, "/accounts/new", form)
    assert answer.status_code == 200
    password = _PASSWORD.search(answer.text)
    assert password is not None
    assert password[1] not in client.get("/accounts").text
    assert password[1] not in str(answer.headers)
    assert attempt(app.test_client(), "Fatima", password[1]).location == "/password?next=/"
    assert scopes_of(app, "Fatima") == {Scope("volunteer", hub_id=cast.hubs["k-buurt"])}


@pytest.mark.parametrize(
    ("form", "scope"),
    [
        ({"role": "editor"}, Scope("editor", municipality_code="GM0363")),
        (
            {"role": "checker", "language": "ti"},
            Scope("checker", language="ti", municipality_code="GM0363"),
        ),
        ({"role": "administrator", "hub": "gein"}, Scope("administrator", None, None, "GM0363")),
    ],
)
def test_a_role_takes_the_scope_that_is_its_own(
    app: Flask, cast: Cast, form: dict[str, str], scope: Scope
) -> None:
    post(signed_in(app, ADMINISTRATOR), "/accounts/new", {"name": "Fatima", **form})
    assert scopes_of(app, "Fatima") == {scope}


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"name": "", "role": "editor"}, "name"),
        ({"name": "V", "role": "editor"}, "name"),
        ({"name": "n" * 61, "role": "editor"}, "name"),
        ({"name": "ve\u200bra", "role": "editor"}, "name"),
        ({"name": VOLUNTEER.name.upper(), "role": "editor"}, "name"),
        ({"name": LEAVER.name, "role": "editor"}, "name"),
        ({"name": STRANGER.name, "role": "editor"}, "name"),
        ({"name": "Fatima", "role": "volunteer"}, "hub"),
        ({"name": "Fatima", "role": "checker"}, "language"),
        ({"name": "Fatima", "role": "volunteer", "hub": "overvecht"}, "hub"),
        ({"name": "Fatima", "role": "checker", "language": "xx"}, "language"),
        ({"name": "Fatima", "role": "editor", "municipality": "GM0344"}, "municipality"),
        ({"name": "Fatima", "role": "king"}, "role"),
        ({"name": "Fatima"}, "role"),
    ],
)
def test_a_bad_account_is_answered_at_its_field(
    app: Flask, cast: Cast, form: dict[str, str], field: str
) -> None:
    answer = post(signed_in(app, ADMINISTRATOR), "/accounts/new", form)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert "Not a valid" not in answer.text
    assert fields_of(answer.text, "/accounts/new")["name"] == form["name"]
    assert not is_open(app, "Fatima")


def test_a_coordinator_makes_a_volunteer_of_the_own_hub(app: Flask, cast: Cast) -> None:
    client = signed_in(app, COORDINATOR)
    assert post(client, "/accounts/new", {"name": "Fatima", "role": "volunteer"}).status_code == 200
    assert scopes_of(app, "Fatima") == {Scope("volunteer", hub_id=cast.hubs["k-buurt"])}


@pytest.mark.parametrize(
    "form",
    [
        {"role": "coordinator", "hub": "k-buurt"},
        {"role": "administrator", "municipality": "GM0363"},
        {"role": "volunteer", "hub": "gein"},
    ],
)
def test_a_coordinator_gives_no_other_role(app: Flask, cast: Cast, form: dict[str, str]) -> None:
    client = signed_in(app, COORDINATOR)
    assert post(client, "/accounts/new", {"name": "Fatima", **form}).status_code == 422
    given = post(client, _page(cast, VOLUNTEER), {"action": "give", **form})
    assert given.status_code == 422
    assert not is_open(app, "Fatima")
    assert len(scopes_of(app, VOLUNTEER.name)) == 1


def test_a_role_is_given_and_taken_on_the_accounts_page(app: Flask, cast: Cast) -> None:
    client, page = signed_in(app, ADMINISTRATOR), _page(cast, VOLUNTEER)
    gein = Scope("coordinator", hub_id=cast.hubs["gein"])
    answer = post(client, page, {"action": "give", "role": "coordinator", "hub": "gein"})
    assert answer.status_code == 303
    assert gein in scopes_of(app, VOLUNTEER.name)
    grant = grant_id(app, cast.accounts[VOLUNTEER.name], "coordinator")
    assert post(client, page, {"action": "take", "grant": str(grant)}).status_code == 303
    assert gein not in scopes_of(app, VOLUNTEER.name)


def test_a_new_role_counts_without_a_new_sign_in(app: Flask, cast: Cast) -> None:
    give(app, cast.accounts[VOLUNTEER.name], [Scope("analyst", municipality_code="GM0363")])
    client = signed_in(app, VOLUNTEER)
    assert client.get("/accounts").status_code == 403
    give(app, cast.accounts[VOLUNTEER.name], [Scope("administrator", None, None, "GM0363")])
    assert client.get("/accounts").status_code == 200


def test_giving_a_role_twice_says_so_and_adds_nothing(app: Flask, cast: Cast) -> None:
    client, page = signed_in(app, ADMINISTRATOR), _page(cast, VOLUNTEER)
    form = {"action": "give", "role": "volunteer", "hub": "k-buurt"}
    assert post(client, page, form).status_code == 303
    assert len(scopes_of(app, VOLUNTEER.name)) == 1


def test_the_only_role_of_an_account_is_not_taken(app: Flask, cast: Cast) -> None:
    page = _page(cast, VOLUNTEER)
    grant = grant_id(app, cast.accounts[VOLUNTEER.name], "volunteer")
    answer = post(signed_in(app, ADMINISTRATOR), page, {"action": "take", "grant": str(grant)})
    assert answer.status_code == 422
    assert scopes_of(app, VOLUNTEER.name)


def test_a_reset_shows_a_new_password_and_ends_the_sign_ins(app: Flask, cast: Cast) -> None:
    volunteer = signed_in(app, VOLUNTEER)
    answer = post(signed_in(app, COORDINATOR), _page(cast, VOLUNTEER), {"action": "reset"})
    password = _PASSWORD.search(answer.text)
    assert password is not None
    assert not is_inside(volunteer)
    assert attempt(app.test_client(), VOLUNTEER.name, PASSWORD).status_code == 422
    assert attempt(app.test_client(), VOLUNTEER.name, password[1]).status_code == 303


def test_a_closed_account_opens_nothing_and_its_page_is_gone(app: Flask, cast: Cast) -> None:
    volunteer, client = signed_in(app, VOLUNTEER), signed_in(app, COORDINATOR)
    assert post(client, _page(cast, VOLUNTEER), {"action": "close"}).location == "/accounts"
    assert not is_inside(volunteer)
    assert attempt(app.test_client(), VOLUNTEER.name, PASSWORD).status_code == 422
    assert client.get(_page(cast, VOLUNTEER)).status_code == 404
    assert VOLUNTEER.name not in _listed(client)


@pytest.mark.parametrize("action", ["reset", "close"])
def test_nobody_takes_over_an_account_that_has_roles_out_of_reach(
    app: Flask, cast: Cast, action: str
) -> None:
    give(app, cast.accounts[VOLUNTEER.name], [Scope("administrator", None, None, "GM0363")])
    answer = post(signed_in(app, COORDINATOR), _page(cast, VOLUNTEER), {"action": action})
    assert answer.status_code == 403
    assert attempt(app.test_client(), VOLUNTEER.name, PASSWORD).status_code == 303


def test_roles_out_of_reach_are_neither_shown_nor_taken(app: Flask, cast: Cast) -> None:
    give(app, cast.accounts[VOLUNTEER.name], [Scope("volunteer", hub_id=cast.hubs["overvecht"])])
    client, page = signed_in(app, COORDINATOR), _page(cast, VOLUNTEER)
    assert "Overvecht" not in client.get(page).text
    other = next(s for s in scopes_of(app, VOLUNTEER.name) if s.hub_id == cast.hubs["overvecht"])
    for number in range(1, 40):
        post(client, page, {"action": "take", "grant": str(number)}, token_from="/accounts/new")
    assert scopes_of(app, VOLUNTEER.name) == {other}


def test_after_taking_the_last_role_in_reach_the_page_is_the_list(app: Flask, cast: Cast) -> None:
    account = cast.accounts[VOLUNTEER.name]
    grant = grant_id(app, account, "volunteer")
    give(app, account, [Scope("analyst", municipality_code="GM0363")])
    answer = post(
        signed_in(app, COORDINATOR),
        _page(cast, VOLUNTEER),
        {"action": "take", "grant": str(grant)},
    )
    assert answer.location == "/accounts"


def test_an_action_that_is_none_is_refused(app: Flask, cast: Cast) -> None:
    answer = post(signed_in(app, ADMINISTRATOR), _page(cast, VOLUNTEER), {"action": "promote"})
    assert answer.status_code == 400


def test_an_administrator_of_two_municipalities_says_which(app: Flask, cast: Cast) -> None:
    give(app, cast.accounts[ADMINISTRATOR.name], [Scope("administrator", None, None, "GM0344")])
    client = signed_in(app, ADMINISTRATOR)
    form = {"name": "Fatima", "role": "analyst"}
    assert 'href="#municipality"' in post(client, "/accounts/new", form).text
    post(client, "/accounts/new", form | {"municipality": "GM0344"})
    assert scopes_of(app, "Fatima") == {Scope("analyst", municipality_code="GM0344")}
