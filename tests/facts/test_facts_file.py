"""`hub facts export` and `hub facts import`: all or nothing, every fault named, a round trip."""

import csv
import io
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from hub import commands
from hub.csv_file import FileErrors
from hub.db import db, unit_of_work
from hub.factory import create_app
from hub.facts.commands import facts
from hub.facts.entry import AT_EXPIRY, MARKS, VATS, Entry, EntryRefused, read_entry
from hub.facts.file_rows import COLUMNS, read_values, write_values
from hub.facts.importing import settle, store
from hub.facts.models import Fact, FactValue
from hub.facts.recording import record
from tests.facts.entries import NEXT_YEAR, NOW, TARIFF, TODAY, current, enter, written
from tests.support.databases import both_databases

Run = Callable[..., Result]
HEADER = ",".join(COLUMNS)
REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `hub facts …` in the test's application, refusing as the real command does."""
    monkeypatch.setattr(commands, "COMMANDS", (*commands.COMMANDS, facts))
    commands.in_application(create_app)

    def run(*arguments: object) -> Result:
        with app.app_context():
            return CliRunner().invoke(facts, [str(argument) for argument in arguments])

    return run


def line(**given: str) -> str:
    """Give a line of a file: the tariff, with other fields laid over it."""
    stream = io.StringIO()
    row = {"checked_by": "", "checked_on": "", **TARIFF, "value": "40.97", **given}
    csv.writer(stream, lineterminator="").writerow(row[column] for column in COLUMNS)
    return stream.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of lines under the header."""

    def write(*lines: str) -> Path:
        path = tmp_path / "facts-in.csv"
        path.write_text("\n".join([HEADER, *lines, ""]), "utf-8")
        return path

    return write


def rows(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(FactValue)) or 0


def test_the_columns_are_those_of_the_contract() -> None:
    assert HEADER == (
        "code,part,value,unit,vat,valid_from,valid_until,source,mark,checked_by,checked_on,"
        "review_by,at_expiry"
    )


@pytest.mark.usefixtures("content")
@both_databases
def test_export_import_export_of_the_shipped_register_is_the_same_file(
    run: Run, tmp_path: Path, session: Session
) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    assert run("export", "--out", first).exit_code == 0
    before = rows(session)
    result = run("import", first)
    assert result.exit_code == 0, result.stderr
    assert f"unchanged: {before}" in result.stdout
    run("export", "--out", second)
    assert first.read_bytes() == second.read_bytes()
    assert rows(session) == before
    assert b"\r" not in first.read_bytes()
    assert first.read_bytes().startswith(b"code,part,")


def test_a_file_changes_values_and_adds_new_ones(
    app: Flask, run: Run, file: Callable[..., Path], session: Session
) -> None:
    enter(app, {}, checked_on=TODAY)
    result = run("import", file(line(value="40.79"), line(**NEXT_YEAR | {"value": "42.10"})))
    assert result.exit_code == 0
    assert "Values added: 1, changed: 1, unchanged: 0." in result.stdout
    assert written(session) == ["40.79", "42.10"]


def test_what_a_file_brings_is_unchecked_whatever_the_file_says(
    app: Flask, run: Run, file: Callable[..., Path], session: Session
) -> None:
    enter(app, {}, checked_on=TODAY)
    claimed = {"checked_by": "editor", "checked_on": "2026-11-01"}
    run("import", file(line(value="40.79", **claimed)))
    assert current(session)[0].checked_by is None


def test_a_value_that_a_file_repeats_stays_checked(
    app: Flask, run: Run, file: Callable[..., Path], session: Session
) -> None:
    enter(app, {}, checked_on=TODAY)
    assert "unchanged: 1" in run("import", file(line())).stdout
    assert current(session)[0].checked_on == TODAY


def test_the_same_file_twice_changes_nothing(
    app: Flask, run: Run, file: Callable[..., Path], session: Session
) -> None:
    enter(app, {})
    path = file(line(value="40.79"), line(**NEXT_YEAR | {"value": "42.10"}))
    run("import", path)
    before = rows(session)
    assert "unchanged: 2" in run("import", path).stdout
    assert rows(session) == before


def test_every_faulty_line_is_named_and_nothing_is_stored(
    app: Flask, run: Run, file: Callable[..., Path], session: Session
) -> None:
    enter(app, {})
    path = file(
        line(value="40.79"),
        line(**NEXT_YEAR, unit=""),
        line(code="F-NWE"),
        line(valid_from="2028-02-30", vat="half"),
        line(value="40.79"),
        line(part="fixed", unit="text", value="<script>alert(1)</script>"),
        line(part="fixed", checked_on="soon"),
        line(part="other", value="1.882"),
        line(part="odd", source="turned \u202e round"),
    )
    result = run("import", path)
    assert result.exit_code == 1
    for said in (
        "Line 3, column unit: A value needs its unit",
        "Line 4, column code: There is no fact F-NWE (near to it: F-NEW)",
        "Line 5, column vat:",
        "Line 5, column valid_from: “2028-02-30” is not a day",
        "Line 6, column valid_from: F-NEW.gj with this first day stands on line 2 already",
        "Line 7, column value: This holds markup",
        "Line 8, column checked_on:",
        "Line 9, column value: “1.882” can be read as 1882 or as 1,8820",
        "Line 10, column source: This holds a sign that nobody can see (U+202E)",
    ):
        assert said in result.stderr
    assert "9 errors." in result.stderr
    assert written(session) == ["40.97"]
    assert rows(session) == 1


def test_a_line_that_shares_days_with_the_desk_or_another_line_is_named(
    app: Flask, run: Run, file: Callable[..., Path], session: Session
) -> None:
    enter(app, {"valid_until": ""})
    later = {"valid_from": "2027-01-01", "valid_until": "2027-12-31"}
    result = run("import", file(line(**later)))
    assert (
        "Line 2, column valid_from: F-NEW.gj has the value 40.97 from 2026-01-01" in result.stderr
    )
    assert "at the desk" in result.stderr
    result = run("import", file(line(), line(**later | {"valid_from": "2026-12-31"})))
    assert "Line 3" in result.stderr
    assert "on line 2" in result.stderr
    assert written(session) == ["40.97"]


def test_a_file_may_end_a_value_and_begin_the_next(
    app: Flask, run: Run, file: Callable[..., Path], session: Session
) -> None:
    enter(app, {"valid_until": ""})
    path = file(line(**NEXT_YEAR | {"value": "42.10"}), line())
    assert run("import", path).exit_code == 0
    assert written(session) == ["40.97", "42.10"]
    assert [str(value.valid_until) for value in current(session)] == ["2026-12-31", "2027-12-31"]


@pytest.mark.usefixtures("content")
def test_a_yearly_code_stands_for_the_fact_in_its_year(
    run: Run, file: Callable[..., Path], session: Session
) -> None:
    result = run("import", file(line(code="F-HEAT-26", part="gj", value="40.79")))
    assert result.exit_code == 0, result.stderr
    values = {value.valid_from.year: value.value for value in current(session, "F-HEAT", "gj")}
    assert values[2026] == "40.79"
    assert values[2025] == "43.79"


@pytest.mark.usefixtures("content")
def test_a_yearly_code_with_the_days_of_another_year_is_refused(
    run: Run, file: Callable[..., Path]
) -> None:
    result = run("import", file(line(code="F-HEAT-26", **NEXT_YEAR)))
    assert "Line 2, column code: F-HEAT-26 stands for F-HEAT in 2026" in result.stderr


def test_a_new_part_may_come_with_a_file_and_is_named(
    app: Flask, run: Run, file: Callable[..., Path]
) -> None:
    enter(app, {})
    assert "F-NEW.standing" in run("import", file(line(part="standing"))).stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no header"),
        (b"code,part,value\n", "The column “unit” is missing"),
        (f"{HEADER},name\n".encode(), "There is no column"),
        (HEADER.replace(",", ";").encode(), "semicolons"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_facts_file_is_refused(
    run: Run, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    result = run("import", path)
    assert result.exit_code == 1
    assert said in result.stderr


def test_a_file_that_is_not_there_or_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    assert "nowhere.csv cannot be read" in run("import", tmp_path / "nowhere.csv").stderr
    result = run("export", "--out", tmp_path / "no" / "folder.csv")
    assert result.exit_code == 1
    assert "folder.csv cannot be written" in result.stderr


def _texts() -> st.SearchStrategy[str]:
    return st.text(
        st.characters(blacklist_categories=("C", "Zl", "Zp"), blacklist_characters="<{}"),
        min_size=1,
        max_size=30,
    ).filter(str.strip)


@st.composite
def registers(draw: st.DrawFn) -> list[Entry]:
    """Draw the values of some parts, each part's one after the other."""
    entries = []
    for part in draw(st.lists(st.sampled_from("abcde"), unique=True, max_size=4)):
        years = draw(st.lists(st.integers(2000, 2040), unique=True, min_size=1, max_size=3))
        unit = draw(st.sampled_from(["text", "euro", "euro_per_gj", "percent", "count"]))
        for year in years:
            number = draw(st.integers(0, 99_999))
            fields = {
                "code": "F-NEW",
                "part": part,
                "value": draw(_texts()) if unit == "text" else str(number),
                "unit": unit,
                "vat": draw(st.sampled_from(sorted(VATS))),
                "valid_from": f"{year}-01-01",
                "valid_until": f"{year}-12-31",
                "source": draw(_texts()),
                "mark": draw(st.sampled_from(sorted(MARKS))),
                "review_by": draw(st.sampled_from(["", "2027-03-01"])),
                "at_expiry": draw(st.sampled_from(sorted(AT_EXPIRY))),
            }
            try:
                entries.append(read_entry(fields))
            except EntryRefused:
                continue
    return entries


