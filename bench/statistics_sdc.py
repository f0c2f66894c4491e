"""Protection of public test tables, of small tables and of simulated years, beside others.

Run: ``make sdc DIR=…`` (``PROTOTYPE=…``), or ``python -m bench.statistics_sdc DIR [--prototype
FILE] [--only tables|small|years] [--data NAME …] [--hubs N …]``. DIR holds the CSV files
``SSBtools_z1``, ``SSBtools_z3``, ``SSBtools_sosialFiktiv`` and ``GaussSuppression_d53``; FILE is
the prototype, run on the same cells; without it the simulated years are left out.

Two-way: region x theme, region x period and theme x period, linked. Three-way: region x theme x
period. Regions add up to counties and, in a second list, to groups; periods to the year. d53:
sex x age with marital status, with household, with family, and sex x status x household.

With ``pytauargus`` installed, its optimiser and its audit give a second opinion. Seconds are
processor time, of one thread; each line is measured in a process of its own.
"""

import argparse
import csv
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple
from itertools import pairwise, product
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench import statistics_prototype as rival
from bench.statistics_prototype import Outcome
from bench.statistics_tauargus import installed, opinion
from hub.statistics.auditor import examine, parse_release
from hub.statistics.protection import ALL, Cell, Children, Count, protect
from hub.statistics.protection.files import Meta, write_cells, write_meta
from hub.statistics.protection.system import build_system
from tests.support.tables import fewest, random_table

Rows = list[dict[str, str]]
Levels = dict[str, tuple[str, ...]]

SMALL_TABLES = 40
SIZES = (1, 10, 30, 100, 300)
DATA = ("z1-2", "z3-2", "z3-3", "sosialFiktiv-2", "sosialFiktiv-3", "d53")
FIELDS = {"region": "area", "hovedint": "topic", "mnd": "period"}
CENSUS: Levels = {
    "topic": ("sex",),
    "area": ("age_l", "age_m", "age_h"),
    "language": ("lms_l", "lms_h"),
    "tenure": ("hst_l", "hst_m", "hst_h"),
    "heating": ("fst_l", "fst_m", "fst_h"),
}
CUBES = (
    ("topic", "area", "language"),
    ("topic", "area", "tenure"),
    ("topic", "area", "heating"),
    ("topic", "language", "tenure"),
)


def regions(rows: Rows, most: int) -> tuple[dict[Cell, Count], Children]:
    """Cells that cross at most so many dimensions, and the lists of their hierarchies."""
    lists: dict[str, dict[str, list[str]]] = {}
    for field, dimension in FIELDS.items():
        if field in rows[0]:
            lists[dimension] = {ALL: sorted({row[field] for row in rows})}
    above = [k for k in ("fylke", "kostragr") if k in rows[0]]
    if above:
        below: dict[str, set[str]] = {}
        for row, k in product(rows, above):
            below.setdefault(f"{k}{row[k]}", set()).add(row["region"])
        tops = [sorted(r for r in below if r.startswith(k)) for k in above]
        parts = {region: sorted(codes) for region, codes in below.items()}
        lists["area"] = {ALL: tops[0], f"{ALL}#2": tops[1], **parts}
    found: dict[Cell, int] = {}
    for row in rows:
        areas = [ALL, row["region"], *(f"{k}{row[k]}" for k in above)]
        periods = (ALL, row["mnd"]) if "mnd" in row else (ALL,)
        for area, topic, period in product(areas, (ALL, row["hovedint"]), periods):
            if sum(code != ALL for code in (area, topic, period)) <= most:
                cell = Cell(area=area, topic=topic, period=period)
                found[cell] = found.get(cell, 0) + int(row["ant"])
    return {cell: Count(number) for cell, number in found.items()}, lists


def census(rows: Rows) -> tuple[dict[Cell, Count], Children]:
    """The four linked cubes of d53, all combinations of their codes, empty ones too."""
    paths = {dimension: _paths(rows, levels) for dimension, levels in CENSUS.items()}
    every = {d: sorted({code for path in p.values() for code in path}) for d, p in paths.items()}
    found = {
        Cell()._replace(**dict(zip(cube, codes, strict=True))): 0
        for cube in CUBES
        for codes in product(*(every[d] for d in cube))
    }
    for row in rows:
        mine = {
            Cell()._replace(**dict(zip(cube, codes, strict=True)))
            for cube in CUBES
            for codes in product(*(paths[d][row[CENSUS[d][-1]]] for d in cube))
        }
        for cell in mine:
            found[cell] += int(row["freq"])
    lists: dict[str, dict[str, list[str]]] = {}
    for dimension, path in paths.items():
        for parent, child in sorted({pair for codes in path.values() for pair in pairwise(codes)}):
            lists.setdefault(dimension, {}).setdefault(parent, []).append(child)
    return {cell: Count(number) for cell, number in found.items()}, lists


def _paths(rows: Rows, levels: tuple[str, ...]) -> dict[str, list[str]]:
    """Finest code -> the codes from the total down to it.

    A code that is the only child of its parent says nothing of its own and is left out.
    """
    full = {
        row[levels[-1]]: [ALL, *(f"{n}{row[level]}" for n, level in enumerate(levels))]
        for row in rows
    }
    below: dict[str, set[str]] = {}
    for parent, child in (pair for codes in full.values() for pair in pairwise(codes)):
        below.setdefault(parent, set()).add(child)
    return {
        code: [ALL, *(child for parent, child in pairwise(path) if len(below[parent]) > 1)]
        for code, path in full.items()
    }


