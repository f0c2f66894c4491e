"""`hub facts export` and `hub facts import`."""

import os
from pathlib import Path
from typing import Any

import click

from hub import clock
from hub.csv_file import FileErrors
from hub.db import db, unit_of_work
from hub.facts.file_rows import read_values, write_values
from hub.facts.importing import settle, store
from hub.i18n import N_, translate
from hub.reading import opened
from hub.refusal import Refusal

_FILE = click.Path(path_type=Path)


@click.group()
def facts() -> None:
    """Export and import the facts register."""


@facts.command("export")
@click.option("--out", type=_FILE, required=True, help="The file to write.")
@click.pass_obj
def facts_export(obj: dict[str, Any], out: Path) -> None:
    """Write every value of today's register to a file, by code, part and first day."""
    # Written beside the file and renamed, so that nobody ever reads half an export.
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8", newline="") as stream:
            count = write_values(db.session(), stream)
        beside.replace(out)
    except OSError as error:
        raise Refusal(
            N_("%(file)s cannot be written: %(reason)s."), file=out, reason=error.strerror
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    click.echo(translate(obj["language"], N_("Values written: %(count)s."), count=count))


@facts.command("import")
@click.argument("file", type=_FILE)
@click.pass_obj
def facts_import(obj: dict[str, Any], file: Path) -> None:
    """Store the values of FILE, all of them or none.

    A row with the part and first day of a value takes its place; the same file twice changes
    nothing. What is new or changed arrives unchecked. A fact is made on the page of facts,
    not by a file; a new part of one may come with a file, and is named.
    """
    errors = FileErrors(file.name)
    with opened(file) as stream:
        values = read_values(stream, errors)
    with unit_of_work() as session:
        settled = settle(session, values, errors)
        errors.raise_any()
        stored = store(session, settled, clock.now())
    message = N_("Values added: %(added)s, changed: %(changed)s, unchanged: %(unchanged)s.")
    language = obj["language"]
    click.echo(
        translate(
            language,
            message,
            added=stored.added,
            changed=stored.changed,
            unchanged=stored.unchanged,
        )
    )
    if stored.new_parts:
        parts = ", ".join(stored.new_parts)
        click.echo(
            translate(language, N_("New parts, used by no answer yet: %(parts)s."), parts=parts)
        )
