"""`hub answers export` and `hub answers import`."""

import os
from pathlib import Path
from typing import Any

import click

from hub import clock
from hub.answers.library import AnswerView
from hub.answers.po_entries import require_foreign, sheaves
from hub.answers.po_importing import settle, store
from hub.answers.po_reading import LARGEST, read_catalogue
from hub.answers.po_writing import write_catalogue
from hub.answers.text_rules import Known
from hub.csv_file import FileErrors
from hub.db import db, unit_of_work
from hub.facts.register import Register
from hub.i18n import N_, translate
from hub.refusal import Refusal

_FILE = click.Path(path_type=Path)


@click.group()
def answers() -> None:
    """Exchange texts with translators."""


@answers.command("export")
@click.option("--language", required=True, help="The language to translate into, such as ar.")
@click.option("--out", type=_FILE, required=True, help="The PO file to write.")
@click.pass_obj
def answers_export(obj: dict[str, Any], language: str, out: Path) -> None:
    """Write every text of a language to a gettext PO file, the Dutch as msgid.

    A language without texts gives a file to begin with.
    """
    require_foreign(language)
    listed = list(sheaves(db.session(), language))
    # Written beside the file and renamed, so that nobody ever reads half an export.
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        beside.write_text(write_catalogue(language, listed), "utf-8", newline="\n")
        beside.replace(out)
    except OSError as error:
        raise Refusal(
            N_("%(file)s cannot be written: %(reason)s."), file=out, reason=error.strerror
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    count = sum(len(sheaf.entries) for sheaf in listed)
    fuzzy = sum(entry.before is not None for sheaf in listed for entry in sheaf.entries)
    empty = sum(not entry.translation for sheaf in listed for entry in sheaf.entries)
    message = N_("Entries written: %(count)s, of which empty: %(empty)s, fuzzy: %(fuzzy)s.")
    click.echo(translate(obj["language"], message, count=count, empty=empty, fuzzy=fuzzy))


@answers.command("import")
@click.argument("file", type=_FILE)
@click.pass_obj
def answers_import(obj: dict[str, Any], file: Path) -> None:
    """Keep the translations of FILE as drafts, all of them or none.

    An answer comes in when every entry of it is translated and none is fuzzy; the others stay
    as they are, and are named. The same file twice changes nothing.
    """
    errors = FileErrors(file.name)
    found = read_catalogue(_content(file), errors)
    with unit_of_work() as session:
        register = Register.read(session)
        drawn = obj["app"].extensions["missing_glyphs"]

        def known_to(answer: AnswerView) -> Known:
            return Known.of(answer, register, drawn)

        settled = settle(session, found, known_to, errors)
        kept = store(session, settled, clock.now())
    language = obj["language"]
    message = N_("Texts kept as drafts: %(kept)s, unchanged: %(unchanged)s.")
    click.echo(translate(language, message, kept=kept, unchanged=settled.unchanged))
    if settled.unfinished:
        slugs = ", ".join(settled.unfinished)
        message = N_("Left as they are, for entries are empty or fuzzy: %(slugs)s.")
        click.echo(translate(language, message, slugs=slugs))


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise Refusal(
            N_("%(file)s cannot be read: %(reason)s."), file=file, reason=error.strerror
        ) from error
