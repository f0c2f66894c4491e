"""The return code in large type, with the QR code and its caption under it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from hub.sheets import breaking
from hub.sheets.blocks import Aside
from hub.sheets.languages import tongue
from hub.sheets.layout.cells import PlacedLine
from hub.sheets.layout.style import INK, QUIET, Colour, Scale
from hub.sheets.measuring import text_width
from hub.sheets.paragraph import break_lines

_CODE_SIZE: Final = 1.75
_QR_SIZE: Final = 74.0
_DENSE_QR: Final = 50.0
_QUIET_ZONE: Final = 4.0
_GAP: Final = 0.8
_CAPTION: Final = 7.5


@dataclass(slots=True)
class AsideBox:
    """An aside set in a width: lines for each of its things, and where the QR code stands."""

    aside: Aside
    width: float
    code: list[PlacedLine] = field(default_factory=list)
    caption: list[PlacedLine] = field(default_factory=list)
    address: list[PlacedLine] = field(default_factory=list)
    qr_top: float = 0.0
    qr_size: float = 0.0
    height: float = 0.0

    @property
    def qr_left(self) -> float:
        """The left edge of the QR code, from the left edge of the box."""
        return (self.width - self.qr_size) / 2


@lru_cache(maxsize=32)
def set_aside(aside: Aside, width: float, scale: Scale, *, above: bool) -> AsideBox:
    """Set an aside, everything centred; with a gap under it where it stands above the rest."""
    box = AsideBox(aside, width)
    top = 0.0
    if aside.code:
        size = min(scale.body * _CODE_SIZE, 16.0 if scale.dense else 26.0)
        needed = text_width(aside.code, "nl", True, 0) * size / 1000
        size = min(size, size * width / needed) if needed else size
        top = _centred(box.code, aside.code, "nl", (size, True, INK), width, top)
    if aside.address:
        box.qr_size = min(_DENSE_QR if scale.dense else _QR_SIZE, width)
        box.qr_top = top + (_QUIET_ZONE if aside.code else 0)
        top = box.qr_top + box.qr_size + _QUIET_ZONE
        caption = max(_CAPTION, min(scale.body * 0.72, 10))
        if scale.dense or scale.large:
            caption = _CAPTION if scale.dense else scale.body
        small = (caption, False, scale.colour(QUIET))
        top = _centred(box.caption, aside.caption, aside.language, small, width, top)
        for text in breaking.address_lines(aside.address, _fits(caption, width)):
            top = _centred(box.address, text, "nl", small, width, top)
    box.height = top + (scale.body * _GAP if above else 0)
    return box


def _fits(size: float, width: float) -> Callable[[str], bool]:
    return lambda text: text_width(text, "nl", False, 0) * size / 1000 <= width


def _centred(
    into: list[PlacedLine],
    text: str,
    language: str,
    look: tuple[float, bool, Colour],
    width: float,
    top: float,
) -> float:
    size, bold, colour = look
    speech = tongue(language)
    size *= speech.enlarged
    unit = size / 1000
    leading = size * 1.25
    for line in break_lines(text, language, bold, width / unit, 0):
        x = (width - line.width * unit) / 2
        if speech.right_to_left:
            x -= line.overhang * unit
        baseline = top + (leading - size) / 2 + size * 0.86
        into.append(PlacedLine(line, "body", size, colour, x, top, baseline, top + leading))
        top += leading
    return top
