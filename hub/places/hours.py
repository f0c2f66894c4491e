"""Opening hours: typed as people write them, kept as stretches, shown in any language.

Typed form: `ma 10:00-13:00; do 13:00-17:00`. Days are Dutch or English abbreviations, one or
a range (`ma-vr`); several times of one day are joined by a comma; days stand apart by a
semicolon or on lines of their own.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from typing import Final

from babel.dates import format_time, get_day_names

from hub.i18n import N_, babel_locale
from hub.refusal import Refusal

_DUTCH: Final = ("ma", "di", "wo", "do", "vr", "za", "zo")
_ENGLISH: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS: Final[dict[str, int]] = (
    {name: day for names in (_DUTCH, _ENGLISH) for day, name in enumerate(names)}
    | {name[:2]: day for day, name in enumerate(_ENGLISH)}
    | {
        name.lower(): day
        for language in ("nl", "en")
        for day, name in get_day_names(locale=language).items()
    }
)
_ENTRY: Final = re.compile(
    r"(?P<first>[a-z]+)\.?(?:\s*[-–]\s*(?P<last>[a-z]+)\.?)?\s*:?\s+(?P<times>\d.*)"
)
_STRETCH: Final = re.compile(
    r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|tot|to)\s*(\d{1,2})(?:[:.](\d{2}))?"
)


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """A time of a weekday in which a hub is open; Monday is 0. Closing is after opening."""

    weekday: int
    opens: time
    closes: time


def parse(typed: str) -> tuple[Stretch, ...]:
    """Read typed opening hours, in the order of the week; nothing typed is no hours.

    Raises Refusal on field `hours`, naming the part that cannot be read.
    """
    parts = [part.strip() for part in re.split(r"[;\n]", typed) if part.strip()]
    stretches = sorted({stretch for part in parts for stretch in _entry(part)})
    for one, next_one in pairwise(stretches):
        if one.weekday == next_one.weekday and next_one.opens < one.closes:
            raise Refusal(
                N_("Two times of one day overlap: %(one)s and %(other)s."),
                field="hours",
                one=as_typed((one,), "nl"),
                other=as_typed((next_one,), "nl"),
            )
    return tuple(stretches)


def as_typed(stretches: Iterable[Stretch], language: str) -> str:
    """Write opening hours in the form that `parse` reads, with Dutch or English days."""
    names = _DUTCH if language.startswith("nl") else _ENGLISH
    return "; ".join(
        f"{names[s.weekday]} {s.opens:%H:%M}-{s.closes:%H:%M}" for s in sorted(stretches)
    )


def in_words(stretches: Iterable[Stretch], language: str) -> tuple[str, ...]:
    """Give one line for each open weekday, such as `maandag 10:00–13:00`, in a language.

    The clock has 24 hours in every language, as on the hub's door.
    """
    locale = babel_locale(language)
    names = get_day_names("wide", "stand-alone", locale)
    days: dict[int, list[str]] = {}
    for stretch in sorted(stretches):
        opens, closes = (
            format_time(moment, "HH:mm", locale=locale)
            for moment in (stretch.opens, stretch.closes)
        )
        days.setdefault(stretch.weekday, []).append(f"{opens}–{closes}")
    return tuple(f"{names[day]} {', '.join(times)}" for day, times in days.items())


def on_day(
    stretches: Iterable[Stretch], closed_days: Collection[date], day: date
) -> tuple[Stretch, ...]:
    """Give when a hub is open on a day; empty when it is closed."""
    if day in closed_days:
        return ()
    return tuple(sorted(s for s in stretches if s.weekday == day.weekday()))


def _entry(part: str) -> list[Stretch]:
    """Read the times of one day, or of a range of days."""
    found = _ENTRY.fullmatch(part.lower())
    if found is None:
        raise _unreadable(part)
    first = _day(found["first"], part)
    last = _day(found["last"], part) if found["last"] else first
    days = [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    times = [_stretch(text.strip(), part) for text in found["times"].split(",")]
    return [Stretch(day, opens, closes) for day in days for opens, closes in times]


def _day(name: str, part: str) -> int:
    if name not in _DAYS:
        raise Refusal(
            N_("“%(part)s”: “%(day)s” is not a day. Use %(days)s."),
            field="hours",
            part=part,
            day=name,
            days=" ".join(_DUTCH),
        )
    return _DAYS[name]


def _stretch(text: str, part: str) -> tuple[time, time]:
    found = _STRETCH.fullmatch(text)
    if found is None:
        raise _unreadable(part)
    hour, minute, last_hour, last_minute = (int(number or 0) for number in found.groups())
    try:
        opens, closes = time(hour, minute), time(last_hour, last_minute)
    except ValueError as error:
        raise Refusal(
            N_("“%(part)s” holds a time that does not exist. Use times such as 10:00."),
            field="hours",
            part=part,
        ) from error
    if opens >= closes:
        raise Refusal(
            N_("“%(part)s” closes before it opens."),
            field="hours",
            part=part,
        )
    return opens, closes


def _unreadable(part: str) -> Refusal:
    return Refusal(
        N_("“%(part)s” cannot be read. Write it as: ma 10:00-13:00; do 13:00-17:00"),
        field="hours",
        part=part,
    )
