"""A visit is one form, sent once: however often it comes, it is stored once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Barrier
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.places.models import ClosedMonth
from hub.visits.models import Question, Visit
from tests.support.cast import COORDINATOR, NEIGHBOUR, Cast
from tests.support.clock import START, SettableClock
from tests.support.databases import both_databases
from tests.visits.desk import (
    Fields,
    counts,
    filled,
    in_form,
    only_visit,
    page_form,
    question,
    register,
    seated,
    send,
    session_cookie,
    token,
)

FIVE = 5


def _at_once(
    app: Flask, address: str, client: FlaskClient, form: Fields
) -> list[tuple[int, str | None]]:
    """Send a form five times at the same moment, each over a connection of its own."""
    name, value = session_cookie(app, client)
    headers = {
        "Cookie": f"{name}={value}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode(form)
    gate = Barrier(FIVE)

    def once(_: int) -> tuple[int, str | None]:
        connection = HTTPConnection(urlsplit(address).netloc, timeout=30)
        connection.connect()
        gate.wait()
        connection.request("POST", "/visits", body, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status, answer.headers["Location"]

    with ThreadPoolExecutor(FIVE) as pool:
        return list(pool.map(once, range(FIVE)))


@both_databases
@pytest.mark.parametrize("action", ["finish", "print"])
def test_the_same_form_sent_five_times_at_once_stores_one_visit_and_answers_the_same(
    action: str, app: Flask, cast: Cast, desk_server: str, session: Session
) -> None:
    client = seated(app, cast)
    form = filled(client, question(0, "REK-03"), question(1, "WNT-06"), action=action)
    answers = _at_once(app, desk_server, client, form)
    assert set(answers) == {(303, f"/visits/{form['visit_id']}")}
    assert counts(session) == (1, 2, 1)


@both_databases
def test_five_different_visits_at_once_are_all_stored(
    app: Flask, cast: Cast, desk_server: str, session: Session
) -> None:
    client = seated(app, cast)
    forms = [filled(client, question(0, "REK-03")) for _ in range(FIVE)]
    with ThreadPoolExecutor(FIVE) as pool:
        answers = list(pool.map(lambda form: send(_same_browser(app, client), form), forms))
    assert [answer.status_code for answer in answers] == [303] * FIVE
    assert counts(session) == (FIVE, FIVE, FIVE)


def _same_browser(app: Flask, client: FlaskClient) -> FlaskClient:
    """Give a second client with the session of the first; one client is not for two threads."""
    twin = app.test_client()
    twin.set_cookie(*session_cookie(app, client))
    return twin


@both_databases
def test_a_repeat_an_hour_later_answers_the_same_and_stores_nothing(
    app: Flask, cast: Cast, clock: SettableClock, session: Session
) -> None:
    client = seated(app, cast)
    form = filled(client, question(0, "REK-03"))
    first = send(client, form)
    for _ in range(6):
        clock.advance(minutes=10)
        client.get("/desk/alive")
    again = send(client, form)
    assert (again.status_code, again.location) == (303, first.location)
    assert counts(session) == (1, 1, 1)


def test_a_repeat_after_a_correction_is_judged_against_what_came_first(
    app: Flask, cast: Cast, session: Session
) -> None:
    client = seated(app, cast)
    form = filled(client, question(0, "REK-03"))
    send(client, form)
    address = f"/visits/{form['visit_id']}/correct"
    correction = in_form(client.get(address), address) | {"tenure": "owner"}
    assert client.post(address, data=correction).status_code == 303
    assert send(client, form).status_code == 303
    assert only_visit(session).tenure == "owner"


@both_databases
def test_an_undone_visit_leaves_nothing_but_its_reserved_id(
    app: Flask, cast: Cast, session: Session
) -> None:
    client = seated(app, cast)
    visit_id = register(client, action="print")
    client.post(f"/visits/{visit_id}/sheet.pdf", data=_token(client))
    answer = client.post(f"/visits/{visit_id}/undo", data=_token(client))
    assert answer.status_code == 303
    assert counts(session) == (0, 0, 1)


@both_databases
def test_the_repeat_of_an_undone_visit_answers_303_and_restores_nothing(
    app: Flask, cast: Cast, session: Session
) -> None:
    client = seated(app, cast)
    form = filled(client, question(0, "REK-03"))
    send(client, form)
    client.post(f"/visits/{form['visit_id']}/undo", data=_token(client))
    again = send(client, form)
    assert (again.status_code, again.location) == (303, f"/visits/{form['visit_id']}")
    assert counts(session) == (0, 0, 1)


def test_an_undone_id_is_refused_for_other_content_too(
    app: Flask, cast: Cast, session: Session
) -> None:
    client = seated(app, cast)
    form = filled(client, question(0, "REK-03"))
    send(client, form)
    client.post(f"/visits/{form['visit_id']}/undo", data=_token(client))
    assert send(client, form | {"tenure": "owner"}).status_code == 409
    assert counts(session) == (0, 0, 1)


def test_a_visit_of_yesterday_is_not_undone(
    app: Flask, cast: Cast, clock: SettableClock, session: Session
) -> None:
    visit_id = register(seated(app, cast))
    clock.advance(days=1)
    client = seated(app, cast)
    client.post(f"/visits/{visit_id}/undo", data=_token(client))
    assert counts(session) == (1, 1, 1)


def _token(client: FlaskClient) -> Fields:
    return {"csrf_token": token(client)}


@both_databases
def test_an_id_reused_with_other_content_answers_409_and_stores_nothing(
    app: Flask, cast: Cast, session: Session
) -> None:
    client = seated(app, cast)
    form = filled(client, question(0, "REK-03"))
    send(client, form)
    answer = send(client, form | {"tenure": "owner"})
    assert answer.status_code == 409
    assert counts(session) == (1, 1, 1)
    assert only_visit(session).tenure == "unknown"


def test_the_form_of_a_reused_id_is_kept_under_an_id_of_its_own(
    app: Flask, cast: Cast, session: Session
) -> None:
    client = seated(app, cast)
    form = page_form(client) | question(0, "REK-03") | {"action": "finish"}
    send(client, form)
    other = form | question(1, "WNT-06", "referred") | {"tenure": "owner", "language": "tr"}
    kept = in_form(send(client, other))
    assert kept["visit_id"] not in {"", form["visit_id"]}
    assert _typed(kept) >= _typed(other)
    assert send(client, kept | {"action": "finish"}).status_code == 303
    assert counts(session)[0] == 2


def _typed(form: Fields) -> set[tuple[str, str]]:
    bookkeeping = {"visit_id", "csrf_token", "action", "answer_language", "search"}
    return {
        (name, value)
        for name, value in form.items()
        if value and name.rpartition("-")[2] not in bookkeeping
    }


def test_the_same_content_at_another_hub_is_other_content(app: Flask, cast: Cast) -> None:
    visit_id = register(seated(app, cast))
    neighbour = seated(app, cast, NEIGHBOUR)
    theirs = filled(neighbour, question(0, "REK-03"), visit_id=visit_id, hub="gein")
    assert send(neighbour, theirs).status_code == 409


def test_a_visit_without_a_question_is_stored(app: Flask, cast: Cast, session: Session) -> None:
    client = seated(app, cast)
    form = page_form(client) | {"action": "finish"}
    assert send(client, form).status_code == 303
    assert counts(session) == (1, 0, 1)


def test_what_was_not_asked_is_stored_as_unknown(app: Flask, cast: Cast, session: Session) -> None:
    client = seated(app, cast)
    assert send(client, page_form(client) | question(0, "REK-03")).status_code == 303
    visit = only_visit(session)
    stored = {visit.area, visit.tenure, visit.heating, visit.home_type, visit.first_visit}
    assert stored == {"unknown"}
    assert (visit.language, visit.channel, visit.late_entry) == ("und", "counter", False)


def test_a_question_takes_the_urgency_of_its_topic(
    app: Flask, cast: Cast, session: Session
) -> None:
    register(seated(app, cast), question(0, "ACH-03"), question(1, "REK-03"))
    assert [q.urgency for q in only_visit(session).questions] == ["same_day", "normal"]


def test_a_form_without_an_id_gets_one(app: Flask, cast: Cast, session: Session) -> None:
    client = seated(app, cast)
    assert send(client, filled(client, question(0, "REK-03"), visit_id="")).status_code == 303
    assert only_visit(session).id.version == 7


def test_a_coordinator_registers_visits_too(app: Flask, cast: Cast, session: Session) -> None:
    register(seated(app, cast, COORDINATOR))
    assert only_visit(session).hub_id == cast.hubs["k-buurt"]


def test_a_visit_counts_in_the_month_in_which_it_was_opened(
    app: Flask, cast: Cast, session: Session
) -> None:
    register(seated(app, cast))
    assert only_visit(session).posted_in == "2026-11"


@pytest.mark.parametrize(
    ("opened_at", "month"),
    [
        ("2026-10-31T23:59", "2026-10"),
        ("2026-11-01T00:00", "2026-11"),
        ("2026-10-31T22:30:00+00:00", "2026-10"),
        ("2026-10-31T23:30:00+00:00", "2026-11"),
    ],
)
def test_the_month_is_that_of_the_municipality_s_clock(
    opened_at: str, month: str, app: Flask, cast: Cast, session: Session
) -> None:
    register(seated(app, cast), question(0, "REK-03"), opened_at=opened_at)
    assert only_visit(session).posted_in == month


@both_databases
def test_a_late_entry_of_a_closed_month_counts_in_the_first_open_one(
    app: Flask, cast: Cast, session: Session, close_months: Callable[..., None]
) -> None:
    close_months("2026-08", "2026-09")
    register(seated(app, cast), question(0, "REK-03"), opened_at="2026-08-12T10:00")
    visit = only_visit(session)
    assert (visit.posted_in, visit.late_entry) == ("2026-10", True)


@pytest.fixture
def close_months(session: Session) -> Callable[..., None]:
    """Closes months of the home municipality, as counting for a release does."""

    def close(*months: str) -> None:
        for month in months:
            session.add(_closed(month))
        session.commit()

    return close


def _closed(month: str) -> ClosedMonth:
    return ClosedMonth(municipality_code="GM0363", month=month, closed_at=START)


def test_a_visit_with_a_moment_of_its_own_is_a_late_entry(
    app: Flask, cast: Cast, session: Session
) -> None:
    register(seated(app, cast), question(0, "REK-03"), opened_at="2026-11-20T11:30")
    visit = only_visit(session)
    assert visit.late_entry
    assert visit.opened_at.isoformat() == "2026-11-20T10:30:00+00:00"


def test_a_visit_registered_as_it_happens_is_no_late_entry(
    app: Flask, cast: Cast, session: Session, clock: SettableClock
) -> None:
    register(seated(app, cast))
    visit = only_visit(session)
    assert (visit.late_entry, visit.opened_at) == (False, clock())


def test_the_page_of_a_late_entry_says_so(app: Flask, cast: Cast) -> None:
    client = seated(app, cast)
    late = register(client, question(0, "REK-03"), opened_at="2026-11-20T11:30")
    on_time = register(client)
    assert "late entry" in client.get(f"/visits/{late}").text
    assert "late entry" not in client.get(f"/visits/{on_time}").text


def test_print_puts_the_answer_of_every_question_on_the_sheet(
    app: Flask, cast: Cast, session: Session
) -> None:
    register(
        seated(app, cast),
        question(0, "REK-03", answer="instalment"),
        question(1, "BRF-01"),
        action="print",
    )
    stored = {q.topic_code: (q.answer_slug, q.sheet) for q in only_visit(session).questions}
    assert stored["REK-03"] == ("instalment", True)


def test_a_question_that_is_kept_off_the_sheet_stays_off_it(
    app: Flask, cast: Cast, session: Session
) -> None:
    asked = (question(0, "REK-03", sheet="no"), question(2, "WNT-06"))
    register(seated(app, cast), *asked, action="print")
    stored = [(q.topic_code, q.answer_slug, q.sheet) for q in only_visit(session).questions]
    assert stored == [("REK-03", None, False), ("WNT-06", "heat-outage", True)]


def test_finish_puts_nothing_on_a_sheet(app: Flask, cast: Cast, session: Session) -> None:
    register(seated(app, cast), question(0, "REK-03", answer="instalment"))
    assert session.scalars(select(Question.sheet)).all() == [False]


def test_the_answer_is_stored_in_the_language_that_stood_beside_the_dutch(
    app: Flask, cast: Cast, session: Session
) -> None:
    register(
        seated(app, cast), question(0, "REK-03", answer="instalment"), language="tr", action="print"
    )
    asked = session.scalars(select(Question)).one()
    assert asked.answer_language == "tr"
    assert asked.answer_text_id is not None


def test_every_visit_has_a_return_code_of_its_own(app: Flask, cast: Cast, session: Session) -> None:
    client = seated(app, cast)
    for _ in range(10):
        register(client)
    assert len(set(session.scalars(select(Visit.return_code)))) == 10
