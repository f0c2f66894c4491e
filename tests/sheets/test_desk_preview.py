"""A sheet is looked at before it is printed, and nothing is recorded by looking."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from hub.sheets.models import SheetRecord
from hub.sheets.render import render
from tests.sheets.printed import page_widths, text_of
from tests.support.cast import STRANGER, Cast
from tests.visits.desk import question, register, seated, token

URGENT = question(0, "ACH-03", "handed_over", answer="disconnection")
TYPED = {"questions-0-blank-supplier": "Zuidenergie"}


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    """A volunteer at the desk, in English."""
    return seated(app, cast)


def _preview(client: FlaskClient, visit_id: str, **fields: str) -> TestResponse:
    form = {"csrf_token": token(client), **TYPED, **fields}
    return client.post(f"/visits/{visit_id}/sheet-preview", data=form)


def test_the_preview_shows_what_was_typed_as_a_page_and_as_a_file(client: FlaskClient) -> None:
    visit_id = register(client, URGENT, language="tr", action="print")
    page = _preview(client, visit_id)
    assert page.mimetype == "text/html"
    assert "Zuidenergie" in page.text
    pdf = _preview(client, visit_id, **{"as": "pdf", "format": "receipt"})
    assert "Zuidenergie" in text_of(pdf.data)
    assert page_widths(pdf.data) == {227}


def test_a_preview_is_recorded_nowhere(client: FlaskClient, session: Session) -> None:
    visit_id = register(client, URGENT, language="tr", action="print")
    render.cache_clear()
    for kind in ("page", "pdf"):
        answer = _preview(client, visit_id, **{"as": kind})
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
    assert session.scalar(select(func.count()).select_from(SheetRecord)) == 0
    assert render.cache_info().currsize == 0


def test_a_preview_refuses_what_printing_would_refuse(client: FlaskClient) -> None:
    visit_id = register(client, URGENT, language="tr", action="print")
    wrong = {"questions-0-blank-disconnect_date": "morgen"}
    assert _preview(client, visit_id, **wrong).status_code == 422
    assert _preview(client, visit_id, format="papyrus").status_code == 422


def test_others_see_no_preview(app: Flask, cast: Cast, client: FlaskClient) -> None:
    visit_id = register(client, URGENT, language="tr", action="print")
    assert _preview(seated(app, cast, STRANGER), visit_id).status_code == 404
