"""The sheet as a web page: the words of the paper, for whoever holds its code, until its day."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from hub import migrating
from hub.answers.models import AnswerText, AnswerTextEvent
from hub.db import db
from hub.places import lookup
from hub.sheets import handing_out, records, web_code
from hub.sheets.models import SheetRecord
from hub.visits.models import Visit
from hub.visits.return_code import show
from tests.sheets.reading import composed_words, words_of
from tests.support.cast import Cast
from tests.support.clock import SettableClock
from tests.support.databases import both_databases
from tests.visits.desk import HUB, question, register, seated, token

URGENT = question(0, "ACH-03", "handed_over", answer="disconnection")
TYPED = {
    "questions-0-blank-supplier": "Zuidenergie",
    "questions-0-blank-disconnect_date": "3-12-2026",
}


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    """A volunteer at the desk, in English."""
    return seated(app, cast)


@pytest.fixture
def resident(app: Flask) -> FlaskClient:
    """A resident's telephone, which has never signed in."""
    return app.test_client()


def _hand_out(client: FlaskClient, session: Session, language: str = "ar", **more: str) -> str:
    """Hand a sheet out; give its code."""
    visit_id = register(client, URGENT, language=language, action="print")
    fields = {"csrf_token": token(client), **more}
    assert client.post(f"/visits/{visit_id}/sheet.pdf", data=fields).status_code == 200
    session.rollback()
    return session.scalars(select(SheetRecord.code).order_by(SheetRecord.id.desc())).first() or ""


