"""Typst: markup made from the page, a compiler kept warm, PDF/UA-1."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

import typst

from bench.rivals.page import WRITING_LINE, Cell, Page, PlainRow, qr_svg, read_pages

read = read_pages

_SETUP: Final = """
#set page(paper: "a4", margin: (x: 14mm, top: 11mm, bottom: 14mm),
  footer: text(size: 8pt, align(center, context counter(page).display("1 / 1", both: true))))
#set text(size: 9.5pt, font: ("Noto Sans", "IBM Plex Sans Arabic", "Noto Sans Ethiopic",
  "Noto Sans Devanagari", "Noto Sans SC Thin"))
#let side(code, dir, body) = {
  set text(lang: code, dir: dir)
  align(if dir == rtl { right } else { left }, body)
}
#set par(spacing: 0.55em, leading: 0.5em)
#show heading.where(level: 1): set text(size: 14pt)
#show heading.where(level: 2): set text(size: 11pt)
#set block(spacing: 0.65em)
#let pair(..cells) = grid(columns: (1fr,) * cells.pos().len(), gutter: 10mm, ..cells)
#let framed(..cells) = block(stroke: 0.8pt, inset: 4pt, width: 100%, pair(..cells))
"""


def start(fonts: Path, language: str) -> Callable[[Page], bytes]:  # noqa: ARG001
    """Give a function that prints a page."""
    compiler = typst.Compiler(font_paths=[str(fonts)], ignore_system_fonts=True)

    def set_page(page: Page) -> bytes:
        done = compiler.compile(input=_markup(page).encode(), format="pdf", pdf_standards="ua-1")
        assert isinstance(done, bytes)
        return done

    return set_page


def _markup(page: Page) -> str:
    parts = [
        f"#set document(title: {_quoted(page.title)})",
        f"#set text(lang: {_quoted(_code(page.language))})",
        _SETUP,
        *(_row(row) for row in page.rows),
        (
            f'#image(bytes({_quoted(qr_svg(page.address))}), format: "svg", width: 24mm, '
            f"alt: {_quoted(page.address)})"
        ),
        f"#text(size: 16pt, weight: 700, {_quoted(page.code)})",
    ]
    return "\n".join(parts)


def _row(row: PlainRow) -> str:
    cells = ", ".join(_cell(row.role, cell) for cell in row.cells)
    return f"#{'framed' if row.role == 'first' else 'pair'}({cells})"


def _cell(role: str, cell: Cell | None) -> str:
    if cell is None:
        return "[]"
    text = _quoted(cell.text)
    content = {
        "title": f"heading(level: 1, {text})",
        "heading": f"heading(level: 2, {text})",
        "step": f"enum(enum.item({cell.lead or 1}, {text}))",
        "tick": f"list({text})",
        "small": f"text(size: 7pt, {text})",
    }.get(role, f"par({text})")
    if cell.lead and role != "step":
        content = f"par[#strong({_quoted(cell.lead)}) #{text}]"
    direction = "rtl" if cell.right_to_left else "ltr"
    return f"side({_quoted(_code(cell.language))}, {direction}, {content})"


def _code(language: str) -> str:
    return language.split("-")[0]


def _quoted(text: str) -> str:
    return json.dumps(text.replace("\ue000", WRITING_LINE), ensure_ascii=False)
