"""A measured paragraph broken into lines.

Widths are in thousandths of the body size. Only a writing line has a length of its own on
paper; its width is passed in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from hub.sheets import breaking
from hub.sheets.bidi import visual_order
from hub.sheets.faces import Face
from hub.sheets.languages import tongue
from hub.sheets.measuring import Item, Measured, measure, shaped_run, shaped_text
from hub.sheets.shaping import join

_TOLERANCE: Final = 0.01
_SOFT_SHARE: Final = 0.4  # a cut at punctuation must fill this share of the column


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
        return shaped_run("-", self.base, self.language, self.bold)

    def _cut(self, part: Measured) -> None:
        """The emergency break: cut a segment that is wider than the column."""
        rest = part.text
        hyphens = not breaking.is_address(rest)
        while rest:
            head, hyphen = self._longest_start(rest, hyphens)
            self._items = list(self._pieces(head)) + list(self._hyphen() if hyphen else ())
            self._filled = self._run_width(self._items)
            rest = rest[len(head) :]
            if rest:
                self.close()

    def _pieces(self, text: str) -> tuple[Item, ...]:
        return shaped_text(text, self.language, self.bold)

    def _run_width(self, items: list[Item] | tuple[Item, ...]) -> float:
        return sum(item.word.advance if item.word else self.blank for item in items)

    def _longest_start(self, text: str, hyphens: bool) -> tuple[str, bool]:
        """Give the longest beginning that fits, and whether it ends with a hyphen."""
        if self._run_width(self._pieces(text)) <= self.width + _TOLERANCE:
            return text, False

        def fits(place: int) -> bool:
            items = self._pieces(text[:place])
            room = self.width
            if hyphens and breaking.takes_hyphen(text, place):
                room -= self._run_width(self._hyphen())
            return self._run_width(items) <= room + _TOLERANCE

        soft = _last(breaking.soft_places(text), fits)
        if soft and self._run_width(self._pieces(text[:soft])) > self.width * _SOFT_SHARE:
            return text[:soft], False
        places = breaking.cluster_places(text)
        place = _last(places, fits) or (places[0] if places else len(text))
        return text[:place], hyphens and breaking.takes_hyphen(text, place)


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
