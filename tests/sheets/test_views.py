"""The sheet of a visit: printed once with what was typed, printed again with lines to write on."""

import re
import subprocess
from io import BytesIO

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from hub.answers.models import AnswerText
from hub.sheets import web_code
from hub.sheets.models import SheetFact, SheetRecord, SheetText
from tests.support.cast import COLLEAGUE, COORDINATOR, NEIGHBOUR, STRANGER, Cast, Person
from tests.support.clock import SettableClock
from tests.support.databases import both_databases
from tests.support.machine import program
from tests.visits.desk import Fields, question, register, seated, token

TYPED = {
    "questions-0-blank-supplier": "Zuidenergie",
    "questions-0-blank-disconnect_date": "3-12-2026",
}
URGENT = question(0, "ACH-03", "handed_over", answer="disconnection")


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    """A volunteer at the desk, in English."""
    return seated(app, cast)


def _print(client: FlaskClient, visit_id: str, blanks: Fields | None = None) -> TestResponse:
    fields = {"csrf_token": token(client), **(blanks or {})}
    return client.post(f"/visits/{visit_id}/sheet.pdf", data=fields)


def _again(client: FlaskClient, visit_id: str) -> TestResponse:
    return client.get(f"/visits/{visit_id}/sheet.pdf")


def _text(answer: TestResponse) -> str:
    """Give the words of a printed sheet in one line."""
    assert answer.status_code == 200, answer.status_code
    assert answer.mimetype == "application/pdf"
    read = subprocess.run(
        [program("pdftotext"), "-layout", "-", "-"],
        input=answer.data,
        capture_output=True,
        check=True,
    )
    return re.sub(r"[\s\u00a0]+", " ", read.stdout.decode())


def _pages(answer: TestResponse) -> int:
    with pikepdf.open(BytesIO(answer.data)) as sheet:
        return len(sheet.pages)


@both_databases
def test_the_first_print_carries_what_was_typed(client: FlaskClient) -> None:
    visit_id = register(client, URGENT, action="print")
    text = _text(_print(client, visit_id, TYPED))
    assert "Zuidenergie" in text
    assert "3 december 2026" in text


