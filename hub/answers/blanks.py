"""Blanks typed at the desk: what a volunteer types is understood, checked, and written again.

They are never stored: they live in the open form, on the paper, and nowhere else.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from babel import dates, numbers

from hub.i18n import N_, babel_locale
from hub.refusal import Refusal

_PLAIN: Final = re.compile(r"-?\d+(?:[.,]\d+)?")
_GROUPED: Final = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_AMBIGUOUS: Final = re.compile(r"-?\d{1,3}[.,]\d{3}")
_DUTCH_DATE: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_CONTROL: Final = re.compile(
    "[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff<>{}]"
)
LONGEST: Final = 60
_NBSP: Final = "\u00a0"


def read_number(typed: str, name: str) -> Decimal:
    """Understand a number as a Dutch volunteer types it: `742,04`, `742.04`, `1.882,04`.

    `1.882` alone may be eighteen hundred or nearly two: it is refused with both readings.
    """
    text = re.sub(r"[€\s]", "", typed)
    if _AMBIGUOUS.fullmatch(text):
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


def read_date(typed: str, name: str) -> date:
    """Understand a day typed as `15-03-2027` or `2027-03-15`."""
    text = typed.strip()
    dutch = _DUTCH_DATE.fullmatch(text)
    try:
        if dutch:
            return date(int(dutch[3]), int(dutch[2]), int(dutch[1]))
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(
            N_("“%(typed)s” is not a day. Type it as 15-03-2027 or 2027-03-15."),
            field=name,
            typed=typed,
        ) from error


def read_text(typed: str, name: str) -> str:
    """Check a short text: no control signs, no markup, at most 60 signs."""
    text = " ".join(typed.split())
    if len(text) > LONGEST:
        raise Refusal(
            N_("This is longer than %(most)s signs. Shorten it."), field=name, most=LONGEST
        )
    if _CONTROL.search(text):
        raise Refusal(
            N_("This holds signs that cannot be printed. Type it with letters and digits."),
            field=name,
        )
    return text


def write_blank(kind: Mapping[str, str], typed: str, name: str, language: str) -> str:
    """Give a typed blank as the reader of a language sees it. Raises Refusal on the field.

    `kind` is the blank's description: `type` (euro number percent date text phone), `unit`.
    Amounts are written as on Dutch bills, because that is where the reader finds them.
    """
    match kind.get("type", "text"):
        case "date":
            day = read_date(typed, name)
            return dates.format_date(day, "long", locale=babel_locale(language))
        case "euro":
            value = read_number(typed, name)
            pattern = "#,##0" if value == value.to_integral() else "#,##0.00"
            return f"€{_NBSP}{numbers.format_decimal(value, pattern, locale='nl')}"
        case "number":
            value = read_number(typed, name)
            unit = {"m3": "m³", "kwh": "kWh", "gj": "GJ"}.get(kind.get("unit", ""), "")
            text = numbers.format_decimal(value, "#,##0.##", locale="nl")
            return f"{text}{_NBSP}{unit}" if unit else text
        case "percent":
            value = read_number(typed, name)
            return f"{numbers.format_decimal(value, '#,##0.##', locale='nl')}{_NBSP}%"
        case "phone":
            return read_text(typed, name).replace(" ", _NBSP)
        case _:
            return read_text(typed, name)
