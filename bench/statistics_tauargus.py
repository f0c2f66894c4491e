"""A second opinion on single sets of tables, by the tau-ARGUS engine of ``pytauargus``.

It is asked two things about the same cells, equations and requirements (0 and the threshold must
both stay possible for every small cell, in real numbers): how few cells its optimiser would hide,
and which values its audit leaves possible for the pattern that this engine publishes.

The system is handed over as a JJ file, the format of tau-ARGUS for cells and sums of any shape.
"""

import contextlib
import importlib.util
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from hub.statistics.protection import Cell, Children, Count
from hub.statistics.protection.system import System, build_system

THRESHOLD = 5
_LIMIT = 60
"""Minutes that its optimiser may take; it is never near."""


@dataclass(frozen=True)
class Opinion:
    """What tau-ARGUS says of one set of tables.

    Attributes:
        hidden: publishable cells that its optimiser hides; None where it was not asked or gave
            no answer. ``seconds``: processor time of that.
        lost: small cells that its audit finds unable to be 0 or to reach the threshold in the
            pattern it was shown.
    """

    hidden: int | None
    seconds: float
    lost: int


def installed() -> bool:
    """Whether the package is there; it belongs to the bench environment only."""
    return importlib.util.find_spec("pytauargus") is not None


def opinion(
    cells: Mapping[Cell, Count],
    children: Children,
    values: Mapping[Cell, int | None],
    optimise: bool,
) -> Opinion:
    """Ask about a pattern, and with ``optimise`` for its own."""
    engine: Any = importlib.import_module("pytauargus._tauargus")
    system = build_system(cells, children, THRESHOLD, {})
    hidden = np.array([values[cell] is None for cell in system.cells])
    # The engine leaves its logs and its solver's settings in the working directory.
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        ours, asked, answer = (str(Path(folder) / name) for name in ("ours", "asked", "answer"))
        Path(ours).write_text(jj(system, hidden), encoding="ascii")
        lost = _lost(system, engine.audit_jj(ours))
        if not optimise:
            return Opinion(None, 0.0, lost)
        Path(asked).write_text(jj(system, system.small), encoding="ascii")
        start = time.process_time()
        code = engine.HiTaSCtrl().full_jj(in_file_jj=asked, out_file=answer, max_time=_LIMIT)
        seconds = time.process_time() - start
        if code > 1:
            return Opinion(None, seconds, lost)
        lines = Path(answer).read_text(encoding="ascii").split("\n")
        return Opinion(sum(bool(line.strip()) for line in lines), seconds, lost)


def jj(system: System, hidden: "np.ndarray[Any, np.dtype[np.bool_]]") -> str:
    """The system as a JJ file: cells with weight, state, limits and levels, then the sums.

    A small cell (``u``) must be able to fall to 0 and to rise to its threshold; a cell hidden
    besides is ``m``, any other ``s``. All weigh the same.
    """
    count = len(system.cells)
    if len(system.counts) != count:
        raise ValueError("a JJ file has no place for what no cell shows")
    most = int(system.counts.max()) + 100
    lines = ["0", str(count)]
    for i, number in enumerate(system.counts.tolist()):
        state = "u" if system.small[i] else "m" if hidden[i] else "s"
        low = number if system.small[i] else 0
        high = max(0, int(system.thresholds[i]) - number) if system.small[i] else 0
        lines.append(f"{i} {number} 1 {state} 0 {most} {low} {high} 0")
    matrix = system.matrix
    lines.append(str(matrix.shape[0]))
    for row in range(matrix.shape[0]):
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        terms = zip(matrix.indices[part], matrix.data[part], strict=True)
        named = " ".join(f"{column} ({factor})" for column, factor in terms)
        lines.append(f"0 {part.stop - part.start} : {named}")
    return "\n".join(lines) + "\n"


def _lost(system: System, rows: Iterable[Mapping[str, Any]]) -> int:
    """Small cells whose audited range does not hold 0 and the threshold."""
    tolerance = 1e-6
    return sum(
        bool(system.small[row["cell"]])
        and (row["min"] > tolerance or row["max"] < int(system.thresholds[row["cell"]]) - tolerance)
        for row in rows
    )
