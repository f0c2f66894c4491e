"""Memory of processes, read from /proc (Linux)."""

import re
from pathlib import Path

_MB = 1024 / 1_000_000  # the kernel counts in 1,024 bytes


def resident(process: int | str = "self") -> float:
    """Give the resident memory of a process in megabytes (10^6 bytes)."""
    return _kilobytes(Path(f"/proc/{process}/status"), "VmRSS") * _MB


def proportional(process: int) -> float:
    """Give the memory of a process in megabytes, shared pages divided among their sharers."""
    return _kilobytes(Path(f"/proc/{process}/smaps_rollup"), "Pss") * _MB


def children(process: int) -> list[int]:
    """Give the processes that a process started and that still run."""
    found = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    return [int(number) for number in found.split()]


def _kilobytes(file: Path, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB$", file.read_text("ascii"), re.MULTILINE)
    if found is None:
        raise RuntimeError(f"{file} names no {name}; memory is measured on Linux only")
    return int(found.group(1))
