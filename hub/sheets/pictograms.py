"""Pictograms as vector paths, drawn for this desk on a grid of 24 by 24.

Each is a list of strokes in PDF path operators (origin at the lower left); lines are two units
wide with round ends, so that they stay clear in a small size and on a poor printer. A word
always stands beside a pictogram: it never speaks alone.
"""

import math
from collections.abc import Iterable
from typing import Final

from hub.i18n import N_
from hub.sheets.refusals import SheetRefused

_UNKNOWN = N_("There is no pictogram “%(name)s”. Choose one of: %(known)s.")
_KAPPA: Final = 0.5523  # control points that make a Bezier curve nearly a quarter circle


def _circle(x: float, y: float, r: float) -> str:
    k = r * _KAPPA
    return (
        f"{x + r:g} {y:g} m {x + r:g} {y + k:g} {x + k:g} {y + r:g} {x:g} {y + r:g} c "
        f"{x - k:g} {y + r:g} {x - r:g} {y + k:g} {x - r:g} {y:g} c "
        f"{x - r:g} {y - k:g} {x - k:g} {y - r:g} {x:g} {y - r:g} c "
        f"{x + k:g} {y - r:g} {x + r:g} {y - k:g} {x + r:g} {y:g} c s"
    )


def _line(*points: float) -> str:
    pairs = list(zip(points[::2], points[1::2], strict=True))
    first, rest = pairs[0], pairs[1:]
    steps = " ".join(f"{x:g} {y:g} l" for x, y in rest)
    return f"{first[0]:g} {first[1]:g} m {steps} S"


def _shape(*points: float) -> str:
    return _line(*points)[:-1] + "s"


def _box(x: float, y: float, width: float, height: float) -> str:
    return f"{x:g} {y:g} {width:g} {height:g} re s"


def _rays(x: float, y: float, inner: float, outer: float, count: int) -> str:
    out = []
    for step in range(count):
        angle = 2 * math.pi * step / count
        c, s = round(math.cos(angle), 4), round(math.sin(angle), 4)
        out.append(
            f"{x + inner * c:.2f} {y + inner * s:.2f} m {x + outer * c:.2f} {y + outer * s:.2f} l S"
        )
    return " ".join(out)


def _dot(x: float, y: float) -> str:
    return _line(x, y, x, y + 0.01)


