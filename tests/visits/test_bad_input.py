"""What cannot be right is refused at its field, keeps what was typed, and stores nothing."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from hub.accounts.models import Grant
from hub.db import db, unit_of_work
from tests.support.cast import ANALYST, EDITOR, VOLUNTEER, Cast
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
    take_seat,
)


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    """A volunteer at the desk, in English."""
    return seated(app, cast)


def _refused(answer: TestResponse, session: Session, *words: str) -> None:
    assert answer.status_code == 422
    assert counts(session) == (0, 0, 0)
    for word in words:
        assert word in answer.text, f"{word!r} is not said"


@pytest.mark.parametrize("topic", ["REK-99", "REK", "rek-03", "<b>", "x" * 300])
def test_an_unknown_topic_is_refused(topic: str, client: FlaskClient, session: Session) -> None:
    answer = send(client, filled(client, question(0, "WNT-06"), question(1, topic)))
    _refused(answer, session, "is not a topic of the list")


@pytest.mark.parametrize("area", ["EX-B-NOWHERE", "EX-P-KMIDDEN", "Gein"])
def test_an_unknown_area_or_a_project_is_refused(
    area: str, client: FlaskClient, session: Session
) -> None:
    answer = send(client, filled(client, question(0, "REK-03"), area=area))
    _refused(answer, session, "is not an area of this desk")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("language", "klingon"),
        ("tenure", "castle"),
        ("heating", "sun"),
        ("home_type", "boat"),
        ("channel", "pigeon"),
        ("first_visit", "maybe"),
        ("questions-0-outcome", "solved"),
        ("questions-0-urgency", "never"),
        ("questions-0-trigger", "dream"),
        ("questions-0-answer", "no-such-answer"),
        ("questions-0-answer_language", "klingon"),
    ],
)
def test_a_value_outside_its_list_is_refused_by_name(
    field: str, value: str, client: FlaskClient, session: Session
) -> None:
    given = {"questions-0-answer": "instalment"} if field.endswith("answer_language") else {}
    answer = send(client, filled(client, question(0, "REK-03"), **given, **{field: value}))
    _refused(answer, session, value)


@both_databases
@pytest.mark.parametrize("hub", ["no-such-hub", "gein", "overvecht", "k-buurt\0", "K-BUURT"])
def test_another_or_an_unknown_hub_is_not_for_this_account(
    hub: str, client: FlaskClient, session: Session
) -> None:
    answer = send(client, filled(client, question(0, "REK-03"), hub=hub))
    assert answer.status_code == 403
    assert counts(session) == (0, 0, 0)


@pytest.mark.parametrize("who", [EDITOR, ANALYST], ids=lambda who: who.role)
def test_a_role_without_a_desk_registers_nothing(
    who: object, app: Flask, cast: Cast, session: Session
) -> None:
    client = seated(app, cast)
    form = filled(client, question(0, "REK-03"))
    take_seat(app, client, cast, who)  # type: ignore[arg-type]  # the same browser, another person
    assert send(client, form).status_code == 403
    assert counts(session) == (0, 0, 0)


def test_a_role_that_no_longer_exists_opens_nothing(app: Flask, cast: Cast) -> None:
    client = seated(app, cast, VOLUNTEER)
    with app.app_context(), unit_of_work() as work:
        grants = db.select(Grant).where(Grant.account_id == cast.accounts[VOLUNTEER.name])
        work.delete(work.scalars(grants).one())
    assert client.get("/desk").status_code == 403


@pytest.mark.parametrize(
    ("opened_at", "words"),
    [
        ("2014-12-31T23:00", "before 2015"),
        ("0001-01-01T00:00", "before 2015"),
        ("1926-11-22T10:00", "before 2015"),
        ("2026-11-24T10:01", "more than 24 hours ahead"),
        ("2027-11-23T10:00", "more than 24 hours ahead"),
        ("9999-12-31T23:59", "more than 24 hours ahead"),
        ("gisteren", "Give day and time as in"),
        ("2026-02-30T10:00", "Give day and time as in"),
        ("23-11-2026 10:00", "Give day and time as in"),
    ],
)
def test_a_moment_that_cannot_be_is_refused(
    opened_at: str, words: str, client: FlaskClient, session: Session
) -> None:
    answer = send(client, filled(client, question(0, "REK-03"), opened_at=opened_at))
    _refused(answer, session, words)
    assert in_form(answer)["opened_at"] == opened_at


@pytest.mark.parametrize("opened_at", ["2015-01-01T01:00", "2026-11-24T09:59"])
def test_the_first_and_the_last_moment_are_taken(opened_at: str, client: FlaskClient) -> None:
    register(client, question(0, "REK-03"), opened_at=opened_at)


def test_a_late_entry_without_a_moment_is_refused(client: FlaskClient, session: Session) -> None:
    answer = send(client, filled(client, question(0, "REK-03"), late_entry="y"))
    _refused(answer, session, "Give the day and time of the visit.")


def test_a_sixth_question_is_refused(client: FlaskClient, session: Session) -> None:
    topics = ("REK-01", "REK-02", "REK-03", "REK-04", "REK-05", "REK-06")
    parts = [question(slot, topic) for slot, topic in enumerate(topics)]
    _refused(send(client, filled(client, *parts)), session, "at most 5 questions")


def test_five_questions_are_taken(client: FlaskClient, session: Session) -> None:
    topics = ("REK-01", "REK-02", "REK-03", "REK-04", "REK-05")
    register(client, *(question(slot, topic) for slot, topic in enumerate(topics)))
    assert counts(session) == (1, 5, 1)


def test_a_topic_stands_once_in_a_visit(client: FlaskClient, session: Session) -> None:
    answer = send(client, filled(client, question(0, "REK-03"), question(1, "REK-03", "referred")))
    _refused(answer, session, "REK-03 stands twice")


def test_a_reason_without_an_outcome_is_refused(client: FlaskClient, session: Session) -> None:
    answer = send(client, filled(client, question(0, "REK-03", "", reason="language")))
    _refused(answer, session, "A reason goes only with the outcome")


def test_a_reason_left_behind_by_another_outcome_is_not_stored(
    client: FlaskClient, session: Session
) -> None:
    register(client, question(0, "REK-03", "answered", reason="language"))
    assert only_visit(session).questions[0].reason is None


def test_a_reason_goes_with_not_answered(client: FlaskClient, session: Session) -> None:
    register(client, question(0, "REK-03", "not_answered", reason="language"))
    assert only_visit(session).questions[0].reason == "language"


def test_an_unknown_reason_is_refused(client: FlaskClient, session: Session) -> None:
    answer = send(client, filled(client, question(0, "REK-03", "not_answered", reason="mood")))
    _refused(answer, session, "mood")


def test_a_day_to_come_back_that_is_no_day_is_refused(
    client: FlaskClient, session: Session
) -> None:
    answer = send(client, filled(client, question(0, "REK-03", "call_back", call_back_on="morgen")))
    _refused(answer, session, "Give the day as in")


@pytest.mark.parametrize("day", ["2001-01-01", "2026-11-21", "2028-01-01", "9999-12-31"])
def test_a_day_to_come_back_lies_within_a_year_after_the_visit(
    day: str, client: FlaskClient, session: Session
) -> None:
    answer = send(client, filled(client, question(0, "REK-03", "call_back", call_back_on=day)))
    _refused(answer, session, "This day is")
    assert in_form(answer)["questions-0-call_back_on"] == day


def test_a_visit_entered_late_has_its_day_to_come_back_counted_from_then(
    client: FlaskClient, session: Session
) -> None:
    asked = question(0, "REK-03", "call_back", call_back_on="2026-06-20")
    register(client, asked, late_entry="y", opened_at="2026-06-13T10:00")
    assert only_visit(session).questions[0].call_back_on is not None


@pytest.mark.parametrize("slot", ["5", "12", "9" * 5000])
def test_a_question_for_which_there_is_no_room_does_not_go_unseen(
    slot: str, client: FlaskClient, session: Session
) -> None:
    form = filled(client, question(0, "REK-03")) | {f"questions-{slot}-topic": "WNT-03"}
    _refused(send(client, form), session, "at most 5 questions")


@pytest.mark.parametrize("name", ["questions-²-topic", f"questions-{'9' * 5000}-blank-supplier"])
def test_a_field_that_no_form_of_the_desk_has_is_passed_over(
    name: str, client: FlaskClient, session: Session
) -> None:
    form = filled(client, question(0, "REK-03")) | {name: "WNT-03"}
    assert send(client, form).status_code == 303
    assert [asked.topic_code for asked in only_visit(session).questions] == ["REK-03"]


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        (question(0, "NO-SUCH"), "questions-0-topic"),
        (question(0, "REK-03") | question(1, "REK-03"), "questions-1-topic"),
        (question(2, "REK-03", "solved"), "questions-2-outcome"),
        (question(0, "REK-03", "not_answered", reason="mood"), "questions-0-reason"),
        (question(0, "REK-03", answer="none"), "questions-0-answer"),
    ],
)
def test_the_summary_leads_to_what_is_wrong_with_a_question(
    fault: Fields, field: str, client: FlaskClient
) -> None:
    page = send(client, filled(client, fault)).text
    summary = page[page.index('class="error-summary"') :]
    assert f'<a href="#{field}">' in summary[: summary.index("</ul>")]
    assert f'id="{field}"' in page


def test_a_message_repeats_only_the_beginning_of_what_was_typed(client: FlaskClient) -> None:
    answer = send(client, filled(client, question(0, "REK-03"), area="x" * 100_000))
    assert answer.status_code == 422
    assert "x" * 100 in answer.text
    assert "x" * 200 not in answer.text


@pytest.mark.parametrize("host", ["x" * 300, "a" * 64 + ".example", "."])
def test_a_host_that_cannot_be_one_is_no_fault_of_the_desk(host: str, client: FlaskClient) -> None:
    answer = client.get("/desk", headers={"Host": host})
    assert answer.status_code in {200, 400}
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize(
    "damaged", ["1", "not-an-id", "0190a1b2-c3d4-7e5f-8a6b-00000000000g", "\0"]
)
def test_a_damaged_id_is_refused_and_replaced(
    damaged: str, client: FlaskClient, session: Session
) -> None:
    answer = send(client, filled(client, question(0, "REK-03"), visit_id=damaged))
    _refused(answer, session, "The number of this visit is damaged")
    kept = in_form(answer)
    assert kept["visit_id"] not in {"", damaged}
    assert send(client, kept | {"action": "finish"}).status_code == 303


def test_a_form_without_its_token_is_not_taken(client: FlaskClient, session: Session) -> None:
    form = filled(client, question(0, "REK-03"))
    answer = send(client, {name: v for name, v in form.items() if name != "csrf_token"})
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?next=")
    assert counts(session) == (0, 0, 0)


def test_every_fault_is_told_at_once(client: FlaskClient, session: Session) -> None:
    form = filled(
        client,
        question(0, "REK-03", "solved"),
        question(1, "REK-03"),
        area="Gein",
        opened_at="gisteren",
        postcode="11",
    )
    words = ("solved", "stands twice", "is not an area", "Give day and time", "not a postcode")
    _refused(send(client, form), session, *words)


def test_nothing_typed_is_lost_when_a_form_is_refused(client: FlaskClient) -> None:
    form = (
        page_form(client)
        | question(0, "REK-03", "answered", trigger="bill", urgency="soon", answer="instalment")
        | question(1, "ACH-03", "call_back", call_back_on="2026-12-01", answer="disconnection")
        | question(2, "WNT-06", "not_answered", reason="too_specialised", sheet="no")
        | {"tenure": "owner", "heating": "block", "home_type": "corner", "language": "ti"}
        | {"area": "EX-B-GEIN", "channel": "phone", "first_visit": "no"}
        | {"opened_at": "gisteren", "late_entry": "y", "questions-0-blank-instalment": "95"}
    )
    kept = in_form(send(client, form))
    assert _told(kept) == _told(form)


def _told(form: Fields) -> Fields:
    apart = {"csrf_token", "action", "search", "return_code"}
    return {n: v for n, v in form.items() if v and n not in apart and "answer_language" not in n}


@both_databases
def test_signs_that_no_database_takes_are_refused_or_dropped(
    client: FlaskClient, session: Session
) -> None:
    bad = "a\0b"
    for name in ("language", "area", "tenure", "opened_at", "postcode", "questions-0-topic"):
        answer = send(client, filled(client, question(0, "REK-03"), **{name: bad}))
        assert answer.status_code == 422, name
    assert counts(session) == (0, 0, 0)


def test_more_than_any_form_holds_is_too_large(client: FlaskClient, session: Session) -> None:
    form = filled(client, question(0, "REK-03"), search="x" * 300_000)
    assert send(client, form).status_code == 413
    assert counts(session) == (0, 0, 0)


def test_a_damaged_link_to_an_earlier_visit_is_refused(
    client: FlaskClient, session: Session
) -> None:
    answer = send(client, filled(client, question(0, "REK-03"), continues="nonsense"))
    assert answer.status_code == 422
    assert counts(session) == (0, 0, 0)


def test_a_visit_continues_none_that_is_not_there(client: FlaskClient, session: Session) -> None:
    register(client, question(0, "REK-03"), continues="0190a000-0000-7000-8000-000000000001")
    assert only_visit(session).continues_id is None


def test_buttons_of_the_plain_form_take_nothing_unknown(client: FlaskClient) -> None:
    form = filled(client)
    for button in (
        {"add": "NO-SUCH"},
        {"remove": "99"},
        {"remove": "x"},
        {"use_language": "klingon"},
        {"use_area": "nowhere"},
    ):
        assert client.post("/desk", data=form | button).status_code == 200, button
