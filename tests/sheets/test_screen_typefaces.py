"""Scripts that many machines lack are drawn on the screen with the sheets' own typefaces."""

import gzip
import re

import pytest
import uharfbuzz as hb
from flask.testing import FlaskClient

from hub.resources import content
from hub.sheets.languages import tongue
from hub.sheets.screen_typefaces import FAMILIES
from tests.house.code import ROOT

_LANGUAGES = {"ethiopic": ("ti", "am"), "devanagari": ("hi",), "chinese": ("zh-Hans",)}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_letter_of_the_shipped_texts_is_in_the_typeface_of_its_script(
    client: FlaskClient, family: str
) -> None:
    known = set(hb.Face(client.get(f"/typefaces/{family}.ttf").data).unicodes)
    for language in _LANGUAGES[family]:
        assert family in tongue(language).families
        for path in content("answers").glob(f"*/{language}.toml"):
            letters = {ord(letter) for letter in path.read_text("utf-8")} & _range(family)
            assert letters <= known, (path, sorted(map(chr, letters - known)))


def _range(family: str) -> set[int]:
    """Give the characters for which the style sheet asks for a typeface."""
    style = (ROOT / "hub/static/css/typefaces.css").read_text("utf-8")
    block = style[style.index(f"typefaces/{family}.ttf") :]
    found = re.search(r"unicode-range: (.+);", block)
    assert found is not None
    bounds = re.findall(r"U\+([0-9A-F]+)-([0-9A-F]+)", found[1])
    return {code for low, high in bounds for code in range(int(low, 16), int(high, 16) + 1)}


def test_a_typeface_is_for_anyone_and_kept_by_the_browser(client: FlaskClient) -> None:
    answer = client.get("/typefaces/ethiopic.ttf")
    assert answer.status_code == 200
    assert answer.mimetype == "font/ttf"
    assert "max-age" in answer.headers["Cache-Control"]
    again = client.get("/typefaces/ethiopic.ttf", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_typeface_is_compressed_for_browsers_that_can_read_it(client: FlaskClient) -> None:
    plain = client.get("/typefaces/ethiopic.ttf")
    zipped = client.get("/typefaces/ethiopic.ttf", headers={"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data


@pytest.mark.parametrize("family", ["latin", "nothing", "..%2Ftokens"])
def test_no_other_file_is_given(client: FlaskClient, family: str) -> None:
    assert client.get(f"/typefaces/{family}.ttf").status_code == 404
