"""The sheet on real pages: its format, its preview, its web page, read aloud."""

from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.sheets.models import SheetRecord
from tests.support.browser import Surfer, axe_findings, sign_in_on
from tests.support.cast import COORDINATOR, VOLUNTEER, Cast
from tests.visits.desk import question, register, seated, token

pytestmark = pytest.mark.browser

WIDTHS = (1280, 768, 360)
# A device with an Arabic voice of its own and a Dutch one of a distant service.
VOICES = """
window.said = [];
speechSynthesis.getVoices = () => [
  { lang: "ar-SA", localService: true }, { lang: "nl-NL", localService: false }];
window.SpeechSynthesisUtterance = class extends EventTarget {
  constructor(text) { super(); this.text = text; }
};
speechSynthesis.speak = (one) => { said.push([one.lang, one.text]); window.last = one; };
speechSynthesis.cancel = () => {};
"""


@pytest.fixture
def visit_id(app: Flask, cast: Cast) -> str:
    """A visit in Arabic with a sheet that was handed out."""
    client: FlaskClient = seated(app, cast)
    asked = question(0, "ACH-03", "handed_over", answer="disconnection")
    visit_id = register(client, asked, language="ar", action="print")
    fields = {"csrf_token": token(client)}
    assert client.post(f"/visits/{visit_id}/sheet.pdf", data=fields).status_code == 200
    return visit_id


@pytest.fixture
def twin(visit_id: str, session: Session) -> str:
    """The address of its web page."""
    return f"/s/{session.scalars(select(SheetRecord.code)).one()}"


def _overflow(page: Page) -> int:
    wide: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide


@pytest.mark.parametrize("width", WIDTHS)
def test_the_web_page_of_a_sheet_is_accessible_at(width: int, surfer: Surfer, twin: str) -> None:
    page = surfer.page(width)
    page.goto(twin)
    assert axe_findings(page) == []
    assert _overflow(page) == 0
    page.goto("/s/nothing")
    assert axe_findings(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_visit_and_the_batches_are_accessible_at(
    width: int, surfer: Surfer, visit_id: str
) -> None:
    page = surfer.page(width)
    sign_in_on(page, VOLUNTEER)
    page.goto(f"/visits/{visit_id}")
    expect(page.locator("#handed-out li")).to_have_count(1)
    assert axe_findings(page) == []
    assert _overflow(page) == 0
    page.goto("/sheets")
    expect(page.locator("a[download]")).to_have_count(1)
    assert axe_findings(page) == []
    assert _overflow(page) == 0
    other = surfer.page(width)
    sign_in_on(other, COORDINATOR)
    other.goto("/sheets")
    expect(other.locator("#answers-head")).to_be_visible()
    assert axe_findings(other) == []
    assert _overflow(other) == 0


def test_a_batch_shows_how_many_sheets_have_come_and_ends_as_a_file(
    surfer: Surfer, visit_id: str
) -> None:
    assert visit_id
    page = surfer.page()
    sign_in_on(page, VOLUNTEER)
    page.goto("/sheets")
    with page.expect_download() as fetched:
        page.locator("a[data-sheets]").click()
    with ZipFile(fetched.value.path()) as archive:
        assert len(archive.namelist()) == 1
    bar = page.locator(".batch-progress progress")
    assert (bar.get_attribute("max"), bar.evaluate("bar => bar.value")) == ("1", 1)
    expect(page.locator(".batch-progress [role=status]")).to_contain_text("downloads")


def test_the_sheet_is_read_aloud_by_a_voice_of_the_device_alone(surfer: Surfer, twin: str) -> None:
    page = surfer.page()
    page.add_init_script(VOICES)
    page.goto(twin)
    button = page.locator("#ar .aloud button")
    expect(button).to_be_visible()
    expect(page.locator("#nl .aloud")).to_be_hidden()
    words = button.inner_text()
    button.click()
    expect(page.locator("#ar .saying")).to_have_count(1)
    page.evaluate("last.dispatchEvent(new Event('end'))")
    said = page.evaluate("said")
    assert len(said) == 2
    assert {language for language, _text in said} == {"ar"}
    assert button.inner_text() != words
    button.click()
    expect(page.locator(".saying")).to_have_count(0)
    assert button.inner_text() == words


def test_a_device_without_a_voice_offers_no_reading(surfer: Surfer, twin: str) -> None:
    page = surfer.page()
    page.add_init_script("speechSynthesis.getVoices = () => []")
    page.goto(twin)
    assert page.locator(".aloud:visible").count() == 0


def test_the_preview_stands_below_the_form(surfer: Surfer, visit_id: str) -> None:
    page = surfer.page()
    page.add_init_script("Object.defineProperty(navigator, 'pdfViewerEnabled', {value: false})")
    sign_in_on(page, VOLUNTEER)
    page.goto(f"/visits/{visit_id}")
    page.locator("label[for=format-receipt]").click()
    page.locator("#preview").click()
    shown = page.frame_locator("iframe.sheet-frame")
    expect(shown.locator("section[lang=ar]")).to_be_visible()
    expect(shown.locator("section[lang=nl] h2")).to_have_count(1)


def test_the_preview_opens_without_script_too(surfer: Surfer, visit_id: str) -> None:
    page = surfer.page(script=False)
    sign_in_on(page, VOLUNTEER)
    page.goto(f"/visits/{visit_id}")
    with page.context.expect_page() as opened:
        page.locator("#preview").click()
    expect(opened.value.locator("section[lang=ar]")).to_be_visible()


def test_a_sheet_printed_from_the_page_joins_what_was_handed_out(
    surfer: Surfer, visit_id: str
) -> None:
    page = surfer.page()
    page.add_init_script("Object.defineProperty(navigator, 'pdfViewerEnabled', {value: true})")
    sign_in_on(page, VOLUNTEER)
    page.goto(f"/visits/{visit_id}")
    expect(page.locator("#handed-out li")).to_have_count(1)
    page.locator("label[for=format-a5]").click()
    page.locator("#print").click()
    expect(page.locator("#handed-out li")).to_have_count(2)
