"""Protection of the public test tables for disclosure control.

Run: ``python -m bench.statistics_sdc DIR [--prototype FILE]`` where DIR holds the CSV files
``SSBtools_z1``, ``SSBtools_z3``, ``SSBtools_sosialFiktiv``. ``--prototype`` names a Python file
with ``Protector`` and ``equations`` to run beside, on the same cells and equations.

Two-way: region x theme, region x period and theme x period, linked. Three-way: region x theme x
period. Regions add up to counties (fylke) and, in a second list, to groups (kostragr); periods
to the year.
"""

import argparse
import csv
import importlib.util
import json
import sys
import time
from itertools import product
from pathlib import Path
from typing import Any

from scipy.optimize._highspy import _core

from hub.statistics.auditor import examine, parse_release
from hub.statistics.protection import ALL, Cell, Children, Count, protect
from hub.statistics.protection.files import Meta, write_cells, write_meta
from hub.statistics.protection.protect import hiding_costs
from hub.statistics.protection.system import build_system

Rows = list[dict[str, str]]
FIELDS = {"region": "area", "hovedint": "topic", "mnd": "period"}


def children_of(rows: Rows) -> Children:
    """Lists of the data's own hierarchies."""
    lists: dict[str, dict[str, list[str]]] = {}
    for field, dimension in FIELDS.items():
        if field in rows[0]:
            lists[dimension] = {ALL: sorted({row[field] for row in rows})}
    if "fylke" in rows[0]:
        regions = {f"{k}{row[k]}": set() for row in rows for k in ("fylke", "kostragr")}
        for row in rows:
            for k in ("fylke", "kostragr"):
                regions[f"{k}{row[k]}"].add(row["region"])
        counties = sorted(r for r in regions if r.startswith("fylke"))
        groups = sorted(r for r in regions if r.startswith("kostragr"))
        below = {region: sorted(parts) for region, parts in regions.items()}
        lists["area"] = {ALL: counties, f"{ALL}#2": groups, **below}
    return lists


def cells_of(rows: Rows, most: int) -> dict[Cell, Count]:
    """All cells that cross at most so many dimensions, with their counts."""
    found: dict[Cell, int] = {}
    for row in rows:
        areas = [ALL, row["region"], *(f"{k}{row[k]}" for k in ("fylke", "kostragr") if k in row)]
        for area, topic, period in product(
            areas, (ALL, row["hovedint"]), (ALL, row["mnd"]) if "mnd" in row else (ALL,)
        ):
            if sum(code != ALL for code in (area, topic, period)) <= most:
                cell = Cell(area=area, topic=topic, period=period)
                found[cell] = found.get(cell, 0) + int(row["ant"])
    return {cell: Count(number) for cell, number in found.items()}


def line(name: str, rows: Rows, most: int, prototype: Any) -> dict[str, Any]:
    """Figures of one set of tables."""
    cells, children = cells_of(rows, most), children_of(rows)
    start = time.process_time()
    shown = protect(cells, children)
    seconds = time.process_time() - start
    meta = write_meta(Meta(5, {}, children))
    naive = {cell: None if n.number < 5 else n.number for cell, n in cells.items()}
    truth = {cell: n.number for cell, n in cells.items()}

    def lost(values: dict[Cell, int | None]) -> int:
        findings = examine([parse_release(name, write_cells(values), meta)], truth).findings
        return sum(f.kind != "crossing" for f in findings)

    found = {
        "data": name,
        "cells": len(cells),
        "small": len(shown.small),
        "naive_lost": lost(naive),
        "lost": lost(dict(shown.values)),
        "secondary": len(shown.secondary),
        "seconds": round(seconds, 1),
    }
    if prototype is not None:
        found["prototype"], found["prototype_s"] = beside(prototype, cells, children)
    return found


def beside(prototype: Any, cells: dict[Cell, Count], children: Children) -> tuple[int, float]:
    """Secondary cells and seconds of the prototype on the same system."""
    system = build_system(cells, children, 5, {})
    start = time.process_time()
    equations = []
    for row in range(system.matrix.shape[0]):
        part = slice(system.matrix.indptr[row], system.matrix.indptr[row + 1])
        columns, signs = system.matrix.indices[part], system.matrix.data[part]
        equations.append((int(columns[signs > 0][0]), [int(c) for c in columns[signs < 0]]))
    need = [int(i) for i in system.small.nonzero()[0]]
    state = [int(flag) for flag in system.small]
    weights = hiding_costs(system, children)
    protector = prototype.Protector(system.counts, state, equations, need, weights).protect()
    hidden = sum(int(s) == 1 for s in protector.state) - len(need)
    return hidden, round(time.process_time() - start, 1)


def load(file: Path) -> Any:
    """The prototype as a module; it finds SciPy's HiGHS where it asks for highspy."""
    _core.Highs = _core._Highs
    sys.modules.setdefault("highspy", _core)
    spec = importlib.util.spec_from_file_location("prototype", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Print one line per data set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--prototype", type=Path)
    arguments = parser.parse_args()
    prototype = load(arguments.prototype) if arguments.prototype else None
    for name, most in (
        ("z1", 2),
        ("z3", 2),
        ("z3", 3),
        ("sosialFiktiv", 2),
        ("sosialFiktiv", 3),
    ):
        with (arguments.folder / f"SSBtools_{name}.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        print(json.dumps(line(f"{name} {most}-way", rows, most, prototype)), flush=True)


if __name__ == "__main__":
    main()
