"""A sweep over all answers, texts and facts that are shipped: each meets every rule of a text."""

import csv
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hub.answers.bodies import is_for_volunteers
from hub.answers.languages import OFFERED
from hub.answers.placeholders import body_facts
from hub.answers.standing import SIGNIFICANCES
from hub.answers.text_rules import Known, TextRefused, judge
from hub.i18n import knows_language
from hub.resources import content
from hub.sheets.faces import missing_glyphs

_FOLDERS = sorted(path.parent for path in content("answers").glob("*/answer.toml"))
_TEXTS = sorted(
    path for folder in _FOLDERS for path in folder.glob("*.toml") if path.stem != "answer"
)
_SHAPE = {
    "language", "version", "status", "source_version", "significance", "title", "gist", "steps",
    "bring", "come_back", "referral", "first", "amounts", "do_not_say",
}  # fmt: skip
# In every language of the desk; the others stand in six at least.
_SIX_LANGUAGES = {"nl", "en", "es", "fr", "tr", "ar"}
_ALL_LANGUAGES = {
    "nl", "en", "es", "pap", "srn", "fr", "pt", "tr", "pl", "ar", "fa", "uk", "ti", "am", "so",
    "tw", "hi", "zh-Hans",
}  # fmt: skip
_EVERYWHERE = ("safety", "instalment", "cannot-pay", "disconnection", "heat-tariff")


@cache
def _facts() -> frozenset[tuple[str, str]]:
    """Give the facts by code and part, under their yearly codes too."""
    with content("facts.csv").open(encoding="utf-8", newline="") as stream:
        known = {(row["code"], row["part"]) for row in csv.DictReader(stream)}
    with content("fact_aliases.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            known |= {(row["alias"], part) for code, part in known if code == row["code"]}
    return frozenset(known)


@cache
def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def _known(folder: Path) -> Known:
    blanks = _read(folder / "answer.toml").get("blanks", {})
    return Known(blanks.keys(), lambda code, part: (code, part) in _facts(), missing_glyphs)


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", _TEXTS, ids=_name)
def test_every_shipped_text_meets_every_rule(path: Path) -> None:
    text, dutch = _read(path), _read(path.with_name("nl.toml"))
    source = None if text["language"] == "nl" else (dutch["version"], dutch)
    try:
        judge(text, text["language"], _known(path.parent), source)
    except TextRefused as refused:
        pytest.fail("\n".join(f"{fault.field}: {fault}" for fault in refused.faults))


@pytest.mark.parametrize("path", _TEXTS, ids=_name)
def test_every_shipped_text_says_what_it_is(path: Path) -> None:
    text = _read(path)
    assert text["language"] == path.stem
    assert text["status"] in {"draft", "machine_draft"}
    assert set(text) <= _SHAPE
    if path.stem == "nl":
        assert text["version"] == 1 or text["significance"] in SIGNIFICANCES
    else:
        assert 1 <= text["source_version"] <= _read(path.with_name("nl.toml"))["version"]
        assert path.stem in OFFERED
        assert knows_language(path.stem)


def test_the_twenty_answers_and_the_safety_card_are_there() -> None:
    assert len(_FOLDERS) == 21


@pytest.mark.parametrize("folder", _FOLDERS, ids=lambda folder: folder.name)
def test_every_answer_stands_in_six_languages_at_least(folder: Path) -> None:
    assert _read(folder / "answer.toml")["slug"] == folder.name
    there = {path.stem for path in _TEXTS if path.parent == folder}
    assert there >= _SIX_LANGUAGES, sorted(_SIX_LANGUAGES - there)


@pytest.mark.parametrize("path", _TEXTS, ids=_name)
def test_only_the_languages_of_the_screen_say_what_not_to_say(path: Path) -> None:
    if path.stem not in {"nl", "en"}:
        assert not [name for name in _read(path) if is_for_volunteers(name)]


@pytest.mark.parametrize("slug", _EVERYWHERE)
def test_what_cannot_wait_stands_in_every_language(slug: str) -> None:
    there = {path.stem for path in _TEXTS if path.parent.name == slug}
    assert there >= _ALL_LANGUAGES, sorted(_ALL_LANGUAGES - there)


@pytest.mark.parametrize("folder", _FOLDERS, ids=lambda folder: folder.name)
def test_every_answer_stands_in_six_languages_at_least(folder: Path) -> None:
    there = {path.stem for path in _TEXTS if path.parent == folder}
    assert there >= _SIX_LANGUAGES, sorted(_SIX_LANGUAGES - there)


def test_every_fact_that_a_text_prints_stands_in_the_register() -> None:
    used = {(f.code, f.part) for path in _TEXTS for f in body_facts(_read(path))}
    assert used - _facts() == set()


@pytest.mark.parametrize(
    ("place", "text"),
    [("steps", ["Bel {helper_of_nobody}."]), ("title", "Betaal 12"), ("gist", "☃ {F-NO.part}")],
)
def test_a_planted_fault_is_found(place: str, text: object) -> None:
    folder = content("answers") / "instalment"
    dutch, english = _read(folder / "nl.toml"), _read(folder / "en.toml")
    with pytest.raises(TextRefused):
        judge({**english, place: text}, "en", _known(folder), (1, dutch))
