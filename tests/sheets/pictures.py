"""Reference pictures of sheets, made by a real renderer (poppler), and one page of them all.

Make them anew, after looking at what changed, with:

    python -m tests.sheets.pictures

The contact sheet `contact.png` stands beside them for a person to look at.
"""

import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from hub.sheets.blocks import Sheet
from hub.sheets.compose import compose
from hub.sheets.content import Format
from hub.sheets.faces import printable_scripts
from hub.sheets.languages import script_of
from hub.sheets.render import render
from tests.sheets import samples
from tests.sheets.words import WORDS

FOLDER = Path(__file__).parent / "pictures"
RESOLUTION = 40
_COLUMNS = 6
_STEP = 17  # sixteen greys are enough to see by, and make small files

FORMATS = {
    "a4": Format("a4"),
    "a4-alone": Format("a4"),
    "a4-large": Format("a4", large=True),
    "a4-16pt": Format("a4", points=16),
    "a5": Format("a5"),
    "receipt": Format("receipt"),
}
LANGUAGES = [code for code in WORDS if script_of(code) in printable_scripts()]
# Every language on A4, and every format in one language of each direction. The texts are test
# copy, so that a better sentence in an answer changes no picture.
NAMES = [
    *(f"{language}-a4" for language in LANGUAGES),
    *(f"{language}-{form}" for language in ("ar", "en") for form in FORMATS if form != "a4"),
    "ar-several",
]


def sheet_of(name: str) -> Sheet:
    """Compose the sheet that a picture is of."""
    language = next(code for code in LANGUAGES if name.startswith(f"{code}-"))
    form = name.removeprefix(f"{language}-")
    text = samples.own_words(language)
    if form == "several":
        answer = samples.own_answer(text)
        safety = replace(answer, slug="safety", safety=True)
        frame = samples.frame(language, demonstration=True, call_back_on=date(2027, 3, 5))
        return compose([answer, safety, answer], frame, Format("a4"))
    beside = None if form == "a4-alone" or language == "nl" else "nl"
    return samples.own_sheet(text, FORMATS[form], beside=beside)


def picture(file: bytes, pdftoppm: str) -> Image.Image:
    """Render all pages of a file beside each other, in grey."""
    command = [pdftoppm, "-r", str(RESOLUTION), "-gray", "-"]
    done = subprocess.run(command, input=file, check=True, capture_output=True)
    pages = _pages(done.stdout)
    width, height = sum(page.width for page in pages), max(page.height for page in pages)
    whole = Image.new("L", (width, height), 255)
    left = 0
    for page in pages:
        whole.paste(page, (left, 0))
        left += page.width
    return whole.point([value // _STEP * _STEP for value in range(256)])


def _pages(stream: bytes) -> list[Image.Image]:
    """Cut poppler's stream of PGM pictures into pages."""
    pages = []
    while stream:
        header = stream.split(b"\n", 3)
        width, height = map(int, header[1].split())
        length = len(stream) - len(header[3]) + width * height
        pages.append(Image.open(BytesIO(stream[:length])).convert("L"))
        stream = stream[length:]
    return pages


def difference(one: Image.Image, other: Image.Image) -> float:
    """Give the mean difference of two pictures, from 0 (the same) to 255."""
    if one.size != other.size:
        return 255.0
    mean: float = ImageStat.Stat(ImageChops.difference(one, other)).mean[0]
    return mean


def _make(pdftoppm: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    made = []
    for name in NAMES:
        image = picture(render(sheet_of(name)), pdftoppm)
        image.save(FOLDER / f"{name}.png", optimize=True)
        made.append(image)
    _contact(made).save(FOLDER / "contact.png", optimize=True)


def _contact(images: list[Image.Image]) -> Image.Image:
    """Put small copies of all pictures on one sheet."""
    small = [image.resize((image.width * 2 // 3, image.height * 2 // 3)) for image in images]
    rows = [small[start : start + _COLUMNS] for start in range(0, len(small), _COLUMNS)]
    width = max(sum(image.width + 6 for image in row) for row in rows)
    height = sum(max(image.height for image in row) + 6 for row in rows)
    whole = Image.new("L", (width, height), 128)
    top = 3
    for row in rows:
        left = 3
        for image in row:
            whole.paste(image, (left, top))
            left += image.width + 6
        top += max(image.height for image in row) + 6
    return whole


if __name__ == "__main__":
    _make("pdftoppm")
