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


class _Glyphs(NamedTuple):
    """Glyphs of one face on a line, with meanings and hints, and those that must speak."""

    face: Face
    meanings: dict[int, str]
    hints: dict[int, str]
    speaking: dict[int, str]


class _Writing(NamedTuple):
    """What a line writes at one size, wherever it stands, in a document whose glyphs speak.

    `alike` tells that no glyph that must speak has two meanings on the line itself.
    """

    size: float
    code: str
    glyphs: tuple[_Glyphs, ...]
    alike: bool


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
        speaks = writing.alike
        for face, meanings, hints, speaking in writing.glyphs:
            use = canvas.font(face)
            if not use.take(meanings, hints):
                speaks = speaks and use.gives(speaking)
        if speaks:
            canvas.write(f"BT 1 0 0 1 {x:.2f} {baseline:.2f} Tm {writing.code} ET")
            return
    _write_word_by_word(canvas, line, size, place, blank)


def _writing(line: Line, size: float) -> _Writing:
    """Write a line as in a document where each of its glyphs has the meaning it has here."""
    operators = _Operators(size)
    words: dict[Face, list[ShapedWord]] = {}
    speaking: dict[Face, list[ShapedWord]] = {}
    for item in line.items:
        face, word, level = item
        if word is not None:
            operators.word(item, word, speaks=True)
            if face not in words:
                words[face], speaking[face] = [], []
            words[face].append(word)
            if not level & 1:
                speaking[face].append(word)
    operators.flush()
    glyphs = tuple([_glyphs(face, of_face, speaking[face]) for face, of_face in words.items()])
    alike = all(
        word.meanings.items() <= told.speaking.items()
        for told in glyphs
        for word in speaking[told.face]
    )
    return _Writing(size, " ".join(operators.code), glyphs, alike)


def _glyphs(face: Face, words: list[ShapedWord], speaking: list[ShapedWord]) -> _Glyphs:
    """Gather glyphs of words; the first word that has a glyph says what it means."""
    meanings: dict[int, str] = {}
    hints: dict[int, str] = {}
    for word in reversed(words):
        meanings.update(word.meanings)
        hints.update(word.hints)
    must = meanings
    if len(speaking) < len(words):
        must = {}
        for word in reversed(speaking):
            must.update(word.meanings)
    return _Glyphs(face, meanings, hints, must)


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
            operators.word(item, word, canvas.font(item.face).take(word.meanings, word.hints))
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
    use.take(word.meanings, word.hints)
    array = word.pieces[0].parts[0][1]
    y = baseline - size * 0.12
    return [
        f"/Span<</ActualText{text_string(BLANK_TEXT)}>>BDC",
        f"{_BLANK_STROKE} w {x + 1:.2f} {y:.2f} m {x + length - 1:.2f} {y:.2f} l S",
        f"BT 3 Tr /{use.name} {size:g} Tf 1 0 0 1 {x:.2f} {baseline:.2f} Tm [{array}]TJ 0 Tr ET",
        "EMC",
    ]
