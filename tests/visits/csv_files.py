"""Visits files for tests: rows with a few fields filled in, and the two commands."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from hub import commands
from hub.db import db
from hub.factory import create_app
from hub.visits.commands import visits
from hub.visits.csv_columns import COLUMNS
from hub.visits.models import Question, Visit

ONE = "0190a1b2-c3d4-7e5f-8a6b-000000000001"
TWO = "0190a1b2-c3d4-7e5f-8a6b-000000000002"

Row = dict[str, str]


def row(visit_id: str = ONE, topic: str = "REK-03", question: str = "1", **fields: str) -> Row:
    """Give one row: a question asked on 4 November 2026, and the fields a test is about."""
    return {
        "visit_id": visit_id,
        "opened_at": "2026-11-04T10:15:00+01:00",
        "question": question if topic else "",
        "topic": topic,
        **fields,
    }


def as_text(rows: Iterable[Row], columns: Iterable[str] = COLUMNS) -> str:
    """Write rows as a file with these columns."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


class Exchange:
    """`hub visits import` and `export` at the hub `k-buurt` unless another is named."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app = app
        self.folder = folder
        commands.in_application(create_app)

    def take(
        self, rows: Iterable[Row] | str | bytes, *options: str, hub: str = "k-buurt"
    ) -> Result:
        """Import rows, or a file as it stands."""
        file = self.folder / "visits.csv"
        if isinstance(rows, bytes):
            file.write_bytes(rows)
        else:
            file.write_text(rows if isinstance(rows, str) else as_text(rows), "utf-8", newline="")
        return self._run("import", str(file), "--hub", hub, *options)

    def give(
        self, first: str = "2015-01-01", last: str = "2030-01-01", hub: str = "k-buurt"
    ) -> bytes:
        """Export what a hub has of some days, and give the file."""
        out = self.folder / "out.csv"
        result = self._run("export", "--hub", hub, "--from", first, "--to", last, "--out", str(out))
        assert result.exit_code == 0, result.output
        return out.read_bytes()

    def rows(self, **period: str) -> list[Row]:
        """Export and give the rows."""
        return list(csv.DictReader(io.StringIO(self.give(**period).decode())))

    def run(self, *arguments: str) -> Result:
        """Run `hub visits …`."""
        return self._run(*arguments)

    def counts(self) -> tuple[int, int]:
        """Count the visits and questions of all hubs."""
        with self.app.app_context():
            return tuple(  # type: ignore[return-value]
                db.session.scalar(select(func.count()).select_from(model)) or 0
                for model in (Visit, Question)
            )

    def _run(self, *arguments: str) -> Result:
        with self.app.app_context():
            return CliRunner().invoke(visits, arguments, catch_exceptions=False)


def faults(result: Result) -> list[str]:
    """Give the lines in which a file was refused, without the first and the last."""
    assert result.exit_code == 1, result.output
    lines: list[str] = result.stderr.strip().splitlines()
    assert lines[0] == "Nothing was stored of visits.csv.", lines
    return lines[1:-1]
