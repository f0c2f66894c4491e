"""ReportLab's canvas with tags: every mark on the page belongs to a node or is an artifact.

The file it writes claims PDF/UA-1 and PDF/A-2a together.
"""

import zlib
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from io import BytesIO
from typing import Any, Final

from reportlab.pdfgen.canvas import Canvas

from hub.sheets.faces import Face
from hub.sheets.pdf import metadata
from hub.sheets.pdf.document import Information, TaggedPage, take_over
from hub.sheets.pdf.file import write_file
from hub.sheets.pdf.fonts import FontUse
from hub.sheets.pdf.objects import CompressedStream, Verbatim, reference, text_string
from hub.sheets.pdf.structure import LinkedObject, MarkedContent, Node, Root

_PAGE_EFFORT: Final = 3  # a third of the time of the usual 6, for three hundredths more bytes


class TaggedCanvas(Canvas):
    """A canvas on which text is drawn by this package alone and everything has its tag."""

    # What is used of ReportLab's canvas, which carries no types of its own for these.
    _doc: Any
    _code: list[str]
    _pageNumber: int  # noqa: N815
    _pagesize: tuple[float, float]
    _annotationrefs: list[Any]
    _startPage: Callable[[], None]  # noqa: N815

    def __init__(self, *, title: str, language: str, author: str, made_on: date) -> None:
        self._root = Root()
        self._page_nodes: list[Node] = []
        self._uses: dict[Face, FontUse] = {}
        self._made_on = made_on
        self._title = title
        self._author = author
        super().__init__(
            BytesIO(), invariant=1, pageCompression=1, pdfVersion=(1, 7), lang=language
        )
        information = Information(title, author, metadata.CREATOR, made_on)
        self._catalogue = take_over(self._doc, language, self._root, information)

    def _make_preamble(self) -> None:
        """Begin pages without ReportLab's default font, which is not embedded."""
        self._preamble = "1 0 0 1 0 0 cm"

    @property
    def document_node(self) -> Node:
        """The node that holds everything."""
        return self._root.document_node

    @property
    def page_number(self) -> int:
        """The number of the page being drawn, from 1."""
        return self._pageNumber

    # --- marked content

    def begin(self, node: Node) -> None:
        """Begin content that belongs to `node`."""
        number = len(self._page_nodes)
        self._page_nodes.append(node)
        node.kids.append(MarkedContent(self.page_number, number))
        self._code.append(f"/{node.tag}<</MCID {number}>>BDC")

    def begin_artifact(self, kind: str = "Layout") -> None:
        """Begin content that says nothing: rules, frames, running footers."""
        self.write(f"/Artifact<</Type/{kind}>>BDC")

    def end(self) -> None:
        """End what `begin` or `begin_artifact` began."""
        self._code.append("EMC")

    def write(self, code: str) -> None:
        """Write page operators as they are."""
        self._code.append(code)

    def font(self, face: Face) -> FontUse:
        """Give this document's use of a face."""
        use = self._uses.get(face)
        if use is None:
            use = self._uses[face] = FontUse(face)
            self._doc.delayedFonts.append(use)
        return use

    def link(self, node: Node, address: str, box: tuple[float, float, float, float]) -> None:
        """Make a box (left, bottom, right, top in points) a link that belongs to `node`."""
        corners = " ".join(f"{edge:.2f}" for edge in box)
        uri = address.replace("\\", "%5C").replace("(", "%28").replace(")", "%29")
        key = len(self._root.owners)
        annotation = Verbatim(
            f"<</Type/Annot/Subtype/Link/Rect[{corners}]/Border[0 0 0]/F 4"
            f"/Contents{text_string(address)}/A<</S/URI/URI({uri})>>/StructParent {key}>>".encode(
                "latin-1"
            )
        )
        self._root.owners.append(node)
        linked = self._doc.Reference(annotation, f"link:{key}")
        self._annotationrefs.append(linked)
        node.kids.append(LinkedObject(linked, self.page_number))

    # --- pages and file

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """End the page: compress it, and note its nodes in the parent tree."""
        code = "\n".join([self._preamble, *self._code, ""]).encode("latin-1")
        contents = CompressedStream(zlib.compress(code, _PAGE_EFFORT))
        place = len(self._root.owners)
        page = TaggedPage(self._pagesize, contents, self._annotationrefs, place)
        self._root.owners.append(self._page_nodes)
        self._page_nodes = []
        self._doc.addPage(page)
        self._startPage()

    def finish(self) -> bytes:
        """Write the file and give its bytes."""
        document, catalogue = self._doc, self._catalogue
        packet = metadata.xmp(self._title, self._author, self._made_on, document.info.producer)
        head = b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n" % len(packet)
        catalogue.metadata = Verbatim(head + packet + b"\nendstream")
        profile = CompressedStream(_compressed_profile(), b"/N 3")
        catalogue.intent = (
            "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
            "/Info(sRGB IEC61966-2.1)/DestOutputProfile "
            f"{reference(document, profile, 'colour-profile')}>>"
        )
        return write_file(document, self, self._root)


@lru_cache(maxsize=1)
def _compressed_profile() -> bytes:
    return zlib.compress(metadata.srgb_profile(), 9)
