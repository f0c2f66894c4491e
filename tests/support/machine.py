"""What some tests need of the machine beside Python, and the one command that brings it.

Where it is absent the test is skipped, and `make test` closes with the list of what could not
run. With CI=true nothing may be absent: the test fails.
"""

import os
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import NoReturn

import playwright
import pytest

ABSENT = "not on this machine: "
_PACKAGES = {
    "Chromium": "chromium",
    "libatomic (Playwright needs it)": "libatomic1",
    "PostgreSQL 15 or newer": "postgresql",
    "msgfmt": "gettext",
    "msgmerge": "gettext",
    "msgunfmt": "gettext",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "pdffonts": "poppler-utils",
}


def absent(what: str) -> NoReturn:
    """Skip the test for want of a program, or fail it where nothing may be wanting."""
    reason = f"{ABSENT}{what} (sudo apt-get install {_PACKAGES[what]})"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def program(name: str) -> str:
    """Give the path of a program such as `pdftotext`; see `absent` where there is none."""
    path = shutil.which(name)
    if path is None:
        absent(name)
    return path


def chromium() -> str:
    """Give the path of a Chromium that can be driven; see `absent` where there is none."""
    path = _installed_chromium()
    if path is None:
        absent("Chromium")
    node = Path(playwright.__file__).parent / "driver" / "node"
    if subprocess.run([node, "--version"], capture_output=True, check=False).returncode != 0:
        absent("libatomic (Playwright needs it)")
    return path


def _installed_chromium() -> str | None:
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        path = shutil.which(name)
        if path is not None:
            return path
    # Where somebody ran Playwright's own installer, without root.
    kept = sorted(Path.home().glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome"))
    return str(kept[-1]) if kept else None


def report(terminal: pytest.TerminalReporter) -> None:
    """List by name what could not run, with the command that would enable it."""
    lists: dict[str, list[str]] = defaultdict(list)
    for skipped in terminal.stats.get("skipped", []):
        reason = skipped.longrepr[2] if isinstance(skipped.longrepr, tuple) else ""
        if ABSENT in reason:
            lists[reason.split(ABSENT, 1)[1]].append(skipped.nodeid)
    if not lists:
        return
    terminal.section("could not run on this machine")
    for reason, names in sorted(lists.items()):
        terminal.line(f"{reason} would enable {len(names)}:")
        for name in sorted(names):
            terminal.line(f"  {name}")
