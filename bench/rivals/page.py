"""A page as plain values, for engines that know nothing of the desk."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import segno

NOT_DRAWN: Final = dict.fromkeys([0xAD, 0x2066, 0x2067, 0x2068, 0x2069])
WRITING_LINE: Final = "________"

# Families by the script of a language; every other language is set in Noto Sans.
PLAIN_FAMILY: Final = "NotoSans"
FAMILY_OF: Final = {
    "ar": "IBMPlexSansArabic",
    "ti": "NotoSansEthiopic",
    "hi": "NotoSansDevanagari",
    "zh-Hans": "NotoSansSC",
}
# Sizes in points with which every engine keeps the sheet on one page.
SIZES: Final = {"title": 14, "heading": 11, "small": 7, "hub": 7}
BODY: Final = 9.5


@dataclass(frozen=True, slots=True)
class Cell:
    """One language's share of a row."""

    language: str
    right_to_left: bool
    text: str
    lead: str


@dataclass(frozen=True, slots=True)
class PlainRow:
    """One role (`title`, `step`, `tick` and so on), and one cell or None for each column."""

    role: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of two columns; `address` is what its QR code leads to."""

    title: str
    language: str
    columns: int
    rows: tuple[PlainRow, ...]
    address: str
    code: str


def read_pages(file: Path) -> list[Page]:
    """Read what `write_pages` wrote."""
    return [_page(raw) for raw in json.loads(file.read_text("utf-8"))]


def _page(raw: dict[str, Any]) -> Page:
    rows = tuple(
        PlainRow(row["role"], tuple(Cell(**cell) if cell else None for cell in row["cells"]))
        for row in raw["rows"]
    )
    return Page(**(raw | {"rows": rows}))


def without_isolates(text: str) -> str:
    """Give a text without isolates and soft hyphens, for engines that would draw them."""
    return text.translate(NOT_DRAWN)


def font_files(fonts: Path) -> dict[str, tuple[Path, Path]]:
    """Give the regular and the bold file of every family in a folder."""
    files = {}
    for regular in sorted(fonts.glob("*-Regular.ttf")):
        family = regular.name.removesuffix("-Regular.ttf")
        files[family] = (regular, regular.with_name(f"{family}-Bold.ttf"))
    return files


def qr_rectangles(address: str) -> tuple[int, list[tuple[int, int, int]]]:
    """Give a QR code: modules of a side, and runs of dark ones as row, start, length.

    Every engine draws these, made the desk's way (a fixed mask), so that none pays for a slow
    QR library.
    """
    matrix = segno.make_qr(address, error="m", mask=3).matrix
    runs = []
    for number, row in enumerate(matrix):
        start = 0
        while start < len(row):
            end = start
            while end < len(row) and row[end]:
                end += 1
            if end > start:
                runs.append((number, start, end - start))
            start = end + 1
    return len(matrix), runs


def qr_svg(address: str) -> str:
    """Give the QR code as SVG."""
    side, runs = qr_rectangles(address)
    path = "".join(f"M{start} {row}h{length}v1h-{length}z" for row, start, length in runs)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" '
        f'viewBox="0 0 {side} {side}"><path d="{path}"/></svg>'
    )
