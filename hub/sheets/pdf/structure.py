"""The structure tree: what each thing on the page is, in which order and language.

Source: ISO 32000-1, 14.7 and 14.8, as ISO 14289-1 (PDF/UA-1) and ISO 19005-2 level A ask for.
A sheet has more than a hundred elements, so they are written here and not by ReportLab: the
file gives each its number when all are known.
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


class Node:
    """One structure element. `attributes` are written as they are; `number` is its object's."""

    __slots__ = (
        "actual",
        "alternative",
        "attributes",
        "kids",
        "language",
        "number",
        "parent",
        "spoken",
        "tag",
    )

    def __init__(
        self,
        tag: str,
        parent: "Node | None" = None,
        language: str = "",
        alternative: str = "",
        attributes: str = "",
    ) -> None:
        self.tag = tag
        self.parent = parent
        self.language = language
        self.alternative = alternative
        self.attributes = attributes
        self.actual = ""
        self.number = 0
        self.kids: list[Node | MarkedContent | LinkedObject] = []
        # The language of this element: its own, or that of what holds it.
        self.spoken: str = language or (parent.spoken if parent else "")
        if parent is not None:
            parent.kids.append(self)

    def written(self, holder: int, pages: dict[int, int], document: Any) -> str:
        """Give the element, one character for each byte.

        `holder` is the number of the object that holds it, `pages` those of the pages.
        """
        page = 0
        kids = []
        for kid in self.kids:
            if isinstance(kid, MarkedContent):
                page = page or kid.page
                if kid.page == page:
                    kids.append(str(kid.number))
                else:
                    kids.append(f"<</Type/MCR/Pg {pages[kid.page]} 0 R/MCID {kid.number}>>")
            elif isinstance(kid, Node):
                kids.append(f"{kid.number} 0 R")
            else:
                annotation = kid.annotation.format(document).decode("ascii")
                kids.append(f"<</Type/OBJR/Obj {annotation}/Pg {pages[kid.page]} 0 R>>")
        where = f"/Pg {pages[page]} 0 R" if page else ""
        language = f"/Lang({self.language})" if self.language else ""
        alternative = f"/Alt{text_string(self.alternative)}" if self.alternative else ""
        actual = f"/ActualText{text_string(self.actual)}" if self.actual else ""
        held = f"/K[{' '.join(kids)}]" if kids else ""
        return (
            f"<</S/{self.tag}/P {holder} 0 R{where}{language}{alternative}{actual}"
            f"{self.attributes}{held}>>"
        )


def _gather(node: Node, into: list[Node]) -> list[Node]:
    """Give a node and all below it, in reading order."""
    into.append(node)
    for kid in node.kids:
        if isinstance(kid, Node):
            _gather(kid, into)
    return into


class Root(pdfdoc.PDFObject):
    """The structure tree root with its parent tree.

    `owners` holds, for each page, the node of each piece of marked content, and for each
    annotation its node.
    """

    __RefOnly__ = 1

    def __init__(self) -> None:
        self.document_node = Node("Document")
        self.owners: list[list[Node] | Node] = []

    def format(self, document: Any) -> bytes:
        """Give the root to ReportLab, once the nodes have their numbers."""
        numbers = []
        for key, owner in enumerate(self.owners):
            if isinstance(owner, Node):
                numbers.append(f"{key} {owner.number} 0 R")
            else:
                nodes = " ".join([f"{node.number} 0 R" for node in owner])
                numbers.append(f"{key}[{nodes}]")
        tree = Verbatim(f"<</Nums[{' '.join(numbers)}]>>".encode("ascii"))
        return (
            f"<</Type/StructTreeRoot/K[{self.document_node.number} 0 R]"
            f"/ParentTree {reference(document, tree, 'parent-tree')}"
            f"/ParentTreeNextKey {len(self.owners)}>>"
        ).encode("ascii")

    def nodes(self) -> list[Node]:
        """Give all elements in reading order."""
        return _gather(self.document_node, [])

    def elements(self, nodes: list[Node], document: Any, first: int) -> list[tuple[int, str]]:
        """Give each of the elements with its number, counted from `first`."""
        numbers = document.idToObjectNumberAndVersion
        holder: int = numbers[document.Reference(self).name][0]
        places = {number: numbers[f"Page{number}"][0] for number in range(1, document.pageCounter)}
        for number, node in enumerate(nodes, first):
            node.number = number
        return [
            (
                node.number,
                node.written(node.parent.number if node.parent else holder, places, document),
            )
            for node in nodes
        ]
