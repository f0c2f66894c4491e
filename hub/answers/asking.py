"""What a calculation may ask for: blanks that were typed, facts of a day; and what it gives back.

A calculation that lacks something does not guess: it says which blank or which fact is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final, TypeVar

from hub.facts.register import FactOnDay, Register, write_value
from hub.i18n import N_, translate
from hub.refusal import Refusal
from hub.typed_values import read_date, read_number

# No bill, use or number of hours at a desk is larger.
MOST: Final = 1_000_000
# Days from which a term can be counted: King's Day as it is now, and not beyond a lifetime.
FIRST_YEAR: Final = 2014
LAST_YEAR: Final = 2100

# A value for a sentence: as the register writes it, and its unit (`1882.04`, `euro`).
Value = tuple[str, str]
Choice = TypeVar("Choice", bound=StrEnum)


class Wanting(Exception):  # noqa: N818 - no error: the desk has simply not typed enough yet
    """Blanks that must be typed before anything can be calculated."""

    def __init__(self, *blanks: str) -> None:
        super().__init__(*blanks)
        self.blanks = blanks


class Lacking(Exception):  # noqa: N818 - told to the volunteer as a sentence
    """A fact without a value for a day; `instead` is the blank that could be typed for it."""

    def __init__(self, code: str, part: str, day: date, instead: str | None) -> None:
        super().__init__(code, part)
        self.code = code
        self.part = part
        self.day = day
        self.instead = instead


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence for the volunteer: an English gettext message and its values with units."""

    message: str
    values: Mapping[str, Value]

    def text(self, language: str) -> str:
        """Give the sentence in a screen language."""
        written = {
            name: write_value(value, unit, language) for name, (value, unit) in self.values.items()
        }
        return translate(language, self.message, **written)


@dataclass(frozen=True, slots=True)
class Found:
    """What one rule found: values for blanks, as one would type them, and what to say."""

    values: Mapping[str, str]
    notes: tuple[Note, ...]


class Asked:
    """Typed blanks and the register on a day, for one rule; it notes the facts it gave."""

    def __init__(self, typed: Mapping[str, str], register: Register, day: date) -> None:
        self._typed = typed
        self._register = register
        self.day = day
        self.facts: dict[tuple[str, str, int | None], FactOnDay] = {}

    def has(self, name: str) -> bool:
        """Tell whether a blank was typed."""
        return bool(self._typed.get(name, "").strip())

    def text(self, name: str) -> str:
        """Give a typed blank as it is. Raises Wanting."""
        if not self.has(name):
            raise Wanting(name)
        return self._typed[name].strip()

    def number(self, name: str) -> Decimal:
        """Give a typed number from 0 to a million. Raises Wanting, or Refusal on its field."""
        value = self.signed_number(name)
        if value < 0:
            raise Refusal(
                N_("“%(typed)s” is less than nothing. Type it without the minus."),
                field=f"blank-{name}",
                typed=self.text(name),
            )
        return value

    def signed_number(self, name: str) -> Decimal:
        """Give a typed number that may be negative. Raises Wanting, or Refusal on its field."""
        typed = self.text(name)
        value = read_number(typed, f"blank-{name}")
        if abs(value) > MOST:
            raise Refusal(
                N_("“%(typed)s” is too large to calculate with. Look at it again."),
                field=f"blank-{name}",
                typed=typed,
            )
        return value

    def date_of(self, name: str) -> date:
        """Give a typed day. Raises Wanting, or Refusal on its field."""
        typed = self.text(name)
        found = read_date(typed, f"blank-{name}")
        if not FIRST_YEAR <= found.year < LAST_YEAR:
            raise Refusal(
                N_("“%(typed)s” is too far away to count from. Look at the year again."),
                field=f"blank-{name}",
                typed=typed,
            )
        return found

    def choice(self, name: str, kinds: type[Choice]) -> Choice:
        """Give a choice. Raises Wanting, or Refusal on its field."""
        typed = self.text(name)
        try:
            return kinds(typed)
        except ValueError as error:
            raise Refusal(
                N_("“%(typed)s” is not one of the choices: %(choices)s."),
                field=f"blank-{name}",
                typed=typed,
                choices=", ".join(kinds),
            ) from error

    def fact(self, code: str, part: str, on: date | None = None, instead: str | None = None) -> str:
        """Give the value of a fact on a day (today unless said). Raises Lacking.

        A fact whose last day has passed is not calculated with, also where it may still be
        printed with a warning.
        """
        day = on or self.day
        found = self._register.on_day(code, part, day)
        if found.state != "valid":
            raise Lacking(code, part, day, instead)
        self.facts[found.code, found.part, found.value_id] = found
        return found.value

    def amount(
        self, code: str, part: str, on: date | None = None, instead: str | None = None
    ) -> Decimal:
        """Give the value of a fact as a number. Raises Lacking."""
        return Decimal(self.fact(code, part, on, instead))


def typed_number(value: Decimal) -> str:
    """Give a number as a volunteer would type it, with cents only where there are any."""
    cents = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole = cents.to_integral_value()
    return f"{whole + 0:f}" if cents == whole else f"{cents:f}".replace(".", ",")


def typed_day(day: date) -> str:
    """Give a day as a volunteer would type it."""
    return f"{day:%d-%m-%Y}"


def euro(amount: Decimal) -> Value:
    """Give an amount for a sentence."""
    return f"{amount:f}", "euro"


def on_day(day: date) -> Value:
    """Give a day for a sentence."""
    return day.isoformat(), "date"


def plain(text: object) -> Value:
    """Give a text or a bare number for a sentence."""
    return str(text), "text"
