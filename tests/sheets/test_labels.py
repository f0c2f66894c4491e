"""The fixed words on a sheet stand in every catalogue, and can be printed."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from hub.facts.units import CHOICES
from hub.i18n import catalogue
from hub.resources import resource
from hub.sheets import labels, pictograms
from hub.sheets.checks import cleaned
from hub.sheets.faces import printable_scripts
from hub.sheets.labels import label
from hub.sheets.languages import script_of
from hub.sheets.making import _MARKS
from tests.sheets import samples

LONGEST_NAME = 12  # short words may well be the same in two languages
_PLACE = re.compile(r"%\(\w+\)s")
MESSAGES = [
    value
    for name, value in vars(labels).items()
    if name.isupper() and isinstance(value, str) and value
] + [*labels.STATUS.values(), *labels.PICTOGRAMS.values(), *_MARKS.values(), *CHOICES.values()]


def _languages() -> list[str]:
    files = resource("translations").glob("*/LC_MESSAGES/sheets.po")
    return sorted(file.parent.parent.name.replace("_", "-") for file in files)


LANGUAGES = _languages()


def file_of(language: str) -> Path:
    """Give the catalogue file of a language."""
    folder = resource("translations") / language.replace("-", "_")
    return folder / "LC_MESSAGES" / "sheets.po"


def test_the_desk_s_languages_all_have_their_words() -> None:
    expected = {"nl", "en", "ar", "tr", "ti", "es", "pap", "srn", "fr", "pt", "pl", "fa", "uk"}
    assert expected | {"am", "so", "tw", "hi", "zh-Hans"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_every_label_with_its_values(language: str) -> None:
    words = catalogue(language, "sheets")
    for message in MESSAGES:
        told = words.gettext(message)
        assert sorted(_PLACE.findall(told)) == sorted(_PLACE.findall(message)), message
        assert told != message or language == "en" or len(message) <= LONGEST_NAME, message


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_nothing_that_is_no_longer_said(language: str) -> None:
    with file_of(language).open("rb") as stream:
        known = {str(message.id) for message in read_po(stream) if message.id}
    assert known <= set(MESSAGES)


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"nl", "en"}))
def test_a_catalogue_that_nobody_has_checked_says_so(language: str) -> None:
    assert "MACHINE DRAFT" in file_of(language).read_text("utf-8")


@pytest.mark.parametrize(
    "language", [code for code in LANGUAGES if script_of(code) in printable_scripts()]
)
def test_every_label_can_be_printed(language: str) -> None:
    for message in MESSAGES:
        cleaned(catalogue(language, "sheets").gettext(message), language, message)


def test_a_language_without_words_gets_english_ones_that_say_they_are() -> None:
    found = label("de", labels.WHO)
    assert (found.text, found.language) == ("Who", "en")


def test_every_pictogram_of_an_answer_is_drawn_and_has_a_word() -> None:
    used = {samples.answer(slug, "nl").pictogram for slug in samples.slugs()}
    assert used <= set(labels.PICTOGRAMS)
    assert set(labels.PICTOGRAMS) <= pictograms.KNOWN


def test_a_pictogram_is_drawn_in_its_square() -> None:
    code = pictograms.strokes("house", 10, 20, 48)
    assert code.startswith("q 2.0000 0 0 2.0000 10.00 20.00 cm")
    assert code.endswith("Q")
