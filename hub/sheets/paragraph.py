"""A paragraph in one language and weight: measured in segments, broken into lines.

Widths are in thousandths of the body size, so what is measured once serves every size. Only a
writing line has a length of its own on paper; its width is passed in where lines are broken.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple

from hub.sheets import breaking
from hub.sheets.bidi import embedding_levels, may_need_bidi, visual_order
from hub.sheets.content import WRITING_LINE
from hub.sheets.faces import INVISIBLE, Face, faces_of
from hub.sheets.languages import tongue
from hub.sheets.shaping import ShapedWord, join, shape

_TOLERANCE: Final = 0.01
_INVISIBLE_TABLE: Final = {ord(c): None for c in INVISIBLE if c not in "\u200c\u200d"}
_SOFT_SHARE: Final = 0.4  # a cut at punctuation must fill this share of the column


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


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One line: items in visual order and the width of what is seen.

    `overhang` is the width of the space that ends the line; in a right-to-left paragraph it
    stands to the left of what is seen.
    """

    items: tuple[Item, ...]
    width: float
    overhang: float

    @property
    def blanks(self) -> int:
        """How many writing lines it holds."""
        return sum(item.word is None for item in self.items)


@lru_cache(maxsize=4096)
def measure(text: str, language: str, bold: bool) -> tuple[Measured, ...]:
    """Shape a paragraph, segment by segment."""
    speech = tongue(language)
    base = 1 if speech.right_to_left else 0
    levels = None
    if base or may_need_bidi(text):
        levels = embedding_levels(text.replace(WRITING_LINE, "\ufffc"), base)
    return tuple(
        _segment(text, start, end, levels, language, bold, is_space)
        for start, end, is_space in breaking.segments(text)
    )


def _segment(
    text: str,
    start: int,
    end: int,
    levels: list[int] | None,
    language: str,
    bold: bool,
    is_space: bool,
) -> Measured:
    items: list[Item] = []
    for begin, stop, level in _level_runs(start, end, levels):
        items += _shaped_run(text[begin:stop], level, language, bold)
    advance = sum(item.word.advance for item in items if item.word)
    blanks = sum(item.word is None for item in items)
    return Measured(tuple(items), advance, blanks, is_space, text[start:end])


def _level_runs(start: int, end: int, levels: list[int] | None) -> list[tuple[int, int, int]]:
    """Cut a segment where the bidirectional level changes."""
    if levels is None:
        return [(start, end, 0)]
    runs = []
    begin = start
    for place in range(start + 1, end + 1):
        if place == end or levels[place] != levels[begin]:
            runs.append((begin, place, levels[begin]))
            begin = place
    return runs


@lru_cache(maxsize=16384)
def _shaped_run(text: str, level: int, language: str, bold: bool) -> tuple[Item, ...]:
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
    return all(ord(character) in face.characters or character in INVISIBLE for character in text)


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


def text_width(text: str, language: str, bold: bool, blank: float) -> float:
    """Give the width of a text on one line."""
    return sum(part.advance + part.blanks * blank for part in measure(text, language, bold))


@lru_cache(maxsize=8192)
def joined(line: Line) -> tuple[Item, ...]:
    """Give a line's items with neighbours joined that need nothing but to be written in turn.

    Only lines that are painted come here, not those of a setting that was tried and left.
    """
    out: list[Item] = []
    for (face, odd, plain), run in groupby(line.items, _manner):
        members = list(run)
        words = [item.word for item in members if item.word]
        word = join(words) if plain and len(words) > 1 else None
        out += [Item(face, word, odd)] if word else members
    return tuple(out)


def _manner(item: Item) -> tuple[Face, int, bool]:
    """Give what neighbours must share to be written together: face, direction, plainness."""
    return item.face, item.level & 1, item.word is not None and item.word.plain is not None


