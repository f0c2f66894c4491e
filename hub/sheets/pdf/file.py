"""The finished file: ReportLab's objects and the elements of the tree, packed.

All but streams go into one compressed object stream, which makes a file a third smaller than
ReportLab's own writing of it. Source: ISO 32000-1, 7.5.7 (object streams) and 7.5.8
(cross-reference streams); ISO 19005-2 allows both.
"""

import hashlib
import zlib
from typing import Any, Final

from reportlab.pdfbase import pdfdoc

from hub.sheets.pdf.structure import Root

_HEAD: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_EFFORT: Final = 6


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
    for number, element in root.elements(nodes, document, first):
        writer.packed(number, element)
    number = 1
    while number <= document.objectcounter:
        if number == first:
            number = after
        thing = document.idToObject[document.numberToId[number]]
        writer.add(number, pdfdoc.format(thing, document, toplevel=1))
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
        self._packed: list[tuple[int, bytes]] = []

    def packed(self, number: int, content: bytes) -> None:
        """Take an object that is no stream."""
        self._packed.append((number, content))

    def add(self, number: int, content: bytes) -> None:
        """Take any object."""
        if content.rstrip().endswith(b"endstream"):
            self._write(number, content)
        else:
            self._packed.append((number, content))

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
        places = {number: (2, pack, at) for at, (number, _) in enumerate(self._packed)}
        places |= {number: (1, offset, 0) for number, offset in self._offsets.items()}
        places |= {0: (0, 0, 65535), table: (1, self._length, 0)}
        entries = zlib.compress(
            b"".join(
                b"%c%b%b" % (kind, place.to_bytes(3, "big"), more.to_bytes(2, "big"))
                for kind, place, more in (places[number] for number in range(count + 3))
            ),
            _EFFORT,
        )
        start = self._length
        head = (
            f"<</Type/XRef/Size {count + 3}/W[1 3 2]/Root {catalogue} 0 R/Info {info} 0 R"
            f"/ID[<{digest}><{digest}>]/Filter/FlateDecode/Length {len(entries)}>>\nstream\n"
        )
        self._write(table, head.encode("ascii") + entries + b"\r\nendstream")
        return b"".join([*self._file, b"startxref\n%d\n%%%%EOF\n" % start])

    def _pack(self) -> bytes:
        index, at = [], 0
        for number, content in self._packed:
            index.append(f"{number} {at}")
            at += len(content) + 1
        begin = " ".join(index).encode("ascii") + b"\n"
        body = begin + b"\n".join(content for _, content in self._packed)
        packed = zlib.compress(body, _EFFORT)
        head = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>\nstream\n"
        return head % (len(self._packed), len(begin), len(packed)) + packed + b"\r\nendstream"