def tables(name: str, folder: Path, prototype: Path | None) -> Outcome:
    """Figures of one public data set."""
    kind, _, most = name.partition("-")
    source = "GaussSuppression" if kind == "d53" else "SSBtools"
    with (folder / f"{source}_{kind}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    cells, children = census(rows) if kind == "d53" else regions(rows, int(most))
    start = time.process_time()
    shown = protect(cells, children)
    seconds = time.process_time() - start
    memory = rival.peak()
    meta = write_meta(Meta(5, {}, children))
    naive = {cell: None if n.number < 5 else n.number for cell, n in cells.items()}
    truth = {cell: n.number for cell, n in cells.items()}

    def lost(values: dict[Cell, int | None], known: dict[Cell, int] | None) -> int:
        found = examine([parse_release(name, write_cells(values), meta)], known).findings
        return sum(f.kind != "crossing" for f in found)

    other = rival.beside(rival.load(prototype), cells, children) if prototype else (None, None)
    values = dict(shown.values)
    return Outcome(
        name,
        len(cells),
        len(shown.small),
        len(shown.secondary),
        seconds,
        seconds,
        lost(values, None),
        lost(values, truth),
        lost(naive, truth),
        *other,
        second=opinion(cells, children, values, False).lost if installed() else None,
        megabytes=memory,
    )


def small(prototype: Path | None) -> Outcome:
    """Small tables that an exact solver settles, together on one line."""
    start = time.process_time()
    sums = {"cells": 0, "small": 0, "hidden": 0, "optimum": 0}
    others: dict[str, Any] = {}
    ours = 0.0
    for seed in range(SMALL_TABLES):
        cells, children = random_table(seed)
        begin = time.process_time()
        shown = protect(cells, children)
        ours += time.process_time() - begin
        sums["cells"] += len(cells)
        sums["small"] += len(shown.small)
        sums["hidden"] += len(shown.secondary)
        sums["optimum"] += fewest(build_system(cells, children, 5, {}))
        if prototype:
            hidden, taken = rival.beside(rival.load(prototype), cells, children)
            others["prototype"] = others.get("prototype", 0) + hidden
            others["prototype_seconds"] = others.get("prototype_seconds", 0.0) + taken
        if installed():
            second = opinion(cells, children, dict(shown.values), True)
            others["second"] = others.get("second", 0) + second.lost
            others["second_hidden"] = others.get("second_hidden", 0) + (second.hidden or 0)
    print(f"small tables: {time.process_time() - start:.0f} s with the exact solver", flush=True)
    return Outcome(
        f"{SMALL_TABLES} small tables",
        seconds=ours,
        longest=ours,
        megabytes=rival.peak(),
        **sums,
        **others,
    )


def table(outcomes: list[Outcome]) -> str:
    """One line per outcome; a dash where nothing was measured."""
    heads = (
        *("data", "cells", "small", "hidden", "seconds", "longest", "lost", "lost, truth known"),
        *("naive lost", "prototype", "its seconds", "optimum", "tau-ARGUS hides", "it finds lost"),
        "MB",
    )
    lines = [heads, *(tuple(map(_shown, astuple(outcome))) for outcome in outcomes)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        for line in lines
    )


def requirements(outcomes: list[Outcome]) -> Iterator[str]:
    """One line per requirement and set of tables: met or missed, with its figures."""
    for o in outcomes:
        if o.prototype is not None:
            yield _judged(o.hidden <= o.prototype, o, f"hides {o.hidden}, prototype {o.prototype}")
        if o.optimum is not None:
            share = o.hidden / max(1, o.optimum)
            yield _judged(share <= 1.10, o, f"hides {share:.2f} x the optimum, at most 1.10")
        if o.lost is not None:
            lost = o.lost + (o.lost_with_truth or 0) + (o.second or 0)
            yield _judged(
                not lost,
                o,
                f"{lost} cells lost, {o.naive} under the naive rule"
                + (" in its first quarter" if o.what.startswith("year") else ""),
            )
        if o.what == "year of 1 hubs":
            yield _judged(o.seconds < 20, o, f"{o.seconds:.1f} s, under 20")


def _judged(met: bool, outcome: Outcome, what: str) -> str:
    return f"{'met   ' if met else 'MISSED'}  {outcome.what}: {what}"


def _shown(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def main() -> None:
    """Print each line as it is measured, then all of them and the requirements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--prototype", type=Path)
    parser.add_argument("--only", choices=["tables", "small", "years"])
    parser.add_argument("--data", nargs="*", choices=DATA, default=DATA)
    parser.add_argument("--hubs", nargs="*", type=int, default=SIZES)
    arguments = parser.parse_args()
    file = arguments.prototype
    work: list[tuple[Callable[..., Outcome], tuple[Any, ...]]] = []
    if arguments.only in (None, "small"):
        work.append((small, (file,)))
    if arguments.only in (None, "tables"):
        work += [(tables, (name, arguments.folder, file)) for name in arguments.data]
    if arguments.only in (None, "years") and file is not None:
        work += [(rival.year, (file, hubs, True, True)) for hubs in arguments.hubs]
    outcomes = []
    with ProcessPoolExecutor(
        1, mp_context=get_context("spawn"), max_tasks_per_child=1
    ) as processes:
        for task, given in work:
            outcomes.append(processes.submit(task, *given).result())
            print(outcomes[-1], flush=True)
    print(table(outcomes), *requirements(outcomes), sep="\n")


if __name__ == "__main__":
    main()
