"""What a reader of all releases knows: one system of equations in whole numbers.

A reader sets every published figure, leaves every hidden one unknown, and also reasons about
cells that no release shows: a code that a list of children names, a quarter that was skipped.
All unknowns are whole numbers of at least 0.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hub.statistics.auditor.findings import COLUMNS, TOTAL, Key
from hub.statistics.auditor.folders import Children, Exported

PERIOD = len(COLUMNS) - 1
TOPIC = 1
MOST_QUESTIONS = 5
"""A visit holds at most five questions."""

Row = dict[int, int]
"""Coefficient per unknown; the row's sum is 0."""


@dataclass
class Knowledge:
    """Unknown and known figures, and the rows that tie them.

    Attributes:
        keys: the figures, shown or merely reasoned about; a room of an inequality has none.
        values: known value per figure, None where unknown.
        listed: how many of the figures are rows of a release; they come first.
        rows: equations; coefficients times figures sum to 0.
    """

    keys: list[Key | None] = field(default_factory=list)
    values: list[int | None] = field(default_factory=list)
    listed: int = 0
    rows: list[Row] = field(default_factory=list)
    index: dict[Key, int] = field(default_factory=dict)

    def figure(self, key: Key) -> int:
        """Number of a figure, made as an unknown where no release shows it."""
        if key not in self.index:
            self.index[key] = self._add(key, None)
        return self.index[key]

    def room(self) -> int:
        """A new unknown of at least 0 that no code names."""
        return self._add(None, None)

    def show(self, key: Key, value: int | None) -> None:
        """Enter a row of a release."""
        self.index[key] = self._add(key, value)
        self.listed = len(self.keys)

    def _add(self, key: Key | None, value: int | None) -> int:
        self.keys.append(key)
        self.values.append(value)
        return len(self.keys) - 1


def gather(releases: Sequence[Exported]) -> Knowledge:
    """All that a reader of these releases of one municipality can write down."""
    knowledge = Knowledge()
    for release in releases:
        for key, value in release.rows.items():
            if key not in knowledge.index:
                knowledge.show(key, value)
    for release in releases:
        for position, dimension in enumerate(COLUMNS[1:PERIOD], start=1):
            lists = release.children.get(dimension, {})
            _add_sums(knowledge, release.rows, position, lists)
        _add_visit_rows(knowledge, release.rows)
    _add_time(knowledge, releases)
    return knowledge


def _at(key: Key, position: int, code: str) -> Key:
    return (*key[:position], code, *key[position + 1 :])


def _sums(
    rows: Iterable[Key], position: int, lists: Mapping[str, Sequence[str]]
) -> Iterator[tuple[Key, list[Key]]]:
    """(parent, children) for every list of which at least one child is known.

    A parent that no release shows is known through its children, and stands for them in the
    lists above it: a year less its shown quarters tells the months of the missing one.
    """
    parents: dict[str, list[str]] = {}
    for name, codes in lists.items():
        for code in codes:
            parents.setdefault(code, []).append(name)
    waiting = deque(rows)
    known = set(waiting)
    seen = set()
    while waiting:
        key = waiting.popleft()
        for name in parents.get(key[position], ()):
            parent = _at(key, position, name.split("#")[0])
            if (parent, name) not in seen:
                seen.add((parent, name))
                yield parent, [_at(key, position, code) for code in lists[name]]
            if parent not in known:
                known.add(parent)
                waiting.append(parent)


def _add_sums(
    knowledge: Knowledge, rows: Iterable[Key], position: int, lists: Mapping[str, Sequence[str]]
) -> None:
    for parent, parts in _sums(rows, position, lists):
        row = {knowledge.figure(parent): 1}
        for part in parts:
            number = knowledge.figure(part)
            row[number] = row.get(number, 0) - 1
        knowledge.rows.append(row)


def _add_visit_rows(knowledge: Knowledge, rows: Iterable[Key]) -> None:
    """Visits <= questions <= 5 x visits."""
    for key in rows:
        questions = knowledge.index.get(("questions", *key[1:]))
        if key[0] == "visits" and key[TOPIC] == TOTAL and questions is not None:
            visits = knowledge.index[key]
            knowledge.rows.append({questions: 1, visits: -1, knowledge.room(): -1})
            knowledge.rows.append({visits: MOST_QUESTIONS, questions: -1, knowledge.room(): -1})


class _Levels:
    """Where a code stands in the lists of one release: 0 for the total, 1 below it, and so on."""

    def __init__(self, children: Children) -> None:
        self._depth: dict[tuple[str, str], int] = {}
        for dimension, lists in children.items():
            level, codes = 0, {TOTAL}
            while codes:
                self._depth.update(((dimension, code), level) for code in codes)
                level += 1
                codes = {
                    child
                    for name, parts in lists.items()
                    if name.split("#")[0] in codes
                    for child in parts
                    if (dimension, child) not in self._depth
                }

    def table(self, key: Key) -> tuple[object, ...]:
        """What tells one table from another: the measure, and the level in every dimension.

        A code outside the tree of the total (a project area) has a level of its own.
        """
        return (
            key[0],
            *(
                self._depth.get((dimension, code), 0 if code == TOTAL else -1)
                for dimension, code in zip(COLUMNS[1:PERIOD], key[1:PERIOD], strict=True)
            ),
        )


def _add_time(knowledge: Knowledge, releases: Sequence[Exported]) -> None:
    """Sums along time.

    A code that an earlier period does not list counts as 0 there when that period lists the
    table, and as unknown when it does not.
    """
    lists: dict[str, Sequence[str]] = {}
    tables: dict[str, set[tuple[object, ...]]] = {}
    levels: dict[str, _Levels] = {}
    for release in releases:
        lists.update(release.children.get("period", {}))
        own = _Levels(release.children)
        for key in release.rows:
            tables.setdefault(key[PERIOD], set()).add(own.table(key))
            levels.setdefault(key[PERIOD], own)
    shown = list(knowledge.index)
    for parent, parts in _sums(shown, PERIOD, lists):
        row = {knowledge.figure(parent): 1}
        level = next(levels[k[PERIOD]] for k in (parent, *parts) if k[PERIOD] in levels)
        for part in parts:
            nought = part not in knowledge.index and level.table(part) in tables.get(
                part[PERIOD], ()
            )
            if not nought:
                row[knowledge.figure(part)] = -1
        knowledge.rows.append(row)
