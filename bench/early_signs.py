"""How often the rule of early signs cries wolf, and how often it hears a rise.

`python -m bench.early_signs` simulates steady hubs: 60 topics, the n-th asked 1/n as often as the
first, 1.5 questions a visit, every week equally long. "Swing" lets all of a hub's visits of a
week rise and fall together, by 20 % (standard deviation), as weather and holidays do. Beside the
rule stands the exact comparison of two Poisson counts (a binomial test), which also reckons with
the chance in the eight weeks themselves.
"""

from collections import Counter
from dataclasses import dataclass
from math import comb
from typing import Final

import numpy as np
from numpy.typing import NDArray

from hub.early_signs.rule import BASELINE_WEEKS, RAREST, SMALLEST, Verdict, judge

TOPICS: Final = 60
QUESTIONS: Final = 1.5
WEEKS: Final = 1000
WEEK: Final = [600] * BASELINE_WEEKS
# The topic that rises where one does: in a hub of 25 visits it is asked twice a week.
RISING: Final = 3

_SHARES: Final = (1 / np.arange(1, TOPICS + 1)) / (1 / np.arange(1, TOPICS + 1)).sum()


@dataclass(frozen=True, slots=True)
class Hub:
    """A simulated hub: visits a week, the swing of its weeks, and how far one topic rises."""

    visits: int
    swing: float = 0
    times: float = 1

    def week(self, random: np.random.Generator, times: float = 1) -> NDArray[np.int64]:
        """Draw the counts of a week, with the rising topic so many times as often."""
        busy = random.gamma(self.swing**-2, self.swing**2) if self.swing else 1.0
        means = self.visits * QUESTIONS * busy * _SHARES
        means[RISING] *= times
        return random.poisson(means)


def _binomial(count: int, before: int) -> float:
    """Give the chance of so many of all in the ninth part of the time, the week itself."""
    whole = count + before
    return (
        sum(comb(whole, n) * BASELINE_WEEKS ** (whole - n) for n in range(count, whole + 1))
        / (BASELINE_WEEKS + 1) ** whole
    )


def _of(counts: NDArray[np.int64], before: NDArray[np.int64], topic: int) -> Verdict:
    return judge(int(counts[topic]), WEEK[0], before[:, topic].tolist(), WEEK)


def measure(hub: Hub, seed: int = 1) -> Counter[str]:
    """Count signs over many weeks, each after eight steady weeks of its own."""
    random = np.random.default_rng(seed)
    seen: Counter[str] = Counter()
    for _ in range(WEEKS):
        before = np.stack([hub.week(random) for _ in range(BASELINE_WEEKS)])
        counts = hub.week(random, hub.times)
        signs = 0
        for topic in np.flatnonzero(counts >= SMALLEST):
            verdict = _of(counts, before, topic)
            signs += verdict.sign
            seen["rare"] += verdict.rare
            seen["by the median alone"] += verdict.manifold and not verdict.rare
            exact = _binomial(int(counts[topic]), int(before[:, topic].sum()))
            seen["exact"] += exact < RAREST
            seen["heard"] += verdict.sign and topic == RISING
            seen["heard by the exact"] += exact < RAREST and topic == RISING
        seen["signs"] += signs
        seen["weeks with one"] += signs > 0
    return seen


def main() -> None:
    """Print signs a week of steady hubs, then the share of weeks in which a rise is heard."""
    for visits in (10, 25, 60, 200):
        for swing in (0, 0.2):
            seen = measure(Hub(visits, swing))
            names = ("signs", "by the median alone", "weeks with one", "exact")
            shares = ", ".join(f"{name} {seen[name] / WEEKS:.3f}" for name in names)
            print(f"{visits} visits a week, swing {swing:.0%}: {shares}")
    for visits in (25, 60):
        for times in (2, 3, 5):
            seen = measure(Hub(visits, times=times))
            heard, exact = seen["heard"] / WEEKS, seen["heard by the exact"] / WEEKS
            usual = visits * QUESTIONS * _SHARES[RISING]
            print(
                f"{visits} visits a week, a topic of {usual:.1f} a week {times} times as often: "
                f"heard {heard:.0%}, by the exact {exact:.0%}"
            )


if __name__ == "__main__":
    main()
