"""What an advice sheet costs: the desk's engine beside four others, on the same content.

Each engine runs in a process of its own and prints one sheet after the other, warm, each with
other names, dates, telephone numbers and QR addresses. The desk's time includes composing, a
rival's the making of its own markup from the composed sheet. A rival's time is the smaller of
processor and wall time, since Typst spreads its work over the cores.
"""

import json
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from bench.rivals.one import WARM
from bench.rivals.page import Cell, Page, PlainRow
from bench.table import ROUNDS, Effort, Row, Times, limit
from hub.sheets.blocks import Block, Sheet
from hub.sheets.compose import compose
from hub.sheets.content import Format, SheetAnswer, SheetFrame
from hub.sheets.faces import FAMILIES, family_faces, prepare
from hub.sheets.render import render
from tests.sheets import samples

ANSWER: Final = "cannot-pay"
LANGUAGES: Final = ("en", "pl", "tr", "ti", "hi", "zh-Hans", "ar")
RIVALS: Final = {
    "typst": "Typst, PDF/UA-1",
    "weasyprint": "WeasyPrint, PDF/UA-1",
    "fpdf2": "fpdf2, shaped, no tags",
    "reportlab": "ReportLab as it comes, no tags",
}
# What the rivals get wrong, seen in pictures of these very files.
WRONG: Final[dict[tuple[str, str], str]] = {
    ("reportlab", "ar"): "the words of a line stand in reverse order",
    ("reportlab", "hi"): "boxes for Latin words, figures over one another",
}
_MOST_OF_TYPST: Final = 0.8
_MOST_MS: Final = {"ar": 7.0}
_MOST_MS_LATIN: Final = 5.0
_LATIN: Final = frozenset({"en", "pl", "tr"})
_MOST_KB: Final = 60.0
_MOST_RESIDENT: Final = 60.0
_BATCH: Final = 1000
_WORKERS: Final = 2
_COLD_STARTS: Final = 5
_TURNS: Final = 3


def measure(effort: Effort) -> Iterator[Row]:
    """Give the rows of the sheets."""
    with tempfile.TemporaryDirectory(prefix="desk-bench-") as name:
        folder = Path(name)
        write_fonts(folder / "fonts")
        for language in LANGUAGES:
            write_sheets(folder, language, effort.rounds + WARM)
            yield from _pair(folder, language)
        yield from _cold(folder)
    yield from _batch(effort)


def write_fonts(folder: Path) -> None:
    """Write the desk's own typefaces, cut and of fixed weight, as files for the rivals."""
    folder.mkdir()
    for family in FAMILIES:
        for face in family_faces(family):
            (folder / f"{face.name}.ttf").write_bytes(face.face.blob.data)


def material(language: str, number: int) -> tuple[tuple[SheetAnswer, ...], SheetFrame]:
    """Give the filled answer and the frame of one sheet; another number, other values."""
    day = date(2027, 1, 4) + timedelta(days=number % 300)
    values = {
        "supplier": f"Warmte Zuidoost {number}",
        "letter_type": f"aanmaning {number % 9 + 1}",
        "plan_amount": f"€\u00a0{100 + number % 300},{number % 100:02d}",
        "react_before": f"{day:%d-%m-%Y}",
        "F-TEL.geldfit": f"0800-{number % 10_000:04d}",
        "F-DIS-3.reminders": f"{2 + number % 7}",
        "F-DIS-3.days": f"{14 + number % 60}",
    }
    frame = samples.frame(
        language,
        printed_on=day,
        valid_until=day + timedelta(days=90),
        web_address=f"https://hub.example.nl/s/{number:016x}",
        return_code=f"K7M-{number % 1000:03d}",
    )
    return (samples.answer(ANSWER, language, values),), frame


def write_sheets(folder: Path, language: str, count: int) -> None:
    """Write sheets as the desk's engine takes them, and composed as plain values."""
    given = [material(language, number) for number in range(count)]
    with (folder / f"{language}.pickle").open("wb") as file:
        for sheet in given:
            pickle.dump(sheet, file)
    pages = [asdict(plain(compose(*sheet, Format("a4")))) for sheet in given]
    (folder / f"{language}.json").write_text(json.dumps(pages, ensure_ascii=False), "utf-8")


def plain(sheet: Sheet) -> Page:
    """Give a composed sheet as plain values."""
    rows = tuple(_plain_row(block) for part in sheet.parts for block in part.blocks)
    aside = sheet.parts[-1].aside
    return Page(
        title=sheet.title,
        language=sheet.language,
        columns=len(sheet.page_labels),
        rows=rows,
        address=aside.address if aside else "",
        code=aside.code if aside else "",
    )


