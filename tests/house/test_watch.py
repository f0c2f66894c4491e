"""The watch over browser pages sees what it is there to see; so does axe."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.support.browser import Surfer, axe_findings, sign_in_on
from tests.support.cast import VOLUNTEER, Cast
from tests.support.server import serving

pytestmark = pytest.mark.browser

_PAGES = {
    "good": "<h1>Hoi</h1>",
    "leaves": "<h1>Hoi</h1><img src='http://example.org/x.png' alt=''>",
    "lacks": "<h1>Hoi</h1><script src='/no-such.js'></script>",
    "throws": "<h1>Hoi</h1><script src='/throws.js'></script>",
    "inline": "<h1>Hoi</h1><p style='color: red'>Hoi</p>",
    "nameless": "<h1>Hoi</h1><input name='q'>",
}


@pytest.fixture
def planted(chromium: Browser) -> Iterator[Surfer]:
    """A server with pages that break a rule, and a surfer whose complaints the test reads."""
    app = Flask("planted")

    @app.get("/<name>")
    def show(name: str) -> tuple[str, int, dict[str, str]]:
        body = _PAGES.get(name, "<h1>Hoi</h1>")
        icon = "<link rel=icon href='data:,'>"
        page = f"<!doctype html><html lang=nl><title>Hoi</title>{icon}<main>{body}</main>"
        policy = "default-src 'none'; script-src 'self'; img-src http: data:"
        return page, 200 if name in _PAGES else 422, {"Content-Security-Policy": policy}

    @app.get("/throws.js")
    def throws() -> tuple[str, dict[str, str]]:
        return "throw new Error('planted')", {"Content-Type": "text/javascript"}

    with serving(app) as address:
        yield Surfer(chromium, address)


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("leaves", "request to another machine: http://example.org/x.png"),
        ("lacks", "no-such.js"),
        ("throws", "script: planted"),
        ("inline", "Content Security Policy"),
    ],
)
def test_a_planted_fault_is_noticed(planted: Surfer, name: str, complaint: str) -> None:
    planted.page().goto(f"/{name}", wait_until="networkidle")
    assert any(complaint in said for said in planted.close())


@pytest.mark.parametrize("name", ["good", "refused"])
def test_a_good_page_and_a_refused_form_give_no_complaint(planted: Surfer, name: str) -> None:
    planted.page().goto(f"/{name}", wait_until="networkidle")
    assert planted.close() == []


def test_axe_finds_a_field_without_a_name(planted: Surfer) -> None:
    page = planted.page()
    page.goto("/nameless")
    assert any(found.startswith("label ") for found in axe_findings(page))
    planted.close()


def test_a_person_signs_in_on_the_real_page(page: Page, cast: Cast) -> None:
    sign_in_on(page, VOLUNTEER)
    assert VOLUNTEER.name in page.inner_text("body")
    assert axe_findings(page) == []
