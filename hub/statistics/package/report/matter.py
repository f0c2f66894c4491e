"""What a report is about, and how its figures are written.

A hidden figure is `x`. A dash stands where there is no figure: no earlier release, no known
hours, no share of what is hidden.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from babel.numbers import format_decimal

from hub.i18n import babel_locale
from hub.statistics.figures import known, wording
from hub.statistics.figures.known import Value
from hub.statistics.figures.words import Against
from hub.statistics.package import words
from hub.statistics.package.table_files import HIDDEN
from hub.statistics.published import Published

NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class Matter:
    """What a report is about: the release, what it is compared with, and the language.

    `good` holds the release that stands for each earlier period and for this one.
    """

    release: Published
    good: Mapping[str, Published]
    against: Sequence[Against]
    language: str

    def say(self, message: str, /, **values: object) -> str:
        """Give a message in the language of the report."""
        return words.say(self.language, message, **values)

    def count(self, number: Value | Decimal) -> str:
        """Give a figure, or the sign of a hidden one."""
        return HIDDEN if number is None else wording.number(number, self.language)

    def share(self, part: Decimal | None) -> str:
        """Give a share of the whole, or a dash."""
        return NOTHING if part is None else wording.percent(part, self.language)

    def growth(self, now: Value | Decimal, before: Value | Decimal) -> str:
        """Give a change, or a dash."""
        change = known.growth(now, before)
        return NOTHING if change is None else self.signed(change)

    def signed(self, change: Decimal) -> str:
        """Give a change as a percentage with its sign; none where it rounds to nothing."""
        whole = change.quantize(Decimal("0.01"))
        return wording.signed_percent(whole, self.language) if whole else self.share(whole * 0)

    def tenths(self, number: Decimal | None) -> str:
        """Give hours, or a number per hour, to a tenth; a dash where they are not known."""
        if number is None:
            return NOTHING
        return format_decimal(number, "#,##0.0", locale=babel_locale(self.language))

    def name(self, dimension: str, code: str) -> str:
        """Give the name of a code."""
        return self.release.label(dimension, code, self.language)

    def then(self, earlier: Against) -> str:
        """Give how the period of an earlier release is called, such as `2e kwartaal 2026`."""
        return wording.period_name(earlier.release.period, self.language)

    def now(self) -> str:
        """Give how the period of the release is called."""
        return wording.period_name(self.release.period, self.language)

    def per_hour(self, came: Value, hours: Decimal | None) -> str:
        """Give visits per open hour: hidden where the visits are, a dash without hours."""
        return HIDDEN if came is None else self.tenths(known.rate(came, hours))


def length(count: Value, most: int) -> float | None:
    """Give the length of a bar, from 0 to 1; None where the figure is hidden."""
    return None if count is None or not most else count / most
