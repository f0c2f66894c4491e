"""A real Chromium, and a watch that notices when a page reaches out or complains.

Every page it opens is watched: a request to another machine, an error on the console, a script
that threw, or a breach of the content security policy fails the test.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

from tests.support.cast import PASSWORD, Person

# Parts of Chromium's own window: pages that wait behind the address bar, and processes kept ready
# for a next page. Nobody sees them without a screen, and to each new visitor they take as long as
# the desk's page itself. Of two lists the last counts, so what Playwright leaves out comes first.
_LEFT_OUT = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect"),
    *("OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"),
    *("PreloadTopChromeWebUI", "SpareRendererForSitePerProcess"),
)
# Root needs the first; the others keep Chromium's own errands off the network.
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    f"--disable-features={','.join(_LEFT_OUT)}",
)
# How long to wait for what does not come. It fails a test that would fail anyway, and must not fail
# one because the machine is busy.
_PATIENCE = 60_000
expect.set_options(timeout=_PATIENCE / 2)
_RUN_AXE = """async ([context, options]) =>
    (await axe.run(context ?? document, options)).violations"""
_WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def chromium_at(path: str) -> Iterator[Browser]:
    """Run the Chromium at a path for as long as the block lasts."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watch:
    """What went wrong on the pages of a context, in words."""

    complaints: list[str] = field(default_factory=list)
    _documents: set[str] = field(default_factory=set)

    def follow(self, context: BrowserContext) -> None:
        """Follow every page of a context."""
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))

    def _on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname != "127.0.0.1":
            self.complaints.append(f"request to another machine: {request.url}")
        if request.is_navigation_request():
            self._documents.add(request.url)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        # Chromium notes on the console that a page itself was answered with 404 or 422; a test
        # that provokes one looks at it. A missing script or picture is still a complaint.
        answered = message.text.startswith("Failed to load resource: the server responded")
        if answered and message.location.get("url") in self._documents:
            return
        self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")


class Surfer:
    """Opens watched pages on one server, each in a browser context of its own."""

    def __init__(self, browser: Browser, address: str) -> None:
        """Take a browser, and the address of the server such as `http://127.0.0.1:5000`."""
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.address = address
        self.watch = Watch()

    def page(
        self,
        width: int = 1280,
        height: int = 800,
        *,
        touch: bool = False,
        script: bool = True,
        language: str = "nl-NL",
        **options: Any,
    ) -> Page:
        """Open an empty page of a new visitor; addresses on it are relative to the server."""
        context = self._browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": height},
            has_touch=touch,
            java_script_enabled=script,
            locale=language,
            timezone_id="Europe/Amsterdam",
            **options,
        )
        context.set_default_timeout(_PATIENCE)
        self._contexts.append(context)
        self.watch.follow(context)
        return context.new_page()

    def close(self) -> list[str]:
        """Close all pages and give what the watch has noticed."""
        for context in self._contexts:
            context.close()
        return self.watch.complaints


def sign_in_on(page: Page, who: Person, password: str = PASSWORD) -> None:
    """Sign somebody in on a page as a person would: name, password, Enter."""
    page.goto("/sign-in")
    page.locator("input[name=name]").fill(who.name)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda address: urlsplit(address).path != "/sign-in")


def axe_findings(page: Page, *, context: Any = None, without: Collection[str] = ()) -> list[str]:
    """Give what axe finds on a page, one line for each element; empty when there is nothing.

    The rules are those of WCAG 2.0 to 2.2, levels A and AA, and axe's own best practices;
    `without` names those to leave out. `context` is the part to look at, as axe takes it.
    """
    options = {
        "runOnly": {"type": "tag", "values": _WCAG},
        "resultTypes": ["violations"],
        "rules": {rule: {"enabled": False} for rule in without},
    }
    # A page that is looked at again, at another width, has axe already.
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_RUN_AXE, [context, options])
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: {' '.join(map(str, node['target']))}"
        for rule in found
        for node in rule["nodes"]
    ]
