"""A paragraph in one language and weight, cut into segments and measured.

Widths are in thousandths of the body size, so what is measured once serves every size. Faces
are chosen for each segment; a writing line has no width here.
"""

from functools import lru_cache
from typing import Final, NamedTuple

from hub.sheets import breaking
from hub.sheets.bidi import embedding_levels, may_need_bidi
from hub.sheets.content import WRITING_LINE
from hub.sheets.faces import INVISIBLE, Face, faces_of
from hub.sheets.languages import tongue
from hub.sheets.shaping import ShapedWord, shape

_INVISIBLE_TABLE: Final = {ord(c): None for c in INVISIBLE if c not in "\u200c\u200d"}
_STANDS_FOR_BLANK: Final = "\ufffc"  # neutral, where the private character would be a letter


class Item(NamedTuple):
    """A shaped word of one face at one bidirectional level; `word` is None for a writing line."""

    face: Face
    word: ShapedWord | None
    level: int


class Measured(NamedTuple):
    """A segment with its items, its width without writing lines, and how many of those."""

    items: tuple[Item, ...]
    advance: float
    blanks: int
    is_space: bool
    text: str


class _Piece(NamedTuple):
    """Where a segment stands in its paragraph, and its levels: one where all are the same."""

    start: int
    end: int
    levels: tuple[int, ...]
    is_space: bool


@lru_cache(maxsize=512)
def measure(text: str, language: str, bold: bool) -> tuple[Measured, ...]:
    """Shape a paragraph, segment by segment."""
    pieces = _pieces(breaking.figureless(text), tongue(language).right_to_left)
    return tuple(
        [
            _segment(text[start:end], levels, language, bold, is_space)
            for start, end, levels, is_space in pieces
        ]
    )


@lru_cache(maxsize=1024)
def _pieces(pattern: str, right_to_left: bool) -> tuple[_Piece, ...]:
    """Cut a paragraph. What differs in the figures of its values alone is cut but once.

    All figures from 0 to 9 are of one bidirectional class too (European numbers).
    """
    levels = _levels(pattern, right_to_left)
    return tuple(
        _Piece(part.start, part.end, _cut(levels, part), part.is_space)
        for part in breaking.segments(pattern)
    )


def _levels(text: str, right_to_left: bool) -> list[int] | None:
    """Give the bidirectional levels, or nothing where all is left-to-right."""
    base = 1 if right_to_left else 0
    if not base and not may_need_bidi(text):
        return None
    return embedding_levels(text.replace(WRITING_LINE, _STANDS_FOR_BLANK), base)


def _cut(levels: list[int] | None, part: breaking.Segment) -> tuple[int, ...]:
    """Give the levels of a segment: just one where they are all the same."""
    if levels is None:
        return (0,)
    own = levels[part.start : part.end]
    return tuple(own) if min(own) != max(own) else (own[0],)


def shaped_text(text: str, language: str, bold: bool) -> tuple[Item, ...]:
    """Shape a text that is not to be broken, as a piece of a word that was cut."""
    levels = _levels(text, tongue(language).right_to_left)
    return _segment(text, tuple(levels or (0,)), language, bold, is_space=False).items


@lru_cache(maxsize=4096)
def _segment(
    text: str, levels: tuple[int, ...], language: str, bold: bool, is_space: bool
) -> Measured:
    """Shape a segment; most words of a sheet have been on another one before."""
    items: list[Item] = []
    for stretch, level in _level_runs(text, levels):
        items += shaped_run(stretch, level, language, bold)
    advance = sum(item.word.advance for item in items if item.word)
    blanks = sum(item.word is None for item in items)
    return Measured(tuple(items), advance, blanks, is_space, text)


def _level_runs(text: str, levels: tuple[int, ...]) -> list[tuple[str, int]]:
    """Cut a segment where the bidirectional level changes."""
    if len(levels) == 1:
        return [(text, levels[0])]
    runs = []
    begin = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or levels[place] != levels[begin]:
            runs.append((text[begin:place], levels[begin]))
            begin = place
    return runs


def shaped_run(text: str, level: int, language: str, bold: bool) -> tuple[Item, ...]:
    """Shape a stretch of one level, choosing the faces for it."""
    visible = text.translate(_INVISIBLE_TABLE)
    items = []
    for face, stretch in _by_face(visible, language, bold):
        word = None
        if stretch != WRITING_LINE:
            word = shape(face, stretch, bool(level & 1), language)
        items.append(Item(face, word, level))
    return tuple(items)


def _by_face(text: str, language: str, bold: bool) -> list[tuple[Face, str]]:
    """Choose one face for the whole stretch where there is one, else as few as possible."""
    faces = faces_of(language, bold)
    out: list[tuple[Face, str]] = []
    for stretch in _around_blanks(text):
        if stretch == WRITING_LINE:
            out.append((faces[-1], stretch))  # the Latin face has the ellipsis
            continue
        face = next((face for face in faces if _covers(face, stretch)), None)
        out += [(face, stretch)] if face else _mixed(stretch, faces)
    return out


def _around_blanks(text: str) -> list[str]:
    if WRITING_LINE not in text:
        return [text] if text else []
    parts = text.replace(WRITING_LINE, f"\x00{WRITING_LINE}\x00").split("\x00")
    return [part for part in parts if part]


def _covers(face: Face, text: str) -> bool:
    """Tell whether a face has all that is drawn of a text."""
    if face.characters.issuperset(map(ord, text)):
        return True
    return face.characters.issuperset(map(ord, set(text) - INVISIBLE))


def _mixed(text: str, faces: tuple[Face, ...]) -> list[tuple[Face, str]]:
    """Split a stretch by face; a character stays in the face before it where it can."""
    out: list[tuple[Face, str]] = []
    for character in text:
        code = ord(character)
        stays = out and (code in out[-1][0].characters or character in INVISIBLE)
        if stays and (not character.isalpha() or out[-1][0] is faces[0]):
            out[-1] = (out[-1][0], out[-1][1] + character)
            continue
        face = next((face for face in faces if code in face.characters), faces[0])
        if out and out[-1][0] is face:
            out[-1] = (face, out[-1][1] + character)
        else:
            out.append((face, character))
    return out


@lru_cache(maxsize=1024)
def text_width(text: str, language: str, bold: bool, blank: float) -> float:
    """Give the width of a text on one line."""
    return sum([part.advance + part.blanks * blank for part in measure(text, language, bold)])
