"""One table of a release as people read it: topics down, the other dimension across, totals first.

CSV, JSON, workbook and report all show this value. A hidden figure is None in it, and nothing
is computed from figures: what stands here was published as it stands.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hub.statistics.package import words
from hub.statistics.plan import NOT_ANSWERED
from hub.statistics.protection import ALL, Cell, Children
from hub.statistics.published import Published

HeadLevel = Literal["total", "main", "topic"]


@dataclass(frozen=True, slots=True)
class Head:
    """Code and names of a row or a column; `level` places a row in the list of topics."""

    code: str
    names: Mapping[str, str]
    level: HeadLevel = "main"


@dataclass(frozen=True, slots=True)
class CrossTable:
    """A table with names.

    Attributes:
        name: as in addresses and file names.
        dimension: what stands across; empty for the table of topics alone.
        rows: the total, then each main topic with its topics below it where they are offered.
        columns: the total, then the codes of the dimension.
        values: per row the value per column, None where it is hidden.
    """

    name: str
    dimension: str
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    values: tuple[tuple[int | None, ...], ...]


def cross_table(release: Published, name: str) -> CrossTable:
    """Give a table of a release.

    Raises:
        KeyError: the release does not offer a table of this name.
    """
    facts = next((table for table in release.plan["tables"] if table["name"] == name), None)
    if facts is None:
        raise KeyError(name)
    dimension = facts["dimension"]
    rows = _rows(release, facts["level"] == "topic")
    across = _codes_across(release.children, dimension, facts["part"])
    columns = (_total(), *(_head(release, dimension, code) for code in across))
    values = tuple(
        tuple(_value(release, row.code, dimension, column.code) for column in columns)
        for row in rows
    )
    return CrossTable(name, dimension, rows, columns, values)


def cross_tables(release: Published) -> Iterator[CrossTable]:
    """Give every table of a release, in the order of the plan."""
    return (cross_table(release, name) for name in release.tables())


def _value(release: Published, topic: str, dimension: str, code: str) -> int | None:
    cell = Cell(topic=topic, period=release.period)
    return release.values[cell.at(dimension, code) if dimension else cell]


def _rows(release: Published, with_topics: bool) -> tuple[Head, ...]:
    lists = release.children["topic"]
    rows = [_total()]
    for main in lists[ALL]:
        rows.append(_head(release, "topic", main))
        if with_topics:
            rows += [_head(release, "topic", code, "topic") for code in lists.get(main, ())]
    return tuple(rows)


def _total() -> Head:
    return Head(ALL, {lang: words.say(lang, words.TOTAL) for lang in words.LANGUAGES}, "total")


def _head(release: Published, dimension: str, code: str, level: HeadLevel = "main") -> Head:
    names = {lang: release.label(dimension, code, lang) for lang in words.LANGUAGES}
    return Head(code, names, level)


def _codes_across(children: Children, dimension: str, part: str) -> Sequence[str]:
    """Codes of the other dimension as the plan lists them; a sum comes before its parts."""
    if not dimension:
        return ()
    lists = children[dimension]
    whole = lists[ALL]
    if part == "neighbourhood":
        return [code for district in whole for code in lists.get(district, ())]
    if part == "project":
        return sorted({key.split("#")[0] for key in lists} - {ALL, *whole})
    if dimension == "outcome":
        reasons = lists.get(NOT_ANSWERED, ())
        return [c for code in whole for c in (code, *(reasons if code == NOT_ANSWERED else ()))]
    return whole
