"""`python -m bench`: measure everything, print one table, write `bench/results.json`.

A part is a function that takes an `Effort` and gives rows; it is named in `PARTS`.
"""

import argparse
import importlib
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bench.table import ROUNDS, Effort, Row, table

RESULTS: Final = Path(__file__).parent / "results.json"

# Imported only when measured: a part may need packages that another can do without.
PARTS: Final = {
    "sheets": "bench.sheets",
    "registering": "bench.registering",
    "desk": "bench.desk",
    "statistics-pages": "bench.statistics_pages",
    "weights": "bench.weights",
    "releases": "bench.releases",
}

_Part = Callable[[Effort], Iterator[Row]]


def main() -> int:
    """Measure the parts asked for; status 1 when a part could not be measured at all."""
    asked = _arguments()
    began = datetime.now(UTC)
    load = os.getloadavg()
    effort = Effort(asked.rounds, asked.full)
    rows: list[Row] = []
    broken: dict[str, str] = {}
    for name in asked.only or PARTS:
        print(f"{name} …", file=sys.stderr, flush=True)
        part: _Part = importlib.import_module(PARTS[name]).measure
        try:
            rows += part(effort)
        except Exception as error:
            broken[name] = f"{type(error).__name__}: {error}"
    print(table(rows))
    for name, reason in broken.items():
        print(f"{name} could not be measured: {reason}", file=sys.stderr)
    about = _about(began, load, effort)
    found = {"about": about, "rows": [row.as_json() for row in rows], "broken": broken}
    asked.out.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"\n{asked.out}; load {about['load_before'][0]:.1f} before and "
          f"{about['load_after'][0]:.1f} after, {about['cores']} cores")  # fmt: skip
    return 1 if broken else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--only", action="append", choices=PARTS, help="one part; may be given more than once"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="for each figure")
    parser.add_argument("--full", action="store_true", help="a million visits as well")
    parser.add_argument("--out", type=Path, default=RESULTS)
    return parser.parse_args()


def _about(began: datetime, load: tuple[float, ...], effort: Effort) -> dict[str, Any]:
    return {
        "began": began.isoformat(timespec="seconds"),
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "load_before": load,
        "load_after": os.getloadavg(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "rounds": effort.rounds,
        "full": effort.full,
    }


if __name__ == "__main__":
    sys.exit(main())
