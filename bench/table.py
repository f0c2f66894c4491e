"""Rows of figures: each an amount, beside it a rival's or a limit, and the ratio of the two."""

import statistics
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

ROUNDS: Final = 50
_WIDEST: Final = 60


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure: `rounds` for each figure, `full` for amounts that take minutes."""

    rounds: int = ROUNDS
    full: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the desk. Every amount is a cost: less is better.

    `against` names the rival or limit and `other` is its amount in the same unit; None where it
    could not be measured, and `remark` says why. `most` is the ratio aimed at, None where the
    rival is shown for comparison only.
    """

    part: str
    what: str
    amount: float
    unit: str
    against: str
    other: float | None
    most: float | None = None
    remark: str = ""

    @property
    def ratio(self) -> float | None:
        """The desk's amount divided by the other's."""
        return self.amount / self.other if self.other else None

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none or nothing to compare with."""
        if self.most is None or self.ratio is None:
            return None
        return self.ratio <= self.most

    def as_json(self) -> dict[str, Any]:
        """Give the row for `bench/results.json`."""
        return asdict(self) | {"ratio": self.ratio, "met": self.met}


def limit(part: str, what: str, amount: float, unit: str, most: float, remark: str = "") -> Row:
    """Give a row that compares an amount with a limit of our own."""
    return Row(part, what, amount, unit, "limit", most, 1.0, remark)


@dataclass(frozen=True, slots=True)
class Times:
    """Median and 99th percentile of durations, in milliseconds."""

    p50: float
    p99: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Times":
        """Take the two from durations in seconds."""
        ordered = sorted(seconds)
        last = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
        return cls(statistics.median(ordered) * 1000, last * 1000)


def processor_times(work: Callable[[int], object], rounds: int) -> Times:
    """Run `work(number)` so many times, and give the processor time of one run."""
    taken = []
    for number in range(rounds):
        start = time.process_time()
        work(number)
        taken.append(time.process_time() - start)
    return Times.of(taken)


def shown(amount: float | None) -> str:
    """Write an amount with three digits that matter."""
    if amount is None:
        return "–"
    return f"{amount:,.0f}" if abs(amount) >= 100 else f"{amount:.3g}"


def table(rows: Iterable[Row]) -> str:
    """Give the rows as one table of text."""
    heads = ["part", "what", "amount", "unit", "against", "its amount", "ratio", "aim", "remark"]
    lines = [heads, *(_cells(row) for row in rows)]
    widths = [min(max(map(_width, column)), _WIDEST) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            _padded(cell, width, right=at in {2, 5, 6})
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _cells(row: Row) -> list[str]:
    ratio = "–" if row.ratio is None else f"{row.ratio:.2f}"
    aim = "" if row.met is None else f"{'met' if row.met else 'MISSED'} (≤ {row.most:g})"
    return [
        *(row.part, row.what, shown(row.amount), row.unit),
        *(row.against, shown(row.other), ratio, aim, row.remark),
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text: str, width: int, *, right: bool) -> str:
    blank = " " * max(0, width - _width(text))
    return blank + text if right else text + blank
