"""The finished file: ReportLab's objects and the elements of the tree, packed.

All but streams go into one compressed object stream, which makes a file a third smaller than
ReportLab's own writing of it. Source: ISO 32000-1, 7.5.7 (object streams) and 7.5.8
(cross-reference streams); ISO 19005-2 allows both.
"""

import hashlib
import zlib
from typing import Any, Final

from hub.sheets.pdf.structure import Root

_PLACED: Final = 1 << 40
_PACKED: Final = 2 << 40
_HEAD: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_EFFORT: Final = 4  # half the time of the usual 6, for a hundredth more bytes


def write_file(document: Any, canvas: Any, root: Root) -> bytes:
    """Write a document whose pages are all drawn."""
    for font in document.delayedFonts:
        font.addObjects(document)
    catalogue, info = document.Reference(document.Catalog), document.Reference(document.info)
    document.Outlines.prepare(document, canvas)
    if document.Outlines.ready < 0:
        document.Catalog.Outlines = None
    writer = _Writer()
    # The elements come between what ReportLab knows by now and what it adds while it writes.
    first = document.objectcounter + 1
    nodes = root.nodes()
    document.objectcounter += len(nodes)
    after = document.objectcounter + 1
    writer.pack(root.elements(nodes, document, first))
    number = 1
    while number <= document.objectcounter:
        if number == first:
            number = after
        thing = document.idToObject[document.numberToId[number]]
        writer.add(number, thing.format(document))
        number += 1
    root_number = document.idToObjectNumberAndVersion[catalogue.name][0]
    info_number = document.idToObjectNumberAndVersion[info.name][0]
    return writer.finish(document.objectcounter, root_number, info_number)


class _Writer:
    """Gathers objects by number: streams at once, the rest in one object stream."""

    def __init__(self) -> None:
        self._file: list[bytes] = [_HEAD]
        self._length = len(_HEAD)
        self._offsets: dict[int, int] = {}
        self._packed: list[tuple[int, str]] = []

    def pack(self, objects: list[tuple[int, str]]) -> None:
        """Take objects that are no streams, one character for each byte."""
        self._packed += objects

    def add(self, number: int, content: bytes) -> None:
        """Take any object."""
        if content.endswith(b"endstream"):
            self._write(number, content)
        else:
            self._packed.append((number, content.decode("latin-1")))

    def _write(self, number: int, content: bytes) -> None:
        written = b"%d 0 obj\n%s\nendobj\n" % (number, content)
        self._offsets[number] = self._length
        self._file.append(written)
        self._length += len(written)

    def finish(self, count: int, catalogue: int, info: int) -> bytes:
        """Write what was packed and the cross-reference stream; give the file.

        `count` is the number of objects; `catalogue` and `info` are the numbers of those two.
        """
        pack, table = count + 1, count + 2
        self._write(pack, self._pack())
        digest = hashlib.md5(b"".join(self._file), usedforsecurity=False).hexdigest()
        # Each entry as one number: a byte for its kind, three for a place, two for what is more.
        entries = [0xFFFF] * (count + 3)  # number 0 is free for ever
        for at, (number, _) in enumerate(self._packed):
            entries[number] = _PACKED | pack << 16 | at
        for number, offset in self._offsets.items():
            entries[number] = _PLACED | offset << 16
        entries[table] = _PLACED | self._length << 16
        packed = zlib.compress(b"".join([entry.to_bytes(6, "big") for entry in entries]), _EFFORT)
        start = self._length
        head = (
            f"<</Type/XRef/Size {count + 3}/W[1 3 2]/Root {catalogue} 0 R/Info {info} 0 R"
            f"/ID[<{digest}><{digest}>]/Filter/FlateDecode/Length {len(packed)}>>\nstream\n"
        )
        self._write(table, head.encode("ascii") + packed + b"\r\nendstream")
        return b"".join([*self._file, b"startxref\n%d\n%%%%EOF\n" % start])

    def _pack(self) -> bytes:
        index, at = [], 0
        for number, content in self._packed:
            index.append(f"{number} {at}")
            at += len(content) + 1
        begin = " ".join(index) + "\n"
        body = begin + "\n".join([content for _, content in self._packed])
        packed = zlib.compress(body.encode("latin-1"), _EFFORT)
        head = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>\nstream\n"
        return head % (len(self._packed), len(begin), len(packed)) + packed + b"\r\nendstream"
