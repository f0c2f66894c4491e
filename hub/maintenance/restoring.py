"""`hub restore`: a backup takes the place of everything in the database, at once or not at all."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, create_engine

from hub import migrating
from hub.i18n import N_
from hub.maintenance import backup_file, copying
from hub.maintenance.backing_up import back_up
from hub.progress import Told, silent
from hub.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the database of before was saved (None for a new one), and whether it was older."""

    saved: Path | None
    upgraded: bool


def restore(
    engine: Engine, file: Path, instance: Path, now: datetime, told: Told = silent
) -> Restored:
    """Replace the content of the database by that of a backup.

    The caller keeps other writers of a SQLite database out meanwhile; those of PostgreSQL are
    kept out here. What was there is first saved in the instance folder. Raises Refusal for a
    file that is no backup, is damaged, or is newer than this version.
    """
    revision = backup_file.require_backup(file)
    saved = instance / f"before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.backup"
    copy = instance / f".restore.{os.getpid()}"
    try:
        backup_file.make_empty(copy)
        shutil.copyfile(file, copy)
        _upgrade(copy)
        if engine.dialect.name == "sqlite":
            there = _replace_sqlite(engine, copy, saved)
            told(1, 1)
        else:
            there = _replace_postgresql(engine, copy, saved, told)
    except OSError as error:
        raise Refusal(
            N_("%(file)s cannot be restored: %(reason)s."), file=file, reason=error.strerror
        ) from error
    finally:
        copy.unlink(missing_ok=True)
    return Restored(saved if there else None, revision != migrating.newest_revision())


def _upgrade(copy: Path) -> None:
    """Bring the copy to this version's shape, and take the mark of a backup from it."""
    engine = create_engine(f"sqlite:///{copy}")
    try:
        migrating.upgrade(engine)
    finally:
        engine.dispose()
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA application_id=0")


def _save(engine: Engine, saved: Path) -> bool:
    """Save what is there; tell whether there was anything."""
    with engine.connect() as connection:
        if migrating.current_revision(connection) is None:
            return False
    back_up(engine, saved)
    return True


def _replace_sqlite(engine: Engine, copy: Path, saved: Path) -> bool:
    """Write the copy over the database in one step of SQLite's backup: one transaction."""
    there = _save(engine, saved)
    connection = engine.raw_connection()
    try:
        with closing(sqlite3.connect(copy)) as source:
            source.backup(connection.driver_connection)  # type: ignore[arg-type]
    finally:
        connection.close()
    engine.dispose()  # what other connections of this process remember is of the past
    return there


def _replace_postgresql(engine: Engine, copy: Path, saved: Path, told: Told) -> bool:
    """Empty and fill all tables in one transaction, from before saving until the end."""
    with engine.connect() as connection:
        there = migrating.current_revision(connection) is not None
    migrating.upgrade(engine)
    source = create_engine(f"sqlite:///{copy}")
    try:
        with source.connect() as sqlite, engine.begin() as connection:
            tables = copying.tables(connection, sqlite)
            copying.block_writers(connection, tables)
            if there:
                _save(engine, saved)
            copying.empty(connection, tables)
            copying.copy_rows(sqlite, connection, tables, told)
            copying.set_sequences(connection, tables)
    finally:
        source.dispose()
    return there
