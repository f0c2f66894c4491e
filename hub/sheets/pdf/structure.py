"""The structure tree: what each thing on the page is, in which order and language.

Source: ISO 32000-1, 14.7 and 14.8, as ISO 14289-1 (PDF/UA-1) and ISO 19005-2 level A ask for.
"""

from typing import Any

from reportlab.pdfbase import pdfdoc

from hub.sheets.pdf.objects import Verbatim, reference, text_string


class MarkedContent:
    """Content on a page that belongs to a node, by its number (MCID) there."""

    __slots__ = ("number", "page")

    def __init__(self, page: int, number: int) -> None:
        self.page = page
        self.number = number


class LinkedObject:
    """An annotation that belongs to a node."""

    __slots__ = ("annotation", "page")

    def __init__(self, annotation: Any, page: int) -> None:
        self.annotation = annotation
        self.page = page


class Node(pdfdoc.PDFObject):
    """One structure element. `attributes` are written as they are."""

    __RefOnly__ = 1

    def __init__(
        self,
        tag: str,
        parent: "Node | None" = None,
        language: str = "",
        alternative: str = "",
        attributes: str = "",
    ) -> None:
        self.tag = tag
        self.parent: Node | Root | None = parent
        self.language = language
        self.alternative = alternative
        self.attributes = attributes
        self.actual = ""
        self._reference = ""
        self.kids: list[Node | MarkedContent | LinkedObject] = []
        if parent is not None:
            parent.kids.append(self)

    @property
    def spoken(self) -> str:
        """The language of this element: its own, or that of what holds it."""
        if self.language or not isinstance(self.parent, Node):
            return self.language
        return self.parent.spoken

    def reference(self, document: Any) -> str:
        """Give the reference to this element; it is made once."""
        if not self._reference:
            self._reference = reference(document, self)
        return self._reference

    def format(self, document: Any) -> bytes:
        """Give the element to ReportLab."""
        first = next((kid.page for kid in self.kids if isinstance(kid, MarkedContent)), None)
        parent = self.parent.reference(document) if self.parent else "null"
        parts = [f"<</S/{self.tag}/P {parent}"]
        if first is not None:
            parts.append(f"/Pg {_page(document, first)}")
        if self.language:
            parts.append(f"/Lang({self.language})")
        if self.alternative:
            parts.append(f"/Alt{text_string(self.alternative)}")
        if self.actual:
            parts.append(f"/ActualText{text_string(self.actual)}")
        parts.append(self.attributes)
        if self.kids:
            kids = " ".join(_kid(document, kid, first) for kid in self.kids)
            parts.append(f"/K[{kids}]")
        parts.append(">>")
        return "".join(parts).encode("latin-1")


def _page(document: Any, page: int) -> str:
    written: bytes = pdfdoc.PDFObjectReference(f"Page{page}").format(document)
    return written.decode("ascii")


def _kid(document: Any, kid: Node | MarkedContent | LinkedObject, first: int | None) -> str:
    if isinstance(kid, Node):
        return kid.reference(document)
    if isinstance(kid, LinkedObject):
        annotation = kid.annotation.format(document).decode("ascii")
        return f"<</Type/OBJR/Obj {annotation}/Pg {_page(document, kid.page)}>>"
    if kid.page == first:
        return str(kid.number)
    return f"<</Type/MCR/Pg {_page(document, kid.page)}/MCID {kid.number}>>"


class Root(pdfdoc.PDFObject):
    """The structure tree root with its parent tree.

    `owners` holds, for each page, the node of each piece of marked content, and for each
    annotation its node.
    """

    __RefOnly__ = 1

    def __init__(self) -> None:
        self.document_node = Node("Document")
        self.document_node.parent = self
        self.owners: list[list[Node] | Node] = []

    def reference(self, document: Any) -> str:
        """Give the reference to the root."""
        return reference(document, self)

    def format(self, document: Any) -> bytes:
        """Give the root to ReportLab."""
        numbers = []
        for key, owner in enumerate(self.owners):
            if isinstance(owner, Node):
                numbers.append(f"{key} {owner.reference(document)}")
            else:
                nodes = " ".join(node.reference(document) for node in owner)
                numbers.append(f"{key}[{nodes}]")
        tree = Verbatim(f"<</Nums[{' '.join(numbers)}]>>".encode("ascii"))
        return (
            f"<</Type/StructTreeRoot/K[{self.document_node.reference(document)}]"
            f"/ParentTree {reference(document, tree, 'parent-tree')}"
            f"/ParentTreeNextKey {len(self.owners)}>>"
        ).encode("ascii")
