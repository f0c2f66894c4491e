"""Pages look as they did when somebody last looked at them."""

import pytest
from PIL import Image, ImageDraw

from hub.sheets.render import render
from tests.sheets import pictures
from tests.support.machine import program

# Grey levels, of 255: other versions of poppler draw edges a little differently; a word that
# is gone or has moved makes more.
TOLERANCE = 0.6


def reference(name: str) -> Image.Image:
    """Give the picture that was looked at."""
    return Image.open(pictures.FOLDER / f"{name}.png").convert("L")


@pytest.mark.parametrize("name", pictures.NAMES)
def test_a_page_looks_as_it_did(name: str) -> None:
    drawn = pictures.picture(render(pictures.sheet_of(name)), program("pdftoppm"))
    assert pictures.difference(drawn, reference(name)) < TOLERANCE, (
        "Look at the page; where it is right, make the pictures anew: "
        "python -m tests.sheets.pictures"
    )


def test_a_missing_line_would_be_noticed() -> None:
    whole = reference("ar-a4")
    spoiled = whole.copy()
    ImageDraw.Draw(spoiled).rectangle((30, 60, 300, 90), fill=255)
    assert pictures.difference(whole, spoiled) > TOLERANCE


def test_there_is_a_picture_for_every_name_and_no_other() -> None:
    found = {file.stem for file in pictures.FOLDER.glob("*.png")}
    assert found == {*pictures.NAMES, "contact"}
