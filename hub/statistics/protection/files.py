"""``cells.csv`` and ``meta.json`` of a release, as text to and from values."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hub.statistics.protection.cells import ALL, Cell, CellError, Children, check_children

_COLUMNS = (*Cell._fields, "value")
_HIDDEN = "x"


@dataclass(frozen=True)
class Meta:
    """What ``meta.json`` says of a release: threshold, plan and the lists of children.

    ``plan`` is a JSON object with ``version`` and ``tables``, as ``plan.py`` makes it.
    """

    threshold: int
    plan: Mapping[str, Any]
    children: Children


def write_cells(values: Mapping[Cell, int | None]) -> str:
    """Text of ``cells.csv``: a header, then one line per cell in sorted order, LF at line ends.

    Args:
        values: published value per planned cell, None where hidden (written ``x``).

    Raises:
        CellError: a code holds a line break.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for cell in sorted(values):
        if any(len(code.splitlines()) > 1 or code.endswith(("\r", "\n")) for code in cell):
            raise CellError(f"{cell!r}: a code holds no line break")
        value = values[cell]
        writer.writerow((*cell, _HIDDEN if value is None else value))
    return text.getvalue()


def read_cells(text: str) -> dict[Cell, int | None]:
    """Values of a ``cells.csv``.

    Raises:
        CellError: naming the line that is malformed or repeats a cell.
    """
    lines = csv.reader(io.StringIO(text))
    if tuple(next(lines, ())) != _COLUMNS:
        raise CellError(f"cells.csv, line 1: must be {','.join(_COLUMNS)}")
    values: dict[Cell, int | None] = {}
    for line in lines:
        where = f"cells.csv, line {lines.line_num}"
        if len(line) != len(_COLUMNS):
            raise CellError(f"{where}: has {len(line)} fields, not {len(_COLUMNS)}")
        cell = Cell(*line[:-1])
        if cell in values:
            raise CellError(f"{where}: {cell} stands in the file already")
        if line[-1] != _HIDDEN and not (line[-1].isascii() and line[-1].isdigit()):
            raise CellError(f"{where}: the value is a whole number or {_HIDDEN}, not {line[-1]!r}")
        values[cell] = None if line[-1] == _HIDDEN else int(line[-1])
    return values


def write_meta(meta: Meta) -> str:
    """Text of ``meta.json``; the same values give the same bytes."""
    facts = {
        "threshold": meta.threshold,
        "total": ALL,
        "zeros": "hidden",
        "plan": meta.plan,
        "children": {
            dimension: {code: list(codes) for code, codes in lists.items()}
            for dimension, lists in meta.children.items()
        },
    }
    return json.dumps(facts, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def read_meta(text: str) -> Meta:
    """Values of a ``meta.json``.

    Raises:
        CellError: saying what is missing or malformed.
    """
    try:
        facts = json.loads(text)
        if facts["total"] != ALL or facts["zeros"] != "hidden":
            raise CellError(f"meta.json: total must be {ALL}, zeros must be hidden")
        children = {
            dimension: {code: tuple(codes) for code, codes in lists.items()}
            for dimension, lists in facts["children"].items()
        }
        meta = Meta(int(facts["threshold"]), facts["plan"], children)
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise CellError(f"meta.json: is malformed ({error!r}); export the release again") from error
    check_children(meta.children)
    return meta
