"""Many sheets at once: those of a day as they were, one answer in all its languages."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.answers.models import AnswerText, AnswerTextEvent
from hub.sheets.models import SheetRecord
from tests.sheets.printed import text_of
from tests.support.cast import (
    ANALYST,
    COORDINATOR,
    EDITOR,
    NEIGHBOUR,
    VOLUNTEER,
    Cast,
    Person,
)
from tests.support.clock import SettableClock
from tests.support.databases import both_databases
from tests.visits.desk import question, register, seated, token

URGENT = question(0, "ACH-03", "handed_over", answer="disconnection")
TYPED = {"questions-0-blank-supplier": "Zuidenergie"}
TODAY = "2026-11-23"


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    """A volunteer at the desk, in English."""
    return seated(app, cast)


def _hand_out(client: FlaskClient, language: str, name: str = "a4", **more: str) -> str:
    asked = question(0, "ACH-03", "handed_over", answer="disconnection")
    visit_id = register(client, asked, language=language, action="print", **more)
    fields = {"csrf_token": token(client), "format": name, **TYPED}
    assert client.post(f"/visits/{visit_id}/sheet.pdf", data=fields).status_code == 200
    return visit_id


def _fetch(client: FlaskClient, address: str) -> dict[str, bytes]:
    """Give the files of a ZIP by name."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "application/zip"
    with ZipFile(BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@both_databases
def test_the_sheets_of_a_day_come_as_they_were_handed_out(client: FlaskClient) -> None:
    first, second = _hand_out(client, "tr"), _hand_out(client, "ar", "receipt")
    files = _fetch(client, f"/sheets/day.zip?day={TODAY}")
    assert list(files) == [f"{TODAY}-001-tr-a4.pdf", f"{TODAY}-002-ar-receipt.pdf"]
    reprints = [client.get(f"/visits/{visit}/sheet.pdf").data for visit in (first, second)]
    assert list(files.values()) == reprints


def test_no_file_holds_what_was_typed_and_no_name_tells_of_a_visit(
    client: FlaskClient, session: Session
) -> None:
    visit_id = _hand_out(client, "tr")
    files = _fetch(client, f"/sheets/day.zip?day={TODAY}")
    assert all("Zuidenergie" not in text_of(pdf) for pdf in files.values())
    page = client.get(f"/visits/{visit_id}").text
    code = re.search(r'id="return-code">([^<]+)<', page)
    assert code
    for name in files:
        assert re.fullmatch(r"[\d-]+-\d{3}-[a-zA-Z-]+-(a4|a5|large|receipt)\.pdf", name)
        assert code[1] not in name
        assert visit_id not in name


def test_a_day_has_only_the_sheets_of_that_day_and_that_hub(
    app: Flask, cast: Cast, client: FlaskClient, clock: SettableClock
) -> None:
    _hand_out(client, "tr")
    neighbour = seated(app, cast, NEIGHBOUR)
    assert neighbour.get(f"/sheets/day.zip?day={TODAY}").status_code == 404
    clock.advance(days=1)
    later = seated(app, cast)
    assert later.get("/sheets/day.zip").status_code == 404
    assert len(_fetch(later, f"/sheets/day.zip?day={TODAY}")) == 1
    assert "1 sheet." in later.get(f"/sheets?day={TODAY}").text


def test_a_sheet_that_must_not_be_printed_again_is_left_out_and_said_why(
    client: FlaskClient, session: Session
) -> None:
    _hand_out(client, "tr")
    visit_id = register(client, question(0, "SUB-01", answer="energy-fund"), action="print")
    assert client.get(f"/visits/{visit_id}/sheet.pdf").status_code == 200
    for text in session.scalars(
        select(AnswerText).where(AnswerText.answer_slug == "disconnection")
    ):
        retired = {"kind": "retired", "by_role": "editor", "on": date(2026, 11, 23)}
        session.add(AnswerTextEvent(text_id=text.id, **retired))
    session.commit()
    files = _fetch(client, f"/sheets/day.zip?day={TODAY}")
    assert list(files) == [f"{TODAY}-002-nl-a4.pdf", "left-out.txt"]
    told = files["left-out.txt"].decode()
    assert f"{TODAY}-001-tr-a4.pdf" in told
    assert "taken out of use" in told


@pytest.mark.parametrize("who", [EDITOR, COORDINATOR], ids=lambda who: who.role)
def test_one_answer_comes_in_every_language_it_has(
    who: Person, app: Flask, cast: Cast, session: Session
) -> None:
    fetcher = seated(app, cast, who)
    files = _fetch(fetcher, "/sheets/answers/disconnection.zip")
    languages = session.scalars(
        select(AnswerText.language).where(AnswerText.answer_slug == "disconnection").distinct()
    ).all()
    assert set(files) == {f"disconnection-{language}.pdf" for language in languages}
    assert "Ne yapmalısınız" in text_of(files["disconnection-tr.pdf"])
    assert session.scalars(select(SheetRecord)).all() == []


def test_an_answer_that_is_not_there_has_no_batch(app: Flask, cast: Cast) -> None:
    assert seated(app, cast, EDITOR).get("/sheets/answers/nothing.zip").status_code == 404


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        (VOLUNTEER, "/sheets/answers/disconnection.zip", 403),
        (EDITOR, "/sheets/day.zip", 403),
        (ANALYST, "/sheets", 403),
        (VOLUNTEER, "/sheets", 200),
        (EDITOR, "/sheets", 200),
    ],
)
def test_each_role_fetches_what_is_its_own(
    who: Person, address: str, status: int, app: Flask, cast: Cast
) -> None:
    assert seated(app, cast, who).get(address).status_code == status


def test_a_batch_is_sent_piece_by_piece(client: FlaskClient) -> None:
    for language in ("tr", "ar", "nl"):
        _hand_out(client, language)
    answer = client.get(f"/sheets/day.zip?day={TODAY}", buffered=False)
    pieces = [piece for piece in answer.response if piece]
    assert "Content-Length" not in answer.headers
    assert len(pieces) == 4  # one for each sheet, and the table of contents
