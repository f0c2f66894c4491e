"""Small PDF objects that ReportLab's document writes out as they are."""

from functools import lru_cache
from typing import Any

from reportlab.pdfbase import pdfdoc

from hub.sheets.shaping import STRING_ESCAPES


class Verbatim(pdfdoc.PDFObject):
    """An object whose bytes are known; it may be filled in until the document is written."""

    __RefOnly__ = 1

    def __init__(self, content: bytes = b"") -> None:
        self.content = content

    def format(self, document: Any) -> bytes:  # noqa: ARG002 - ReportLab gives it
        """Give the bytes to ReportLab."""
        return self.content


class CompressedStream(pdfdoc.PDFObject):
    """A stream that is already compressed.

    ReportLab's own stream writes no line end before `endstream`, which ISO 19005-2, 6.1.7.1
    requires. It is CR LF: compressed bytes may themselves end with CR.
    """

    __RefOnly__ = 1

    def __init__(self, compressed: bytes, entries: bytes = b"") -> None:
        self.compressed = compressed
        self.entries = entries

    def format(self, document: Any) -> bytes:  # noqa: ARG002 - ReportLab gives it
        """Give the stream to ReportLab."""
        head = b"<</Filter/FlateDecode/Length %d%s>>\nstream\n"
        return head % (len(self.compressed), self.entries) + self.compressed + b"\r\nendstream"


@lru_cache(maxsize=1024)
def text_string(text: str) -> str:
    """Write a text as a literal PDF string in UTF-16 (ISO 32000-1, 7.9.2.2).

    The result holds one character for each byte and is to be encoded as Latin-1.
    """
    coded = b"\xfe\xff" + text.encode("utf-16-be")
    return f"({coded.decode('latin-1').translate(STRING_ESCAPES)})"


def reference(document: Any, thing: Any, name: str | None = None) -> str:
    """Register an object with the document and give the reference to it."""
    written = document.Reference(thing, name) if name else document.Reference(thing)
    formatted: bytes = written.format(document)
    return formatted.decode("ascii")