@pytest.mark.parametrize("sign", [None, "0", "1", "w", "m", "j", "z"])
def test_a_reprint_carries_lines_in_the_place_of_what_was_typed(
    sign: str | None, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sign is not None:
        code = web_code.new_code(lambda _: sign)
        monkeypatch.setattr(web_code, "new_code", lambda: code)
    visit_id = register(client, URGENT, action="print")
    first = _print(client, visit_id, TYPED)
    again = _text(_again(client, visit_id))
    assert "Zuidenergie" not in again
    assert "3 december" not in again
    for word in re.findall(r"\w+", _text(first)):
        if word not in {"Zuidenergie", "3", "december", "2026"}:
            assert word in again, word


def test_a_reprint_draws_a_line_for_every_blank_that_was_typed(client: FlaskClient) -> None:
    visit_id = register(client, URGENT, action="print")
    assert _lines(_again(client, visit_id)) > _lines(_print(client, visit_id, TYPED))


def _lines(answer: TestResponse) -> int:
    """Count the lines drawn on the first page."""
    with pikepdf.open(BytesIO(answer.data)) as sheet:
        drawn = pikepdf.parse_content_stream(sheet.pages[0])
        return sum(1 for instruction in drawn if str(instruction.operator) in {"l", "re"})


def test_a_reprint_is_the_same_every_time(client: FlaskClient, clock: SettableClock) -> None:
    visit_id = register(client, URGENT, action="print")
    _print(client, visit_id, TYPED)
    first = _again(client, visit_id).data
    clock.advance(minutes=10)
    assert _again(client, visit_id).data == first


def test_a_reprint_gives_the_text_that_was_handed_out_though_a_newer_one_has_come(
    client: FlaskClient, session: Session
) -> None:
    visit_id = register(client, URGENT, action="print")
    first = _again(client, visit_id).data
    old = session.scalars(
        select(AnswerText)
        .where(AnswerText.answer_slug == "disconnection", AnswerText.language == "nl")
        .order_by(AnswerText.version.desc())
    ).first()
    assert old is not None
    kept = {
        column.key: getattr(old, column.key)
        for column in AnswerText.__table__.columns
        if column.key not in {"id", "version", "body"}
    }
    body = {**old.body, "title": "Heel andere titel"}
    session.add(AnswerText(version=old.version + 1, body=body, **kept))
    session.commit()
    assert _again(client, visit_id).data == first
    newer = register(client, URGENT, action="print")
    assert "Heel andere titel" in _text(_again(client, newer))


@both_databases
def test_the_sheet_is_recorded_with_its_texts_and_facts(
    client: FlaskClient, session: Session
) -> None:
    about_heat = question(0, "WNT-03", answer="heat-tariff")
    visit_id = register(client, about_heat, language="tr", action="print")
    assert _print(client, visit_id).status_code == 200
    record = session.scalars(select(SheetRecord)).one()
    assert (record.language, record.beside, record.paper) == ("tr", "nl", "a4")
    text = session.scalars(select(SheetText)).one()
    languages = [
        session.get_one(AnswerText, at).language
        for at in (text.answer_text_id, text.dutch_text_id)
        if at is not None
    ]
    assert languages == ["tr", "nl"]
    assert session.scalar(select(func.count()).select_from(SheetFact)) == 2


def test_a_reprint_adds_no_record(client: FlaskClient, session: Session) -> None:
    visit_id = register(client, URGENT, action="print")
    _print(client, visit_id, TYPED)
    for _ in range(3):
        _again(client, visit_id)
    assert session.scalar(select(func.count()).select_from(SheetRecord)) == 1


def test_the_code_of_the_web_twin_tells_nothing_of_visit_or_return_code(
    client: FlaskClient, session: Session
) -> None:
    visit_id = register(client, URGENT, action="print")
    _print(client, visit_id)
    code = session.scalars(select(SheetRecord.code)).one()
    assert len(code) >= 22
    assert visit_id.replace("-", "") not in code


@pytest.mark.parametrize("language", ["nl", "en", "ar", "tr", "ti", "und"])
def test_a_sheet_is_one_page_in_every_language(language: str, client: FlaskClient) -> None:
    visit_id = register(client, URGENT, language=language, action="print")
    assert _pages(_print(client, visit_id, TYPED)) == 1


def test_three_answers_stand_on_one_sheet(client: FlaskClient) -> None:
    asked = (
        question(0, "REK-03", answer="instalment"),
        question(1, "WNT-06", answer="heat-outage"),
        question(2, "SUB-01", answer="energy-fund"),
    )
    visit_id = register(client, *asked, action="print")
    text = _text(_print(client, visit_id, {"questions-0-blank-instalment": "95"}))
    assert "€ 95" in text
    assert len(re.findall(r"T\d\d\.\d", text)) == 3


def test_the_sheet_carries_the_return_code_and_the_hub(client: FlaskClient) -> None:
    visit_id = register(client, URGENT, action="print")
    page = client.get(f"/visits/{visit_id}").text
    code = re.search(r'id="return-code">([^<]+)<', page)
    text = _text(_print(client, visit_id))
    assert code
    assert code[1] in text.replace(" ", "")
    assert "020 555 0101" in text
    assert "Energiehub K-buurt" in text


def test_a_day_to_come_back_stands_on_the_sheet(client: FlaskClient) -> None:
    asked = question(0, "SUB-01", "call_back", call_back_on="2026-12-08", answer="energy-fund")
    text = _text(_print(client, register(client, asked, action="print")))
    assert "8 december 2026" in text


def test_a_visit_without_an_answer_has_no_sheet(client: FlaskClient) -> None:
    visit_id = register(client, question(0, "BRF-02"), action="finish")
    assert _again(client, visit_id).status_code == 404
    assert _print(client, visit_id).status_code == 404


@pytest.mark.parametrize("who", [NEIGHBOUR, STRANGER], ids=lambda who: who.scope)
def test_others_print_nothing_of_it(
    who: Person, app: Flask, cast: Cast, client: FlaskClient, session: Session
) -> None:
    visit_id = register(client, URGENT, action="print")
    other = seated(app, cast, who)
    assert _again(other, visit_id).status_code == 404
    assert _print(other, visit_id, TYPED).status_code == 404
    assert session.scalar(select(func.count()).select_from(SheetRecord)) == 0


@pytest.mark.parametrize("who", [COLLEAGUE, COORDINATOR], ids=lambda who: who.role)
def test_colleagues_of_the_hub_print_it_again(
    who: Person, app: Flask, cast: Cast, client: FlaskClient
) -> None:
    visit_id = register(client, URGENT, action="print")
    assert _again(seated(app, cast, who), visit_id).status_code == 200


def test_nobody_prints_without_a_sign_in(app: Flask, client: FlaskClient) -> None:
    visit_id = register(client, URGENT, action="print")
    answer = app.test_client().get(f"/visits/{visit_id}/sheet.pdf")
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")


@both_databases
def test_an_expired_stop_fact_refuses_the_sheet_and_names_the_fact(
    app: Flask, cast: Cast, clock: SettableClock, session: Session
) -> None:
    clock.set("2027-01-04T10:00:00+01:00")
    january = seated(app, cast)
    visit_id = register(january, question(0, "WNT-03", answer="heat-tariff"), action="print")
    for answer in (_print(january, visit_id), _again(january, visit_id)):
        assert answer.status_code == 422
        assert "F-HEAT." in answer.text
        assert "facts register" in answer.text
    assert session.scalar(select(func.count()).select_from(SheetRecord)) == 0


def test_the_desk_says_beforehand_that_an_answer_cannot_be_printed(
    app: Flask, cast: Cast, clock: SettableClock
) -> None:
    clock.set("2027-01-04T10:00:00+01:00")
    client = seated(app, cast)
    asked = {"csrf_token": token(client), "topic": "WNT-03", "language": "nl"}
    panel = client.post("/desk/answer", data=asked)
    assert "cannot be printed: the fact F-HEAT." in panel.text


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("disconnect_date", "30-02-2027", "is not a day"),
        ("supplier", "x" * 61, "longer than 60 signs"),
        ("supplier", "<b>Zon</b>", "signs that cannot be printed"),
        ("supplier", "Zon \u202e", "signs that cannot be printed"),
        ("supplier", "Zon \U0001f600", "\U0001f600"),
    ],
)
def test_a_blank_that_cannot_be_printed_is_refused_and_nothing_is_recorded(
    name: str, typed: str, words: str, client: FlaskClient, session: Session
) -> None:
    visit_id = register(client, URGENT, action="print")
    answer = _print(client, visit_id, {f"questions-0-blank-{name}": typed})
    assert answer.status_code == 422
    assert words in answer.text
    assert session.scalar(select(func.count()).select_from(SheetRecord)) == 0


def test_an_amount_that_can_be_read_in_two_ways_is_refused_with_both(client: FlaskClient) -> None:
    asked = question(0, "REK-03", answer="instalment")
    visit_id = register(client, asked, action="print")
    answer = _print(client, visit_id, {"questions-0-blank-instalment": "1.882"})
    assert answer.status_code == 422
    assert "1882" in answer.text
    assert "1,8820" in answer.text


def test_what_was_typed_at_the_desk_is_offered_for_the_first_print(client: FlaskClient) -> None:
    visit_id = register(client, URGENT, TYPED, action="print")
    assert 'value="Zuidenergie"' in client.get(f"/visits/{visit_id}").text


def test_after_the_first_print_it_is_offered_no_more(client: FlaskClient) -> None:
    visit_id = register(client, URGENT, TYPED, action="print")
    _print(client, visit_id, TYPED)
    assert "Zuidenergie" not in client.get(f"/visits/{visit_id}").text


def test_it_is_offered_for_that_visit_only(client: FlaskClient) -> None:
    register(client, URGENT, TYPED, action="print")
    other = register(client, URGENT)
    assert "Zuidenergie" not in client.get(f"/visits/{other}").text