@given(entries=registers())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_the_register_holds_survives_the_round_trip(
    app: Flask, entries: list[Entry]
) -> None:
    with app.app_context():
        session = db.session()
        session.rollback()
        session.execute(delete(Fact))
        enter_all(session, entries)
        first = exported(session)
        errors = FileErrors("round.csv")
        values = settle(session, read_values(io.BytesIO(first.encode()), errors), errors)
        errors.raise_any()
        stored = store(session, values, NOW)
        assert (stored.added, stored.changed) == (0, 0)
        assert exported(session) == first
        empty_desk(session)
        values = settle(session, read_values(io.BytesIO(first.encode()), errors), errors)
        assert store(session, values, NOW).added == len(entries)
        assert exported(session) == first
        session.rollback()


def enter_all(session: Session, entries: list[Entry]) -> None:
    """Put the values of a register into an empty one, without committing."""
    empty_desk(session)
    session.execute(insert(Fact).values(code="F-NEW"))
    for number, entry in enumerate(entries, 1):
        record(session, entry, None, NOW, version=number, origin="desk")


def empty_desk(session: Session) -> None:
    session.execute(delete(FactValue))
    session.expunge_all()


def exported(session: Session) -> str:
    stream = io.StringIO()
    write_values(session, stream)
    return stream.getvalue()


