"""WeasyPrint: HTML made from the page, its fonts loaded once, PDF/UA-1."""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import quote

import weasyprint  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]

from bench.rivals.page import WRITING_LINE, Cell, Page, PlainRow, font_files, qr_svg, read_pages

read = read_pages

_STYLE: Final = """
@page { size: A4; margin: 11mm 14mm 14mm; @bottom-center { content: counter(page) " / "
  counter(pages); font-size: 8pt } }
body { font-size: 9.5pt; line-height: 1.25; font-family: %s; margin: 0 }
table { width: 100%%; border-collapse: collapse } td { width: 50%%; vertical-align: top;
  padding: 0.3mm 5mm 0.3mm 0 }
h1 { font-size: 14pt; margin: 0 } h2 { font-size: 11pt; margin: 0 } p, ol, ul { margin: 0 }
.small, .hub { font-size: 7pt } .first { border: 0.8pt solid } .code { font-size: 16pt }
"""


def start(fonts: Path, language: str) -> Callable[[Page], bytes]:  # noqa: ARG001
    """Give a function that prints a page."""
    faces = []
    for name, files in font_files(fonts).items():
        for weight, file in zip((400, 700), files, strict=True):
            faces.append(
                f"@font-face {{ font-family: {name}; font-weight: {weight}; "
                f"src: url({file.as_uri()}) }}"
            )
    families = ", ".join(sorted(font_files(fonts), key=lambda name: name != "NotoSans"))
    known = FontConfiguration()
    css = weasyprint.CSS(string="".join(faces) + _STYLE % families, font_config=known)

    def set_page(page: Page) -> bytes:
        html = weasyprint.HTML(string=_html(page))
        done: bytes = html.write_pdf(stylesheets=[css], font_config=known, pdf_variant="pdf/ua-1")
        return done

    return set_page


def _html(page: Page) -> str:
    rows = "".join(_row(row) for row in page.rows)
    picture = quote(qr_svg(page.address))
    return (
        f'<html lang="{page.language}"><head><title>{escape(page.title)}</title></head><body>'
        f'{rows}<p><img alt="{escape(page.address)}" style="width:24mm" '
        f'src="data:image/svg+xml,{picture}"></p><p class="code"><b>{escape(page.code)}</b></p>'
        "</body></html>"
    )


def _row(row: PlainRow) -> str:
    cells = "".join(f"<td>{_cell(row.role, cell)}</td>" for cell in row.cells)
    return f'<table class="{row.role}" role="presentation"><tr>{cells}</tr></table>'


def _cell(role: str, cell: Cell | None) -> str:
    if cell is None:
        return ""
    text = escape(cell.text.replace("\ue000", WRITING_LINE))
    about = f'lang="{cell.language}" dir="{"rtl" if cell.right_to_left else "ltr"}"'
    if role == "step":
        return f'<ol {about}><li value="{cell.lead}">{text}</li></ol>'
    if role == "tick":
        return f"<ul {about}><li>{text}</li></ul>"
    lead = f"<b>{escape(cell.lead)}</b> " if cell.lead else ""
    tag = {"title": "h1", "heading": "h2"}.get(role, "p")
    return f"<{tag} {about}>{lead}{text}</{tag}>"
