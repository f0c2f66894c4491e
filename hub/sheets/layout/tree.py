"""The structure tree of a sheet: sections by part and language, lists, tables, headings."""

from functools import lru_cache
from typing import Final

from hub.sheets.blocks import Role, Side
from hub.sheets.layout.pages import PlacedPart, PlacedRow
from hub.sheets.layout.style import STYLES
from hub.sheets.pdf.structure import Node

_LISTS: Final[dict[Role, str]] = {"step": "Decimal", "tick": "None", "first": "None"}
_ROW_HEADER: Final = "/A<</O/Table/Scope/Row>>"
_DROPPED: Final = {ord(c): None for c in "\u2066\u2067\u2068\u2069\u00ad\u2060"}

_Pair = tuple[Node | None, Node]


class Tree:
    """Makes nodes as rows are painted; a row that goes on overleaf keeps its nodes."""

    def __init__(self, document: Node) -> None:
        self.document = document
        self._sections: dict[tuple[int, int], Node] = {}
        self._groups: dict[tuple[int, int], tuple[Role, Node]] = {}
        self._cells: dict[tuple[int, int], _Pair] = {}

    def section(self, placed: PlacedPart, column: int) -> Node:
        """Give the section of one language of one part."""
        key = (placed.index, column)
        if key not in self._sections:
            language = placed.part.part.columns[column].language
            self._sections[key] = Node("Sect", self.document, language=language)
        return self._sections[key]

    def nodes(self, placed: PlacedPart, column: int, row: PlacedRow, side: Side) -> _Pair:
        """Give the nodes of a side's label, where it has one, and of its text."""
        key = (id(row.row), column)
        if key not in self._cells:
            self._cells[key] = self._make(placed, column, row.row.block.role, side)
        return self._cells[key]

    def _make(self, placed: PlacedPart, column: int, role: Role, side: Side) -> _Pair:
        section = self.section(placed, column)
        if role in _LISTS:
            pair = self._item(self._group(placed, column, role, section), side)
        elif role == "amount":
            pair = self._amount(self._group(placed, column, role, section), side)
        else:
            self._groups.pop((placed.index, column), None)
            lead = _node("P", section, side, side.lead) if side.lead else None
            pair = lead, _node(STYLES[role].tag, section, side, side.text)
        return pair

    def _group(self, placed: PlacedPart, column: int, role: Role, section: Node) -> Node:
        """Give the list or table that neighbouring rows of one role share."""
        key = (placed.index, column)
        known = self._groups.get(key)
        if known is not None and known[0] == role:
            return known[1]
        if role == "amount":
            node = Node("Table", section)
        else:
            numbering = f"/A<</O/List/ListNumbering/{_LISTS[role]}>>"
            node = Node("L", section, attributes=numbering)
        self._groups[key] = (role, node)
        return node

    def _item(self, group: Node, side: Side) -> _Pair:
        item = Node("LI", group)
        label = _node("Lbl", item, side, side.lead)
        return label, _node("LBody", item, side, side.text)

    def _amount(self, group: Node, side: Side) -> _Pair:
        row = Node("TR", group)
        head = _node("TH", row, side, side.lead)
        head.attributes = _ROW_HEADER
        return head, _node("TD", row, side, side.text)


def _node(tag: str, parent: Node, side: Side, text: str) -> Node:
    """Make a node with its language; right-to-left text also in reading order.

    Page content of right-to-left text stands in the order of the eye, so the node carries the
    text in the order of reading as well.
    """
    language = "" if parent.spoken == side.language else side.language
    node = Node(tag, parent, language=language)
    if side.direction == "rtl" and text:
        node.actual = _spoken(text)
    return node


@lru_cache(maxsize=1024)
def _spoken(text: str) -> str:
    return text.translate(_DROPPED).replace("\ue000", "…")
