"""axe finds nothing on any page, for any role, on a laptop, a tablet and a phone."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from sqlalchemy import select

from hub import access
from hub.db import unit_of_work
from hub.sheets.models import SheetText
from tests.desk.room import become, printed, sit_down, tile
from tests.support.browser import Surfer, axe_findings
from tests.support.cast import EDITOR, OF_EACH_ROLE, VOLUNTEER, Cast, Person
from tests.visits.desk import in_form, question, register, seated, session_cookie, token

pytestmark = pytest.mark.browser

LAPTOP, TABLET, PHONE = WIDTHS = (1280, 768, 360)
# How every text on a page is shown: its own colours and letters, and each ground it stands on.
_LOOKS = """() => {
    const grounds = new Map([[null, ""]]);
    const groundsOf = element => {
        if (!grounds.has(element)) {
            const { backgroundColor, backgroundImage, opacity, filter, position }
                = getComputedStyle(element);
            const own = [backgroundColor, backgroundImage, opacity, filter, position].join();
            grounds.set(element, own + ";" + groundsOf(element.parentElement));
        }
        return grounds.get(element);
    };
    const looks = [...document.querySelectorAll("body *")]
        .filter(element => element.matches("input, select, textarea")
            || [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
        .filter(element => element.checkVisibility(
            { opacityProperty: true, visibilityProperty: true }))
        .map(element => {
            const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
            return [color, fontSize, fontWeight, textShadow, groundsOf(element)].join("|");
        });
    return [...new Set(looks)];
}"""


@pytest.fixture
def visit(app: Flask, cast: Cast) -> str:
    """A day at the desk: several visits, one of them with a sheet and a correction."""
    client = seated(app, cast)
    register(client, question(0, "REK-03", answer="instalment"), opened_at="2026-11-20T10:30")
    register(client)
    visit_id = register(
        client,
        question(0, "ACH-03", "call_back", call_back_on="2026-12-01", answer="disconnection"),
        question(1, "WNT-06", "not_answered", reason="language"),
        language="ar",
        action="print",
    )
    address = f"/visits/{visit_id}/correct"
    corrected = in_form(client.get(address), address) | {"tenure": "owner"}
    assert client.post(address, data=corrected).status_code == 303
    _recall(app, cast, client, visit_id)
    return visit_id


def _recall(app: Flask, cast: Cast, client: FlaskClient, visit_id: str) -> None:
    """Hand out the sheet of a visit, and recall what is on it, in every language."""
    address = f"/visits/{visit_id}/sheet.pdf"
    assert client.post(address, data={"csrf_token": token(client)}).status_code == 200
    with app.app_context(), unit_of_work() as work:
        text_id = min(work.scalars(select(SheetText.dutch_text_id)))
    editor = seated(app, cast, EDITOR)
    sent = {"csrf_token": token(editor), "reason": "A step is missing."}
    assert editor.post(f"/recalls/texts/{text_id}", data=sent).status_code == 303


def _samples(visit: str, cast: Cast) -> dict[str, object]:
    return {
        "slug": "disconnection",
        "language": "ar",
        "visit_id": visit,
        "account_id": cast.accounts[VOLUNTEER.name],
        "hub_slug": "k-buurt",
        "period": "2026-10",
        "table": "topic",
        "code": "F-HEAT",
    }


def _pages(app: Flask, visit: str, cast: Cast, who: Person | None) -> Iterator[tuple[str, str]]:
    """Give every address that shows somebody a page, and one for each kind of refusal; and it."""
    refused = set()
    adapter = app.url_map.bind("127.0.0.1")
    samples = _samples(visit, cast)
    cookie = session_cookie(app, seated(app, cast, who)) if who else None
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or "GET" not in (rule.methods or ()):
            continue
        for_whom = access.rule_of(app, rule.endpoint) or frozenset()
        if who is None and for_whom != access.ANYONE:
            continue
        address = adapter.build(
            rule.endpoint,
            {n: samples.get(n, 1) for n in rule.arguments} | (rule.defaults or {}),
        )
        client = app.test_client()  # an address that is asked for may not change the next answer
        if cookie:
            client.set_cookie(*cookie)
        answer = client.get(address)
        shown = answer.mimetype == "text/html" and answer.status_code not in {204, 303}
        if shown and answer.status_code not in refused:
            yield address, answer.text
        if answer.status_code != 200:
            refused.add(answer.status_code)
        answer.close()


def _findings(page: Page, where: str, context: Any = None) -> list[str]:
    """Look at a page as it stands, at every width."""
    found = []
    looks: set[str] = set()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        here = set() if width == PHONE else set(page.evaluate(_LOOKS))
        # Half of axe's time goes into contrast. The tablet's page is put together as the
        # laptop's: where no text on it has other colours, another size or another ground, there
        # is nothing about contrast that has not been looked at. The phone's is always looked at.
        without = {"color-contrast"} if width == TABLET and here <= looks else set()
        looks |= here
        found += [
            f"{where} at {width}: {finding}"
            for finding in axe_findings(page, context=context, without=without)
        ]
    return found


def _known(html: str, part: str, seen: set[str]) -> bool:
    """Whether a part of a page has been seen before, but for what is new in every answer."""
    inside = "".join(re.findall(rf"<{part}\b.*?</{part}>", html, re.DOTALL))
    plain = re.sub(r'value="[^"]{20,}"', "", inside)
    known = f"{part} {plain}" in seen
    seen.add(f"{part} {plain}")
    return known


def test_axe_finds_nothing_on_any_page_for_any_role(
    surfer: Surfer, app: Flask, cast: Cast, visit: str
) -> None:
    seen: set[str] = set()
    found, looked = [], 0
    for who in (None, *OF_EACH_ROLE):
        page = surfer.page()
        if who is not None:
            become(page, surfer, app, cast, who)
        for address, html in _pages(app, visit, cast, who):
            # What another role has seen too is looked at once; the frame around it every time
            # it is another.
            known, framed = _known(html, "main", seen), _known(html, "header", seen)
            if known and framed:
                continue
            page.goto(address)
            name = f"{who.role if who else 'nobody'} {address}"
            if not known:
                looked += 1
                found += _findings(page, name)
            else:
                found += _findings(page, name, "header")
    assert looked > 40
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_text_that_is_pale_at_one_width_alone_is_found(surfer: Surfer, width: int) -> None:
    pale = f"@media (min-width: {width - 9}px) and (max-width: {width + 9}px) {{p {{color: #ddd}}}}"
    body = f"<title>Hoi</title><style>{pale}</style><main><h1>Hoi</h1><p>Dag</p></main>"
    html = f"<!doctype html><html lang=nl>{body}</html>"
    page = surfer.page()
    page.route("**/pale", lambda route: route.fulfill(content_type="text/html", body=html))
    page.goto("/pale")
    [finding] = _findings(page, "a planted page")
    assert finding.startswith(f"a planted page at {width}: color-contrast ")


def test_axe_finds_nothing_on_a_desk_with_two_questions(
    surfer: Surfer, app: Flask, cast: Cast, visit: str
) -> None:
    page = sit_down(surfer, app, cast)
    page.locator("select[name=language]").select_option("ar")
    for number, topic in enumerate(("ACH-03", "REK-03"), 1):
        tile(page, topic).click()
        expect(page.locator(".question .panel")).to_have_count(number)
    page.locator("#search").fill("wa")
    expect(page.locator("#hits [role=option]").first).to_be_visible()
    for more in page.locator("details.more:visible").all():
        more.locator("summary").first.click()
    found = _findings(page, "/desk with two questions")
    assert not found, "\n".join(found)


def test_axe_finds_nothing_on_a_desk_with_errors(surfer: Surfer, app: Flask, cast: Cast) -> None:
    page = sit_down(surfer, app, cast)
    tile(page, "REK-03").click()
    expect(page.locator(".question .panel")).to_have_count(1)
    page.locator("[name=postcode]").fill("11")
    page.locator("[name=questions-0-blank-instalment]").fill("1.882")
    page.locator("details.more:has([name=opened_at]) > summary").click()
    page.locator("[name=late_entry]").check()
    page.locator("button[value=finish]").click()
    expect(page.locator(".error-summary")).to_be_focused()
    found = _findings(page, "/visits with errors")
    assert not found, "\n".join(found)


def test_axe_finds_nothing_on_a_desk_without_its_script(
    surfer: Surfer, app: Flask, cast: Cast
) -> None:
    page = surfer.page()  # axe itself is a script: only the desk's own is left out
    page.route("**/desk.js*", lambda route: route.fulfill(content_type="text/javascript", body=""))
    become(page, surfer, app, cast, VOLUNTEER)
    page.goto("/desk")
    with page.expect_navigation():
        tile(page, "ACH-03").click()
    page.locator("#search").fill("boiler")
    with page.expect_navigation():
        page.locator("#search").press("Enter")
    found = _findings(page, "/desk without script")
    assert not found, "\n".join(found)


def test_axe_finds_nothing_beside_a_sheet_that_is_printed(
    surfer: Surfer, app: Flask, cast: Cast
) -> None:
    page = sit_down(surfer, app, cast)
    tile(page, "ACH-03").click()
    expect(page.locator(".question .panel")).to_have_count(1)
    page.locator("button[value=print]").click()
    printed(page)
    # Chromium's own viewer of the sheet is not ours, and does not answer axe.
    found = _findings(page, "a visit after its print", {"exclude": [["iframe"]]})
    assert not found, "\n".join(found)
