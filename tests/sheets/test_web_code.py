"""The code of a sheet's web page: never guessed, always typed right, printed in one shape."""

import math
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hub.sheets import web_code
from hub.sheets.content import Format
from hub.sheets.render import render
from tests.sheets import samples
from tests.support.machine import program

signs = st.sampled_from(web_code.ALPHABET)
codes = st.builds(
    lambda drawn: web_code.new_code(lambda _: drawn.pop()),
    st.lists(signs, min_size=web_code.LENGTH, max_size=web_code.LENGTH),
)


def test_a_code_is_of_128_random_bits_at_least() -> None:
    assert len(set(web_code.ALPHABET)) == len(web_code.ALPHABET)
    assert web_code.LENGTH * math.log2(len(web_code.ALPHABET)) >= 128
    drawn = {web_code.new_code() for _ in range(500)}
    assert len(drawn) == 500
    for place in (at for at in range(len(min(drawn))) if min(drawn)[at] != "-"):
        assert len({code[place] for code in drawn}) > 20, place


def test_a_code_fits_its_column() -> None:
    assert len(web_code.new_code()) <= 32


def test_no_sign_is_another_one_in_capitals_or_in_handwriting() -> None:
    assert web_code.ALPHABET.lower() == web_code.ALPHABET
    assert not set("ilou") & set(web_code.ALPHABET)


@given(codes)
@example("00000-11111-00000-11111-000000")
def test_a_code_is_found_however_it_is_typed(code: str) -> None:
    found = web_code.digest(code)
    assert web_code.digest(code.upper()) == found
    assert web_code.digest(code.replace("-", "")) == found
    assert web_code.digest(code.replace("-", " ")) == found
    assert web_code.digest(code.replace("1", "I").replace("0", "o")) == found
    assert web_code.digest(code.replace("1", "L")) == found


@given(codes, st.integers(0, web_code.LENGTH - 1), signs)
def test_another_code_is_another_sheet(code: str, place: int, sign: str) -> None:
    plain = code.replace("-", "")
    other = plain[:place] + sign + plain[place + 1 :]
    assert (web_code.digest(other) == web_code.digest(code)) == (other == plain)


@given(st.text(max_size=40))
def test_anything_typed_has_a_digest(typed: str) -> None:
    assert len(web_code.digest(typed)) == 64


# --- on paper ------------------------------------------------------------------------------

BASE = "https://balie.energiehub.example.nl/s/"
EXTREMES = [sign * web_code.LENGTH for sign in web_code.ALPHABET]
FORMATS = {
    "a4": Format("a4"),
    "a4-large": Format("a4", large=True),
    "a4-16pt": Format("a4", points=16),
    "a5": Format("a5"),
    "receipt": Format("receipt"),
}


def _grouped(plain: str) -> str:
    taken = iter(plain)
    return web_code.new_code(lambda _: next(taken))


def _address_lines(code: str, name: str, folder: Path) -> list[str]:
    """Give the address as it stands on the paper, line by line."""
    sheet = samples.sheet("disconnection", "ar", FORMATS[name], web_address=f"{BASE}{code}")
    path = folder / "sheet.pdf"
    path.write_bytes(render.__wrapped__(sheet))
    command = [program("pdftotext"), "-raw", str(path), "-"]
    read = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    lines = [line.strip() for line in read.splitlines()]
    begin = next(at for at, line in enumerate(lines) if line.startswith("https://balie"))
    found: list[str] = []
    for line in lines[begin:]:
        found.append(line)
        if "".join(found).endswith(code[-6:]):
            break
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_every_code_is_printed_whole_and_broken_at_the_same_places(
    name: str, tmp_path: Path
) -> None:
    shapes = set()
    for plain in ("m" * web_code.LENGTH, "1" * web_code.LENGTH, *EXTREMES[::9]):
        lines = _address_lines(_grouped(plain), name, tmp_path)
        assert "".join(lines) == f"{BASE}{_grouped(plain)}"
        shapes.add(tuple(re.sub(r"\w", "x", line) for line in lines))
    assert len(shapes) == 1, shapes
