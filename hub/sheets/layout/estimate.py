"""How long a sheet will be, guessed from its words: where to look first for its scale.

Only how many settings are tried depends on these guesses, never which one is taken. They hold
to within some four hundredths for the shipped answers, so two tries are mostly enough.
"""

import math
from functools import lru_cache
from typing import Final

from hub.sheets.blocks import Block, Part, Sheet
from hub.sheets.formats import Paper
from hub.sheets.languages import tongue
from hub.sheets.layout.style import STYLES, Scale
from hub.sheets.measuring import text_width

_UNSEEN: Final = 1.1  # panels, pictograms and the spaces between parts
_RAGGED: Final = 0.1  # how much of a line is lost because words are not cut
_BESIDE_ASIDE: Final = 0.75  # the share of the width that an aside leaves
_INDENTED: Final = 2.2  # what a number or a box before a text takes, per body size
_BESIDE_LABEL: Final = 0.6  # the share of the width that a label beside a text leaves


def room(scale: Scale) -> float:
    """Give the room that a scale takes, as a logarithm, up to a constant.

    Fitted to the shipped answers: settings at two scales differ by what this differs, to within
    two hundredths.
    """
    size = 1.4 * math.log(scale.body)
    if scale.dense:
        return size + 0.035 * scale.air + 0.05 * min(scale.air, 1)
    return size + 0.22 * min(scale.air, 1) + 0.12 * max(scale.air - 1, 0)


def likely_pages(sheet: Sheet, paper: Paper, scale: Scale) -> float:
    """Guess how many pages a sheet takes at a scale."""
    if paper.height is None:
        return 1.0
    tall = sum(
        [
            _height(block, _width(part, block, paper), scale)
            for part in sheet.parts
            for block in part.blocks
        ]
    )
    return _UNSEEN * tall / (paper.height - paper.bottom - paper.top)


def _width(part: Part, block: Block, paper: Paper) -> float:
    """Give the width of a column, about."""
    if block.role == "hub":
        return paper.measure
    width = paper.measure * _BESIDE_ASIDE if part.aside else paper.measure
    return width if len(part.columns) == 1 else (width - paper.gutter) / 2


@lru_cache(maxsize=1024)
def _height(block: Block, width: float, scale: Scale) -> float:
    """Guess the height of a block with the space above it."""
    style = STYLES[block.role]
    size = scale.size(style)
    if block.role in ("step", "tick"):
        width -= _INDENTED * size
    elif block.role == "first":
        width *= _BESIDE_LABEL
    tallest = 0.0
    for side in block.sides:
        if side is None:
            continue
        speech = tongue(side.language)
        body = size * speech.enlarged
        unit = body / 1000
        text = side.lead if block.role == "amount" else side.text
        wide = text_width(text, side.language, style.bold, scale.blank / unit) * unit
        lines = math.ceil(wide / width + _RAGGED) if wide > width else 1
        lines += bool(side.lead) and block.role not in ("step", "first", "amount")
        tallest = max(tallest, lines * scale.leading(body) * speech.leading)
    return tallest + scale.before(style)
