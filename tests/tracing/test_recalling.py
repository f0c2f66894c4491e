"""A recall reaches the desk, the sheet's page and its next print; nothing of it is removed."""

import re
from io import StringIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from hub.answers.models import AnswerText
from hub.i18n import catalogue
from hub.recalls.models import Recall
from hub.sheets.labels import RECALLED
from hub.sheets.models import SheetFact, SheetRecord, SheetText
from tests.sheets.printed import text_of
from tests.support.cast import (
    CHECKER,
    COORDINATOR,
    EDITOR,
    NEIGHBOURING_COORDINATOR,
    STRANGE_COORDINATOR,
    VOLUNTEER,
    Cast,
    Person,
)
from tests.support.clock import SettableClock
from tests.support.databases import both_databases
from tests.visits.desk import in_form, question, register, seated, token

TARIFF = question(0, "WNT-03", answer="heat-tariff")
REASON = "The maximum was that of 2025; it is 40.97."
WRONG = "Something in this text was wrong"


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    """A volunteer at the desk, in English."""
    return seated(app, cast)


@pytest.fixture
def editor(app: Flask, cast: Cast) -> FlaskClient:
    return seated(app, cast, EDITOR)


def hand_out(client: FlaskClient, language: str = "ar", **fields: str) -> str:
    """Hand out a sheet about the heat tariff; give the visit's id."""
    visit_id = register(client, TARIFF, language=language, action="print")
    sent = {"csrf_token": token(client), **fields}
    assert client.post(f"/visits/{visit_id}/sheet.pdf", data=sent).status_code == 200
    return visit_id


def last_sheet(session: Session) -> SheetRecord:
    session.rollback()
    return session.scalars(select(SheetRecord).order_by(SheetRecord.id.desc()).limit(1)).one()


def value_on(session: Session) -> int:
    """Give a value on the last sheet."""
    sheet = last_sheet(session)
    query = select(SheetFact.fact_value_id).where(SheetFact.sheet_id == sheet.id)
    return min(session.scalars(query))


def text_on(session: Session, language: str) -> int:
    """Give the text of a language on the last sheet."""
    sheet = last_sheet(session)
    kept = session.scalars(select(SheetText).where(SheetText.sheet_id == sheet.id)).one()
    text_id = kept.dutch_text_id if language == "nl" else kept.answer_text_id
    assert text_id is not None
    return text_id


def recall(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    sent = {"csrf_token": token(client), "reason": REASON, **fields}
    return client.post(address, data=sent)


def go_on(client: FlaskClient, visit_id: str) -> TestResponse:
    """Continue a visit by its return code."""
    page = client.get(f"/visits/{visit_id}").text
    code = re.search(r'id="return-code">([^<]+)<', page)
    assert code
    fields = {"csrf_token": token(client), "return_code": code[1]}
    return client.post("/desk/continue", data=fields)


def recalls(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Recall)) or 0


@both_databases
def test_the_desk_is_told_when_a_return_code_continues_a_visit_with_an_affected_sheet(
    client: FlaskClient, editor: FlaskClient, session: Session
) -> None:
    visit_id = hand_out(client)
    assert REASON not in go_on(client, visit_id).text
    assert recall(editor, f"/recalls/values/{value_on(session)}").status_code == 303
    page = go_on(client, visit_id).text
    assert "holds a sheet with something wrong on it" in page
    assert REASON in page
    assert REASON in client.get(f"/visits/{visit_id}").text


def test_the_notice_stays_while_the_open_form_is_worked_on(
    client: FlaskClient, editor: FlaskClient, session: Session
) -> None:
    visit_id = hand_out(client)
    recall(editor, f"/recalls/values/{value_on(session)}")
    form = in_form(go_on(client, visit_id))
    assert REASON in client.post("/desk", data=form | {"add": "REK-03"}).text
    assert REASON in client.post("/visits", data=form | {"postcode": "11"}).text


def test_a_visit_whose_sheet_is_not_affected_is_left_in_peace(
    client: FlaskClient, editor: FlaskClient, session: Session
) -> None:
    hand_out(client)
    value_id = value_on(session)
    other = register(client, question(0, "ACH-03", answer="disconnection"), action="print")
    client.post(f"/visits/{other}/sheet.pdf", data={"csrf_token": token(client)})
    recall(editor, f"/recalls/values/{value_id}")
    assert REASON not in go_on(client, other).text


