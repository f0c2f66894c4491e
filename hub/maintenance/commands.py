"""`hub init`, `prepare`, `serve`, `check`, `backup` and `restore`."""

import shutil
import sys
from datetime import UTC
from pathlib import Path
from typing import Any

import click

from hub import clock, migrating
from hub.db import db, reading_session, unit_of_work
from hub.demonstration.releasing import release_demonstration
from hub.demonstration.table import login_table
from hub.i18n import N_, translate
from hub.maintenance.backing_up import back_up
from hub.maintenance.checking_database import check_database, languages_of_library
from hub.maintenance.checking_machine import (
    check_catalogues,
    check_instance,
    check_keys,
    check_typefaces,
)
from hub.maintenance.checking_releases import check_releases
from hub.maintenance.first_pages import make_first_pages_ready
from hub.maintenance.initialising import initialise
from hub.maintenance.keys import make_keys
from hub.maintenance.preparing import Prepared
from hub.maintenance.preparing import prepare as prepare_desk
from hub.maintenance.restoring import restore as restore_backup
from hub.progress import progress
from hub.refusal import Refusal
from hub.serving import serve as serve_application
from hub.sheets import faces

_FILE = click.Path(path_type=Path)
_MOST_NAMES = 12


@click.command()
@click.pass_obj
def init(obj: dict[str, Any]) -> None:
    """Create or upgrade the database and load the shipped content."""
    done = initialise(db.engine, unit_of_work(), clock.now())
    if done.before is None:
        text = N_("The database was made (revision %(now)s).")
    elif done.before != done.now:
        text = N_("The database was upgraded from revision %(before)s to %(now)s.")
    else:
        text = N_("The database is up to date (revision %(now)s).")
    _say(obj, text, before=done.before, now=done.now)
    _say(
        obj,
        N_("Topics: %(topics)s. New or changed facts: %(facts)s, answer texts: %(texts)s."),
        topics=done.loaded.topics,
        facts=done.loaded.facts,
        texts=done.loaded.texts,
    )


@click.command(hidden=True)
@click.option("--demo/--no-demo", default=True, help="Demonstration data in a new database.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000)
@click.option("--and-serve", is_flag=True, help="Start the server when all is ready.")
@click.pass_obj
def prepare(obj: dict[str, Any], demo: bool, port: int, and_serve: bool) -> None:
    """Make the desk ready to start, and start it; `make run` does this.

    One process does both, so that a second start does not load everything twice.
    """
    instance: Path = obj["settings"]["INSTANCE"]
    now = clock.now()
    with progress(translate(obj["language"], N_("demonstration"))) as told:
        done = prepare_desk(
            db.engine,
            unit_of_work,
            instance,
            now,
            demo=demo,
            release=lambda: release_demonstration(
                unit_of_work,
                reading_session,
                now,
                threshold=obj["settings"]["THRESHOLD"],
                told=told,
            ),
        )
    _say(obj, N_("The desk: http://127.0.0.1:%(port)s"), port=port)
    if done.logins:
        click.echo(login_table(done.logins, obj["language"]))
    else:
        _tell_accounts(obj, done)
    if and_serve:
        sys.stdout.flush()
        _serve(obj, "127.0.0.1", port, workers=2)


# The application needs its keys, so these are made before it.
prepare.callback.__before_application__ = make_keys  # type: ignore[union-attr]


def _tell_accounts(obj: dict[str, Any], done: Prepared) -> None:
    hub = _program()
    if done.names:
        shown = ", ".join(done.names[:_MOST_NAMES])
        more = ", …" if len(done.names) > _MOST_NAMES else ""
        _say(obj, N_("Sign in as: %(names)s"), names=shown + more)
        _say(obj, N_("A new password: %(hub)s account reset NAME"), hub=hub)
        return
    _say(obj, N_("Nobody can sign in yet. Make the first hub and its administrator:"))
    click.echo(f'  {hub} hub add SLUG --name "NAME" --municipality GM0363')
    click.echo(f"  {hub} account add NAME --role administrator --municipality GM0363")


def _program() -> str:
    """Give the command as it was called, so that a line can be copied as it stands."""
    called = sys.argv[0]
    return called if called.endswith("bin/hub") and shutil.which("hub") is None else "hub"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@click.pass_obj
def serve(obj: dict[str, Any], host: str, port: int, workers: int) -> None:
    """Run the production server."""
    _serve(obj, host, port, workers)


def _serve(obj: dict[str, Any], host: str, port: int, workers: int) -> None:
    engine = db.engine
    with engine.connect() as connection:
        if migrating.current_revision(connection) != migrating.newest_revision():
            raise Refusal(N_("The database is not of this version. Run: hub init"))
    faces.prepare()
    with reading_session() as session:
        make_first_pages_ready(obj["app"].jinja_env, session)
    engine.dispose()  # a connection must not be shared by two processes
    serve_application(
        obj["app"],
        host,
        port,
        workers,
        ready=lambda: _say(
            obj, N_("The desk is open at http://%(host)s:%(port)s"), host=host, port=port
        ),
        after_fork=lambda: engine.dispose(close=False),
    )


@click.command()
@click.pass_obj
def check(obj: dict[str, Any]) -> None:
    """Look at database, keys, typefaces and settings, and say what is wrong."""
    settings, engine = obj["settings"], db.engine
    findings = [
        *check_instance(settings["INSTANCE"]),
        *check_keys(settings["INSTANCE"], settings["SECRET_KEY"], settings["FIELD_KEY"]),
        *check_database(engine),
        *check_releases(engine),
        *check_typefaces(languages_of_library(engine)),
        *check_catalogues(),
    ]
    for finding in findings:
        click.echo(finding.line(obj["language"]))
    if not all(finding.good for finding in findings):
        raise Refusal(N_("Not all is well; the lines above say what mends it."))


@click.command()
@click.argument("file", type=_FILE)
@click.pass_obj
def backup(obj: dict[str, Any], file: Path) -> None:
    """Save the whole database in one FILE; it holds no keys."""
    with progress(file.name) as told:
        done = back_up(db.engine, file, told)
    _say(obj, N_("Saved: %(file)s, %(size)s bytes."), file=done.file, size=done.size)
    _say(obj, N_("SHA-256: %(digest)s"), digest=done.digest)
    _say(
        obj,
        N_("The keys are not in it. Keep HUB_FIELD_KEY apart: without it, contact data cannot be "
           "read after a restore."),
    )  # fmt: skip


@click.command()
@click.argument("file", type=_FILE)
@click.pass_obj
def restore(obj: dict[str, Any], file: Path) -> None:
    """Put a backup in the place of everything in the database.

    What is there now is first saved in the instance folder. Everybody signs in again.
    """
    now = clock.now().astimezone(UTC)
    with unit_of_work(), progress(file.name) as told:
        done = restore_backup(db.engine, file, obj["settings"]["INSTANCE"], now, told)
    if done.saved is not None:
        _say(obj, N_("The database of before was saved as %(file)s."), file=done.saved)
    if done.upgraded:
        _say(obj, N_("The backup came from an older version and was upgraded."))
    _say(obj, N_("Restored: %(file)s. Everybody signs in again."), file=file)


def _say(obj: dict[str, Any], text: str, **values: object) -> None:
    click.echo(translate(obj["language"], text, **values))
