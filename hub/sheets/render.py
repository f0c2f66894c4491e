"""From a composed sheet to a PDF file."""

from hub.sheets.blocks import Sheet


def render(sheet: Sheet) -> bytes:
    """Print the sheet as PDF/UA-1 and PDF/A-2a; the same sheet always gives the same bytes.

    Raises `SheetRefused` (a `ValueError`) naming the block and the remedy.
    """
    raise NotImplementedError
