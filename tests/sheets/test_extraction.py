"""What is composed can be copied, searched and heard from the printed file."""

from pathlib import Path

import pikepdf
import pytest

from hub.sheets.content import Format
from hub.sheets.render import render
from tests.sheets import samples
from tests.sheets.reading import composed_words, printed_words, share_found

# Latin, Ethiopic, Devanagari and Cyrillic come back whole; what is measured for the others
# stands in docs/sheets.md.
LEAST = {"ar": 0.97, "fa": 0.90}


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_the_words_of_a_sheet_come_back(language: str, tmp_path: Path) -> None:
    # A language alone: the Dutch beside it would hide what it loses.
    sheet = samples.any_sheet(language, Format("a4"), beside=None)
    printed = printed_words(render(sheet), tmp_path)
    assert share_found(composed_words(sheet), printed) >= LEAST.get(language, 1.0)


@pytest.mark.parametrize("language", ["ar", "fa"])
@pytest.mark.parametrize("value", ["020-5551234", "15-03-2027", "1.882,04", "13:00"])
def test_a_value_in_right_to_left_text_is_not_turned_round(
    language: str, value: str, tmp_path: Path
) -> None:
    text = samples.own_words(language, step=f"ابت {samples.isolated(value)} ابت")
    sheet = samples.own_sheet(text)
    assert value in printed_words(render(sheet), tmp_path)


def test_a_writing_line_is_heard_as_an_ellipsis(tmp_path: Path) -> None:
    sheet = samples.own_sheet(samples.own_words("nl", step="Meterstand: \ue000"))
    assert b"ActualText(\xfe\xff\x20\x26)" in sheet_streams(render(sheet), tmp_path)


def sheet_streams(file: bytes, folder: Path) -> bytes:
    """Give the page operators of a file, unpacked."""
    path = folder / "streams.pdf"
    path.write_bytes(file)
    with pikepdf.open(path) as document:
        return b"".join(page.Contents.read_bytes() for page in document.pages)


def test_a_receipt_says_the_same_words(tmp_path: Path) -> None:
    sheet = samples.sheet("disconnection", "en", Format("receipt"), beside=None)
    printed = printed_words(render(sheet), tmp_path)
    assert share_found(composed_words(sheet), printed) == 1.0
