"""Writing one line of shaped text to a page."""

from typing import Final

from hub.sheets.measuring import Item
from hub.sheets.paragraph import Line
from hub.sheets.pdf.canvas import TaggedCanvas
from hub.sheets.pdf.fonts import FontUse
from hub.sheets.pdf.objects import text_string
from hub.sheets.shaping import ShapedWord, number, shape

BLANK_TEXT: Final = "…"
_BLANK_STROKE: Final = 0.7


class _LineWriter:
    """Gathers the operators of one line; words that need nothing else share one TJ."""

    def __init__(self, canvas: TaggedCanvas, size: float) -> None:
        self.canvas = canvas
        self.size = size
        self.code: list[str] = []
        self._face: object = None
        self._array: list[str] = []

    def word(self, item: Item, word: ShapedWord) -> None:
        use = self.canvas.font(item.face)
        speaks = use.take(word)
        if self._face is not item.face:
            self.flush()
            self._select(use)
            self._face = item.face
        if word.plain is not None and speaks:
            self._array.append(word.plain)
            return
        self.flush()
        self._pieces(word, whole=not speaks and not item.level & 1)

    def _select(self, use: FontUse) -> None:
        self.code.append(f"/{use.name} {self.size:g} Tf")

    def _pieces(self, word: ShapedWord, whole: bool) -> None:
        for piece in word.pieces:
            actual = word.text if whole and len(word.pieces) == 1 else piece.actual
            if actual is not None:
                self.code.append(f"/Span<</ActualText{text_string(actual)}>>BDC")
            for rise, array in piece.parts:
                if rise:
                    self.code.append(f"{number(rise * self.size / 1000)} Ts[{array}]TJ 0 Ts")
                else:
                    self.code.append(f"[{array}]TJ")
            if actual is not None:
                self.code.append("EMC")

    def flush(self) -> None:
        if self._array:
            self.code.append(f"[{''.join(self._array)}]TJ")
            self._array = []


def write_line(
    canvas: TaggedCanvas, line: Line, size: float, place: tuple[float, float], blank: float
) -> None:
    """Write a line from `place`, its left edge and its baseline; all lengths in points.

    `blank` is the length of a writing line. Its rule carries the text that a reader hears.
    """
    x, baseline = place
    runs = line.runs
    if len(runs) == 1 and runs[0].word is not None and runs[0].word.plain is not None:
        word = runs[0].word
        use = canvas.font(runs[0].face)
        if use.take(word):
            canvas.write(
                f"BT 1 0 0 1 {x:.2f} {baseline:.2f} Tm /{use.name} {size:g} Tf [{word.plain}]TJ ET"
            )
            return
    writer = _LineWriter(canvas, size)
    begin = f"BT 1 0 0 1 {x:.2f} {baseline:.2f} Tm"
    writer.code.append(begin)
    reached = x
    for item in runs:
        if item.word is not None:
            writer.word(item, item.word)
            reached += item.word.advance * size / 1000
            continue
        writer.flush()
        writer.code.append("ET")
        writer.code += _blank(canvas, item, size, (reached, baseline, blank))
        reached += blank
        writer.code.append(f"BT 1 0 0 1 {reached:.2f} {baseline:.2f} Tm")
        writer._face = None
    writer.flush()
    writer.code.append("ET")
    canvas.write(" ".join(writer.code))


def _blank(
    canvas: TaggedCanvas, item: Item, size: float, place: tuple[float, float, float]
) -> list[str]:
    """Draw a rule to write on, with an invisible ellipsis so that it is heard and copied."""
    x, baseline, length = place
    word = shape(item.face, BLANK_TEXT, False, "nl")
    use = canvas.font(item.face)
    use.take(word)
    array = word.pieces[0].parts[0][1]
    y = baseline - size * 0.12
    return [
        f"/Span<</ActualText{text_string(BLANK_TEXT)}>>BDC",
        f"{_BLANK_STROKE} w {x + 1:.2f} {y:.2f} m {x + length - 1:.2f} {y:.2f} l S",
        f"BT 3 Tr /{use.name} {size:g} Tf 1 0 0 1 {x:.2f} {baseline:.2f} Tm [{array}]TJ 0 Tr ET",
        "EMC",
    ]
