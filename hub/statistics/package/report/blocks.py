"""The composed report: headings, paragraphs and tables. Nothing here knows points or PDF."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Look = Literal["kicker", "lead", "body", "small", "warning"]
Align = Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of the report (level 1) or of a section (level 2)."""

    text: str
    level: Literal[1, 2] = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str
    look: Look = "body"


@dataclass(frozen=True, slots=True)
class Panel:
    """A few sentences in a tinted box, each with a mark before it: what to remember."""

    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `share` is its part of the width; one with bars draws them."""

    title: str
    share: float
    align: Align = "end"
    bars: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its texts, and the length of its bar from 0 to 1; None draws nothing at all."""

    cells: tuple[str, ...]
    bar: float | None = None
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of each row is its head."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


Block = Heading | Paragraph | Panel | Table


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.

    Attributes:
        title: of the document. language: BCP 47 tag. author: the municipality.
        made_on: day of the release.
        running: stands at the foot of each page.
        page_label: holds `%(number)s` and `%(count)s`.
    """

    title: str
    language: str
    author: str
    made_on: date
    running: str
    page_label: str
    blocks: tuple[Block, ...]
