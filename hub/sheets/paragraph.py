"""A measured paragraph broken into lines.

Widths are in thousandths of the body size. Only a writing line has a length of its own on
paper; its width is passed in.
"""

from collections.abc import Callable, Iterable
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


class Line:
    """One line: its parts in the order of reading, and the width of what is seen.

    `space` ends the line, so that words stay apart in text; its width is the `overhang`: in a
    right-to-left paragraph it stands to the left of what is seen. `blanks` counts writing lines.
    Most lines belong to a setting that is tried and left, so `runs` waits until it is painted.
    """

    __slots__ = ("_base", "_parts", "_runs", "_space", "blanks", "overhang", "width")

    def __init__(
        self, parts: list[Measured], space: tuple[Item, ...], width: float, base: int
    ) -> None:
        self._parts = parts
        self._space = space
        self._base = base
        self._runs: tuple[Item, ...] | None = None
        self.width = width
        self.overhang = sum(item.word.advance for item in space if item.word)
        self.blanks = sum(part.blanks for part in parts)

    @property
    def items(self) -> tuple[Item, ...]:
        """Its shaped words, spaces and writing lines in the order of the eye."""
        items = [item for part in self._parts for item in part.items]
        items += [Item(item.face, item.word, self._base) for item in self._space]
        if not self._base and all(item.level == 0 for item in items):
            return tuple(items)
        return tuple(items[at] for at in visual_order([item.level for item in items]))

    @property
    def runs(self) -> tuple[Item, ...]:
        """Its items, neighbours joined that need nothing but to be written in turn."""
        if self._runs is None:
            self._runs = tuple(_joined(self.items))
        return self._runs


def _joined(items: tuple[Item, ...]) -> list[Item]:
    out: list[Item] = []
    for (face, odd, plain), run in groupby(items, _manner):
        members = list(run)
        words = [item.word for item in members if item.word]
        word = join(words) if plain and len(words) > 1 else None
        out += [Item(face, word, odd)] if word else members
    return out


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
        self._parts: list[Measured] = []
        self._filled = 0.0

    def fill(self, parts: Iterable[Measured]) -> None:
        """Set a whole paragraph."""
        room = self.width + _TOLERANCE
        spaces: list[Measured] = []
        gap = 0.0
        for part in parts:
            if part.is_space:
                if self._parts:
                    spaces.append(part)
                    gap += part.advance
                continue
            advance = part.advance + part.blanks * self.blank
            if self._parts and self._filled + gap + advance > room:
                self._close(spaces)
                spaces, gap = [], 0.0
            if advance > room:
                self._cut(part)
                continue
            self._parts += spaces
            self._parts.append(part)
            self._filled += gap + advance
            spaces, gap = [], 0.0
        self._close(spaces)

    def _close(self, spaces: list[Measured]) -> None:
        """End the line; the first space after it is kept."""
        if not self._parts:
            return
        if not spaces and self._parts[-1].text.endswith(breaking.SOFT_HYPHEN):
            self._add_hyphen()
        space = spaces[0].items[:1] if spaces else ()
        self.lines.append(Line(self._parts, space, self._filled, self.base))
        self._parts, self._filled = [], 0.0

    def _add_hyphen(self) -> None:
        hyphen = self._hyphen()
        self._filled += self._run_width(hyphen)
        self._parts.append(Measured(hyphen, 0.0, 0, False, ""))

    def _hyphen(self) -> tuple[Item, ...]:
        return shaped_run("-", self.base, self.language, self.bold)

    def _cut(self, part: Measured) -> None:
        """The emergency break: cut a segment that is wider than the column."""
        rest = part.text
        hyphens = not breaking.is_address(rest)
        while rest:
            head, hyphen = self._longest_start(rest, hyphens)
            items = self._pieces(head)
            blanks = sum(item.word is None for item in items)
            self._parts = [Measured(items, 0.0, blanks, False, head)]
            self._filled = self._run_width(items)
            if hyphen:
                self._add_hyphen()
            rest = rest[len(head) :]
            if rest:
                self._close([])

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


@lru_cache(maxsize=2048)
def break_lines(
    text: str, language: str, bold: bool, width: float, blank: float
) -> tuple[Line, ...]:
    """Break a paragraph into lines of at most `width`, all in thousandths of the body size.

    `blank` is the width of a writing line. A word wider than the column is cut, with a hyphen
    where its script has one; only a single letter with its marks may be wider than the column.
    """
    maker = _LineMaker(language, bold, width, min(blank, width))
    maker.fill(measure(text, language, bold))
    return tuple(maker.lines)
