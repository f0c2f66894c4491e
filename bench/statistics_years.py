"""Whole simulated years under the publication plan: protected release by release, then attacked.

Run: ``python -m bench.statistics_years [HUBS …] [--offer all]`` (default 1 10 100 300).
Prints one line per size, and each release on standard error; seconds are processor time of the
one thread. ``--offer all`` publishes
every table of the plan at its finest level, whatever the offering rule says.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Collection
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from bench.statistics_simulation import YEAR, Questions, count_cells, simulate
from hub.statistics.auditor import Exported, examine, parse_release
from hub.statistics.auditor.knowledge import gather
from hub.statistics.auditor.reduction import reduce
from hub.statistics.plan import (
    Codes,
    children_of,
    offered_tables,
    period_parts,
    plan_facts,
    planned_cells,
)
from hub.statistics.protection import Cell, Count, protect
from hub.statistics.protection.files import Meta, write_cells, write_meta

THRESHOLD = 5


def periods() -> list[str]:
    """Months, each quarter after its months, the year last."""
    ordered = []
    for quarter in period_parts(YEAR):
        ordered += [*period_parts(quarter), quarter]
    return [*ordered, YEAR]


def linked(period: str) -> list[str]:
    """The periods whose cells belong with those of one period."""
    parts = period_parts(period)
    return [p for part in parts for p in linked(part)] + [period]


def naive(counts: dict[Cell, Count]) -> dict[Cell, int | None]:
    """The rule that others use: hide counts below the threshold, nothing else."""
    return {
        cell: None
        if (20 if cell.measure == "visits" else THRESHOLD) > count.number
        else count.number
        for cell, count in counts.items()
    }


def year(hubs: int, everything: bool) -> dict[str, Any]:
    """Protect and attack one simulated year; the figures of its line."""
    codes, questions = simulate(hubs)
    total = 10**12 if everything else len(questions.visit)
    ledger: dict[Cell, int | None] = {}
    counts: dict[Cell, Count] = {}
    small: set[Cell] = set()
    seconds, exported, plain = [], [], []
    for period in periods():
        own, texts = _planned(period, codes, questions, total)
        counts |= own
        scope = {c: n for c, n in counts.items() if c.period in linked(period)}
        earlier = {c: ledger[c] for c in scope if c in ledger}
        start = time.process_time()
        shown = protect(
            scope, children_of(codes, period), seed=b"bench", published=earlier, threshold=THRESHOLD
        )
        seconds.append(time.process_time() - start)
        ledger |= shown.values
        small |= shown.small
        _tell(hubs, period, len(scope), len(shown.small), shown.secondary, seconds[-1])
        exported.append(parse_release(period, write_cells({c: ledger[c] for c in own}), texts))
        plain.append(parse_release(period, write_cells(naive(own)), texts))
    return {
        "hubs": hubs,
        **_shares(counts, ledger, small),
        "protect_s": round(sum(seconds), 1),
        "longest_s": round(max(seconds), 1),
        **_attacks(exported, plain, counts, small),
        "peak_mb": _peak(),
    }


def _tell(
    hubs: int, period: str, cells: int, small: int, secondary: Collection[Cell], seconds: float
) -> None:
    """One release on standard error: a long year shows how far it is."""
    own = sum(cell.period == period for cell in secondary)
    print(
        f"{hubs} hubs, {period}: {cells} cells with earlier ones, {small} small, "
        f"{own} hidden besides; {seconds:.1f} s, {_peak()} MB",
        file=sys.stderr,
        flush=True,
    )


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


def _planned(
    period: str, codes: Codes, questions: Questions, total: int
) -> tuple[dict[Cell, Count], str]:
    offered = offered_tables(period, codes, last_year=total, own=0)
    children = children_of(codes, period)
    cells = count_cells(planned_cells(period, codes, offered), children_of(codes, YEAR), questions)
    return cells, write_meta(Meta(THRESHOLD, plan_facts(offered), children))


def _shares(
    counts: dict[Cell, Count], ledger: dict[Cell, int | None], small: set[Cell]
) -> dict[str, Any]:
    publishable = [c for c in counts if c not in small]
    secondary = [c for c in publishable if ledger[c] is None]
    asked = {c: n.number for c, n in counts.items() if c.measure != "visits"}
    mass = sum(n for c, n in asked.items() if ledger[c] is None)
    return {
        "cells": len(counts),
        "small": len(small),
        "secondary": len(secondary),
        "secondary_%": round(100 * len(secondary) / max(1, len(publishable)), 2),
        "mass_%": round(100 * mass / max(1, sum(asked.values())), 2),
    }


def _attacks(
    exported: list[Exported], plain: list[Exported], counts: dict[Cell, Count], small: set[Cell]
) -> dict[str, Any]:
    truth: dict[tuple[str, ...], int] = {cell: n.number for cell, n in counts.items()}
    start = time.process_time()
    outside = examine(exported)
    middle = time.process_time()
    inside = examine(exported, truth, small)
    end = time.process_time()
    return {
        "findings": len(outside.findings),
        "findings_truth": len(inside.findings),
        # Three months and their quarter: each cell the naive rule loses takes the auditor long.
        "naive_findings_first_quarter": len(examine(plain[:4]).findings),
        "small_first_quarter": sum(c.period in linked("2026-Q1") for c in small),
        "naive_subtracted_year": _subtracted(plain, small),
        "audit_s": round(middle - start, 1),
        "audit_truth_s": round(end - middle, 1),
    }


def _subtracted(releases: list[Exported], small: set[Cell]) -> int:
    """How many small cells of all these releases subtraction alone tells to the last unit."""
    knowledge = gather(releases)
    values = reduce(knowledge).values
    return sum(
        cell in small and knowledge.values[figure] is None and int(values[figure]) >= 0
        for cell, figure in knowledge.index.items()
    )


def main() -> None:
    """Measure each size in a process of its own, so that memory is that size's alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("hubs", nargs="*", type=int, default=[1, 10, 100, 300])
    parser.add_argument("--offer", choices=["rule", "all"], default="rule")
    arguments = parser.parse_args()
    with ProcessPoolExecutor(
        1, mp_context=get_context("spawn"), max_tasks_per_child=1
    ) as processes:
        for hubs in arguments.hubs:
            line = processes.submit(year, hubs, arguments.offer == "all").result()
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
