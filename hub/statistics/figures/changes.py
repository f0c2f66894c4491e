"""The change between two counts, and how sure it is.

Two counts of questions are taken as two Poisson counts. Given their sum, the later one is
binomial; the exact interval for its share (Clopper and Pearson 1934, Biometrika 26, 404-413)
gives the exact interval for the ratio of the two rates (Przyborowski and Wilenski 1940,
Biometrika 31, 313-323). Both periods count as equally long: quarters differ by two days.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from scipy.special import betaincinv

from hub.statistics.figures.known import Value, difference, growth

CONFIDENCE: Final = 0.99
"""A list of eighty topics is looked through at once: at 95 % four would stand out by chance."""

Direction = Literal["up", "down", "unclear", "hidden"]


@dataclass(frozen=True, slots=True)
class Span:
    """Between what and what the true change lies, as shares (-0.1 is 10 % less).

    `high` is None where nothing was counted before, so that there is no upper end.
    """

    low: Decimal
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Change:
    """Two counts of the same thing in two periods; None where one is hidden."""

    now: Value
    before: Value

    @property
    def difference(self) -> Value:
        """How many more there are now."""
        return difference(self.now, self.before)

    @property
    def growth(self) -> Decimal | None:
        """The change as a share of what it was."""
        return growth(self.now, self.before)

    @property
    def span(self) -> Span | None:
        """Between what and what the true change lies."""
        if self.now is None or self.before is None or not (self.now or self.before):
            return None
        return _span(self.now, self.before)

    @property
    def direction(self) -> Direction:
        """Whether it has clearly gone up or down, or chance may explain it, or is hidden."""
        if self.now is None or self.before is None:
            return "hidden"
        span = self.span
        if span is not None and span.low > 0:
            return "up"
        if span is not None and span.high is not None and span.high < 0:
            return "down"
        return "unclear"


@lru_cache(maxsize=65536)
def _span(now: int, before: int) -> Span:
    tail = (1 - CONFIDENCE) / 2
    low = float(betaincinv(now, before + 1, tail)) if now else 0.0
    high = float(betaincinv(now + 1, before, 1 - tail)) if before else 1.0
    return Span(
        Decimal(low / (1 - low) - 1) if low < 1 else Decimal(-1),
        None if high >= 1 else Decimal(high / (1 - high) - 1),
    )
