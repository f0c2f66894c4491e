"""Periods before, a year before, and which release speaks for a period."""

from collections.abc import Sequence
from datetime import date, timedelta

from hub.statistics.plan import months_of, period_kind
from hub.statistics.published import Published


def previous(period: str) -> str:
    """Give the period of the same kind that ends where this one begins."""
    kind = period_kind(period)
    if kind == "year":
        return str(int(period) - 1)
    year, number = int(period[:4]), int(period[-1] if kind == "quarter" else period[5:])
    last = 4 if kind == "quarter" else 12
    year, number = (year, number - 1) if number > 1 else (year - 1, last)
    return f"{year}-Q{number}" if kind == "quarter" else f"{year}-{number:02}"


def year_before(period: str) -> str:
    """Give the same period a year earlier."""
    return f"{int(period[:4]) - 1}{period[4:]}"


def quarter_of(month: str) -> str:
    """Give the quarter that a month belongs to."""
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"


def months_until(period: str, number: int) -> list[str]:
    """Give so many months in a row, the last one being the last of the period."""
    months = [months_of(period)[-1]]
    while len(months) < number:
        months.append(previous(months[-1]))
    return months[::-1]


def quarters_until(period: str, number: int) -> list[str]:
    """Give so many quarters in a row, the last one being the last of the period."""
    quarters = [quarter_of(months_of(period)[-1])]
    while len(quarters) < number:
        quarters.append(previous(quarters[-1]))
    return quarters[::-1]


def end_of(period: str) -> date:
    """Give the last day of a period."""
    year, month = (int(part) for part in months_of(period)[-1].split("-"))
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def good_releases(releases: Sequence[Published]) -> dict[str, Published]:
    """Give the release that stands for each period: the newest that was not withdrawn."""
    return {
        release.period: release
        for release in sorted(releases, key=lambda release: release.id)
        if release.withdrawn is None
    }


def newest(releases: Sequence[Published], kind: str) -> Published | None:
    """Give the good release of a kind of period that ends last."""
    good = good_releases(releases)
    periods = [period for period in good if period_kind(period) == kind]
    return good[max(periods)] if periods else None
