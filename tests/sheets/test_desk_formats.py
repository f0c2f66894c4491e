"""The desk hands a sheet out in the format that was chosen, and the same again later."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hub.answers.models import AnswerText, AnswerTextEvent
from hub.facts.models import FactValue
from hub.sheets.models import SheetRecord
from hub.sheets.render import render
from tests.sheets.printed import page_widths, text_of
from tests.support.cast import Cast
from tests.support.clock import SettableClock
from tests.support.databases import both_databases
from tests.support.forms import fields_of
from tests.visits.desk import Fields, question, register, seated, token

URGENT = question(0, "ACH-03", "handed_over", answer="disconnection")
ABOUT_HEAT = question(0, "WNT-03", answer="heat-tariff")
DUTCH, TURKISH = "Wat u doet", "Ne yapmalısınız"
MACHINE_DRAFT = "Makine taslağı"
TYPED = {"questions-0-blank-supplier": "Zuidenergie"}
A4, A5, RECEIPT = 595, 420, 227


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    """A volunteer at the desk, in English."""
    return seated(app, cast)


def _visit(client: FlaskClient, asked: Fields = URGENT, language: str = "tr") -> str:
    return register(client, asked, language=language, action="print")


def _print(client: FlaskClient, visit_id: str, name: str, blanks: Fields | None = None) -> bytes:
    fields = {"csrf_token": token(client), "format": name, **(blanks or {})}
    answer = client.post(f"/visits/{visit_id}/sheet.pdf", data=fields)
    assert answer.status_code == 200, answer.text
    return answer.data


def _again(client: FlaskClient, visit_id: str, **query: int) -> bytes:
    answer = client.get(f"/visits/{visit_id}/sheet.pdf", query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.data


def _records(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(SheetRecord)) or 0


def _mark(session: Session, slug: str, kind: str) -> None:
    """Let a reader have checked, or an editor retired, the texts of an answer in every language."""
    for text in session.scalars(select(AnswerText).where(AnswerText.answer_slug == slug)):
        day = date(2026, 11, 23)
        session.add(AnswerTextEvent(text_id=text.id, kind=kind, by_role="checker", on=day))
    session.commit()


@both_databases
@pytest.mark.parametrize(
    ("name", "width"),
    [("a4", A4), ("a4-dutch", A4), ("a5", A5), ("large", A4), ("receipt", RECEIPT)],
)
def test_a_sheet_has_the_paper_that_was_chosen(name: str, width: int, client: FlaskClient) -> None:
    visit_id = _visit(client)
    assert page_widths(_print(client, visit_id, name)) == {width}
    assert page_widths(_again(client, visit_id)) == {width}


def test_a_format_that_is_not_there_is_refused_and_names_those_there_are(
    client: FlaskClient, session: Session
) -> None:
    fields = {"csrf_token": token(client), "format": "papyrus"}
    answer = client.post(f"/visits/{_visit(client)}/sheet.pdf", data=fields)
    assert answer.status_code == 422
    assert "papyrus" in answer.text
    assert "receipt" in answer.text
    assert _records(session) == 0


def test_an_unchecked_text_brings_the_dutch_along_in_every_format(client: FlaskClient) -> None:
    visit_id = _visit(client)
    for name in ("a4", "a4-own", "a5", "large", "receipt"):
        text = text_of(_print(client, visit_id, name))
        assert TURKISH in text, name
        assert DUTCH in text, name


def test_a_checked_text_is_printed_alone_where_that_was_chosen(
    client: FlaskClient, session: Session
) -> None:
    _mark(session, "disconnection", "checked")
    text = text_of(_print(client, _visit(client), "a4-own"))
    assert TURKISH in text
    assert DUTCH not in text


def test_the_dutch_alone_is_printed_where_that_was_chosen(client: FlaskClient) -> None:
    text = text_of(_print(client, _visit(client), "a4-dutch"))
    assert DUTCH in text
    assert TURKISH not in text


def test_the_page_offers_the_resident_s_language_alone_once_a_reader_has_checked_it(
    client: FlaskClient, session: Session
) -> None:
    page = f"/visits/{_visit(client)}"
    before = client.get(page).text
    assert 'value="a4-own"' not in before
    assert "brings the Dutch along" in before
    _mark(session, "disconnection", "checked")
    after = client.get(page).text
    assert 'value="a4-own"' in after
    assert "brings the Dutch along" not in after


def test_a_visit_in_dutch_has_nothing_to_choose_about_languages(client: FlaskClient) -> None:
    visit_id = _visit(client, language="nl")
    page = client.get(f"/visits/{visit_id}").text
    assert fields_of(page, f"/visits/{visit_id}/sheet.pdf")["format"] == "a4"
    assert 'value="a4-dutch"' not in page
    assert "brings the Dutch along" not in page


def test_the_page_lists_what_was_handed_out_and_prints_each_again(client: FlaskClient) -> None:
    visit_id = _visit(client)
    for name in ("a4", "receipt"):
        _print(client, visit_id, name)
    page = client.get(f"/visits/{visit_id}").text
    assert page.count("Print again:") == 2
    assert page_widths(_again(client, visit_id, copy=1)) == {A4}
    assert page_widths(_again(client, visit_id, copy=2)) == {RECEIPT}


@pytest.mark.parametrize("copy", [0, 2, -1, 10**30])
def test_a_copy_that_was_not_handed_out_is_not_there(copy: int, client: FlaskClient) -> None:
    visit_id = _visit(client)
    _print(client, visit_id, "a4")
    answer = client.get(f"/visits/{visit_id}/sheet.pdf", query_string={"copy": copy})
    assert answer.status_code == 404


def test_the_same_sheet_printed_twice_on_a_day_is_one_record(
    client: FlaskClient, session: Session
) -> None:
    visit_id = _visit(client)
    for blanks in ({}, TYPED, {}):
        _print(client, visit_id, "a4", blanks)
    assert _records(session) == 1
    _print(client, visit_id, "a5")
    assert _records(session) == 2


@both_databases
def test_a_reprint_keeps_the_figures_of_its_day_when_one_is_corrected(
    client: FlaskClient, session: Session, clock: SettableClock
) -> None:
    visit_id = _visit(client, ABOUT_HEAT)
    first = _print(client, visit_id, "a4")
    printed = text_of(first)
    for value in session.scalars(select(FactValue).where(FactValue.code == "F-HEAT")).all():
        kept = {c.key: getattr(value, c.key) for c in FactValue.__table__.columns}
        value.replaced_at = clock()
        newer = {"value": "77.77", "version": value.version + 1, "replaces_id": value.id}
        session.add(FactValue(**{**kept, **newer, "id": None, "replaced_at": None}))
    session.commit()
    assert _again(client, visit_id) == first
    assert "77,77" not in printed
    assert "77,77" in text_of(_print(client, visit_id, "a4"))


def test_a_reprint_keeps_the_mark_under_which_its_text_was_handed_out(
    client: FlaskClient, session: Session
) -> None:
    visit_id = _visit(client)
    first = _print(client, visit_id, "a4")
    assert MACHINE_DRAFT in text_of(first)
    _mark(session, "disconnection", "checked")
    assert _again(client, visit_id) == first
    assert MACHINE_DRAFT not in text_of(_print(client, visit_id, "a4"))


def test_a_reprint_long_after_bears_the_day_and_the_figures_of_then(
    app: Flask, cast: Cast, client: FlaskClient, clock: SettableClock
) -> None:
    visit_id = _visit(client, ABOUT_HEAT)
    first = _print(client, visit_id, "a4")
    clock.advance(days=500)
    assert _again(seated(app, cast), visit_id) == first


def test_a_reprint_keeps_its_answer_when_the_visit_is_corrected(client: FlaskClient) -> None:
    visit_id = _visit(client)
    first = _print(client, visit_id, "a4")
    address = f"/visits/{visit_id}/correct"
    form = fields_of(client.get(address).text, address)
    other = {"questions-0-topic": "WNT-03", "questions-0-answer": "heat-tariff"}
    answer = client.post(address, data={**form, **other})
    assert answer.status_code == 303, answer.text
    assert _again(client, visit_id) == first


def test_a_text_taken_out_of_use_is_not_printed_again(
    client: FlaskClient, session: Session
) -> None:
    visit_id = _visit(client)
    _print(client, visit_id, "a4")
    _mark(session, "disconnection", "retired")
    answer = client.get(f"/visits/{visit_id}/sheet.pdf")
    assert answer.status_code == 422
    assert "taken out of use" in answer.text


def test_what_was_typed_stays_in_no_memory_of_finished_files(client: FlaskClient) -> None:
    visit_id = _visit(client)
    render.cache_clear()
    _print(client, visit_id, "a4", TYPED)
    assert render.cache_info().currsize == 0
    _again(client, visit_id)
    assert render.cache_info().currsize == 1
    _again(client, visit_id)
    assert render.cache_info().hits == 1


def test_the_memory_of_finished_files_is_bounded() -> None:
    assert render.cache_info().maxsize == 32


def test_a_day_to_come_back_stays_on_the_sheet_that_named_it(client: FlaskClient) -> None:
    back = date(2026, 11, 23) + timedelta(days=15)
    asked = question(0, "SUB-01", "call_back", call_back_on=back.isoformat(), answer="energy-fund")
    visit_id = _visit(client, asked)
    _print(client, visit_id, "a4")
    assert "8 december 2026" in text_of(_again(client, visit_id))
