"""An open form survives: another page and back, the language of the screen, the lock, idleness."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.desk.room import outcome, sit_down, stored_id, tile
from tests.support.browser import Surfer
from tests.support.cast import COLLEAGUE, PASSWORD, VOLUNTEER, Cast, Person
from tests.support.clock import SettableClock
from tests.visits.desk import teach_postcode

pytestmark = pytest.mark.browser


@pytest.fixture
def page(surfer: Surfer, app: Flask, cast: Cast) -> Page:
    """A desk with a form that is half filled in."""
    teach_postcode(app, "1104AB", "EX-B-GRUNDER")
    page = sit_down(surfer, app, cast)
    page.locator("select[name=language]").select_option("tr")
    tile(page, "REK-03").click()
    outcome(page, 0, "partly").click()
    expect(page.locator(".question .panel")).to_have_count(1)
    page.locator("[name=questions-0-blank-instalment]").fill("93,17")
    page.locator("label:has(> input[name=tenure][value=owner])").click()
    page.locator("[name=postcode]").fill("1104 AB")
    return page


def _visit_id(page: Page) -> str:
    return page.locator("[name=visit_id]").input_value()


def _is_back(page: Page, visit_id: str, area: str = "EX-B-GRUNDER") -> None:
    expect(page.locator("[name=visit_id]")).to_have_value(visit_id)
    expect(page.locator("select[name=language]")).to_have_value("tr")
    expect(page.locator("[name=questions-0-topic]")).to_have_value("REK-03")
    expect(page.locator("[name=questions-0-outcome][value=partly]")).to_be_checked()
    expect(page.locator("[name=questions-0-blank-instalment]")).to_have_value("93,17")
    expect(page.locator("[name=tenure][value=owner]")).to_be_checked()
    expect(page.locator("select[name=area]")).to_have_value(area)
    expect(page.locator("[name=postcode]")).to_have_value("")


def _sign_in(page: Page, who: Person) -> None:
    page.locator("input[name=name]").fill(who.name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/desk")


def test_it_survives_another_page_and_the_way_back(page: Page) -> None:
    visit_id = _visit_id(page)
    page.locator("nav.rooms a", has_text="Answers").click()
    page.wait_for_url("**/answers")
    page.locator("nav.rooms a", has_text="Desk").click()
    _is_back(page, visit_id)


def test_it_survives_the_way_back_by_the_browser(page: Page) -> None:
    visit_id = _visit_id(page)
    page.locator("nav.rooms a", has_text="Answers").click()
    page.wait_for_url("**/answers")
    page.go_back()
    expect(page.locator("[name=visit_id]")).to_have_value(visit_id)
    expect(page.locator("[name=questions-0-blank-instalment]")).to_have_value("93,17")


def test_it_survives_a_reload(page: Page) -> None:
    visit_id = _visit_id(page)
    with page.expect_response("**/desk/keep"):  # a moment after the last key
        page.locator("[name=postcode]").fill("1104 ab")
    page.reload()
    _is_back(page, visit_id)


def test_it_survives_the_switch_of_language(page: Page) -> None:
    visit_id = _visit_id(page)
    page.locator(".languages button[value=nl]").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    _is_back(page, visit_id)


@pytest.mark.parametrize("who", [VOLUNTEER, COLLEAGUE], ids=lambda who: who.name)
def test_it_survives_the_lock(who: Person, page: Page) -> None:
    visit_id = _visit_id(page)
    page.locator("#lock").click()
    page.wait_for_url("**/sign-in**")
    _sign_in(page, who)
    _is_back(page, visit_id)


def test_it_survives_the_lock_in_the_menu(page: Page) -> None:
    visit_id = _visit_id(page)
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Lock, or change volunteer").click()
    page.wait_for_url("**/sign-in**")
    _sign_in(page, VOLUNTEER)
    _is_back(page, visit_id)


def test_it_survives_a_session_that_ended_before_it_was_sent(
    page: Page, clock: SettableClock
) -> None:
    visit_id = _visit_id(page)
    clock.advance(minutes=20)
    page.locator("button[value=finish]").click()
    page.wait_for_url("**/sign-in**")
    _sign_in(page, VOLUNTEER)
    _is_back(page, visit_id)
    page.locator("button[value=finish]").click()
    assert stored_id(page) == visit_id


def test_a_session_that_ended_says_so_when_an_answer_is_asked_for(
    page: Page, clock: SettableClock
) -> None:
    """The answer cannot come; the question stays, and so does everything typed."""
    clock.advance(minutes=20)
    tile(page, "WNT-06").click()
    expect(page.locator("[name=questions-1-topic]")).to_have_value("WNT-06")
    expect(page.locator("[name=questions-0-blank-instalment]")).to_have_value("93,17")


def test_an_idle_desk_locks_itself_and_keeps_the_form(
    surfer: Surfer, app: Flask, cast: Cast
) -> None:
    page = sit_down(surfer, app, cast, at="/sign-in")
    page.clock.install()
    page.goto("/desk")
    tile(page, "REK-03").click()
    visit_id = _visit_id(page)
    page.clock.fast_forward("15:00")
    page.clock.run_for(6_000)
    page.wait_for_url("**/sign-in**")
    _sign_in(page, VOLUNTEER)
    expect(page.locator("[name=visit_id]")).to_have_value(visit_id)
    expect(page.locator("[name=questions-0-topic]")).to_have_value("REK-03")


def test_a_stored_form_does_not_come_back(page: Page) -> None:
    page.locator("button[value=finish]").click()
    visit_id = stored_id(page)
    page.locator("nav.rooms a", has_text="Desk").click()
    page.wait_for_url("**/desk")
    expect(page.locator("[name=visit_id]")).not_to_have_value(visit_id)
    expect(page.locator("[name=questions-0-topic]")).to_have_value("")


def test_starting_over_begins_an_empty_form(page: Page) -> None:
    page.locator("#start-over").click()
    page.wait_for_url("**/desk?fresh=1")
    page.goto("/desk")
    expect(page.locator("[name=questions-0-topic]")).to_have_value("")
    expect(page.locator("[name=tenure][value=unknown]")).to_be_checked()


def test_what_is_typed_in_a_blank_stays_when_the_language_of_the_conversation_changes(
    page: Page,
) -> None:
    page.locator("select[name=language]").select_option("ar")
    expect(page.locator(".question .panel[data-language=ar]")).to_be_visible()
    expect(page.locator("[name=questions-0-blank-instalment]")).to_have_value("93,17")
