"""One question takes at most 4 actions, three with their sheet 12: by key, touch, plain form."""

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.sheets.models import SheetRecord, SheetText
from tests.desk.room import Hand, outcome, printed, sit_down, stored_id, tile
from tests.support.browser import Surfer
from tests.support.cast import Cast
from tests.visits.desk import counts, only_visit

pytestmark = pytest.mark.browser

ONE, THREE = 4, 12
# Typed at the desk, the topic it finds first, and the key of its outcome.
ASKED = (
    ("termijnbedrag", "REK-03", "1", "answered"),
    ("storing", "WNT-06", "3", "referred"),
    ("afsluiting", "ACH-03", "4", "handed_over"),
)


def _by_key(page: Page, hand: Hand, slot: int) -> None:
    """Type a word, Enter, and the digit of the outcome; the focus goes along by itself."""
    word, topic, key, _ = ASKED[slot]
    expect(page.locator("#search")).to_be_focused()
    hand.type(word)
    hand.press("Enter")
    expect(page.locator(f"input[name=questions-{slot}-outcome]:focus")).to_be_attached()
    assert page.locator(f"[name=questions-{slot}-topic]").input_value() == topic
    hand.press(key)


def _panels(page: Page, number: int) -> None:
    expect(page.locator(".question .panel")).to_have_count(number)


def _stored(session: Session) -> list[tuple[str, str | None]]:
    return [(q.topic_code, q.outcome) for q in only_visit(session).questions]


def _on_one_sheet(session: Session) -> int:
    session.rollback()
    record = session.scalars(select(SheetRecord)).one()
    return len(session.scalars(select(SheetText).where(SheetText.sheet_id == record.id)).all())


def test_one_question_by_keyboard_alone(
    surfer: Surfer, app: Flask, cast: Cast, session: Session
) -> None:
    page = sit_down(surfer, app, cast)
    hand = Hand(page)
    _by_key(page, hand, 0)
    hand.press("Alt+Enter")
    stored_id(page)
    assert _stored(session) == [("REK-03", "answered")]
    assert hand.actions <= ONE


def test_three_questions_with_their_sheet_by_keyboard_alone(
    surfer: Surfer, app: Flask, cast: Cast, session: Session
) -> None:
    page = sit_down(surfer, app, cast)
    hand = Hand(page)
    for slot in range(3):
        _by_key(page, hand, slot)
    hand.press("Control+Enter")
    stored_id(page)
    printed(page)
    assert _stored(session) == [(topic, end) for _, topic, _, end in ASKED]
    assert _on_one_sheet(session) == 3
    assert hand.actions <= THREE


def test_the_next_visit_begins_with_one_key(surfer: Surfer, app: Flask, cast: Cast) -> None:
    page = sit_down(surfer, app, cast)
    hand = Hand(page)
    _by_key(page, hand, 0)
    hand.press("Alt+Enter")
    stored_id(page)
    expect(page.locator("#next")).to_be_focused()
    hand.press("Enter")
    expect(page.locator("#search")).to_be_focused()
    assert page.locator("[name=questions-0-topic]").input_value() == ""


@pytest.mark.parametrize("width", [1280, 768, 360])
def test_one_question_by_touch_alone(
    width: int, surfer: Surfer, app: Flask, cast: Cast, session: Session
) -> None:
    page = sit_down(surfer, app, cast, width=width, touch=True)
    hand = Hand(page)
    hand.tap(tile(page, "REK-03"))
    hand.tap(outcome(page, 0, "answered"))
    hand.tap(page.locator("button[value=finish]"))
    stored_id(page)
    assert _stored(session) == [("REK-03", "answered")]
    assert hand.actions <= ONE


def test_three_questions_with_their_sheet_by_touch_alone(
    surfer: Surfer, app: Flask, cast: Cast, session: Session
) -> None:
    page = sit_down(surfer, app, cast, width=768, height=1024, touch=True)
    hand = Hand(page)
    for slot, (_, topic, _, end) in enumerate(ASKED):
        hand.tap(tile(page, topic))
        hand.tap(outcome(page, slot, end))
    _panels(page, 3)
    hand.tap(page.locator("button[value=print]"))
    stored_id(page)
    printed(page)
    assert _stored(session) == [(topic, end) for _, topic, _, end in ASKED]
    assert _on_one_sheet(session) == 3
    assert hand.actions <= THREE


def _plain(page: Page, hand: Hand, target: Locator) -> None:
    """Press a button of the plain form and wait for the page that comes of it."""
    with page.expect_navigation():
        hand.click(target)


def test_one_question_as_a_plain_form(
    surfer: Surfer, app: Flask, cast: Cast, session: Session
) -> None:
    page = sit_down(surfer, app, cast, script=False)
    hand = Hand(page)
    _plain(page, hand, tile(page, "REK-03"))
    hand.click(outcome(page, 0, "answered"))
    _plain(page, hand, page.locator("button[value=finish]"))
    stored_id(page)
    assert _stored(session) == [("REK-03", "answered")]
    assert hand.actions <= ONE


def test_three_questions_with_their_sheet_as_a_plain_form(
    surfer: Surfer, app: Flask, cast: Cast, session: Session
) -> None:
    page = sit_down(surfer, app, cast, script=False)
    hand = Hand(page)
    for slot, (_, topic, _, end) in enumerate(ASKED):
        _plain(page, hand, tile(page, topic))
        hand.click(outcome(page, slot, end))
    _plain(page, hand, page.locator("button[value=print]"))
    stored_id(page)
    with page.context.expect_page():
        hand.click(page.locator("#print"))
    _wait_for_sheet(page, session)
    assert _stored(session) == [(topic, end) for _, topic, _, end in ASKED]
    assert _on_one_sheet(session) == 3
    assert hand.actions <= THREE


def _wait_for_sheet(page: Page, session: Session) -> None:
    for _ in range(100):
        session.rollback()
        if session.scalars(select(SheetRecord)).first() is not None:
            return
        page.wait_for_timeout(50)


def test_a_double_click_on_finish_stores_one_visit(
    surfer: Surfer, app: Flask, cast: Cast, session: Session
) -> None:
    page = sit_down(surfer, app, cast)
    page.locator("#search").fill("termijnbedrag")
    page.keyboard.press("Enter")
    expect(page.locator("input[name=questions-0-outcome]:focus")).to_be_attached()
    page.locator("button[value=finish]").dblclick()
    stored_id(page)
    assert counts(session) == (1, 1, 1)


def test_a_found_language_and_area_are_taken_from_the_search_field(
    surfer: Surfer, app: Flask, cast: Cast
) -> None:
    page = sit_down(surfer, app, cast)
    hand = Hand(page)
    for word, field, value in (
        ("tigrinya", "language", "ti"),
        ("kantershof", "area", "EX-B-KANTERSHOF"),
    ):
        hand.type(word)
        hand.press("Enter")
        expect(page.locator(f"select[name={field}]")).to_have_value(value)
        expect(page.locator("#search")).to_be_focused()


def test_enter_in_a_field_never_sends_the_form(
    surfer: Surfer, app: Flask, cast: Cast, session: Session
) -> None:
    page = sit_down(surfer, app, cast)
    tile(page, "REK-03").click()
    _panels(page, 1)
    page.locator("[name=questions-0-blank-instalment]").fill("95")
    page.keyboard.press("Enter")
    page.locator("[name=postcode]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#search")).to_be_focused()
    assert counts(session) == (0, 0, 0)
