"""Blanks typed at the desk: what a volunteer types is understood, checked, and written again.

They are never stored: they live in the open form, on the paper, and nowhere else.
"""

from collections.abc import Mapping
from typing import Final

from babel import dates, numbers

from hub.i18n import N_, babel_locale
from hub.refusal import Refusal
from hub.typed_values import read_date, read_number, unprintable_sign

_MARKUP: Final = frozenset("<>{}")
LONGEST: Final = 60
_NBSP: Final = "\u00a0"


def read_text(typed: str, name: str) -> str:
    """Check a short text: no control signs, no markup, at most 60 signs."""
    text = " ".join(typed.split())
    if len(text) > LONGEST:
        raise Refusal(
            N_("This is longer than %(most)s signs. Shorten it."), field=name, most=LONGEST
        )
    if unprintable_sign(text) or _MARKUP & set(text):
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
