"""`hub visits import` and `hub visits export`."""

import os
from datetime import date, datetime
from io import BufferedReader
from pathlib import Path
from typing import Any

import click

from hub import clock
from hub.csv_file import FileErrors
from hub.db import db, unit_of_work
from hub.i18n import N_, translate
from hub.places.lookup import hub_by_slug
from hub.progress import progress
from hub.refusal import Refusal
from hub.visits.csv_export import count_visits, write_visits
from hub.visits.csv_import import new_visits, read_knowledge, read_visits, store_visits
from hub.visits.csv_rows import FileVisit

_DAY = click.DateTime(formats=["%Y-%m-%d"])


class _Reading:
    """A file that tells how many bytes of it were read."""

    def __init__(self, stream: BufferedReader, told: Any) -> None:
        self._stream = stream
        self._told = told

    def readline(self, size: int = -1, /) -> bytes:
        line = self._stream.readline(size)
        self._told(len(line))
        return line


@click.group()
def visits() -> None:
    """Exchange visits with other programs."""


@visits.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--hub", "slug", required=True, help="The hub to which the visits were made.")
@click.option("--dry-run", is_flag=True, help="Check the file, store nothing.")
@click.pass_obj
def import_(obj: dict[str, Any], file: Path, slug: str, dry_run: bool) -> None:
    """Store the visits of FILE, all of them or none.

    A visit that is there already is passed over, so the same file may come twice.
    """
    language = obj["language"]
    now = clock.now()
    hub_by_slug(db.session(), slug)
    errors = FileErrors(file.name)
    read = _read(file, now, errors)
    if dry_run:
        session = db.session()
        new = new_visits(session, hub_by_slug(session, slug), read, errors)
        message = N_("Nothing is wrong with %(name)s. New visits: %(new)s, there already: %(old)s.")
    else:
        new = _store(slug, read, now, errors)
        message = N_("Visits stored: %(new)s, there already: %(old)s.")
    click.echo(translate(language, message, name=file.name, new=len(new), old=len(read) - len(new)))


def _read(file: Path, now: datetime, errors: FileErrors) -> list[FileVisit]:
    known = read_knowledge(db.session(), now)
    try:
        with file.open("rb") as stream, progress(file.name, file.stat().st_size) as told:
            return read_visits(_Reading(stream, told), known, errors)
    except OSError as error:
        raise Refusal(
            N_("%(file)s cannot be read: %(reason)s."), file=file, reason=error.strerror
        ) from error


def _store(slug: str, read: list[FileVisit], now: datetime, errors: FileErrors) -> list[FileVisit]:
    with unit_of_work() as session:
        hub = hub_by_slug(session, slug)
        new = new_visits(session, hub, read, errors)
        with progress(slug, len(new)) as told:
            store_visits(session, hub, new, now, told)
    return new


@visits.command("export")
@click.option("--hub", "slug", required=True, help="The hub whose visits are written.")
@click.option("--from", "first", type=_DAY, required=True, help="The first day, as 2026-01-01.")
@click.option("--to", "last", type=_DAY, required=True, help="The last day, included.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.pass_obj
def export(obj: dict[str, Any], slug: str, first: datetime, last: datetime, out: Path) -> None:
    """Write the visits of a hub to a file, oldest first."""
    if first > last:
        raise Refusal(
            N_("--from %(first)s is later than --to %(last)s. Exchange the two days."),
            first=first.date(),
            last=last.date(),
        )
    count = _write(slug, first.date(), last.date(), out)
    click.echo(translate(obj["language"], N_("Visits written: %(count)s."), count=count))


def _write(slug: str, first: date, last: date, out: Path) -> int:
    """Write beside the file and rename, so that nobody ever reads half an export."""
    session = db.session()
    hub = hub_by_slug(session, slug)
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    count = count_visits(session, hub, first, last)
    try:
        with (
            beside.open("w", encoding="utf-8", newline="") as stream,
            progress(out.name, count) as told,
        ):
            for begun in write_visits(session, hub, first, last, stream):
                told(begun)
        beside.replace(out)
    except OSError as error:
        raise Refusal(
            N_("%(file)s cannot be written: %(reason)s."), file=out, reason=error.strerror
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    return count
