"""Cells of the publication plan, their true counts, and the lists that tie them together.

A cell is named by what is counted and by one code per dimension; ``ALL`` is the total of a
dimension. Cells are plain values: they can be compared, sorted and used as keys.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

ALL: Final = "ALL"
QUESTIONS: Final = "questions"
VISITS: Final = "visits"
DIMENSIONS: Final = (
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

Children = Mapping[str, Mapping[str, Sequence[str]]]
"""Dimension -> parent code -> child codes.

A code that is the parent of several lists has the second under ``CODE#2``, the third under
``CODE#3``. Every list is complete: parent = sum of children, for every other code the cells hold.
"""


class Cell(NamedTuple):
    """One cell: a measure and one code per dimension, in the order of ``cells.csv``."""

    measure: str = QUESTIONS
    topic: str = ALL
    area: str = ALL
    hub: str = ALL
    language: str = ALL
    tenure: str = ALL
    heating: str = ALL
    outcome: str = ALL
    channel: str = ALL
    trigger: str = ALL
    period: str = ALL

    def code(self, dimension: str) -> str:
        """The cell's code in one dimension."""
        value: str = getattr(self, dimension)
        return value

    def at(self, dimension: str, code: str) -> "Cell":
        """The cell that differs from this one only by its code in one dimension."""
        return self._replace(**{dimension: code})

    def __str__(self) -> str:
        """Measure and the codes that are not totals, for messages."""
        codes = [f"{d}={self.code(d)}" for d in DIMENSIONS if self.code(d) != ALL]
        return " ".join([self.measure, *codes])


class Count(NamedTuple):
    """True count of one cell.

    ``number`` is the number of questions (or of visits, for measure ``visits``).
    ``visits`` is the number of different visits behind it; None where each counts once.
    ``threshold`` is the threshold under which an earlier release made the cell; None for the
    threshold of the release being made.
    """

    number: int
    visits: int | None = None
    threshold: int | None = None


class CellError(ValueError):
    """The cells, counts or lists given do not fit together; the message names the place."""


def child_lists(children: Children, dimension: str, code: str) -> Iterator[Sequence[str]]:
    """Every list of children that a code has in a dimension: ``CODE``, ``CODE#2``, …"""
    lists = children.get(dimension, {})
    number = 1
    key = code
    while key in lists:
        yield lists[key]
        number += 1
        key = f"{code}#{number}"


def check_children(children: Children) -> None:
    """Refuse unknown dimensions, empty or repeating lists, and codes below themselves.

    Raises:
        CellError: naming dimension and list.
    """
    for dimension, lists in children.items():
        if dimension not in DIMENSIONS:
            raise CellError(f"children: {dimension!r} is not a dimension; use one of {DIMENSIONS}")
        for key, codes in lists.items():
            if not codes or len(set(codes)) != len(codes):
                raise CellError(f"children of {dimension} {key}: list each child once")
        _check_no_circle(dimension, lists)


def _check_no_circle(dimension: str, lists: Mapping[str, Sequence[str]]) -> None:
    below: dict[str, set[str]] = {}
    for key, codes in lists.items():
        below.setdefault(key.split("#")[0], set()).update(codes)
    waiting = set(below)
    while waiting:
        ready = {code for code in waiting if not below[code] & waiting}
        if not ready:
            raise CellError(f"children of {dimension}: {min(waiting)} stands below itself")
        waiting -= ready
