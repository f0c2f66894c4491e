"""Reading the register: the value of a fact on a day, and how it is written for a reader."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from babel import dates, numbers
from babel.units import format_unit
from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.facts.models import FactAlias, FactValue
from hub.facts.timeline import begins, covers
from hub.facts.units import CHOICES
from hub.i18n import babel_locale, catalogue

# How a unit is written after an amount; the Dutch bill writes the same.
_PER: Final = {
    "euro_per_gj": "GJ",
    "euro_per_m3": "m³",
    "euro_per_kwh": "kWh",
}
_LENGTHS: Final = {
    "days": "duration-day",
    "weeks": "duration-week",
    "months": "duration-month",
    "hours": "duration-hour",
}
_MEASURES: Final = {"gj": "GJ", "m3": "m³", "kwh": "kWh"}
_NBSP: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class FactOnDay:
    """What the register says of one part of a fact on a day.

    `state` is `valid`, `expired` (its last day has passed) or `missing`. An expired fact
    carries its last value, and `at_expiry` says whether it may still be printed.
    """

    code: str
    part: str
    state: str
    value_id: int | None = None
    value: str = ""
    unit: str = "text"
    valid_from: date | None = None
    valid_until: date | None = None
    at_expiry: str = "stop"
    checked: bool = False
    mark: str = "uncertain"

    @property
    def printable(self) -> bool:
        """Whether a sheet may carry this value on that day."""
        return self.state == "valid" or (self.state == "expired" and self.at_expiry == "warn")


class Register:
    """All current fact values, read once, to be asked for any day."""

    def __init__(self, values: list[FactValue], aliases: dict[str, tuple[str, date]]) -> None:
        self._values: dict[tuple[str, str], list[FactValue]] = defaultdict(list)
        for value in values:
            self._values[value.code, value.part].append(value)
        self._aliases = aliases

    @classmethod
    def read(cls, session: Session) -> "Register":
        """Read every value that is not replaced, and the yearly codes."""
        values = session.scalars(
            select(FactValue)
            .where(FactValue.replaced_at.is_(None))
            .order_by(FactValue.code, FactValue.part, FactValue.valid_from)
        )
        aliases = {a.alias: (a.code, a.on) for a in session.scalars(select(FactAlias))}
        return cls(list(values), aliases)

    def knows(self, code: str, part: str) -> bool:
        """Tell whether the register has this part of this fact, for whatever day."""
        return (self._aliases.get(code, (code, None))[0], part) in self._values

    def on_day(self, code: str, part: str, day: date) -> FactOnDay:
        """Give the value that counts on a day; a yearly code counts in its own year."""
        fixed = self._aliases.get(code)
        if fixed is not None:
            code, day = fixed
        values = self._values.get((code, part), [])
        begun = [value for value in values if begins(value) <= day]
        valid = [value for value in begun if covers(value, day)]
        if begun:
            return _seen(max(valid or begun, key=begins), "valid" if valid else "expired")
        return FactOnDay(code, part, "missing")


def _seen(value: FactValue, state: str) -> FactOnDay:
    return FactOnDay(
        code=value.code,
        part=value.part,
        state=state,
        value_id=value.id,
        value=value.value,
        unit=value.unit,
        valid_from=value.valid_from,
        valid_until=value.valid_until,
        at_expiry=value.at_expiry,
        checked=value.checked_by is not None,
        mark=value.mark,
    )


def write_value(value: str, unit: str, language: str) -> str:
    """Write a register value for a reader of a language.

    Amounts are written as on Dutch bills, with the euro sign in front, a comma for the
    decimals and a no-break space, because a reader must find them on the letter.
    """
    if unit.startswith("euro"):
        amount = f"€{_NBSP}{numbers.format_decimal(Decimal(value), _money(value), locale='nl')}"
        return f"{amount} / {_PER[unit]}" if unit in _PER else amount
    if unit == "percent":
        return numbers.format_percent(Decimal(value) / 100, "#,##0.## %", locale="nl").replace(
            " ", _NBSP
        )
    if unit == "date":
        return dates.format_date(date.fromisoformat(value), "long", locale=babel_locale(language))
    if unit in _LENGTHS:
        return _length(Decimal(value), _LENGTHS[unit], language).replace(" ", _NBSP)
    if unit in _MEASURES or unit == "count":
        number_text = numbers.format_decimal(Decimal(value), locale="nl")
        return f"{number_text}{_NBSP}{_MEASURES[unit]}" if unit in _MEASURES else number_text
    if unit == "choice":
        return catalogue(language, "sheets").gettext(CHOICES.get(value, value))
    return re.sub(r" ", _NBSP, value) if unit == "phone" else value


def _length(number: Decimal, unit: str, language: str) -> str:
    """Write a length of time; CLDR as Babel ships it lacks some long forms, none of the short."""
    locale = babel_locale(language)
    long = format_unit(number, unit, locale=locale)
    return format_unit(number, unit, length="short", locale=locale) if unit in long else long


def _money(value: str) -> str:
    """Give the number pattern: cents where there are any, more decimals for unit prices."""
    decimals = len(value.partition(".")[2])
    if decimals == 0:
        return "#,##0"
    return "#,##0." + "0" * max(decimals, 2)
