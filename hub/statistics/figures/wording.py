"""Numbers and names of periods in a language of the screen, for pages and report alike."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import dates, lists, numbers

from hub.i18n import babel_locale
from hub.statistics.plan import months_of, period_kind

_WHOLE_PERCENT: Final = Decimal("0.01")


@lru_cache(maxsize=16384)
def number(value: int | Decimal, language: str) -> str:
    """Give a number with the separators of the language, at most one decimal."""
    pattern = "#,##0" if isinstance(value, int) else "#,##0.#"
    return numbers.format_decimal(value, pattern, locale=babel_locale(language))


@lru_cache(maxsize=16384)
def percent(value: Decimal, language: str) -> str:
    """Give a share (0.235) as a whole percentage."""
    return numbers.format_percent(value, locale=babel_locale(language))


@lru_cache(maxsize=16384)
def signed_percent(value: Decimal, language: str) -> str:
    """Give a change (0.235) as a percentage that shows its sign, `+24%`; none at 0%."""
    if not value.quantize(_WHOLE_PERCENT):
        return percent(Decimal(0), language)
    return numbers.format_percent(value, "+#,##0%;−#,##0%", locale=babel_locale(language))


def listed(things: Sequence[str], language: str) -> str:
    """Give things in a sentence: one, two and three."""
    return lists.format_list(things, locale=babel_locale(language))


@lru_cache(maxsize=16384)
def period_name(period: str, language: str) -> str:
    """Give a period as people write it: `september 2026`, `3e kwartaal 2026`, `2026`."""
    kind = period_kind(period)
    if kind == "year":
        return period
    year, month = (int(part) for part in months_of(period)[0].split("-"))
    skeleton = "yMMMM" if kind == "month" else "yQQQQ"
    return dates.format_skeleton(skeleton, date(year, month, 1), locale=babel_locale(language))


@lru_cache(maxsize=16384)
def short_month(month: str, language: str) -> str:
    """Give a month for the axis of a chart, such as `sep. 26`."""
    year, number_of = (int(part) for part in month.split("-"))
    return dates.format_date(date(year, number_of, 1), "MMM yy", locale=babel_locale(language))
