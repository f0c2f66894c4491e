"""QR codes as page operators."""

from functools import lru_cache

import segno

_MASK = 3  # a fixed mask: choosing the best one takes five times as long and gains little


@lru_cache(maxsize=512)
def _modules(address: str) -> tuple[int, str]:
    """Give the number of modules of a side, and rectangles on a grid of one unit."""
    matrix = segno.make_qr(address, error="m", mask=_MASK).matrix
    side = len(matrix)
    out = []
    for number, row in enumerate(matrix):
        start = 0
        while start < side:
            if not row[start]:
                start += 1
                continue
            end = start
            while end < side and row[end]:
                end += 1
            out.append(f"{start} {side - 1 - number} {end - start} 1 re")
            start = end
    return side, " ".join(out)


def qr_code(address: str, x: float, y: float, size: float) -> str:
    """Give the page operators that draw a QR code with its lower left corner at x, y."""
    side, rectangles = _modules(address)
    unit = size / side
    return f"q {unit:.4f} 0 0 {unit:.4f} {x:.2f} {y:.2f} cm 0 g {rectangles} f Q"