class _LineMaker:
    """Fills lines greedily; one per paragraph and width."""

    def __init__(self, language: str, bold: bool, width: float, blank: float) -> None:
        self.language = language
        self.bold = bold
        self.base = 1 if tongue(language).right_to_left else 0
        self.width = width
        self.blank = blank
        self.lines: list[Line] = []
        self._items: list[Item] = []
        self._filled = 0.0
        self._spaces: list[Item] = []
        self._space = 0.0
        self._soft = False

    def add(self, part: Measured) -> None:
        if part.is_space:
            if self._items:
                self._spaces += part.items
                self._space += part.advance
            return
        advance = part.advance + part.blanks * self.blank
        if self._items and self._filled + self._space + advance > self.width + _TOLERANCE:
            self.close()
        if advance > self.width + _TOLERANCE:
            self._cut(part)
            return
        self._items += [*self._spaces, *part.items]
        self._filled += self._space + advance
        self._spaces, self._space = [], 0.0
        self._soft = part.text.endswith(breaking.SOFT_HYPHEN)

    def close(self) -> None:
        """End the line; the first space after it is kept, so that words stay apart in text."""
        if not self._items:
            return
        if self._soft and not self._spaces:
            self._items += self._hyphen()
            self._filled += sum(i.word.advance for i in self._items[-1:] if i.word)
        trailing = [Item(s.face, s.word, self.base) for s in self._spaces[:1]]
        overhang = sum(item.word.advance for item in trailing if item.word)
        items = [*self._items, *trailing]
        order = visual_order([item.level for item in items])
        ordered = tuple(items[i] for i in order)
        self.lines.append(Line(ordered, self._filled, overhang))
        self._items, self._filled = [], 0.0
        self._spaces, self._space = [], 0.0
        self._soft = False

    def _hyphen(self) -> tuple[Item, ...]:
        return _shaped_run("-", self.base, self.language, self.bold)

    def _cut(self, part: Measured) -> None:
        """The emergency break: cut a segment that is wider than the column."""
        rest = part.text
        level = part.items[0].level if part.items else self.base
        while rest:
            head, hyphen = self._longest_start(rest, level)
            self._items = list(self._pieces(head, level)) + list(self._hyphen() if hyphen else ())
            self._filled = self._run_width(self._items)
            rest = rest[len(head) :]
            if rest:
                self.close()

    def _pieces(self, text: str, level: int) -> tuple[Item, ...]:
        levels = None
        if self.base or level or may_need_bidi(text):
            levels = embedding_levels(text.replace(WRITING_LINE, "\ufffc"), self.base)
        return _segment(text, 0, len(text), levels, self.language, self.bold, False).items

    def _run_width(self, items: list[Item] | tuple[Item, ...]) -> float:
        return sum(item.word.advance if item.word else self.blank for item in items)

    def _longest_start(self, text: str, level: int) -> tuple[str, bool]:
        """Give the longest beginning that fits, and whether it ends with a hyphen."""
        if self._run_width(self._pieces(text, level)) <= self.width + _TOLERANCE:
            return text, False

        def fits(place: int) -> bool:
            items = self._pieces(text[:place], level)
            room = self.width
            if breaking.takes_hyphen(text[:place], text[place:]):
                room -= self._run_width(self._hyphen())
            return self._run_width(items) <= room + _TOLERANCE

        soft = _last(breaking.soft_places(text), fits)
        if soft and self._run_width(self._pieces(text[:soft], level)) > self.width * _SOFT_SHARE:
            return text[:soft], False
        places = breaking.cluster_places(text)
        place = _last(places, fits) or (places[0] if places else len(text))
        return text[:place], breaking.takes_hyphen(text[:place], text[place:])


def _last(places: list[int], fits: Callable[[int], bool]) -> int:
    """Give the last place that fits, by halving; 0 where none does."""
    low, high = 0, len(places)
    while low < high:
        middle = (low + high) // 2
        if fits(places[middle]):
            low = middle + 1
        else:
            high = middle
    return places[low - 1] if low else 0


@lru_cache(maxsize=8192)
def break_lines(
    text: str, language: str, bold: bool, width: float, blank: float
) -> tuple[Line, ...]:
    """Break a paragraph into lines of at most `width`, all in thousandths of the body size.

    `blank` is the width of a writing line. A word wider than the column is cut, with a hyphen
    where its script has one; only a single letter with its marks may be wider than the column.
    """
    maker = _LineMaker(language, bold, width, min(blank, width))
    for part in measure(text, language, bold):
        maker.add(part)
    maker.close()
    return tuple(maker.lines)
