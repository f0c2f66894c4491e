"""`hub backup`: the whole database in one SQLite file, whichever database it comes from.

Consistent while others write: VACUUM INTO reads SQLite in one snapshot, and PostgreSQL is read
in one transaction with repeatable reads.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, create_engine

from hub import migrating
from hub.i18n import N_
from hub.maintenance import backup_file, copying
from hub.progress import Told, silent
from hub.refusal import Refusal

_SNAPSHOT: Final = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup: its size in bytes and its SHA-256."""

    file: Path
    size: int
    digest: str


def back_up(engine: Engine, file: Path, told: Told = silent) -> Backup:
    """Write a backup, beside its place first and then under its name.

    It holds everything but sign-ins, and no keys: these are not in the database. Raises
    Refusal when there is nothing to back up or the file cannot be written.
    """
    with engine.connect() as connection:
        revision = migrating.current_revision(connection)
    if revision is None:
        raise Refusal(N_("The database is empty: `hub init` has not run. There is no backup."))
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        backup_file.make_empty(beside)
        if engine.dialect.name == "sqlite":
            _vacuum_into(engine, beside)
            told(1, 1)
        else:
            _copy_into(engine, beside, revision, told)
        backup_file.finish(beside)
        backup_file.put_in_place(beside, file)
    except OSError as error:
        raise Refusal(
            N_("%(file)s cannot be written: %(reason)s."), file=file, reason=error.strerror
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    return Backup(file, file.stat().st_size, backup_file.digest(file))


def _vacuum_into(engine: Engine, file: Path) -> None:
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(file),))
    finally:
        connection.close()


def _copy_into(engine: Engine, file: Path, revision: str, told: Told) -> None:
    """Fill a new SQLite file of the same revision from PostgreSQL."""
    target = create_engine(f"sqlite:///{file}")
    try:
        migrating.upgrade(target, revision)
        with (
            engine.connect().execution_options(**_SNAPSHOT) as source,
            target.begin() as sqlite,
        ):
            copying.copy_rows(source, sqlite, copying.tables(source, sqlite), told)
    finally:
        target.dispose()
