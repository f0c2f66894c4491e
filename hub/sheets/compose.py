"""From filled answer texts to a composed sheet. Pure: no clock, no files but the catalogues."""

from collections.abc import Sequence

from hub.sheets.blocks import Sheet
from hub.sheets.content import Format, SheetAnswer, SheetFrame


def compose(answers: Sequence[SheetAnswer], frame: SheetFrame, format: Format) -> Sheet:  # noqa: A002
    """Arrange the answers, safety card first, as a frozen sheet in the given format.

    Raises `SheetRefused` (a `ValueError`) naming the block and the remedy.
    """
    raise NotImplementedError
