"""The project speaks of itself alone: no machine of ours, no registry, no work in progress."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.code import ROOT

_FOLDERS = (
    *("hub", "templates", "translations", "migrations", "tests", "bench", "docs", "scripts"),
    *("requirements", ".ci"),
)
_LOOSE = (
    *("*.md", "*.toml", "*.yml", "*.yaml", "*.cfg", "*.py", "Makefile", ".editorconfig"),
    *(".pre-commit-config.yaml", ".gitignore"),
)
_TEXT = {
    *(".py", ".html", ".md", ".toml", ".yml", ".yaml", ".cfg", ".txt", ".csv", ".po", ".js"),
    *(".css", ".svg", ".json", ".mako", ""),
}
_NOT_HERE = {Path("tests/house/test_words.py")}

FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.-])/(?:work|root|home)/"),
    "a registry's host": re.compile(
        r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org|crates\.io"
    ),
    "the number of an issue": re.compile(r"\bissues?\s+#?\d", re.IGNORECASE),
    "pages outside the project": re.compile(r"\.\./shared\b|\bshared/(?:domain|contract|design)"),
    "something left for later": re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b"),
}
# A folder for passing files has its place in tests, nowhere else.
_PASSING = re.compile(r"(?<![\w.-])/tmp\b")


def _files() -> Iterator[Path]:
    for folder in _FOLDERS:
        yield from (ROOT / folder).rglob("*")
    for pattern in _LOOSE:
        yield from ROOT.glob(pattern)


def _texts() -> Iterator[Path]:
    for path in sorted(set(_files())):
        here = path.relative_to(ROOT)
        passing = any(part in {"__pycache__", "output"} for part in here.parts)
        if path.is_file() and path.suffix in _TEXT and not passing and here not in _NOT_HERE:
            yield here


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    found = [
        f"{here}:{number}: {line.strip()[:80]}"
        for here in _texts()
        for number, line in enumerate((ROOT / here).read_text("utf-8").splitlines(), 1)
        if FORBIDDEN[what].search(line)
    ]
    assert not found, "\n".join(found)


def test_only_tests_name_the_folder_for_passing_files() -> None:
    found = [
        str(here)
        for here in _texts()
        if here.parts[0] != "tests" and _PASSING.search((ROOT / here).read_text("utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a path of one machine", "see /work/main/notes"),
        ("a registry's host", "https://pypi.org/simple"),
        ("the number of an issue", "as issue 4 asks"),
        ("pages outside the project", "see ../shared/design.md"),
        ("something left for later", "# TODO: mend"),
    ],
)
def test_a_planted_word_is_found(what: str, line: str) -> None:
    assert FORBIDDEN[what].search(line)
