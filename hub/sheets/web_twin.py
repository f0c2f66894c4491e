"""The composed sheet as a page: the same blocks, grouped as lists, tables and headings.

Everything that is read comes from the composed value, so paper and page cannot differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from hub.answers.placeholders import ISOLATE, POP
from hub.sheets.blocks import Block, Column, Direction, Part, PartKind, Role, Sheet, Side
from hub.sheets.content import WRITING_LINE

# Blocks that follow each other in these roles are one list, one table, one box.
_TOGETHER: Final = frozenset({"first", "step", "tick", "amount", "small"})


@dataclass(frozen=True, slots=True)
class Row:
    """One block of one language: its words, and the pictogram beside them or an empty string."""

    side: Side
    pictogram: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together: the steps of a list, the rows of a table, or one paragraph."""

    role: Role
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """The share of one language in a part of the sheet: the opening, an answer, the ending."""

    kind: PartKind
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """All of a sheet that is in one column, in reading order."""

    language: str
    direction: Direction
    pieces: tuple[Piece, ...]


def sections(sheet: Sheet) -> tuple[Section, ...]:
    """Give a sheet language by language, the resident's first."""
    columns = dict.fromkeys(column for part in sheet.parts for column in part.columns)
    return tuple(
        Section(column.language, column.direction, tuple(_pieces(sheet, column)))
        for column in columns
    )


def _pieces(sheet: Sheet, column: Column) -> Iterator[Piece]:
    for part in sheet.parts:
        if column in part.columns:
            groups = tuple(_groups(part, part.columns.index(column)))
            if groups:
                yield Piece(part.kind, groups)


def _groups(part: Part, at: int) -> Iterator[Group]:
    runs = groupby(enumerate(part.blocks), key=_run)
    for (role, _number), blocks in runs:
        rows = [(block.sides[at], block.pictogram) for _at, block in blocks]
        said = tuple(Row(_drawn(side), pictogram) for side, pictogram in rows if side)
        if said:
            yield Group(role, said)


def _run(numbered: tuple[int, Block]) -> tuple[Role, int]:
    """Give what tells one group from the next: the role, and each block by itself otherwise."""
    number, block = numbered
    return (block.role, -1) if block.role in _TOGETHER else (block.role, number)


def _drawn(side: Side) -> Side:
    """Isolate a writing line that stands alone, as those within sentences are."""
    return side._replace(text=f"{ISOLATE}{side.text}{POP}") if side.text == WRITING_LINE else side