KILLED = """
import os, signal, sys
from pathlib import Path
from hub.csv_file import FileErrors
from hub.db import unit_of_work
from hub.facts import importing
from hub.facts.file_rows import read_values
from tests.facts.entries import NOW
from tests.support.application import make_app

url, instance, file = sys.argv[1:]
app = make_app(url, Path(instance), lambda: NOW)
record, written = importing.record, []

def record_and_die(*given, **named):
    record(*given, **named)
    written.append(1)
    if len(written) == 3:
        os.kill(os.getpid(), signal.SIGKILL)

importing.record = record_and_die
errors = FileErrors("facts.csv")
with app.app_context(), Path(file).open("rb") as stream, unit_of_work() as session:
    importing.store(session, importing.settle(session, read_values(stream, errors), errors), NOW)
"""


@both_databases
def test_an_import_that_is_killed_in_the_middle_leaves_nothing_half(
    app: Flask, database_url: str, tmp_path: Path, file: Callable[..., Path], session: Session
) -> None:
    enter(app, {})
    session.rollback()
    path = file(
        line(value="40.79"),
        *(line(part=part, value="1") for part in ("a", "b", "c", "d")),
    )
    died = subprocess.run(
        [sys.executable, "-c", KILLED, database_url, str(tmp_path), str(path)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert rows(session) == 1
    assert written(session) == ["40.97"]
    session.rollback()
    with app.app_context(), path.open("rb") as stream, unit_of_work() as work:
        errors = FileErrors(path.name)
        assert store(work, settle(work, read_values(stream, errors), errors), NOW).added == 4
