"""Faces in a PDF file: composite fonts of just the glyphs that one document uses.

Source: ISO 32000-1, 9.7 (Type 0, CIDFontType2, Identity-H) and 9.10 (ToUnicode). Glyph numbers
are those of the prepared face, so the same glyph has the same code in every document.
"""

import hashlib
import zlib
from typing import Any

from hub.sheets.faces import Face
from hub.sheets.pdf.objects import CompressedStream, Verbatim, reference
from hub.sheets.shaping import ShapedWord, number

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


class FontUse:
    """What one document uses of one face."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.glyphs: set[int] = set()
        self._meanings: dict[int, str] = {}
        self._hints: dict[int, str] = {}
        self._speaks: dict[ShapedWord, bool] = {}

    def take(self, word: ShapedWord) -> bool:
        """Count the word's glyphs in; tell whether they alone give the word's text back."""
        known = self._speaks.get(word)
        if known is not None:
            return known
        self.glyphs |= word.glyphs
        speaks = True
        for glyph, text in word.meanings.items():
            if self._meanings.setdefault(glyph, text) != text:
                speaks = False
        for glyph, text in word.hints.items():
            self._hints.setdefault(glyph, text)
        self._speaks[word] = speaks
        return speaks

    def addObjects(self, document: Any) -> None:  # noqa: N802 - ReportLab calls it so
        """Write the font into the document and name it among its resources."""
        program, length = self.face.program(frozenset(self.glyphs))
        digest = hashlib.sha256(program).digest()
        prefix = "".join(chr(65 + byte % 26) for byte in digest[:6])
        name = f"/{prefix}+{self.face.name}"
        stream = CompressedStream(program, b"/Length1 %d" % length)
        file = reference(document, stream, f"file:{self.name}")
        descriptor = Verbatim(
            f"<</Type/FontDescriptor/FontName{name}/Flags 4/FontBBox[-1000 -500 2000 1500]"
            f"/ItalicAngle 0/Ascent {self.face.ascent}/Descent {self.face.descent}"
            f"/CapHeight 714/StemV 80/FontFile2 {file}>>".encode("ascii")
        )
        described = reference(document, descriptor, f"descriptor:{self.name}")
        descendant = Verbatim(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont{name}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/DW 1000/W[{self._widths()}]/CIDToGIDMap/Identity"
            f"/FontDescriptor {described}>>".encode("ascii")
        )
        below = reference(document, descendant, f"descendant:{self.name}")
        cmap = CompressedStream(zlib.compress(self._to_unicode()))
        meanings = reference(document, cmap, f"unicode:{self.name}")
        font = Verbatim(
            f"<</Type/Font/Subtype/Type0/BaseFont{name}/Encoding/Identity-H"
            f"/DescendantFonts[{below}]/ToUnicode {meanings}>>".encode("ascii")
        )
        fonts = document.idToObject["BasicFonts"].dict
        fonts[self.name] = document.Reference(font, f"font:{self.name}")

    def _widths(self) -> str:
        """Write the widths of the used glyphs, neighbours together."""
        used = sorted(self.glyphs)
        out = []
        start = 0
        for place in range(1, len(used) + 1):
            if place == len(used) or used[place] != used[place - 1] + 1:
                widths = " ".join(number(self.face.advances[g]) for g in used[start:place])
                out.append(f"{used[start]}[{widths}]")
                start = place
        return "".join(out)

    def _to_unicode(self) -> bytes:
        texts = {**self._hints, **self._meanings}
        entries = [
            f"<{glyph:04X}> <{texts[glyph].encode('utf-16-be').hex().upper()}>"
            for glyph in sorted(self.glyphs)
            if glyph in texts
        ]
        lines = list(_CMAP_HEAD)
        for start in range(0, len(entries), _CMAP_BLOCK):
            block = entries[start : start + _CMAP_BLOCK]
            lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
        return "\n".join([*lines, *_CMAP_TAIL]).encode("ascii")
