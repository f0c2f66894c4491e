"""Faces in a PDF file: composite fonts of just the glyphs that one document uses.

Source: ISO 32000-1, 9.7 (Type 0, CIDFontType2, Identity-H) and 9.10 (ToUnicode). Glyph numbers
are those of the prepared face, so the same glyph has the same code in every document.
"""

import hashlib
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from unicodedata import bidirectional

from hub.sheets.faces import Face
from hub.sheets.pdf.document import FONTS
from hub.sheets.pdf.objects import CompressedStream, Verbatim, reference
from hub.sheets.shaping import ShapedWord, number, shape

_CMAP_HEAD = (
    "/CIDInit /ProcSet findresource begin",
    "12 dict begin",
    "begincmap",
    "/CIDSystemInfo",
    "<< /Registry (Adobe)",
    "/Ordering (UCS)",
    "/Supplement 0",
    ">> def",
    "/CMapName /Adobe-Identity-UCS def",
    "/CMapType 2 def",
    "1 begincodespacerange",
    "<0000> <FFFF>",
    "endcodespacerange",
)
_CMAP_TAIL = ("endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end")
_CMAP_BLOCK = 100  # the most entries one beginbfchar may hold


_KEPT_CUTS = 32  # of each face


class _Cut(NamedTuple):
    """A face cut to some glyphs: its name in a file, its program, widths and meanings."""

    name: str
    program: bytes
    length: int
    widths: str
    meanings: bytes


class FontUse:
    """What one document uses of one face. `silent` are words that do not speak for themselves."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self.name = face.resource
        self._meanings = dict(_often(face))
        self._hints: dict[int, str] = {}
        self._taken: set[ShapedWord] = set()
        self.silent: set[ShapedWord] = set()

    def take(self, words: Sequence[ShapedWord]) -> None:
        """Count the glyphs of words in. The first word with a glyph says what it means here."""
        if self._taken.issuperset(words):
            return
        for word in words:
            if word in self._taken:
                continue
            self._taken.add(word)
            for glyph, text in word.hints.items():
                self._hints.setdefault(glyph, text)
            if not word.meanings.items() <= self._meanings.items():
                for glyph, text in word.meanings.items():
                    if self._meanings.setdefault(glyph, text) != text:
                        self.silent.add(word)

    def speak(self, words: Sequence[ShapedWord]) -> bool:
        """Tell whether the glyphs of words that were taken alone give their texts back."""
        return self.silent.isdisjoint(words)

    def addObjects(self, document: Any) -> None:  # noqa: N802 - ReportLab calls it so
        """Write the font into the document and name it among its resources."""
        cut = _cut(self.face, {**self._hints, **self._meanings})
        stream = CompressedStream(cut.program, b"/Length1 %d" % cut.length)
        file = reference(document, stream, f"file:{self.name}")
        descriptor = Verbatim(
            f"<</Type/FontDescriptor/FontName{cut.name}/Flags 4/FontBBox[-1000 -500 2000 1500]"
            f"/ItalicAngle 0/Ascent {self.face.ascent}/Descent {self.face.descent}"
            f"/CapHeight 714/StemV 80/FontFile2 {file}>>".encode("ascii")
        )
        described = reference(document, descriptor, f"descriptor:{self.name}")
        descendant = Verbatim(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont{cut.name}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/DW 1000/W[{cut.widths}]/CIDToGIDMap/Identity"
            f"/FontDescriptor {described}>>".encode("ascii")
        )
        below = reference(document, descendant, f"descendant:{self.name}")
        meanings = reference(document, CompressedStream(cut.meanings), f"unicode:{self.name}")
        font = Verbatim(
            f"<</Type/Font/Subtype/Type0/BaseFont{cut.name}/Encoding/Identity-H"
            f"/DescendantFonts[{below}]/ToUnicode {meanings}>>".encode("ascii")
        )
        fonts = document.idToObject[FONTS].known
        fonts[self.name] = document.Reference(font, f"font:{self.name}")


@lru_cache(maxsize=64)
def _often(face: Face) -> dict[int, str]:
    """Give the glyphs that every file with this face has, each with its meaning."""
    found: dict[int, str] = {}
    for text in [*face.often.split(), *(" " if face.often else "")]:
        right_to_left = bidirectional(text[0]) == "AL"
        for glyph, meaning in shape(face, text, right_to_left, "nl").meanings.items():
            found.setdefault(glyph, meaning)
    return found


def _cut(face: Face, texts: dict[int, str]) -> _Cut:
    """Cut a face to the glyphs of a document; what was cut for another one is used again."""
    key = frozenset(texts.items())
    known: _Cut | None = face.embedded.get(key)
    if known is None:
        glyphs = sorted(texts)
        program = face.program(glyphs)
        prefix = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(program).digest()[:6])
        known = _Cut(
            f"/{prefix}+{face.name}",
            zlib.compress(program, 9),
            len(program),
            _widths(face, glyphs),
            zlib.compress(_to_unicode(texts), 9),
        )
        if len(face.embedded) >= _KEPT_CUTS:
            face.embedded.clear()
        face.embedded[key] = known
    return known


def _widths(face: Face, used: list[int]) -> str:
    """Write the widths of the used glyphs, neighbours together."""
    out = []
    start = 0
    for place in range(1, len(used) + 1):
        if place == len(used) or used[place] != used[place - 1] + 1:
            widths = " ".join(number(face.advances[glyph]) for glyph in used[start:place])
            out.append(f"{used[start]}[{widths}]")
            start = place
    return "".join(out)


def _to_unicode(texts: dict[int, str]) -> bytes:
    entries = [
        f"<{glyph:04X}> <{text.encode('utf-16-be').hex().upper()}>"
        for glyph, text in sorted(texts.items())
    ]
    lines = list(_CMAP_HEAD)
    for start in range(0, len(entries), _CMAP_BLOCK):
        block = entries[start : start + _CMAP_BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*lines, *_CMAP_TAIL]).encode("ascii")
