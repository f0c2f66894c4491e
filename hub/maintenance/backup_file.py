"""What a backup is: one SQLite file of a revision of the desk's database, marked as such."""

import hashlib
import os
import sqlite3
from pathlib import Path
from typing import Final

from alembic.script import ScriptDirectory

from hub import migrating
from hub.i18n import N_
from hub.refusal import Refusal

# "HubD", where SQLite keeps what a file is for: https://www.sqlite.org/fileformat2.html#apid
APPLICATION_ID: Final = 0x48756244
_HEADER: Final = b"SQLite format 3\x00"
_AT_APPLICATION_ID: Final = slice(68, 72)
# Who is signed in, and wrong passwords of the last minutes: of no use on another day.
_PASSING: Final = ("sign_in", "sign_in_failure")


def make_empty(file: Path) -> None:
    """Make an empty file that only its owner may read, in place of what is there."""
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def finish(file: Path) -> None:
    """Make a copied database a backup: without sign-ins, marked, whole, and on the disk.

    Raises Refusal when the copy is damaged.
    """
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        connection.execute("PRAGMA secure_delete=ON")
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
        for table in _PASSING:
            if table in there:
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        _require_whole(connection, file)
    finally:
        connection.close()
    with file.open("rb") as stream:
        os.fsync(stream.fileno())


def put_in_place(beside: Path, file: Path) -> None:
    """Give a finished file its name, so that the name never stands for half a file."""
    beside.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def digest(file: Path) -> str:
    """Give the SHA-256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def require_backup(file: Path) -> str:
    """Give the revision of a backup.

    Raises Refusal when the file is no backup of a desk, is damaged, or comes from a newer
    version than this.
    """
    _require_mark(file)
    try:
        connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
        try:
            _require_whole(connection, file)
            rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise Refusal(_DAMAGED, file=file) from error
    revision = str(rows[0][0]) if rows else ""
    if revision not in _known_revisions():
        raise Refusal(
            N_("%(file)s was made by a newer version of the desk (revision %(revision)s). "
               "Install that version first."),
            file=file,
            revision=revision,
        )  # fmt: skip
    return revision


def _known_revisions() -> set[str]:
    migrations = ScriptDirectory.from_config(migrating.alembic_config())
    return {migration.revision for migration in migrations.walk_revisions()}


_DAMAGED: Final = N_("%(file)s is damaged. Take another backup.")


def _require_mark(file: Path) -> None:
    try:
        with file.open("rb") as stream:
            head = stream.read(100)
    except OSError as error:
        raise Refusal(
            N_("%(file)s cannot be read: %(reason)s."), file=file, reason=error.strerror
        ) from error
    mark = int.from_bytes(head[_AT_APPLICATION_ID], "big")
    if not head.startswith(_HEADER) or mark != APPLICATION_ID:
        raise Refusal(
            N_("%(file)s is not a backup of the desk. `hub backup FILE` makes one."), file=file
        )


def _require_whole(connection: sqlite3.Connection, file: Path) -> None:
    faults = [
        *(row for row in connection.execute("PRAGMA integrity_check") if row != ("ok",)),
        *connection.execute("PRAGMA foreign_key_check"),
    ]
    if faults:
        raise Refusal(_DAMAGED, file=file)