def test_a_recall_of_some_days_leaves_sheets_of_other_days_alone(
    app: Flask, cast: Cast, session: Session, clock: SettableClock
) -> None:
    before = hand_out(seated(app, cast))
    clock.set("2026-11-25T10:00+01:00")
    client, editor = seated(app, cast), seated(app, cast, EDITOR)
    within = hand_out(client)
    address = f"/recalls/values/{value_on(session)}"
    recall(editor, address, first_day="2026-11-24", last_day="2026-11-25")
    assert REASON not in go_on(client, before).text
    assert REASON in go_on(client, within).text


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_sheets_page_and_its_next_print_say_so_in_both_languages(
    language: str, client: FlaskClient, editor: FlaskClient, session: Session, app: Flask
) -> None:
    visit_id = hand_out(client, language)
    code = last_sheet(session).code
    own, dutch = (catalogue(tag, "sheets").gettext(RECALLED) for tag in (language, "nl"))
    resident = app.test_client()
    assert own not in resident.get(f"/s/{code}").text
    recall(editor, f"/recalls/texts/{text_on(session, language)}")
    page = resident.get(f"/s/{code}").text
    assert own in page
    assert dutch in page
    assert REASON not in page  # what the desk reads is for the desk
    printed = text_of(client.get(f"/visits/{visit_id}/sheet.pdf").data)
    assert dutch.split(".")[0] in printed
    if language == "en":
        assert WRONG in printed


def test_a_new_print_of_what_is_still_recalled_says_so(
    client: FlaskClient, editor: FlaskClient, session: Session
) -> None:
    hand_out(client, "en")
    recall(editor, f"/recalls/values/{value_on(session)}")
    visit_id = register(client, TARIFF, language="en", action="print")
    fields = {"csrf_token": token(client)}
    assert WRONG in text_of(client.post(f"/visits/{visit_id}/sheet.pdf", data=fields).data)
    assert WRONG in client.post(f"/visits/{visit_id}/sheet-preview", data=fields).text


def test_a_wrong_dutch_version_is_wrong_in_the_translations_made_of_it(
    client: FlaskClient, editor: FlaskClient, session: Session
) -> None:
    visit_id = hand_out(client, "tr")
    recall(editor, f"/recalls/texts/{text_on(session, 'nl')}")
    assert REASON in go_on(client, visit_id).text
    assert "1 sheet" in editor.get(f"/recalls/texts/{text_on(session, 'nl')}").text


def test_a_recall_that_is_lifted_tells_the_desk_no_more_and_stays_in_the_list(
    client: FlaskClient, editor: FlaskClient, session: Session
) -> None:
    visit_id = hand_out(client)
    recall(editor, f"/recalls/values/{value_on(session)}")
    sent = {"csrf_token": token(editor), "reason": "It was right after all."}
    assert editor.post("/recalls/1/lift", data=sent).status_code == 303
    assert REASON not in go_on(client, visit_id).text
    page = editor.get("/recalls").text
    assert REASON in page
    assert "It was right after all." in page
    assert editor.post("/recalls/1/lift", data=sent).status_code == 303
    assert recalls(session) == 2


def test_a_form_that_is_sent_twice_recalls_once(
    client: FlaskClient, editor: FlaskClient, session: Session
) -> None:
    hand_out(client)
    address = f"/recalls/values/{value_on(session)}"
    for _ in range(2):
        assert recall(editor, address, first_day="2026-11-01").status_code == 303
    assert recalls(session) == 1


