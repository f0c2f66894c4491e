"""Numbers, days and lines as people type them, understood the same way all over the desk."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Final

from hub.i18n import N_
from hub.refusal import Refusal

_PLAIN: Final = re.compile(r"-?\d+(?:[.,]\d+)?")
_GROUPED: Final = re.compile(r"-?[^\D0]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
# Three digits after a single point or comma: thousands, or decimals. `0.123` can only be one.
_AMBIGUOUS: Final = re.compile(r"-?(?!0[.,])\d{1,3}[.,]\d{3}")
_DUTCH_DAY: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_ISO_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
# Joiners that Persian and Hindi are written with; every other format sign is unseen trickery.
_JOINERS: Final = "\u200c\u200d"
_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


def read_number(typed: str, name: str) -> Decimal:
    """Understand a number as a Dutch volunteer types it: `742,04`, `742.04`, `1.882,04`.

    `1.882` alone may be eighteen hundred or nearly two: it is refused with both readings.
    Raises Refusal on field `name`.
    """
    text = re.sub(r"[€\s]", "", typed)
    if has_two_readings(text):
        whole = re.sub(r"[.,]", "", text)
        raise Refusal(
            N_("“%(typed)s” can be read as %(many)s or as %(few)s. Type one of these two."),
            field=name,
            typed=typed,
            many=whole,
            few=f"{text.replace('.', ',')}0",
        )
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    raise Refusal(
        N_("“%(typed)s” is not a number. Type it as 742,04 or 742.04."), field=name, typed=typed
    )


def has_two_readings(text: str) -> bool:
    """Tell whether a number without spaces may be thousands as well as decimals."""
    return _AMBIGUOUS.fullmatch(text) is not None


def read_date(typed: str, name: str) -> date:
    """Understand a day typed as `15-03-2027` or `2027-03-15`. Raises Refusal on field `name`."""
    text = typed.strip()
    dutch = _DUTCH_DAY.fullmatch(text)
    iso = _ISO_DAY.fullmatch(text)
    try:
        if dutch:
            return date(int(dutch[3]), int(dutch[2]), int(dutch[1]))
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        pass
    raise Refusal(
        N_("“%(typed)s” is not a day. Type it as 15-03-2027 or 2027-03-15."),
        field=name,
        typed=typed,
    )


def unprintable_sign(text: str) -> str | None:
    """Give the first sign that nobody can see on paper, or None.

    Control signs, signs that turn the direction of writing (UAX #9), private-use signs and
    line ends inside a line; the joiners of Persian and Hindi are letters' own.
    """
    for sign in text:
        if sign not in _JOINERS and unicodedata.category(sign) in _UNSEEN:
            return sign
    return None
