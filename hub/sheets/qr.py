"""QR codes as page operators."""

import re
from functools import lru_cache
from typing import Final

from hub.sheets.qr_matrix import qr_rows

_DARK: Final = re.compile(b"1+")


@lru_cache(maxsize=256)
def _modules(address: str) -> tuple[int, str]:
    """Give the number of modules of a side, and rectangles on a grid of one unit."""
    rows = qr_rows(address)
    side = len(rows)
    out = [
        f"{dark.start()} {side - 1 - number} {dark.end() - dark.start()} 1 re"
        for number, row in enumerate(rows)
        for dark in _DARK.finditer(row)
    ]
    return side, " ".join(out)


def qr_code(address: str, x: float, y: float, size: float) -> str:
    """Give the page operators that draw a QR code with its lower left corner at x, y."""
    side, rectangles = _modules(address)
    unit = size / side
    return f"q {unit:.4f} 0 0 {unit:.4f} {x:.2f} {y:.2f} cm 0 g {rectangles} f Q"
