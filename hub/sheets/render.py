"""From a composed sheet to a PDF file."""

from functools import lru_cache
from typing import Final

from hub.sheets.blocks import Sheet
from hub.sheets.layout.pages import set_sheet
from hub.sheets.layout.paint import paint

_KEPT_FILES: Final = 32


@lru_cache(maxsize=_KEPT_FILES)
def render(sheet: Sheet) -> bytes:
    """Print the sheet as PDF/UA-1 and PDF/A-2a; the same sheet always gives the same bytes.

    The last finished files are kept, so a reprint costs nothing. Raises `SheetRefused` naming
    the place and the remedy.
    """
    return paint(set_sheet(sheet))
