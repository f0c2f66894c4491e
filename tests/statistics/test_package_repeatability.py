"""The same release gives the same bytes: in any process, hash seed and time zone."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

from tests.statistics import awkward

ROOT = Path(__file__).resolve().parents[2]
_MAKE = """
import hashlib, pickle, sys
from hub.statistics.package.archive import make_archive
from hub.statistics.package.making import make_files
files = make_files(pickle.loads(sys.stdin.buffer.read()), ())
for name, content in files.items():
    print(name, hashlib.sha256(content).hexdigest())
print(hashlib.sha256(make_archive(files)).hexdigest())
"""


def test_two_processes_make_the_same_files() -> None:
    release = pickle.dumps(awkward.with_awkward_names())
    outputs = set()
    for seed, zone in (("1", "Pacific/Auckland"), ("2", "America/Los_Angeles")):
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", _MAKE],
            input=release,
            env=surroundings,
            check=True,
            capture_output=True,
        )
        outputs.add(done.stdout)
    (said,) = outputs
    assert b"report.pdf" in said
