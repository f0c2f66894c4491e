"""The desk in a real browser: sitting down, and a hand whose every movement is counted."""

import re
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import Surfer
from tests.support.cast import VOLUNTEER, Cast, Person
from tests.visits.desk import seated, session_cookie

_STORED = re.compile(r"/visits/[0-9a-f-]{36}$")
# A Chromium without a screen has no dialogue to print with and falls over it, so the desk spares
# a driven one. Here it is as in a person's hands, but the dialogue: the page says it was asked.
_AS_A_PERSON = """
Object.defineProperty(navigator, "webdriver", { get: () => false });
window.print = () => { top.document.documentElement.dataset.printed = "yes"; };
"""


def sit_down(
    surfer: Surfer,
    app: Flask,
    cast: Cast,
    who: Person = VOLUNTEER,
    at: str = "/desk",
    **options: Any,
) -> Page:
    """Open a page of somebody who has signed in, with the screen in English.

    `options` are those of `Surfer.page`: width, height, touch, script.
    """
    page = surfer.page(**options)
    page.add_init_script(_AS_A_PERSON)
    become(page, surfer, app, cast, who)
    page.goto(at)
    return page


def become(page: Page, surfer: Surfer, app: Flask, cast: Cast, who: Person) -> None:
    """Let somebody be the one who has signed in on a page, from its next address on."""
    name, value = session_cookie(app, seated(app, cast, who))
    page.context.add_cookies([{"name": name, "value": value, "url": surfer.address}])


def stored_id(page: Page) -> str:
    """Wait for the page of a stored visit and give the visit's id."""
    page.wait_for_url(_STORED, wait_until="domcontentloaded")
    return urlsplit(page.url).path.removeprefix("/visits/")


def printed(page: Page) -> None:
    """Wait until the sheet stands in the page of the visit and is sent to the printer."""
    expect(page.locator("html[data-printed=yes]")).to_be_attached(timeout=20_000)


class Hand:
    """Does what a person's hands do on a page. Keys typed into one field count as one action."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.actions = 0

    def type(self, text: str) -> None:
        """Type where the focus is."""
        self.actions += 1
        self._page.keyboard.type(text)

    def press(self, key: str) -> None:
        """Press one key, or two together."""
        self.actions += 1
        self._page.keyboard.press(key)

    def tap(self, target: Locator) -> None:
        """Touch one thing."""
        self.actions += 1
        target.tap()

    def click(self, target: Locator) -> None:
        """Click one thing."""
        self.actions += 1
        target.click()


def outcome(page: Page, slot: int, value: str) -> Locator:
    """Give the chip of an outcome of one question, as a person sees it."""
    return page.locator(f"label:has(> input[name=questions-{slot}-outcome][value={value}])")


def tile(page: Page, topic: str) -> Locator:
    """Give the tile of a topic."""
    return page.locator(f".tile[value={topic}]")
