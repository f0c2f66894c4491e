"""The composed sheet: a frozen value of blocks, each with its language, direction and role.

`compose` makes it, `render` prints it, and a web page of the same content can walk through it.
Nothing here knows about points, fonts or PDF. Blocks are tuples, because they are looked up at
every step of the setting, and tuples are quick to compare.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from hub.sheets.content import Format

Direction = Literal["ltr", "rtl"]
Role = Literal[
    "demonstration",
    "brand",
    "kicker",
    "title",
    "gist",
    "mark",
    "heading",
    "first",
    "step",
    "tick",
    "amount",
    "note",
    "promise",
    "small",
    "hub",
]
PartKind = Literal["opening", "answer", "safety", "ending"]


class Side(NamedTuple):
    """One language's share of a block: a text and, where the role has one, its label.

    `lead` is the label of a line in the first box or of an amount; for a step its number.
    """

    language: str
    direction: Direction
    text: str
    lead: str = ""


class Block(NamedTuple):
    """The same thing said in each column, set at equal height. A side may be absent."""

    role: Role
    sides: tuple[Side | None, ...]
    pictogram: str = ""


class Aside(NamedTuple):
    """What stands apart in large type: the return code, and the QR code with its address.

    `alternative` says what the QR code is, `caption` stands under it, both in `language`.
    """

    code: str
    address: str
    alternative: str
    caption: str
    language: str


class Column(NamedTuple):
    """A column of a part: its language and its direction."""

    language: str
    direction: Direction


class Part(NamedTuple):
    """A run of blocks that share their columns: one answer, or the ending of the sheet."""

    kind: PartKind
    columns: tuple[Column, ...]
    blocks: tuple[Block, ...]
    bookmark: str = ""
    new_page: bool = False
    aside: Aside | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet, ready to be printed.

    `running` stands at the foot of each page, and so does the page label of its language, which
    holds `%(number)s` and `%(count)s`.
    """

    title: str
    language: str
    format: Format
    parts: tuple[Part, ...]
    running: Side
    page_labels: tuple[Side, ...]
    author: str
    printed_on: date