class _Page(HTMLParser):
    """The text of a page with the language and direction that count for each piece of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[tuple[str, str, str]] = []
        self.addresses: list[str] = []
        self._open: list[tuple[str, str, str]] = [("", "", "")]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.addresses += [v for k, v in given.items() if k in {"href", "src", "action"} and v]
        _tag, language, way = self._open[-1]
        if tag not in {"meta", "link", "use", "br"}:
            self._open.append((tag, given.get("lang") or language, given.get("dir") or way))

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"meta", "link", "br"} and tag != "use":
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.said.append((*self._open[-1][1:], data.strip()))


def test_anyone_with_the_code_reads_the_sheet(
    client: FlaskClient, resident: FlaskClient, session: Session
) -> None:
    answer = resident.get(f"/s/{_hand_out(client, session)}")
    assert answer.status_code == 200
    assert "Wat u doet" in answer.text
    assert "ماذا تفعل" in answer.text


@pytest.mark.parametrize("language", ["nl", "en", "ar", "fa", "ti", "zh-Hans"])
def test_paper_and_page_say_the_same(
    language: str, app: Flask, client: FlaskClient, resident: FlaskClient, session: Session
) -> None:
    code = _hand_out(client, session, language, format="large")
    with app.app_context():
        record = records.by_code(db.session(), code)
        assert record is not None
        handed = handing_out.hand_out_again(db.session(), record)
        paper = handing_out.on_paper(handed, lookup.hub_by_slug(db.session(), HUB), "", None)
    numbers = Counter(
        block_side.lead
        for part in paper.parts
        for block in part.blocks
        for block_side in block.sides
        if block_side and block.role == "step"
    )
    page = resident.get(f"/s/{code}").text
    sections = re.findall(r"<section.*?</section>", page, re.DOTALL)
    sections = [re.sub(r'<p class="aloud".*?</p>', "", section) for section in sections]
    said = words_of(" ".join(words for _l, _d, words in _Page("".join(sections)).said))
    assert Counter(said) + numbers == composed_words(paper)


def test_each_language_has_its_own_direction_and_the_resident_s_comes_first(
    client: FlaskClient, resident: FlaskClient, session: Session
) -> None:
    page = resident.get(f"/s/{_hand_out(client, session, 'ar')}").text
    assert re.search(r'<html lang="ar" dir="rtl">', page)
    assert re.findall(r'<section [^>]*lang="(\w+)" dir="(\w+)"', page) == [
        ("ar", "rtl"),
        ("nl", "ltr"),
    ]
    for language, way, words in _Page(page).said:
        if re.search("[\u0621-\u064a]", words) and language != "ar":
            pytest.fail(f"Arabic words said to be {language}: {words}")
        assert way == ("rtl" if language in {"ar", "fa"} else "ltr")


@both_databases
def test_the_page_knows_nothing_of_the_visit(
    client: FlaskClient, resident: FlaskClient, session: Session
) -> None:
    visit_id = register(client, URGENT, language="ar", action="print")
    fields = {"csrf_token": token(client), **TYPED}
    assert client.post(f"/visits/{visit_id}/sheet.pdf", data=fields).status_code == 200
    code, returning = session.execute(
        select(SheetRecord.code, Visit.return_code).join(Visit, Visit.id == SheetRecord.visit_id)
    ).one()
    answer = resident.get(f"/s/{code}")
    assert answer.status_code == 200
    for secret in (visit_id, visit_id.replace("-", ""), returning, show(returning), "Zuidenergie"):
        assert secret not in answer.text
    assert "Vera" not in answer.text
    assert 'class="writing-line"' in answer.text


def test_the_page_leads_nowhere_into_the_desk(
    client: FlaskClient, resident: FlaskClient, session: Session
) -> None:
    page = _Page(resident.get(f"/s/{_hand_out(client, session)}").text)
    places = {urlsplit(address).path for address in page.addresses}
    assert all(place == "" or place.startswith("/static/") for place in places), places


@pytest.mark.parametrize("found", [True, False])
def test_no_search_engine_keeps_it_and_no_cache_on_the_way(
    found: bool, client: FlaskClient, resident: FlaskClient, session: Session
) -> None:
    code = _hand_out(client, session)
    answer = resident.get(f"/s/{code if found else 'x' * 22}")
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert re.search(r'<meta name="robots" content="[^"]*noindex', answer.text)
    assert "private" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers


@both_databases
@pytest.mark.parametrize("code", ["x" * 22, "x", "x" * 3000, "%00", "%ED%A0%80", "é", "..", "' --"])
def test_a_code_that_no_sheet_has_is_not_there(code: str, resident: FlaskClient) -> None:
    answer = resident.get(f"/s/{code}")
    assert answer.status_code == 404


def test_a_stranger_is_told_in_the_language_of_the_browser_and_in_dutch(
    resident: FlaskClient,
) -> None:
    answer = resident.get(f"/s/{'x' * 22}", headers={"Accept-Language": "tr-TR,tr;q=0.9"})
    assert '<html lang="tr" dir="ltr">' in answer.text
    assert "Bu adreste" in answer.text
    assert "Op dit adres" in answer.text


def test_every_code_is_looked_up_in_the_same_way_whatever_it_looks_like(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    right = _hand_out(client, session)
    with app.app_context():
        asked = [_lookups(code) for code in (right, right[:-1] + "_", "x", "é" * 40, "")]
    assert all(len(statements) == 1 for statements, _digest in asked)
    assert len({statements[0] for statements, _digest in asked}) == 1
    assert all(len(digest) == 64 for _statements, digest in asked)


def _lookups(code: str) -> tuple[list[str], str]:
    """Give the statements by which a code is looked up, and what stands in for the code there."""
    seen: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        seen.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    records.by_code(db.session(), code)
    event.remove(db.engine, "before_cursor_execute", note)
    finding = [(text, values) for text, values in seen if "code_digest =" in text]
    return [text for text, _values in finding], str(finding[0][1][0])


def _misread(code: str) -> str:
    """Write a code as somebody does who takes a one for an l and a nought for an o."""
    return code.replace("1", "l").replace("0", "O")


@both_databases
def test_the_page_ends_with_the_last_day_of_the_sheet(
    client: FlaskClient, resident: FlaskClient, session: Session, clock: SettableClock
) -> None:
    code = _hand_out(client, session)
    last = session.scalars(select(SheetRecord.valid_until)).one()
    assert last is not None
    clock.set(f"{last.isoformat()}T23:59:00+01:00")
    assert resident.get(f"/s/{code}").status_code == 200
    clock.advance(minutes=2)
    answer = resident.get(f"/s/{code}")
    assert answer.status_code == 410
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert "Geldig tot" in answer.text
    assert "020 555 0101" in answer.text
    assert "Wat u doet" not in answer.text


def test_the_page_ends_when_a_text_on_it_is_taken_out_of_use(
    client: FlaskClient, resident: FlaskClient, session: Session
) -> None:
    code = _hand_out(client, session)
    for text in session.scalars(
        select(AnswerText).where(AnswerText.answer_slug == "disconnection")
    ):
        retired = {"kind": "retired", "by_role": "editor", "on": date(2026, 11, 23)}
        session.add(AnswerTextEvent(text_id=text.id, **retired))
    session.commit()
    answer = resident.get(f"/s/{code}")
    assert answer.status_code == 410
    assert "Vraag de balie om een nieuw blad" in answer.text


def test_the_page_is_gone_with_its_visit(
    client: FlaskClient, resident: FlaskClient, session: Session
) -> None:
    code = _hand_out(client, session)
    visit_id = session.scalars(select(SheetRecord.visit_id)).one()
    client.post(f"/visits/{visit_id}/undo", data={"csrf_token": token(client)})
    assert resident.get(f"/s/{code}").status_code == 404


def test_the_paper_leads_to_the_page(app: Flask, client: FlaskClient, session: Session) -> None:
    app.config["BASE_URL"] = "https://balie.example.org"
    code = _hand_out(client, session)
    visit_id = session.scalars(select(SheetRecord.visit_id)).one()
    with pikepdf.open(BytesIO(client.get(f"/visits/{visit_id}/sheet.pdf").data)) as sheet:
        told = [
            str(thing.get("/Alt"))
            for thing in sheet.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        ]
    assert any(f"https://balie.example.org/s/{code}" in words for words in told), told


def test_two_sheets_of_a_visit_have_codes_of_their_own(
    client: FlaskClient, session: Session
) -> None:
    visit_id = register(client, URGENT, language="ar", action="print")
    for name in ("a4", "a5", "receipt"):
        fields = {"csrf_token": token(client), "format": name}
        client.post(f"/visits/{visit_id}/sheet.pdf", data=fields)
    codes = session.scalars(select(SheetRecord.code)).all()
    assert len(set(codes)) == 3
    assert all(sum(sign in web_code.ALPHABET for sign in code) == web_code.LENGTH for code in codes)


@pytest.mark.parametrize("typed", [str.upper, lambda code: code.replace("-", ""), _misread])
def test_the_page_opens_however_its_address_is_typed(
    typed: Callable[[str], str], client: FlaskClient, resident: FlaskClient, session: Session
) -> None:
    assert resident.get(f"/s/{typed(_hand_out(client, session))}").status_code == 200


@pytest.mark.parametrize("old", ["Ab3-_xY7QwErTyUiOp0l1I", "o" * 22])
def test_a_code_from_before_opens_as_it_was_written_and_in_no_other_way(
    old: str, client: FlaskClient, resident: FlaskClient, session: Session
) -> None:
    _hand_out(client, session)
    record = session.scalars(select(SheetRecord)).one()
    record.code = old
    record.code_digest = hashlib.sha256(old.encode()).hexdigest()
    session.commit()
    assert resident.get(f"/s/{old}").status_code == 200
    assert resident.get(f"/s/{old.swapcase()}").status_code == 404


@both_databases
def test_a_sheet_handed_out_by_the_version_before_has_its_page_after_the_upgrade(
    app: Flask, client: FlaskClient, resident: FlaskClient, session: Session
) -> None:
    code = _hand_out(client, session)
    before = resident.get(f"/s/{code}").text
    session.close()
    with app.app_context():
        db.session.remove()
        migrating.downgrade(db.engine, "0004")
        migrating.upgrade(db.engine)
    assert resident.get(f"/s/{code}").text == before
