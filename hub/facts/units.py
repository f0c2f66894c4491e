"""The units of the register, and how a value of each is understood and kept.

A value is kept as text in one plain form that reads as itself: a number with a point and the
decimals it was typed with, a day as ISO 8601. Never a floating-point number.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final
from urllib.parse import urlsplit

from hub.i18n import N_
from hub.refusal import Refusal
from hub.typed_values import has_two_readings, read_date, read_number, unprintable_sign

UNITS: Final = {
    "euro": N_("euro"),
    "euro_per_year": N_("euro per year"),
    "euro_per_month": N_("euro per month"),
    "euro_per_gj": N_("euro per GJ"),
    "euro_per_m3": N_("euro per m³"),
    "euro_per_kwh": N_("euro per kWh"),
    "percent": N_("per cent"),
    "gj": N_("GJ of heat"),
    "m3": N_("m³ of gas"),
    "kwh": N_("kWh of electricity"),
    "count": N_("number"),
    "hours": N_("hours"),
    "days": N_("days"),
    "weeks": N_("weeks"),
    "months": N_("months"),
    "date": N_("day"),
    "choice": N_("state"),
    "phone": N_("telephone number"),
    "url": N_("web address"),
    "text": N_("text"),
}

# Choice values of the register, as a reader sees them. Translated for every content language,
# so the words stand in the catalogue of the sheets.
CHOICES: Final = {
    "open": "open",
    "not_open": "not open yet",
    "closed": "closed",
    "unknown": "not known",
}

LONGEST_TEXT: Final = 300
LARGEST: Final = 999_999_999
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()-]{1,18}[0-9]")
_URL: Final = re.compile(r"https?://[!-~]+")
_MARKUP: Final = re.compile(r"<\s*[a-zA-Z/!?]|[{}]")

# Decimals that a sheet can show of each unit; more would be rounded away on paper.
_EURO_DECIMALS: Final = 6
_DECIMALS: Final = {"percent": 2, "gj": 3, "m3": 3, "kwh": 3}
_BELOW_ZERO: Final = frozenset({"percent"})


def read_value(typed: str, unit: str) -> str:
    """Give the plain form of a value of a unit, as the register keeps it.

    What it gives, it reads as the same again. Raises Refusal on field `value`.
    """
    text = " ".join(typed.split())
    if not text:
        raise Refusal(N_("This field is empty; it has to be filled in."), field="value")
    return _READERS.get(unit, _read_number_of(unit))(text)


def require_plain(text: str, field: str, most: int) -> None:
    """Refuse a text that is too long, or holds signs that cannot or must not be printed."""
    if len(text) > most:
        raise Refusal(N_("Use at most %(most)s characters."), field=field, most=most)
    sign = unprintable_sign(text)
    if sign is not None:
        raise Refusal(
            N_(
                "This holds a sign that nobody can see (U+%(code)s), such as one that turns the "
                "direction of writing. Type the text anew instead of pasting it."
            ),
            field=field,
            code=f"{ord(sign):04X}",
        )
    if _MARKUP.search(text):
        raise Refusal(
            N_("This holds markup or curly brackets. Use plain words and signs."), field=field
        )


def _read_number_of(unit: str) -> Callable[[str], str]:
    euro = unit.startswith("euro")
    decimals = _EURO_DECIMALS if euro else _DECIMALS.get(unit, 0)
    return lambda text: _read_number(text, decimals, below_zero=euro or unit in _BELOW_ZERO)


def _read_number(text: str, decimals: int, *, below_zero: bool) -> str:
    number = read_number(text, "value")
    if number < 0 and not below_zero:
        raise Refusal(N_("This cannot be less than nothing. Leave the minus out."), field="value")
    if abs(number) > LARGEST:
        raise Refusal(
            N_("This is larger than the register takes (%(most)s). Check the digits."),
            field="value",
            most=LARGEST,
        )
    if _decimals_that_count(number) > decimals:
        raise Refusal(
            N_("This unit takes a whole number.")
            if decimals == 0
            else N_("This unit takes at most %(most)s decimals."),
            field="value",
            most=decimals,
        )
    return _plain(number)


def _decimals_that_count(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _plain(number: Decimal) -> str:
    """Write a number with a point; one more zero where three decimals could be thousands."""
    text = format(number, "f")
    return f"{text}0" if has_two_readings(text) else text


def _read_date(text: str) -> str:
    return read_date(text, "value").isoformat()


def _read_choice(text: str) -> str:
    if text not in CHOICES:
        raise Refusal(
            N_("There is no state “%(value)s”. Use one of: %(values)s"),
            field="value",
            value=text[:40],
            values=", ".join(CHOICES),
        )
    return text


def _read_phone(text: str) -> str:
    if not _PHONE.fullmatch(text):
        raise Refusal(
            N_("This is not a telephone number. Use digits and spaces, as in 020 555 0101."),
            field="value",
        )
    return text


def _read_url(text: str) -> str:
    if len(text) > LONGEST_TEXT or not _URL.fullmatch(text) or not _names_a_host(text):
        raise Refusal(
            N_("This is not a web address. Copy it whole, as in https://www.rijksoverheid.nl."),
            field="value",
        )
    require_plain(text, "value", LONGEST_TEXT)
    return text


def _names_a_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname and "." in parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def _read_text(text: str) -> str:
    require_plain(text, "value", LONGEST_TEXT)
    return text


_READERS: Final[dict[str, Callable[[str], str]]] = {
    "date": _read_date,
    "choice": _read_choice,
    "phone": _read_phone,
    "url": _read_url,
    "text": _read_text,
}
