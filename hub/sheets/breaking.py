"""Where a line may end: UAX #14 as far as the languages of the desk need it.

A paragraph is cut into segments. A line may end after each of them; a segment of spaces is
dropped at the end of a line. What belongs together on a bill stays in one segment: amounts,
telephone numbers, dates, addresses of e-mail and web, and everything between isolates.

Differences from the annex, on purpose: no break after a hyphen beside a digit, none after a
slash or a dash beside one, and values that hold spaces (`EUR 145,50`, `020 555 1234`,
`15 March 2027`) are kept whole.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

SOFT_HYPHEN: Final = "\u00ad"
_SPACES: Final = " \u2000-\u2006\u2008-\u200a\u200b\u1361"
_SPACE_RUN: Final = re.compile(f"[{_SPACES}]+")
_IDEOGRAPHS: Final = (
    "\u2e80-\u2fdf\u3003-\u3007\u3012\u3013\u3021-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
# Kinsoku: what may not begin a line, and what may not end one.
_NO_START: Final = re.escape("、。，．・：；？！）》」』】〉〕］｝％…ー々,.:;?!)]}%”’»")
_NO_END: Final = re.escape("（《「『【〈〔［｛([{“‘«€$£¥")

# What stays whole although it holds spaces, hyphens, slashes or dots.
_WHOLE: Final = re.compile(
    r"""
      [^\s@<>()]+@[^\s@<>()]+\.\w+                              # e-mail
    | (?:https?://|www\.)\S+                                    # web
    | \b[\w-]+(?:\.[\w-]+)+/\S*                                 # web without scheme
    | [€$£]\s?\d[\d.,]*                                         # amount
    | \b\d{1,2}\s(?:de\s)?[^\W\d_]{3,}\.?\s(?:de\s)?(?:19|20)\d\d\b   # 15 March 2027
    | (?<![\w])\+?\(?\d[\d().,/:–-]*(?:[\ \u00a0]\d[\d().,/:–-]*)*    # numbers in groups
      (?:[\ \u00a0](?:%|€|m[²³]|kWh|GJ|°C|EUR)(?!\w))?
    """,
    re.VERBOSE,
)
# A value between isolates stays whole up to the length of an address.
_ISOLATED: Final = re.compile("[\u2066-\u2068][^\u2066-\u2069]{0,32}\u2069")
_FIGURES: Final = str.maketrans("123456789", "000000000")
_INSIDE_WORD: Final = re.compile(
    rf"(?<=[^\W\d_]{{2}})[-\u2010/](?=[^\W\d_]{{2}})"  # hyphen or slash between letters
    rf"|[–—](?=[^\W\d_])"
    rf"|{SOFT_HYPHEN}"
    rf"|(?<=[{_IDEOGRAPHS}])(?=[^{_NO_START}])"
    rf"|(?<=[^{_NO_END}])(?=[{_IDEOGRAPHS}])"
    rf"|(?<=[、。，．：；？！）》」』】〉〕］｝])(?=[^{_NO_START}])"
)
# Whether a text holds anything at which a word may be broken at all.
_MAY_BREAK: Final = re.compile(
    f"[-\u2010/–—{SOFT_HYPHEN}{_IDEOGRAPHS}、。，．：；？！）》」』】〉〕］｝]"
)


class Segment(NamedTuple):
    """A stretch of text, from `start` to `end`, after which a line may end."""

    start: int
    end: int
    is_space: bool


def _protected(text: str) -> bytearray:
    """Mark with 1 each position before which no line may begin."""
    marks = bytearray(len(text) + 1)
    for pattern in (_ISOLATED, _WHOLE):
        for match in pattern.finditer(text):
            begin, end = match.span()
            marks[begin + 1 : end] = b"\x01" * (end - begin - 1)
    return marks


def figureless(text: str) -> str:
    """Give the text with every figure of its values as 0: it breaks at the same places.

    A value is whole whatever its figures, and what reaches over its ends (an address of e-mail
    or the web) tells no figure from another.
    """
    return _ISOLATED.sub(_without_figures, text)


def _without_figures(value: re.Match[str]) -> str:
    return value[0].translate(_FIGURES)


def segments(text: str) -> tuple[Segment, ...]:
    """Cut a paragraph into segments that cover it without gap or overlap."""
    marks = _protected(text)
    inside: Iterator[int] = iter(())
    if _MAY_BREAK.search(text):
        places = (match.end() for match in _INSIDE_WORD.finditer(text))
        inside = (place for place in places if place < len(text) and not marks[place])
    found: list[Segment] = []
    position = 0
    next_inside = next(inside, len(text))
    for begin, end in [*_spaces(text, marks), (len(text), len(text))]:
        while next_inside < begin:
            if next_inside > position:
                found.append(Segment(position, next_inside, is_space=False))
                position = next_inside
            next_inside = next(inside, len(text))
        if position < begin:
            found.append(Segment(position, begin, is_space=False))
        if begin < end:
            found.append(Segment(begin, end, is_space=True))
        position = end
    return tuple(found)


def _spaces(text: str, marks: bytearray) -> Iterator[tuple[int, int]]:
    """Give the runs of spaces at which a line may end."""
    for match in _SPACE_RUN.finditer(text):
        begin, end = match.span()
        if not marks[begin] and not marks[end]:
            yield begin, end


# --- an address of the web that stands alone -----------------------------------------------

_LAST: Final = re.compile(r"[^/]*/?$")
_PIECE: Final = re.compile(r"[^/.-]*(?:[/.-]+|$)")


def address_lines(address: str, fits: Callable[[str], bool]) -> list[str]:
    """Break a web address that is too long for one line: before its last part, and after signs.

    Every sign of the last part counts as the widest one, so addresses that differ in nothing
    but their code break at the same places.
    """
    last = _LAST.search(address)
    start = last.start() if last else 0
    wide = address[:start] + re.sub(r"\w", "m", address[start:])
    if fits(wide):
        return [address]
    lines: list[str] = []
    for begin, end in ((0, start), (start, len(address))):
        line_start = reached = begin
        for piece in _PIECE.finditer(wide, begin, end):
            if line_start < reached and not fits(wide[line_start : piece.end()]):
                lines.append(address[line_start:reached])
                line_start = reached
            reached = piece.end()
        lines.append(address[line_start:reached])
    return [line for line in lines if line]


# --- the emergency break: a segment that is wider than its column -------------------------

_JOINERS: Final = "\u200d\u2060\u094d"  # the last is the Devanagari virama
_SOFT_PLACE: Final = re.compile(r"(?<=[\s/@_&=?.,;:+-])(?=\w)")
_ADDRESS: Final = re.compile(r"@|://|\w\.\w")
_HYPHENATED: Final = re.compile("[A-Za-z\u00c0-\u024f\u0254\u025b\u0400-\u04ff]{2}")


def soft_places(text: str) -> list[int]:
    """Give the better places to cut an oversized segment: after spaces and punctuation."""
    return [match.start() for match in _SOFT_PLACE.finditer(text) if match.start()]


def cluster_places(text: str) -> list[int]:
    """Give the places between two letters with their marks (UAX #29, simplified)."""
    return [
        place
        for place in range(1, len(text))
        if text[place - 1] not in _JOINERS and not _extends(text[place])
    ]


def _extends(character: str) -> bool:
    """Tell whether a character belongs to the one before it."""
    return character in _JOINERS + "\u200c" or unicodedata.category(character)[0] == "M"


def takes_hyphen(text: str, place: int) -> bool:
    """Tell whether a word cut at this place gets a hyphen: between Latin or Cyrillic letters."""
    return _HYPHENATED.fullmatch(text, max(place - 1, 0), place + 1) is not None


def is_address(text: str) -> bool:
    """Tell whether a word is an address of e-mail or the web, which a hyphen would make another."""
    return _ADDRESS.search(text) is not None
