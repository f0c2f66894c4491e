"""Measure one engine in a process of its own: `python -m bench.rivals.one NAME LANGUAGE FOLDER`.

Prints a JSON object: processor and wall time of every sheet in seconds (each sheet has other
amounts than the one before), bytes of a file, resident memory in megabytes.
"""

import importlib
import json
import sys
import time
from pathlib import Path

from bench.memory import resident

WARM = 5


def main() -> None:
    """Print pages for as long as there are any; the first few only warm the engine up."""
    name, language, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    engine = importlib.import_module(f"bench.rivals.with_{name}")
    pages = engine.read(folder / f"{language}.json")
    set_page = engine.start(folder / "fonts", language)
    processor, wall, sizes = [], [], []
    for page in pages:
        began = time.perf_counter()
        spent = time.process_time()
        file = set_page(page)
        processor.append(time.process_time() - spent)
        wall.append(time.perf_counter() - began)
        sizes.append(len(file))
    (folder / f"{name}-{language}.pdf").write_bytes(file)
    found = {
        "processor": processor[WARM:],
        "wall": wall[WARM:],
        "bytes": sorted(sizes)[len(sizes) // 2],
        "resident": resident(),
    }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
