"""`hub prepare`, which `make run` calls: a desk that can be started, whatever was there before.

The demonstration is added only when the database is new. A start that was interrupted before
that leaves a note, so that the next one still counts the database as new.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from hub import migrating
from hub.accounts import registry
from hub.demonstration.making import make_demonstration
from hub.demonstration.stage import Login
from hub.maintenance.initialising import initialise

_NOTE: Final = ".preparing"

Work = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Whether the database was new, the accounts just made, and the names of all others."""

    new: bool
    logins: tuple[Login, ...]
    names: tuple[str, ...]


def prepare(
    engine: Engine,
    work: Work,
    instance: Path,
    now: datetime,
    *,
    demo: bool,
    release: Callable[[], object],
) -> Prepared:
    """Bring the database up to date, and fill a new one with the demonstration if wanted.

    `release` makes those of the demonstration's releases that are not there yet.
    """
    note = instance / _NOTE
    with engine.connect() as connection:
        new = note.exists() or migrating.current_revision(connection) is None
    if new:
        note.touch(mode=0o600)
    initialise(engine, work(), now)
    logins: tuple[Login, ...] = ()
    with work() as session:
        names = [a.name for a in registry.all_accounts(session) if a.closed_at is None]
        if new and demo and not names:
            logins = make_demonstration(session, now).logins
    if new and demo:
        release()
    note.unlink(missing_ok=True)
    return Prepared(new, logins, tuple(names))
