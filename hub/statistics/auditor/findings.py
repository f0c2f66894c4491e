"""What an audit reports: one line per finding."""

from typing import NamedTuple

Key = tuple[str, ...]
"""A row of ``cells.csv`` without its value: measure and ten codes, in the order of the columns."""

COLUMNS = (
    "measure",
    "topic",
    "area",
    "hub",
    "language",
    "tenure",
    "heating",
    "outcome",
    "channel",
    "trigger",
    "period",
)
TOTAL = "ALL"

EXACT = "exact"
"""A hidden cell below the threshold that can have one value only."""
BELOW = "below"
"""A hidden cell that is certain to lie below the threshold."""
ABOVE_ZERO = "above-zero"
"""With the truth known: a small cell that cannot be 0."""
UNPROVEN = "unproven"
"""No table was found, nor that there is none, within the work allowed."""
LOW = "low"
"""A published count below the threshold."""
CONTRADICTION = "contradiction"
"""Published figures that no complete table fits."""
CHANGED = "changed"
"""One cell with two values, or published here and hidden there."""
CROSSING = "crossing"
"""A row that no table of the plan holds."""
WRONG = "wrong"
"""With the truth known: a published figure that is not the count."""
DIGEST = "digest"
"""A file that is not the one its manifest describes."""


class Finding(NamedTuple):
    """One thing that is wrong; ``str`` gives its line.

    ``cell`` is the cell without its period (or a file's name); ``range`` is what is known:
    ``0..4``, one number, or two values that differ.
    """

    kind: str
    period: str
    cell: str
    range: str

    def __str__(self) -> str:
        """``finding KIND period cell range``."""
        return f"finding {self.kind} {self.period} {self.cell} {self.range}"


def cell_name(key: Key) -> str:
    """Measure and the codes that are not totals, without spaces and without the period."""
    codes = [
        f"{column}={code}"
        for column, code in zip(COLUMNS[1:-1], key[1:-1], strict=True)
        if code != TOTAL
    ]
    return ",".join([key[0], *codes]).replace(" ", "_")


def about(kind: str, key: Key, known: str) -> Finding:
    """A finding about one cell."""
    return Finding(kind, key[-1].replace(" ", "_"), cell_name(key), known)
