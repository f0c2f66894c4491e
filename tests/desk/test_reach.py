"""Search finds in every language; the answer reads its own way; everything is within reach."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.desk.room import outcome, sit_down, tile
from tests.support.browser import Surfer
from tests.support.cast import Cast

pytestmark = pytest.mark.browser

LEAST = 24


@pytest.fixture
def page(surfer: Surfer, app: Flask, cast: Cast) -> Page:
    """A volunteer at the desk, in English."""
    return sit_down(surfer, app, cast)


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("taksit", "REK-03"),
        ("TAKSİT", "REK-03"),
        ("قطع", "ACH-03"),
        ("instalment", "REK-03"),
        ("termijn", "REK-03"),
        ("ምቁራጽ", "ACH-03"),
    ],
)
def test_a_word_in_any_language_finds_its_topic(typed: str, topic: str, page: Page) -> None:
    page.locator("#search").fill(typed)
    hits = page.locator("#hits [role=option][data-kind=topic]")
    expect(hits.first).to_be_visible()
    assert topic in [hit.get_attribute("data-value") for hit in hits.all()][:3]


def test_two_letters_are_enough(page: Page) -> None:
    page.locator("#search").fill("ve")
    expect(page.locator("#hits [role=option]").first).to_be_visible()


def test_arrows_choose_among_what_is_found(page: Page) -> None:
    page.locator("#search").fill("energie")
    hits = page.locator("#hits [role=option]")
    expect(hits.nth(1)).to_be_visible()
    wanted = hits.nth(1).get_attribute("data-value")
    assert wanted is not None
    page.keyboard.press("ArrowDown")
    expect(page.locator("#search")).to_have_attribute("aria-activedescendant", "hit-1")
    page.keyboard.press("Enter")
    expect(page.locator("[name=questions-0-topic]")).to_have_value(wanted)


def test_nothing_found_is_said_where_a_screen_reader_hears_it(page: Page) -> None:
    page.locator("#search").fill("qqqqq")
    said = page.locator("#search-status[role=status]")
    expect(said).to_contain_text("Nothing found")


@pytest.mark.parametrize(
    ("language", "way"), [("ar", "rtl"), ("tr", "ltr"), ("ti", "ltr"), ("en", "ltr")]
)
def test_the_answer_reads_in_the_direction_of_its_language(
    language: str, way: str, page: Page
) -> None:
    page.locator("select[name=language]").select_option(language)
    tile(page, "ACH-03").click()
    panel = page.locator(f".question .panel[data-language={language}]")
    sides = panel.locator(f".answer > [lang={language}]")
    expect(sides.first).to_be_visible()
    assert {side.get_attribute("dir") for side in sides.all()} == {way}
    dutch = panel.locator(".answer > [lang=nl]")
    assert {side.get_attribute("dir") for side in dutch.all()} == {"ltr"}
    computed = sides.first.evaluate("side => getComputedStyle(side).direction")
    assert computed == way


def test_both_languages_stand_step_by_step_beside_each_other(page: Page) -> None:
    page.locator("select[name=language]").select_option("ar")
    tile(page, "ACH-03").click()
    steps = page.locator(".question .answer-step")
    expect(steps.first).to_be_visible()
    tops = [box["y"] for step in steps.all() if (box := step.bounding_box())]
    assert len(tops) >= 8
    assert [tops[at] == tops[at + 1] for at in range(0, len(tops), 2)] == [True] * (len(tops) // 2)


# What stands under the focus, in words that a person would use for it.
_FOCUSED = """() => {
  const one = document.activeElement;
  const part = one.closest("header, .desk-find, .desk-language, .desk-questions, .desk-home, .bar");
  return [part ? part.className || part.localName : "", one.name || one.id || one.localName];
}"""


def _walk(page: Page, steps: int, key: str = "Tab") -> list[tuple[str, str]]:
    """Press a key so many times, and give where the focus went: the part of the page, the name."""
    walked: list[tuple[str, str]] = []
    for _ in range(steps):
        page.keyboard.press(key)
        part, name = page.evaluate(_FOCUSED)
        walked.append((part.split()[-1] if part else "", name))
    return walked


def test_the_focus_begins_in_the_search_and_goes_on_in_the_order_of_work(page: Page) -> None:
    tile(page, "REK-03").click()
    expect(page.locator(".question .panel")).to_have_count(1)
    page.locator("#search").focus()
    parts = [part for part, _ in _walk(page, 90)]
    order = list(dict.fromkeys(part for part in parts if part))
    wanted = ["desk-find", "desk-language", "desk-questions", "desk-home", "bar"]
    assert [part for part in order if part in wanted] == wanted


def test_the_focus_is_never_lost_or_trapped(page: Page) -> None:
    names = [f"{part}/{name}" for part, name in _walk(page, 90)]
    assert any(name.startswith("bar/action") for name in names)
    longest = max(len(list(group)) for group in _runs(names))
    assert longest <= 12, names  # tiles share a name; nothing holds the focus for longer


def _runs(names: list[str]) -> list[list[str]]:
    runs: list[list[str]] = [[]]
    for name in names:
        if runs[-1] and runs[-1][-1] != name:
            runs.append([])
        runs[-1].append(name)
    return runs


def test_the_focus_is_always_seen(page: Page) -> None:
    """An outline at least 2 px wide, on whatever has the focus."""
    faint = page.evaluate("""() => {
      const faint = [];
      const all = "a, button, input:not([type=hidden]), select, summary";
      for (const one of document.querySelectorAll(all)) {
        if (!one.checkVisibility()) continue;
        one.focus({ focusVisible: true });
        if (document.activeElement !== one) continue;
        const around = [one, one.nextElementSibling, one.parentElement].filter(Boolean);
        const widest = Math.max(...around.map((each) => {
          const style = getComputedStyle(each);
          return style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
        }));
        if (widest < 2) faint.push(one.outerHTML.slice(0, 90));
      }
      return faint;
    }""")
    assert faint == []


# A radio or a box to tick is as large as its label, which is touched as well. Links within a
# text are exempt (WCAG 2.2, 2.5.8).
_SMALL = """(least) => {
  const small = [];
  const targets = "a[href], button, input:not([type=hidden]), select, summary, .tile, .chip";
  for (const one of document.querySelectorAll(targets)) {
    if (!one.checkVisibility() || one.closest(".skip-link, .visually-hidden")) continue;
    if (one.matches("a") && one.closest("p, li, td")) continue;
    const ticked = one.matches("input[type=radio], input[type=checkbox]");
    const boxes = [one, ...(ticked ? one.labels : [])].map((each) => each.getBoundingClientRect());
    const width = Math.max(...boxes.map((box) => box.width));
    const height = Math.max(...boxes.map((box) => box.height));
    if (width < least || height < least) {
      small.push(`${one.outerHTML.slice(0, 80)} ${width}x${height}`);
    }
  }
  return small;
}"""


def _small(page: Page) -> list[str]:
    found: list[str] = page.evaluate(_SMALL, LEAST)
    return found


@pytest.mark.parametrize(("width", "touch"), [(1280, False), (768, True), (360, True)])
def test_every_target_is_at_least_24_pixels(
    width: int, touch: bool, surfer: Surfer, app: Flask, cast: Cast
) -> None:
    page = sit_down(surfer, app, cast, width=width, touch=touch)
    tile(page, "REK-03").click()
    expect(page.locator(".question .panel")).to_have_count(1)
    for more in page.locator("details.more > summary:visible").all():
        more.click()
    assert _small(page) == []


@pytest.mark.parametrize("width", [1280, 768, 360, 320])
def test_no_page_of_the_desk_scrolls_sideways(
    width: int, surfer: Surfer, app: Flask, cast: Cast
) -> None:
    page = sit_down(surfer, app, cast, width=width)
    page.locator("select[name=language]").select_option("ti")
    tile(page, "ACH-03").click()
    expect(page.locator(".question .panel")).to_have_count(1)
    for address in ("", "/visits", "/answers/disconnection/ti"):
        if address:
            page.goto(address)
        wide: Any = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], f"{address or '/desk'}: {wide}"


def test_the_outcome_that_asks_for_more_shows_it(page: Page) -> None:
    tile(page, "REK-03").click()
    expect(page.locator("[name=questions-0-reason]")).to_be_hidden()
    outcome(page, 0, "not_answered").click()
    expect(page.locator("[name=questions-0-reason]")).to_be_visible()
    outcome(page, 0, "call_back").click()
    expect(page.locator("[name=questions-0-call_back_on]")).to_be_visible()
    expect(page.locator("[name=questions-0-reason]")).to_be_hidden()


def test_a_same_day_topic_opens_the_safety_card(page: Page) -> None:
    expect(page.locator("#safety")).not_to_have_attribute("open", "")
    tile(page, "ACH-03").click()
    expect(page.locator("#safety")).to_have_attribute("open", "")