def _plain_row(block: Block) -> PlainRow:
    return PlainRow(
        block.role,
        tuple(
            Cell(side.language, side.direction == "rtl", side.text, side.lead) if side else None
            for side in block.sides
        ),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What one engine took for the sheets of one language: milliseconds, bytes, megabytes."""

    processor: float
    wall: float
    size: float
    resident: float

    @property
    def rival_ms(self) -> float:
        """The smaller of processor and wall time."""
        return min(self.processor, self.wall)


def _pair(folder: Path, language: str) -> Iterator[Row]:
    what = f"nl + {language}"
    # In turn, since a machine has slower and faster moments; the best of each counts.
    turns = [
        (run_engine(folder, "desk", language), run_engine(folder, "typst", language))
        for _ in range(_TURNS)
    ]
    own, typst = (_best(found) for found in zip(*turns, strict=True))
    if isinstance(own, str):
        raise RuntimeError(own)
    time_limit = _MOST_MS.get(language, _MOST_MS_LATIN if language in _LATIN else None)
    if time_limit:
        yield limit("sheets", what, own.processor, "ms", time_limit, f"wall {own.wall:.1f} ms")
    yield limit("sheets", f"{what}, file", own.size / 1000, "kB", _MOST_KB)
    yield limit("sheets", f"{what}, resident", own.resident, "MB", _MOST_RESIDENT)
    for rival, title in RIVALS.items():
        other = typst if rival == "typst" else run_engine(folder, rival, language)
        if isinstance(other, str):
            yield Row("sheets", what, own.processor, "ms", title, None, None, other)
            continue
        wrong = WRONG.get((rival, language), "")
        remark = (
            f"its file {other.size / 1000:.0f} kB, resident {other.resident:.0f} MB"
            f"{'; wrong: ' + wrong if wrong else ''}"
        )
        most = _MOST_OF_TYPST if rival == "typst" else None
        yield Row("sheets", what, own.processor, "ms", title, other.rival_ms, most, remark)


def _best(found: Sequence[Found | str]) -> Found | str:
    """The quickest run of an engine; what went wrong where none went well."""
    good = [run for run in found if not isinstance(run, str)]
    return min(good, key=lambda run: run.rival_ms) if good else found[0]


def run_engine(folder: Path, name: str, language: str) -> Found | str:
    """Measure an engine in a process of its own; a sentence where it could not."""
    done = subprocess.run(_command(name, language, folder), capture_output=True, text=True)
    if done.returncode:
        return _reason(name, done.stderr)
    raw: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return Found(
        Times.of(raw["processor"]).p50, Times.of(raw["wall"]).p50, raw["bytes"], raw["resident"]
    )


def _command(name: str, language: str, folder: Path) -> list[str]:
    return [sys.executable, "-m", "bench.rivals.one", name, language, str(folder)]


def _reason(name: str, errors: str) -> str:
    if name == "weasyprint" and "cannot load library" in errors:
        return "not on this machine: Pango (sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0)"
    last = (errors.strip().splitlines() or ["no reason given"])[-1]
    return f"could not set it: {last[:120]}"


def _cold(folder: Path) -> Iterator[Row]:
    """Give the wall time from starting a process to its first sheet."""
    language = "en"
    write_sheets(folder, language, 1)
    own = _cold_ms("desk", language, folder)
    for rival, title in RIVALS.items():
        other = _cold_ms(rival, language, folder)
        yield Row("sheets", "nl + en, cold process", own or 0.0, "ms wall", title, other)


def _cold_ms(name: str, language: str, folder: Path) -> float | None:
    taken = []
    for _ in range(_COLD_STARTS):
        start = time.perf_counter()
        done = subprocess.run(_command(name, language, folder), capture_output=True)
        if done.returncode:
            return None
        taken.append(time.perf_counter() - start)
    return Times.of(taken).p50


def _batch(effort: Effort) -> Iterator[Row]:
    """Print a thousand sheets of all languages by two processes, against one."""
    count = _BATCH if effort.rounds >= ROUNDS else effort.rounds * 4
    sheets = [material(LANGUAGES[at % len(LANGUAGES)], at) for at in range(count)]
    family_faces("chinese")
    prepare()
    alone = _printed(sheets, 1)
    both = _printed(sheets, _WORKERS)
    yield Row(
        "sheets",
        f"{count} sheets, {len(LANGUAGES)} languages, two processes",
        both,
        "s wall",
        "the same, one process",
        alone,
        remark=f"{count / both:.0f} sheets a second",
    )


def _printed(sheets: list[Any], workers: int) -> float:
    """Give the wall time in seconds of printing sheets by so many processes."""
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        list(pool.map(_idle, range(workers)))
        start = time.perf_counter()
        sizes = list(pool.map(_print_one, sheets, chunksize=10))
        taken = time.perf_counter() - start
    if not all(sizes):
        raise RuntimeError("a sheet came out empty")
    return taken


def _idle(_number: int) -> None:
    """Let the pool start its processes before the clock runs."""


def _print_one(given: Any) -> int:
    answers, frame = given
    return len(render(compose(answers, frame, Format("a4"))))
