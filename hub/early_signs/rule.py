"""The rule that says whether a week's count is an unusual rise.

A count is set against the last eight open weeks, per open hour. It is a sign when it is at
least five, and either so high that a Poisson count with the mean of those weeks would reach it
in fewer than one week in a hundred, or at least three times their median. Why this rule, and how
often it cries wolf: docs/decisions/early-signs.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, lgamma, log
from statistics import median
from typing import Final

BASELINE_WEEKS: Final = 8
SMALLEST: Final = 5
RAREST: Final = 0.01
TIMES: Final = 3
# A term this small beside the sum changes no digit of it.
_NEGLIGIBLE: Final = 1e-17


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rule says of one count.

    `expected` is what the eight weeks' mean rate gives for the same open hours, `usual` what
    their median rate gives. `chance` is the share of weeks in which a Poisson count with that
    mean is as high as this one or higher. `rare` and `manifold` are the two ways of being a sign.
    """

    count: int
    expected: Fraction
    usual: Fraction
    chance: float
    rare: bool
    manifold: bool

    @property
    def sign(self) -> bool:
        """Tell whether the count is an unusual rise."""
        return self.rare or self.manifold


def judge(count: int, minutes: int, counts: Sequence[int], open_minutes: Sequence[int]) -> Verdict:
    """Set a count, made in `minutes` of opening, against the counts of eight open weeks.

    `counts` and `open_minutes` have one number for each of these weeks. Raises ValueError where
    there are not eight of them, or where one was not open: then there is nothing to compare with.
    """
    if len(counts) != BASELINE_WEEKS or minutes <= 0 or min(open_minutes) <= 0:
        raise ValueError("the rule compares an open week with eight open weeks")
    expected = Fraction(sum(counts) * minutes, sum(open_minutes))
    usual = minutes * median(
        Fraction(number, length) for number, length in zip(counts, open_minutes, strict=True)
    )
    chance = poisson_tail(count, float(expected))
    enough = count >= SMALLEST
    return Verdict(
        count=count,
        expected=expected,
        usual=usual,
        chance=chance,
        rare=enough and chance < RAREST,
        manifold=enough and count >= TIMES * usual,
    )


def poisson_tail(count: int, mean: float) -> float:
    """Give the probability that a Poisson number with this mean is `count` or higher."""
    if count <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    if count > mean:
        return min(_sum_upwards(count, mean), 1.0)
    return max(1.0 - _sum_downwards(count - 1, mean), 0.0)


def _term(count: int, mean: float) -> float:
    return exp(count * log(mean) - mean - lgamma(count + 1))


def _sum_upwards(count: int, mean: float) -> float:
    """Add the terms from a count above the mean upwards; each is smaller than the last."""
    term = total = _term(count, mean)
    while term > total * _NEGLIGIBLE:
        count += 1
        term *= mean / count
        total += term
    return total


def _sum_downwards(count: int, mean: float) -> float:
    """Add the terms from a count at or below the mean down to 0."""
    term = total = _term(count, mean)
    while count > 0 and term > total * _NEGLIGIBLE:
        term *= count / mean
        count -= 1
        total += term
    return total
