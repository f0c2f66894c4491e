"""A value as somebody enters it, on the page or in a file, judged field by field."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeVar

from hub.facts.models import FactValue
from hub.facts.refusals import DatedRefusal
from hub.facts.units import UNITS, read_value, require_plain
from hub.i18n import N_
from hub.refusal import Refusal
from hub.typed_values import read_date

T = TypeVar("T")

VATS: Final = {"none": N_("not about VAT"), "incl": N_("with VAT"), "excl": N_("without VAT")}
MARKS: Final = {
    "source": N_("read in the source"),
    "derived": N_("worked out from the source"),
    "general_knowledge": N_("general knowledge"),
    "uncertain": N_("uncertain"),
}
AT_EXPIRY: Final = {"stop": N_("does not print any more"), "warn": N_("prints with a warning")}

LONGEST_CODE: Final = 20
LONGEST_PART: Final = 30
LONGEST_SOURCE: Final = 500
# A state such as that of a fund is true for as long as it is looked up: seven days.
STATE_COUNTS: Final = timedelta(days=7)
_CODE: Final = re.compile(r"F-[A-Z0-9]+(?:-[A-Z0-9]+)*")
_PART: Final = re.compile(r"[a-z][a-z0-9_]*")
_YEARS: Final = range(1950, 2150)


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated value of one part of a fact, good on its own; `value` is in its plain form."""

    code: str
    part: str
    value: str
    unit: str
    vat: str
    valid_from: date | None
    valid_until: date | None
    source: str
    mark: str
    review_by: date | None
    at_expiry: str


# The columns of a value that an entry fills, besides code and part.
CONTENT: Final = (
    "value", "unit", "vat", "valid_from", "valid_until", "source", "mark", "review_by", "at_expiry",
)  # fmt: skip


def entry_of(value: FactValue) -> Entry:
    """Give a stored value as an entry."""
    return Entry(value.code, value.part, **{name: getattr(value, name) for name in CONTENT})


class EntryRefused(Refusal):
    """An entry with faults; `faults` holds one Refusal for each, with its field."""

    def __init__(self, faults: list[Refusal]) -> None:
        super().__init__(N_("This value cannot be entered as it stands."))
        self.faults = tuple(faults)


class _Reading:
    """Reads field after field and collects what is wrong."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = fields
        self.faults: list[Refusal] = []

    def take(self, name: str, read: Callable[[str, str], T], otherwise: T) -> T:
        """Give a field as `read(typed, name)` understands it, or `otherwise` with a fault."""
        try:
            return read(self.fields.get(name, ""), name)
        except Refusal as fault:
            self.faults.append(fault)
            return otherwise


def read_entry(fields: Mapping[str, str]) -> Entry:
    """Understand the fields of a value, named as the columns of the facts file.

    Empty fields stand for: `vat` none, `mark` uncertain, `at_expiry` stop, no dates, no source.
    Raises EntryRefused with every fault at its field.
    """
    reading = _Reading(fields)
    unit = reading.take("unit", _read_unit, "")
    entry = Entry(
        code=reading.take("code", _read_code, ""),
        part=reading.take("part", _read_part, ""),
        value=reading.take("value", lambda typed, _: read_value(typed, unit), "") if unit else "",
        unit=unit,
        vat=reading.take("vat", _one_of(VATS, "none"), "none"),
        valid_from=reading.take("valid_from", read_day, None),
        valid_until=reading.take("valid_until", read_day, None),
        source=reading.take("source", _read_source, ""),
        mark=reading.take("mark", _one_of(MARKS, "uncertain"), "uncertain"),
        review_by=reading.take("review_by", read_day, None),
        at_expiry=reading.take("at_expiry", _one_of(AT_EXPIRY, "stop"), "stop"),
    )
    faulty = {fault.field for fault in reading.faults}
    try:
        entry = _with_end_of_state(entry) if "valid_from" not in faulty else entry
        if not faulty & {"valid_from", "valid_until"}:
            require_dates_in_order(entry)
    except Refusal as fault:
        reading.faults.append(fault)
    if entry.mark == "source" and not entry.source and not faulty & {"source", "mark"}:
        reading.faults.append(_no_source())
    if reading.faults:
        raise EntryRefused(reading.faults)
    return entry


def require_dates_in_order(entry: Entry) -> None:
    """Refuse a last day before the first, or a state that counts too long. Field `valid_until`."""
    first, last = entry.valid_from, entry.valid_until
    if first is None or last is None:
        return
    if last < first:
        raise DatedRefusal(
            N_("The last day is before the first (%(first)s). Correct one of the two."),
            field="valid_until",
            first=first,
        )
    if entry.unit == "choice" and last - first > STATE_COUNTS:
        raise DatedRefusal(
            N_(
                "A state counts for %(days)s days at most, since it can change any day. Give "
                "%(last)s or an earlier day, and look it up again by then."
            ),
            field="valid_until",
            days=STATE_COUNTS.days,
            last=first + STATE_COUNTS,
        )


def _with_end_of_state(entry: Entry) -> Entry:
    """Give a state its last day where none was said."""
    if entry.unit != "choice" or (entry.valid_from and entry.valid_until):
        return entry
    if entry.valid_from is None:
        raise Refusal(N_("Give the day on which this state was looked up."), field="valid_from")
    fields = {name: getattr(entry, name) for name in CONTENT}
    return Entry(
        entry.code, entry.part, **fields | {"valid_until": entry.valid_from + STATE_COUNTS}
    )


def _read_unit(typed: str, name: str) -> str:
    if not typed:
        raise Refusal(
            N_("A value needs its unit. Use one of: %(units)s"), field=name, units=", ".join(UNITS)
        )
    return _one_of(UNITS, "")(typed, name)


def _one_of(known: Mapping[str, str], otherwise: str) -> Callable[[str, str], str]:
    def read(typed: str, name: str) -> str:
        if typed and typed not in known:
            raise Refusal(
                N_("“%(value)s” is not known here. Use one of: %(values)s"),
                field=name,
                value=typed[:40],
                values=", ".join(known),
            )
        return typed or otherwise

    return read


def _read_code(typed: str, name: str) -> str:
    if len(typed) > LONGEST_CODE or not _CODE.fullmatch(typed):
        raise Refusal(
            N_(
                "“%(value)s” is not the code of a fact. It begins with F- and goes on in capitals, "
                "digits and hyphens, as in F-HEAT; at most %(most)s signs."
            ),
            field=name,
            value=typed[:40],
            most=LONGEST_CODE,
        )
    return typed


def _read_part(typed: str, name: str) -> str:
    if len(typed) > LONGEST_PART or not _PART.fullmatch(typed):
        raise Refusal(
            N_(
                "“%(value)s” is not the name of a part. Use small letters, digits and underscores, "
                "as in gj or first_amount; at most %(most)s signs."
            ),
            field=name,
            value=typed[:40],
            most=LONGEST_PART,
        )
    return typed


def read_day(typed: str, name: str) -> date | None:
    """Give a day of this or a near century, None for nothing. Raises Refusal on field `name`."""
    if not typed:
        return None
    day = read_date(typed, name)
    if day.year not in _YEARS:
        raise Refusal(
            N_("The year %(year)s cannot be meant. Type all four digits of the year."),
            field=name,
            year=day.year,
        )
    return day


def _read_source(typed: str, name: str) -> str:
    text = " ".join(typed.split())
    require_plain(text, name, LONGEST_SOURCE)
    return text


def _no_source() -> Refusal:
    return Refusal(
        N_("Name the source, with its link where there is one, or choose another mark."),
        field="source",
    )
