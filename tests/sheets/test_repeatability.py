"""The same sheet gives the same bytes: in any process, thread, time zone and order."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from hub.sheets import faces
from hub.sheets.content import Format
from hub.sheets.layout.pages import set_sheet
from hub.sheets.layout.paint import paint
from tests.sheets import samples

ROOT = Path(__file__).resolve().parents[2]
_PRINT = """
import hashlib
from hub.sheets.layout.pages import set_sheet
from hub.sheets.layout.paint import paint
from tests.sheets import samples
for language in ("ar", "en", "ti"):
    file = paint(set_sheet(samples.sheet(["instalment", "safety"], language)))
    print(hashlib.sha256(file).hexdigest())
"""


def digest(language: str, number: int = 0) -> str:
    """Print a sheet anew, past the kept files, and give its digest."""
    sheet = samples.sheet("instalment", language, version=str(number))
    return hashlib.sha256(paint(set_sheet(sheet))).hexdigest()


def test_eight_threads_print_what_one_prints() -> None:
    faces.prepare()
    jobs = [(language, number) for number in range(4) for language in ("ar", "en", "tr", "ti")]
    alone = [digest(*job) for job in jobs]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda job: digest(*job), jobs * 3))
    assert together == alone * 3


def test_other_processes_hash_seeds_and_time_zones_change_nothing() -> None:
    outputs = set()
    for seed, zone in (("1", "Pacific/Auckland"), ("2", "America/Los_Angeles")):
        surroundings = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        }
        done = subprocess.run(
            [sys.executable, "-c", _PRINT], env=surroundings, check=True, capture_output=True
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_what_was_printed_before_changes_nothing() -> None:
    before = digest("ar")
    paint(set_sheet(samples.sheet("heat-tariff", "en", Format("a5"))))
    assert digest("ar") == before


@pytest.mark.parametrize("change", [{"version": "8"}, {"return_code": "AAA-BBB"}])
def test_another_sheet_is_another_file(change: dict[str, str]) -> None:
    one = paint(set_sheet(samples.sheet("safety", "nl")))
    other = paint(set_sheet(samples.sheet("safety", "nl", **change)))
    assert one != other


def test_the_day_of_printing_is_the_day_of_the_file() -> None:
    file = paint(set_sheet(samples.sheet("safety", "nl")))
    with pikepdf.open(BytesIO(file)) as document:
        assert str(document.docinfo.CreationDate) == "D:20270301000000+00'00'"
