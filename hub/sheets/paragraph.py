"""A measured paragraph broken into lines.

Widths are in thousandths of the body size. Only a writing line has a length of its own on
paper; its width is passed in.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final

from hub.sheets import breaking
from hub.sheets.bidi import visual_order
from hub.sheets.languages import tongue
from hub.sheets.measuring import Item, Measured, measure, shaped_run, shaped_text

_TOLERANCE: Final = 0.01
_SOFT_SHARE: Final = 0.4  # a cut at punctuation must fill this share of the column


class Line:
    """One line: its parts in the order of reading, and the width of what is seen.

    `space` ends the line, so that words stay apart in text; its width is the `overhang`: in a
    right-to-left paragraph it stands to the left of what is seen. `blanks` counts writing lines.
    Most lines belong to a setting that is tried and left, so `items` waits until it is painted;
    `writing` is kept by those who paint it.
    """

    __slots__ = ("_base", "_parts", "_space", "blanks", "width", "writing")

    def __init__(
        self, parts: Sequence[Measured], space: tuple[Item, ...], width: float, base: int
    ) -> None:
        self._parts = parts
        self._space = space
        self._base = base
        self.width = width
        self.blanks = sum([part.blanks for part in parts])
        self.writing: Any = None

    @property
    def overhang(self) -> float:
        """The width of the space that ends the line."""
        return sum(item.word.advance for item in self._space if item.word)

    @property
    def items(self) -> tuple[Item, ...]:
        """Its shaped words, spaces and writing lines in the order of the eye."""
        items = [item for part in self._parts for item in part.items]
        items += [Item(item.face, item.word, self._base) for item in self._space]
        levels = [item.level for item in items]
        if not any(levels):
            return tuple(items)
        return tuple([items[at] for at in visual_order(levels)])


class _LineMaker:
    """Fills lines greedily; one per paragraph and width."""

    def __init__(self, language: str, bold: bool, width: float, blank: float) -> None:
        self.language = language
        self.bold = bold
        self.base = 1 if tongue(language).right_to_left else 0
        self.width = width
        self.blank = blank
        self.lines: list[Line] = []
        self._head: list[Measured] = []  # what begins the line, where that was cut from a word
        self._filled = 0.0

    def fill(self, parts: Sequence[Measured]) -> None:
        """Set a whole paragraph."""
        room = self.width + _TOLERANCE
        is_open = False
        begin = end = 0  # the stretch of the parts that stands on the open line
        gap = 0.0  # the width of the spaces after it
        for place, (_, advance, blanks, is_space, _) in enumerate(parts):
            if is_space:
                gap += advance
                continue
            wide = advance + blanks * self.blank
            if is_open and self._filled + gap + wide > room:
                self._close(parts[begin:end], parts[end:place])
                is_open = False
            if not is_open:
                begin, gap = place, 0.0
            end = place + 1
            is_open = True
            if wide > room:
                self._cut(parts[place])
                begin = end
            else:
                self._filled += gap + wide
            gap = 0.0
        if is_open:
            self._close(parts[begin:end], parts[end:])

    def _close(self, stretch: Sequence[Measured], spaces: Sequence[Measured]) -> None:
        """End the line; the first space after it is kept."""
        parts = [*self._head, *stretch] if self._head else stretch
        if not spaces and parts[-1].text.endswith(breaking.SOFT_HYPHEN):
            parts = [*parts, self._with_hyphen()]
        space = spaces[0].items[:1] if spaces else ()
        self.lines.append(Line(parts, space, self._filled, self.base))
        self._head, self._filled = [], 0.0

    def _with_hyphen(self) -> Measured:
        """Make room on the line for a hyphen, and give it."""
        hyphen = self._hyphen()
        self._filled += self._run_width(hyphen)
        return Measured(hyphen, 0.0, 0, False, "")

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
            self._head = [Measured(items, 0.0, blanks, False, head)]
            self._filled = self._run_width(items)
            if hyphen:
                self._head.append(self._with_hyphen())
            rest = rest[len(head) :]
            if rest:
                self._close([], [])

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


@lru_cache(maxsize=512)
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
