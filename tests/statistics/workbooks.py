"""Reading a workbook as the file format has it: the sheets, and what each cell really is."""

import zipfile
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@dataclass(frozen=True)
class SheetOf:
    """One sheet. `texts` and `numbers` hold what stands in a cell, by its address such as `B7`."""

    texts: dict[str, str]
    numbers: dict[str, float]
    formulas: int
    frozen: tuple[int, int]

    def row_of(self, code: str) -> int:
        """Give the number of the row that begins with a code."""
        return next(int(a[1:]) for a, t in self.texts.items() if a[0] == "A" and t == code)


def sheets_of(content: bytes) -> dict[str, SheetOf]:
    """Give the sheets of a workbook by name, in their order."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        strings = [
            "".join(item.itertext()) for item in etree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        listed = etree.fromstring(book.read("xl/workbook.xml")).findall("m:sheets/m:sheet", _NS)
        return {
            str(sheet.get("name")): _sheet(book.read(f"xl/worksheets/sheet{n}.xml"), strings)
            for n, sheet in enumerate(listed, 1)
        }


def _sheet(xml: bytes, strings: list[str]) -> SheetOf:
    root = etree.fromstring(xml)
    texts, numbers = {}, {}
    for cell in root.iterfind("m:sheetData/m:row/m:c", _NS):
        value = cell.findtext("m:v", None, _NS)
        if value is not None and cell.get("t") == "s":
            texts[str(cell.get("r"))] = strings[int(value)]
        elif value is not None:
            numbers[str(cell.get("r"))] = float(value)
    pane = root.find("m:sheetViews/m:sheetView/m:pane", _NS)
    frozen = (0, 0) if pane is None else (int(pane.get("ySplit", 0)), int(pane.get("xSplit", 0)))
    return SheetOf(texts, numbers, len(root.findall(".//m:f", _NS)), frozen)
