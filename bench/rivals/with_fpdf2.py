"""fpdf2 with text shaping; its files have no tags. Fonts are loaded for every document."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from fpdf import FPDF

from bench.rivals.page import (
    BODY,
    FAMILY_OF,
    PLAIN_FAMILY,
    SIZES,
    WRITING_LINE,
    Cell,
    Page,
    font_files,
    qr_rectangles,
    read_pages,
)

read = read_pages

_GAP: Final = 10


def start(fonts: Path, language: str) -> Callable[[Page], bytes]:
    """Give a function that prints a page."""
    families = font_files(fonts)
    wanted = sorted({PLAIN_FAMILY, FAMILY_OF.get(language, PLAIN_FAMILY)})

    def set_page(page: Page) -> bytes:
        pdf = FPDF(format="A4")
        pdf.set_margins(14, 11)
        pdf.set_auto_page_break(False)
        for name in wanted:
            for style, file in zip(("", "B"), families[name], strict=True):
                pdf.add_font(name, style, file)
        pdf.set_fallback_fonts(wanted, exact_match=False)
        pdf.set_title(page.title)
        pdf.set_lang(page.language)
        pdf.add_page()
        for row in page.rows:
            _row(pdf, row.role, row.cells)
        _qr(pdf, page)
        return bytes(pdf.output())

    return set_page


def _row(pdf: FPDF, role: str, cells: tuple[Cell | None, ...]) -> None:
    width = (pdf.epw - _GAP * (len(cells) - 1)) / len(cells)
    top, low = pdf.y, pdf.y
    size = SIZES.get(role, BODY)
    for number, cell in enumerate(cells):
        if cell is None:
            continue
        bold = role in {"title", "heading"}
        pdf.set_font(FAMILY_OF.get(cell.language, PLAIN_FAMILY), "B" if bold else "", size)
        pdf.set_text_shaping(True, direction="rtl" if cell.right_to_left else "ltr")
        pdf.set_xy(pdf.l_margin + number * (width + _GAP), top)
        text = f"{cell.lead} {cell.text}" if cell.lead else cell.text
        text = text.replace("\ue000", WRITING_LINE)
        pdf.multi_cell(
            width,
            size * 0.45,
            text,
            align="R" if cell.right_to_left else "L",
        )
        low = max(low, pdf.y)
    pdf.set_xy(pdf.l_margin, low + 0.8)


def _qr(pdf: FPDF, page: Page) -> None:
    side, runs = qr_rectangles(page.address)
    unit = 24 / side
    left, top = pdf.l_margin, pdf.y
    for row, start_at, length in runs:
        pdf.rect(left + start_at * unit, top + row * unit, length * unit, unit, style="F")
    pdf.set_xy(left + 30, top)
    pdf.set_font(PLAIN_FAMILY, "B", 16)
    pdf.cell(text=page.code)
