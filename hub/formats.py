"""Dates, times and numbers on the screen, by Babel, in the language of the screen."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel import dates, numbers
from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from hub.answers.placeholders import ISOLATE, POP, WRITING_LINE
from hub.i18n import babel_locale
from hub.locale import screen_language

_VALUES: Final = re.compile(f"({ISOLATE}[^{POP}]*{POP})")
_SHORT: Final = 24


def format_day(day: date, style: str = "long") -> str:
    """Give a day such as `3 november 2026`."""
    return dates.format_date(day, style, locale=babel_locale(screen_language()))


def format_weekday(day: date) -> str:
    """Give a day with its weekday, such as `dinsdag 3 november 2026`."""
    return dates.format_date(day, "full", locale=babel_locale(screen_language()))


def format_time(moment: datetime, timezone: str) -> str:
    """Give the time of day in a time zone, such as `10:05`."""
    return dates.format_time(
        moment, "short", tzinfo=ZoneInfo(timezone), locale=babel_locale(screen_language())
    )


def format_month(month: str) -> str:
    """Give a month such as `nov 2026` for `2026-11`."""
    year, number = month.split("-")
    return dates.format_skeleton(
        "yMMM", date(int(year), int(number), 1), locale=babel_locale(screen_language())
    )


def format_number(value: int | Decimal) -> str:
    """Give a number with the separators of the language."""
    return numbers.format_decimal(value, locale=babel_locale(screen_language()))


def format_percent(value: Decimal) -> str:
    """Give a share (0.235) as a percentage."""
    return numbers.format_percent(value, locale=babel_locale(screen_language()))


def written(text: str) -> Markup:
    """Give a filled answer string as HTML: values kept whole, writing lines drawn, all escaped."""
    return Markup("").join(
        _value(piece[1:-1]) if piece.startswith(ISOLATE) else escape(piece)
        for piece in _VALUES.split(text)
    )


def _value(text: str) -> Markup:
    """Give an inserted value in its own direction; a short one never breaks over a line."""
    if text == WRITING_LINE:
        return Markup('<span class="writing-line"></span>')
    kind = "value value-short" if len(text) <= _SHORT else "value"
    return Markup('<bdi class="{}">{}</bdi>').format(kind, text)


def _for_each_reader(format_one: Callable[..., str]) -> Callable[..., str]:
    """Give a filter that is asked on every page.

    Jinja writes what a filter makes of a constant (`1000|number`) into the compiled template,
    in the language of whoever came first, unless the filter takes the context.
    """

    @pass_context
    def asked_anew(_context: Context, *values: Any, **options: Any) -> str:
        return format_one(*values, **options)

    return asked_anew


def register(app: Flask) -> None:
    """Make the formats filters of every template."""
    app.jinja_env.filters.update(
        day=_for_each_reader(format_day),
        weekday=_for_each_reader(format_weekday),
        time=_for_each_reader(format_time),
        month=_for_each_reader(format_month),
        number=_for_each_reader(format_number),
        percent=_for_each_reader(format_percent),
        written=written,
    )
