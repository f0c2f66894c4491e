"""Writing one line of shaped text to a page."""

from typing import Final, NamedTuple

from hub.sheets.faces import Face
from hub.sheets.measuring import Item
from hub.sheets.paragraph import Line
from hub.sheets.pdf.canvas import TaggedCanvas
from hub.sheets.pdf.objects import text_string
from hub.sheets.shaping import ShapedWord, number, shape

BLANK_TEXT: Final = "…"
_BLANK_STROKE: Final = 0.7


class _Words(NamedTuple):
    """The words of one face on a line, and those whose glyphs must speak for themselves."""

    face: Face
    words: tuple[ShapedWord, ...]
    speaking: tuple[ShapedWord, ...]


class _Writing(NamedTuple):
    """What a line writes at one size, wherever it stands, in a document whose words speak."""

    size: float
    code: str
    words: tuple[_Words, ...]


class _Operators:
    """Gathers the operators of a line; words that need nothing else share one TJ."""

    def __init__(self, size: float) -> None:
        self.size = size
        self.code: list[str] = []
        self._face: Face | None = None
        self._array: list[str] = []

    def word(self, item: Item, word: ShapedWord, speaks: bool) -> None:
        """Write a word; its text too where its glyphs do not speak for themselves.

        A right-to-left word never gets its text as a whole: see `shaping`.
        """
        face = item.face
        if self._face is not face:
            self.flush()
            self.code.append(f"/{face.resource} {self.size:g} Tf")
            self._face = face
        speaks = speaks or bool(item.level & 1)
        if word.plain is not None and speaks:
            self._array.append(word.plain)
            return
        self.flush()
        self._pieces(word, whole=not speaks)

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
        """Write the words that wait."""
        if self._array:
            self.code.append(f"[{''.join(self._array)}]TJ")
            self._array = []

    def interrupt(self, code: list[str]) -> None:
        """Write what is no text, after which the face must be named again."""
        self.flush()
        self.code += code
        self._face = None


def write_line(
    canvas: TaggedCanvas, line: Line, size: float, place: tuple[float, float], blank: float
) -> None:
    """Write a line from `place`, its left edge and its baseline; all lengths in points.

    `blank` is the length of a writing line. Its rule carries the text that a reader hears.
    """
    x, baseline = place
    if not line.blanks:
        writing: _Writing | None = line.writing
        if writing is None or writing.size != size:
            writing = line.writing = _writing(line, size)
        speaks = True
        for face, words, speaking in writing.words:
            use = canvas.font(face)
            use.take(words)
            if use.silent and not use.speak(speaking):
                speaks = False
        if speaks:
            canvas.write(f"BT 1 0 0 1 {x:.2f} {baseline:.2f} Tm {writing.code} ET")
            return
    _write_word_by_word(canvas, line, size, place, blank)


def _writing(line: Line, size: float) -> _Writing:
    """Write a line as in a document in which all its words speak for themselves."""
    operators = _Operators(size)
    items = line.items
    by_face: dict[Face, list[Item]] = {}
    for item in items:
        if item.word is not None:
            operators.word(item, item.word, speaks=True)
            by_face.setdefault(item.face, []).append(item)
    operators.flush()
    words = tuple([_words(face, of_face) for face, of_face in by_face.items()])
    return _Writing(size, " ".join(operators.code), words)


def _words(face: Face, items: list[Item]) -> _Words:
    words = tuple([item.word for item in items if item.word])
    speaking = tuple([item.word for item in items if item.word and not item.level & 1])
    return _Words(face, words, words if len(words) == len(speaking) else speaking)


def _write_word_by_word(
    canvas: TaggedCanvas, line: Line, size: float, place: tuple[float, float], blank: float
) -> None:
    """Write a line that holds writing lines, or a glyph of another meaning in this document."""
    x, baseline = place
    operators = _Operators(size)
    operators.code.append(f"BT 1 0 0 1 {x:.2f} {baseline:.2f} Tm")
    for item in line.items:
        word = item.word
        if word is not None:
            use = canvas.font(item.face)
            use.take((word,))
            operators.word(item, word, use.speak((word,)))
            x += word.advance * size / 1000
            continue
        rule = _blank(canvas, item, size, (x, baseline, blank))
        x += blank
        operators.interrupt(["ET", *rule, f"BT 1 0 0 1 {x:.2f} {baseline:.2f} Tm"])
    operators.flush()
    operators.code.append("ET")
    canvas.write(" ".join(operators.code))


def _blank(
    canvas: TaggedCanvas, item: Item, size: float, place: tuple[float, float, float]
) -> list[str]:
    """Draw a rule to write on, with an invisible ellipsis so that it is heard and copied."""
    x, baseline, length = place
    word = shape(item.face, BLANK_TEXT, False, "nl")
    use = canvas.font(item.face)
    use.take((word,))
    array = word.pieces[0].parts[0][1]
    y = baseline - size * 0.12
    return [
        f"/Span<</ActualText{text_string(BLANK_TEXT)}>>BDC",
        f"{_BLANK_STROKE} w {x + 1:.2f} {y:.2f} m {x + length - 1:.2f} {y:.2f} l S",
        f"BT 3 Tr /{use.name} {size:g} Tf 1 0 0 1 {x:.2f} {baseline:.2f} Tm [{array}]TJ 0 Tr ET",
        "EMC",
    ]
