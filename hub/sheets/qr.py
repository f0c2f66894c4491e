"""QR codes as page operators."""

import re
from functools import lru_cache
from typing import Final

from hub.sheets.qr_matrix import qr_rows

_DARK: Final = re.compile(b"1+")
_WIDE: Final = tuple(f"{modules} 1 re" for modules in range(64))


@lru_cache(maxsize=8)
def _modules(address: str) -> tuple[int, str]:
    """Give the number of modules of a side, and rectangles on a grid of one unit."""
    rows = qr_rows(address)
    side = len(rows)
    out = []
    for number, row in enumerate(rows, 1):
        height = f" {side - number} "
        for dark in _DARK.finditer(row):
            start, end = dark.span()
            out.append(f"{start}{height}{_WIDE[end - start]}")
    return side, " ".join(out)


def qr_code(address: str, x: float, y: float, size: float) -> str:
    """Give the page operators that draw a QR code with its lower left corner at x, y."""
    side, rectangles = _modules(address)
    unit = size / side
    return f"q {unit:.4f} 0 0 {unit:.4f} {x:.2f} {y:.2f} cm 0 g {rectangles} f Q"
