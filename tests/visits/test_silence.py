"""Error pages, logs, addresses and cookies carry nothing of what was typed or asked."""

import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hub.visits import views
from tests.support.cast import ADMINISTRATOR, VOLUNTEER, Cast
from tests.support.databases import both_databases
from tests.visits.desk import filled, page_form, question, register, seated, send, token

SECRET = "Zuidenergie"
BLANK = {"questions-0-blank-supplier": SECRET}


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    """A volunteer at the desk, in English."""
    return seated(app, cast)


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that is logged, down to the statements sent to the database driver."""
    with caplog.at_level(logging.DEBUG):
        yield caplog


def _quiet(answer: TestResponse, log: pytest.LogCaptureFixture) -> None:
    told = answer.text + str(answer.headers) + log.text
    assert SECRET not in told
    assert SECRET.encode().hex() not in told


@both_databases
@pytest.mark.parametrize("action", ["finish", "print"])
def test_a_stored_visit_logs_nothing_of_its_blanks(
    action: str, client: FlaskClient, log: pytest.LogCaptureFixture
) -> None:
    _quiet(send(client, filled(client, question(0, "ACH-03"), BLANK, action=action)), log)


@pytest.mark.parametrize(
    "fault", [{"area": SECRET}, {"questions-0-topic": SECRET}, {"opened_at": SECRET}]
)
def test_a_refused_visit_is_not_logged(
    fault: dict[str, str], client: FlaskClient, log: pytest.LogCaptureFixture
) -> None:
    assert send(client, filled(client, question(0, "ACH-03"), **fault)).status_code == 422
    assert SECRET not in log.text


def test_a_failure_in_the_middle_tells_nobody_what_was_typed(
    client: FlaskClient, log: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(f"could not store {SECRET}")

    monkeypatch.setattr(views.receiving, "receive", fail)
    form = filled(client, question(0, "ACH-03"), BLANK)
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    answer = send(client, form)
    assert answer.status_code == 500
    _quiet(answer, log)
    assert "RuntimeError" in log.text


@both_databases
@pytest.mark.parametrize("address", ["/answers/%00", "/answers/instalment/%00", "/hubs/%00"])
def test_an_address_that_no_database_can_look_for_is_not_there(
    address: str, app: Flask, cast: Cast
) -> None:
    who = ADMINISTRATOR if address.startswith("/hubs") else VOLUNTEER
    assert seated(app, cast, who).get(address).status_code == 404


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", f"/visits/{SECRET}", 404),
        ("get", f"/{SECRET}", 404),
        ("get", f"/answers/{SECRET}", 404),
        ("get", f"/answers/instalment/{SECRET}", 404),
        ("post", "/statistics", 405),
        ("get", "/accounts", 403),
        ("get", f"/s/{SECRET}", 404),
        ("get", f"/visits?day={SECRET}", 200),
    ],
)
def test_error_pages_do_not_repeat_what_was_asked_for(
    method: str, address: str, status: int, client: FlaskClient
) -> None:
    form = {"csrf_token": token(client), "note": SECRET} if method == "post" else None
    answer = getattr(client, method)(address, data=form)
    assert answer.status_code == status
    assert SECRET not in answer.text.replace(f'value="{address}"', "")


def test_a_form_that_is_too_large_is_not_repeated(
    client: FlaskClient, log: pytest.LogCaptureFixture
) -> None:
    answer = send(client, filled(client, question(0, "ACH-03"), search=SECRET * 50_000))
    assert answer.status_code == 413
    _quiet(answer, log)


def test_a_search_is_not_logged(client: FlaskClient, log: pytest.LogCaptureFixture) -> None:
    form = {"csrf_token": token(client), "search": SECRET}
    answer = client.post("/desk/search", data=form)
    assert answer.json == {"hits": []}
    _quiet(answer, log)


def test_the_first_print_is_not_logged(client: FlaskClient, log: pytest.LogCaptureFixture) -> None:
    visit_id = register(client, question(0, "ACH-03", answer="disconnection"), action="print")
    form = {"csrf_token": token(client), **BLANK}
    assert client.post(f"/visits/{visit_id}/sheet.pdf", data=form).status_code == 200
    assert SECRET not in log.text


def test_every_page_of_the_desk_asks_not_to_be_kept_by_the_browser(client: FlaskClient) -> None:
    visit_id = register(client, action="print")
    for address in ("/desk", "/visits", f"/visits/{visit_id}", f"/visits/{visit_id}/sheet.pdf"):
        assert client.get(address).headers["Cache-Control"] == "no-store", address


def test_no_form_of_the_desk_sends_by_address(client: FlaskClient) -> None:
    assert page_form(client)
    page = client.get("/desk?fresh=1").text
    assert 'method="get"' not in page.casefold()
    assert page.count("<form") == page.count('method="post"')
