"""`hub init`: the database in this version's shape, with the shipped content."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from hub import migrating
from hub.content_loading import Loaded, load_all


@dataclass(frozen=True, slots=True)
class Initialised:
    """What was there before (None for a new database), what is there now, what was loaded."""

    before: str | None
    now: str
    loaded: Loaded


def initialise(engine: Engine, work: AbstractContextManager[Session], now: datetime) -> Initialised:
    """Create or upgrade the database and load what is shipped; safe to repeat.

    `work` is the unit of work in which the content is written.
    """
    with engine.connect() as connection:
        before = migrating.current_revision(connection)
    migrating.upgrade(engine)
    with work as session:
        loaded = load_all(session, now)
    return Initialised(before, migrating.newest_revision(), loaded)
