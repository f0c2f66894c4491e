"""The list of the hub's day, and the page of one visit."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.cast import NEIGHBOUR, STRANGER, Cast, Person
from tests.support.clock import SettableClock
from tests.visits.desk import question, register, seated


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    """A volunteer at the desk, in English."""
    return seated(app, cast)


def _listed(client: FlaskClient, day: str = "") -> list[str]:
    page = client.get(f"/visits?day={day}" if day else "/visits")
    assert page.status_code == 200, page.status_code
    return re.findall(r'href="/visits/([0-9a-f-]{36})"', page.text)


def test_the_day_lists_its_visits_the_newest_first(
    client: FlaskClient, clock: SettableClock
) -> None:
    first = register(client)
    clock.advance(minutes=5)
    second = register(client)
    assert _listed(client) == [second, first]


@pytest.mark.usefixtures("noise")
def test_the_day_lists_no_visit_of_another_hub(client: FlaskClient) -> None:
    assert _listed(client) == []


@pytest.mark.parametrize("who", [NEIGHBOUR, STRANGER], ids=lambda who: who.scope)
def test_other_hubs_do_not_see_ours(
    who: Person, app: Flask, cast: Cast, client: FlaskClient
) -> None:
    register(client)
    assert _listed(seated(app, cast, who)) == []


def test_a_late_entry_stands_on_its_own_day_and_under_the_day_it_was_entered(
    client: FlaskClient,
) -> None:
    late = register(client, question(0, "REK-03"), opened_at="2026-11-20T11:00")
    assert _listed(client, "2026-11-20") == [late]
    page = client.get("/visits").text
    assert "Entered on this day for an earlier day" in page
    assert _listed(client) == [late]


@pytest.mark.parametrize(
    ("opened_at", "day"),
    [
        ("2026-11-20T00:10", "2026-11-20"),
        ("2026-11-19T23:50", "2026-11-19"),
        ("2026-07-01T01:30", "2026-07-01"),
    ],
)
def test_the_day_is_that_of_the_hub_s_clock(opened_at: str, day: str, client: FlaskClient) -> None:
    late = register(client, question(0, "REK-03"), opened_at=opened_at)
    assert _listed(client, day) == [late]


def test_the_page_of_a_visit_names_the_day_of_the_hub_s_clock(client: FlaskClient) -> None:
    late = register(client, question(0, "REK-03"), opened_at="2026-11-20T00:10")
    page = client.get(f"/visits/{late}").text
    assert "20 November 2026" in page
    assert "19 November 2026" not in page


def test_the_list_names_the_day_of_the_hub_s_clock_for_a_late_entry(client: FlaskClient) -> None:
    register(client, question(0, "REK-03"), opened_at="2026-11-20T00:10")
    page = client.get("/visits").text
    assert "20 Nov 2026" in page
    assert "19 Nov 2026" not in page


@pytest.mark.parametrize(
    "day", ["gisteren", "2026-02-30", "2099-01-01", "0001-01-01", "0001-01-02", "9999-12-31"]
)
def test_a_day_that_cannot_be_shows_a_list_all_the_same(day: str, client: FlaskClient) -> None:
    assert _listed(client, day) == []


@pytest.mark.parametrize(
    "address",
    ["0190a000-0000-7000-8000-00000000ffff", "nonsense", "0190a000-0000-7000-8000-00000000ffff/x"],
)
def test_a_visit_that_is_not_there_answers_404(address: str, client: FlaskClient) -> None:
    assert client.get(f"/visits/{address}").status_code == 404


def test_the_page_shows_the_return_code_in_groups_of_three(client: FlaskClient) -> None:
    page = client.get(f"/visits/{register(client)}").text
    assert re.search(r'id="return-code">[2-9A-Y]{3}-[2-9A-Y]{3}-[2-9A-Y]{3}<', page)