_SHAPES: Final = {
    "euro": (
        (
            "19 18 m 17.5 19.6 15.6 20.5 13.5 20.5 c 9.4 20.5 6 16.7 6 12 c "
            "6 7.3 9.4 3.5 13.5 3.5 c 15.6 3.5 17.5 4.4 19 6 c S"
        ),
        _line(3, 14, 14, 14),
        _line(3, 10, 13, 10),
    ),
    "calendar": (
        _box(3, 3, 18, 17),
        _line(3, 15, 21, 15),
        _line(8, 18, 8, 22),
        _line(16, 18, 16, 22),
        _line(8, 8.5, 11, 6, 16, 11.5),
    ),
    "phone": (
        (
            "7 21 m 9.5 15.5 l 7 13.5 l 8.5 10.2 11 7.7 13.8 6.6 c 16 9.2 l 21 6.5 l "
            "20.5 4.5 19 3 17 3 c 9.5 3.5 3.5 9.5 3 17 c 3 19 4.8 20.8 7 21 c s"
        ),
    ),
    "thermostat": (
        (
            "9 9.2 m 9 19 l 9 20.6 10.3 22 12 22 c 13.7 22 15 20.6 15 19 c 15 9.2 l "
            "16.3 8.3 17 7 17 5.6 c 17 3 14.8 1.5 12 1.5 c 9.2 1.5 7 3 7 5.6 c "
            "7 7 7.7 8.3 9 9.2 c s"
        ),
        _line(12, 5.5, 12, 15),
        _line(18, 18, 21, 18),
        _line(18, 14, 21, 14),
    ),
    "tap": (
        (
            "3 17 m 13 17 l 16.9 17 20 13.9 20 10 c 20 9 l 15 9 l 15 10 l "
            "15 11.1 14.1 12 13 12 c 3 12 l s"
        ),
        _line(9, 17, 9, 21),
        _line(5.5, 21, 12.5, 21),
        (
            "17.5 6 m 16.4 4.4 15.8 3.6 15.8 2.8 c 15.8 1.8 16.6 1.2 17.5 1.2 c "
            "18.4 1.2 19.2 1.8 19.2 2.8 c 19.2 3.6 18.6 4.4 17.5 6 c s"
        ),
    ),
    "letter": (_box(2.5, 4.5, 19, 15), _line(3, 18.5, 12, 11, 21, 18.5)),
    "key": (
        _circle(7.5, 16, 4.5),
        _line(11, 13, 20.5, 3.5),
        _line(16, 8, 19, 11),
        _line(19, 5, 21.5, 7.5),
    ),
    "warning": (_shape(12, 21.5, 22, 3.5, 2, 3.5), _line(12, 15.5, 12, 10), _dot(12, 6.6)),
    "house": (
        _line(2, 11, 12, 20.5, 22, 11),
        _line(5, 9, 5, 3, 19, 3, 19, 9),
        _line(10, 3, 10, 9, 14, 9, 14, 3),
    ),
    "people": (
        _circle(8.5, 16.5, 3.5),
        "2 4 m 2 8.5 4.8 11 8.5 11 c 12.2 11 15 8.5 15 4 c S",
        "15.5 20 m 17.4 19.8 18.6 18.3 18.6 16.5 c 18.6 14.8 17.4 13.3 15.8 13 c S",
        "18 10 m 20.6 9 22 7 22 4 c S",
    ),
    "sun": (_circle(12, 12, 4.6), _rays(12, 12, 7.8, 10.6, 8)),
    "plug": (
        "6 15 m 18 15 l 18 11 l 18 7.7 15.3 5.5 12 5.5 c 8.7 5.5 6 7.7 6 11 c s",
        _line(9, 15, 9, 21.5),
        _line(15, 15, 15, 21.5),
        _line(12, 5.5, 12, 1.5),
    ),
    # For the first box and the status mark.
    "person": (
        _circle(12, 17, 4.2),
        "4 2.5 m 4 7.8 7.4 10.2 12 10.2 c 16.6 10.2 20 7.8 20 2.5 c S",
    ),
    "hand": (_circle(12, 12, 9.7), _line(7.2, 12, 10.7, 8.2, 16.8, 15.5)),
    "place": (
        (
            "12 1.8 m 7 7.4 4.5 11 4.5 14.4 c 4.5 18.7 7.8 22 12 22 c "
            "16.2 22 19.5 18.7 19.5 14.4 c 19.5 11 17 7.4 12 1.8 c s"
        ),
        _circle(12, 14.4, 2.7),
    ),
    "pencil": (_shape(4, 4, 5.2, 9.2, 17, 21, 21, 17, 9.2, 5.2), _line(14, 18, 18, 14)),
}

KNOWN: Final = frozenset(_SHAPES)


def unknown_pictogram(name: str, known: Iterable[str]) -> SheetRefused:
    """Give the refusal of a pictogram that is not among the known ones."""
    return SheetRefused(_UNKNOWN, field="pictogram", name=name, known=", ".join(sorted(known)))


def strokes(name: str, x: float, y: float, size: float) -> str:
    """Give the page operators that draw a pictogram with its lower left corner at x, y.

    Raises `SheetRefused` for a name that is not there.
    """
    if name not in _SHAPES:
        raise unknown_pictogram(name, _SHAPES)
    scale = size / 24
    shapes = " ".join(_SHAPES[name])
    return f"q {scale:.4f} 0 0 {scale:.4f} {x:.2f} {y:.2f} cm 2 w 1 J 1 j {shapes} Q"
