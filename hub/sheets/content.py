"""What goes into an advice sheet: texts with their values filled in, and the frame round them.

Plain frozen values. Whoever fills an answer text makes these; `compose` takes them.

Two conventions hold in every string:

* an inserted value (amount, date, telephone number) stands between U+2066 (LRI, for numbers) or
  U+2068 (FSI, for anything else) and U+2069 (PDI), so that the Unicode bidirectional algorithm
  (UAX #9) keeps it whole in right-to-left text;
* U+E000 stands for a writing line: a blank that the resident fills in by pen.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

WRITING_LINE = "\ue000"

Paper = Literal["a4", "a5", "receipt"]


@dataclass(frozen=True, slots=True)
class First:
    """The box that is read first: who does what, before when, and where."""

    who: str
    what: str
    before: str
    where: str


@dataclass(frozen=True, slots=True)
class FilledText:
    """One answer in one language with every value filled in.

    `language` is a BCP 47 code; `status` is `checked`, `draft`, `machine_draft` or `outdated`;
    `amounts` are rows of label and value; `marks` are sentences in this language about what is
    unsure (an unchecked figure, for example), printed under the status mark; `recalled` tells that
    something in it turned out to be wrong.
    """

    language: str
    status: str
    title: str
    gist: str
    steps: tuple[str, ...]
    bring: tuple[str, ...]
    come_back: str
    referral: str
    first: First | None
    amounts: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]
    recalled: bool = False


@dataclass(frozen=True, slots=True)
class SheetAnswer:
    """One answer on the sheet. `resident` is None where only the Dutch text is printed."""

    slug: str
    number: str
    pictogram: str
    safety: bool
    resident: FilledText | None
    dutch: FilledText


@dataclass(frozen=True, slots=True)
class SheetHub:
    """The desk that hands out the sheet; `hours` are short lines such as `ma 10:00-13:00`."""

    name: str
    address: str
    phone: str
    hours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetFrame:
    """What stands round the answers.

    `language` is the resident's language; `beside` the second language (`nl`) or None;
    `call_back_on` the day on which the resident comes back; `web_address` what the QR code
    leads to; `demonstration` marks every page as not real.
    """

    language: str
    beside: str | None
    printed_on: date
    valid_until: date | None
    version: str
    return_code: str | None
    call_back_on: date | None
    web_address: str | None
    hub: SheetHub | None
    demonstration: bool


@dataclass(frozen=True, slots=True)
class Format:
    """Paper, large print (at least 18 pt, languages below each other), body size in points."""

    paper: Paper
    large: bool = False
    points: float | None = None