@pytest.mark.parametrize(
    ("field", "fields", "said"),
    [
        ("reason", {"reason": "  "}, "Say what is wrong"),
        ("reason", {"reason": "x" * 301}, "Use at most 300 characters"),
        ("reason", {"reason": "wrong \u202e amount"}, "a sign that nobody can see"),
        ("reason", {"reason": "<script>alert(1)</script>"}, "markup"),
        ("first_day", {"first_day": "2026-02-30"}, "is not a day"),
        ("last_day", {"first_day": "2026-11-24"}, "The last day is before the first"),
        ("first_day", {"first_day": "2027-01-01", "last_day": "2027-02-01"}, "still to come"),
    ],
)
def test_a_faulty_recall_is_refused_at_its_field_and_loses_nothing(
    field: str,
    fields: dict[str, str],
    said: str,
    client: FlaskClient,
    editor: FlaskClient,
    session: Session,
) -> None:
    hand_out(client)
    sent = {"last_day": "2026-11-23"} | fields
    answer = recall(editor, f"/recalls/values/{value_on(session)}", **sent)
    assert answer.status_code == 422
    assert said in answer.text.split(f'id="{field}-error"')[1].split("</p>")[0]
    assert f'name="last_day" type="date" value="{sent["last_day"]}"' in answer.text
    assert recalls(session) == 0


def _list(app: Flask, cast: Cast, who: Person, address: str) -> str:
    return seated(app, cast, who).get(address).text


def test_a_return_code_is_seen_by_the_hub_alone(
    app: Flask, cast: Cast, client: FlaskClient, session: Session
) -> None:
    visit_id = hand_out(client)
    address = f"/recalls/values/{value_on(session)}"
    shown = f'href="/visits/{visit_id}"'
    assert shown in _list(app, cast, COORDINATOR, address)
    for_editor = _list(app, cast, EDITOR, address)
    assert shown not in for_editor
    assert "for the hub alone" in for_editor
    assert "1 sheet" in for_editor
    for who in (NEIGHBOURING_COORDINATOR, STRANGE_COORDINATOR):
        page = _list(app, cast, who, address)
        assert "0 sheets" in page
        assert shown not in page
    for who in (VOLUNTEER, CHECKER):
        assert seated(app, cast, who).get(address).status_code == 403


def test_the_file_holds_the_list_with_return_codes_for_the_hub_alone(
    app: Flask, cast: Cast, client: FlaskClient, session: Session
) -> None:
    hand_out(client)
    address = f"/recalls/values/{value_on(session)}.csv"
    answer = seated(app, cast, COORDINATOR).get(address + "?since=2026-11-23&until=2026-11-23")
    assert answer.mimetype == "text/csv"
    header, row = StringIO(answer.text).read().splitlines()
    assert header == "day,hub,language,answers,return_code"
    assert re.fullmatch(r"2026-11-23,Energiehub K-buurt,ar,heat-tariff,\w{3}-\w{3}-\w{3}", row), row
    for_editor = seated(app, cast, EDITOR).get(address).text.splitlines()
    assert for_editor[1] == "2026-11-23,Energiehub K-buurt,ar,heat-tariff,"
    empty = seated(app, cast, COORDINATOR).get(address + "?until=2026-11-22")
    assert empty.text.splitlines() == [header]
    damaged = seated(app, cast, COORDINATOR).get(address + "?until=2026-02-30")
    assert damaged.status_code == 422


def test_the_page_says_when_the_desk_still_prints_what_was_recalled(
    client: FlaskClient, editor: FlaskClient, session: Session
) -> None:
    hand_out(client, "en")
    address = f"/recalls/texts/{text_on(session, 'en')}"
    recall(editor, address)
    assert "The desk still prints this" in editor.get(address).text


def test_the_pages_of_a_value_and_of_a_version_lead_to_their_sheets(
    client: FlaskClient, editor: FlaskClient, session: Session
) -> None:
    hand_out(client, "en")
    value_id, text_id = value_on(session), text_on(session, "en")
    version = session.get_one(AnswerText, text_id).version
    page = editor.get(f"/answers/heat-tariff/en/versions/{version}").text
    assert f'href="/recalls/texts/{text_id}"' in page
    assert f'href="/recalls/values/{value_id}"' in editor.get("/facts/F-HEAT").text
    assert "/recalls/" not in client.get(f"/answers/heat-tariff/en/versions/{version}").text


@pytest.mark.parametrize("address", ["/recalls/texts/999999", "/recalls/values/999999"])
def test_what_is_not_there_has_no_sheets(address: str, editor: FlaskClient) -> None:
    assert editor.get(address).status_code == 404
    assert editor.get(address + ".csv").status_code == 404
    assert recall(editor, address).status_code == 404
    assert recall(editor, "/recalls/77/lift").status_code == 404
