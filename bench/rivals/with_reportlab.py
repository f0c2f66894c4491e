"""ReportLab as it comes: Platypus paragraphs in tables, no tags.

A paragraph does not look for a typeface that has a character, so runs are marked here by what
the language's own typeface can draw. Shaping is on for the scripts that need it, and off where
it only costs time.
"""

import io
from collections.abc import Callable
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

from bench.rivals.page import (
    BODY,
    FAMILY_OF,
    PLAIN_FAMILY,
    SIZES,
    WRITING_LINE,
    Cell,
    Page,
    PlainRow,
    font_files,
    qr_rectangles,
    read_pages,
    without_isolates,
)

read = read_pages

_SHAPED: Final = frozenset({"ar", "hi"})
_PLAIN: Final = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ]
)
_BOXED: Final = TableStyle([("BOX", (0, 0), (-1, -1), 0.8, (0, 0, 0))], parent=_PLAIN)


def start(fonts: Path, language: str) -> Callable[[Page], bytes]:
    """Give a function that prints a page."""
    drawn: dict[str, frozenset[int]] = {}
    for family in {PLAIN_FAMILY, FAMILY_OF.get(language, PLAIN_FAMILY)}:
        regular, bold = font_files(fonts)[family]
        shaped = family == FAMILY_OF.get(language) and language in _SHAPED
        font = TTFont(family, str(regular), shapable=shaped)
        pdfmetrics.registerFont(font)
        pdfmetrics.registerFont(TTFont(f"{family}-Bold", str(bold), shapable=shaped))
        drawn[family] = frozenset(font.face.charToGlyph)
    styles: dict[tuple[str, str], ParagraphStyle] = {}

    def set_page(page: Page) -> bytes:
        file = io.BytesIO()
        document = SimpleDocTemplate(
            file, pagesize=A4, title=page.title, leftMargin=14 * mm, rightMargin=14 * mm,
            topMargin=9 * mm, bottomMargin=9 * mm,
        )  # fmt: skip
        width = document.width / page.columns
        story: list[Flowable] = []
        for row in page.rows:
            cells = [_cell(row, cell, styles, drawn) if cell else "" for cell in row.cells]
            style = _BOXED if row.role == "first" else _PLAIN
            story.append(Table([cells], [width] * len(cells), style=style))
        document.build([*story, _Qr(page.address), Paragraph(escape(page.code))])
        return file.getvalue()

    return set_page


def _cell(
    row: PlainRow,
    cell: Cell,
    styles: dict[tuple[str, str], ParagraphStyle],
    drawn: dict[str, frozenset[int]],
) -> Paragraph:
    style = styles.get((row.role, cell.language))
    if style is None:
        style = styles[row.role, cell.language] = _style(row.role, cell)
    text = f"{cell.lead} {cell.text}" if cell.lead else cell.text
    text = without_isolates(text.replace("\ue000", WRITING_LINE))
    return Paragraph(_marked(text, FAMILY_OF.get(cell.language, PLAIN_FAMILY), drawn), style)


def _style(role: str, cell: Cell) -> ParagraphStyle:
    size = SIZES.get(role, BODY)
    family = FAMILY_OF.get(cell.language, PLAIN_FAMILY)
    more: dict[str, Any] = {}
    if cell.language in _SHAPED:
        more["shaping"] = 1
    if cell.right_to_left:
        more["wordWrap"] = "RTL"
    elif cell.language == "zh-Hans":
        more["wordWrap"] = "CJK"
    return ParagraphStyle(
        f"{role}-{cell.language}",
        fontName=f"{family}-Bold" if role in {"title", "heading"} else family,
        fontSize=size,
        leading=size * 1.2,
        alignment=TA_RIGHT if cell.right_to_left else TA_LEFT,
        **more,
    )


def _marked(text: str, family: str, drawn: dict[str, frozenset[int]]) -> str:
    """Name the typeface of every run that the paragraph's own cannot draw."""
    runs = groupby(text, lambda letter: ord(letter) in drawn[family])
    return "".join(
        escape("".join(run))
        if own
        else f'<font name="{PLAIN_FAMILY}">{escape("".join(run))}</font>'
        for own, run in runs
    )


class _Qr(Flowable):
    """A QR code drawn as rectangles."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self.width = self.height = 24 * mm

    def draw(self) -> None:
        """Draw each run of dark modules."""
        side, runs = qr_rectangles(self._address)
        unit = self.height / side
        for row, start_at, length in runs:
            self.canv.rect(
                start_at * unit, (side - 1 - row) * unit, length * unit, unit, stroke=0, fill=1
            )
