"""What `hub check` looks at in the database: whether it is there, whole, and of this version."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from hub import migrating
from hub.answers.models import AnswerText
from hub.db import Base
from hub.facts.models import FactValue
from hub.i18n import N_
from hub.maintenance.findings import Finding, good, wrong
from hub.places.models import Area
from hub.topics.models import Topic

_DATABASE: Final = N_("Database")
_CONTENT: Final = (
    (N_("Topics"), Topic),
    (N_("Facts"), FactValue),
    (N_("Answers"), AnswerText),
    (N_("Areas"), Area),
)


def check_database(engine: Engine) -> Iterator[Finding]:
    """Look at the database; what depends on it is left out when it cannot be used."""
    try:
        with engine.connect() as connection:
            yield good(_DATABASE, N_("%(kind)s can be reached"), kind=engine.url.get_backend_name())
            yield from _check_connected(connection)
    except SQLAlchemyError as error:
        yield wrong(
            _DATABASE,
            N_("cannot be used (%(reason)s); look at HUB_DATABASE_URL"),
            reason=_reason(error),
        )


def languages_of_library(engine: Engine) -> set[str]:
    """Give the languages in which there are answer texts; none where these cannot be read."""
    try:
        with engine.connect() as connection:
            return set(connection.scalars(select(AnswerText.language).distinct()))
    except SQLAlchemyError:
        return set()


def _reason(error: SQLAlchemyError) -> str:
    """Give the first line of the driver's words, which holds no password."""
    first = str(getattr(error, "orig", None) or error).strip().splitlines()
    return first[0] if first else type(error).__name__


def _check_connected(connection: Connection) -> Iterator[Finding]:
    subject = N_("Migrations")
    revision, newest = migrating.current_revision(connection), migrating.newest_revision()
    if revision != newest:
        yield wrong(
            subject,
            N_("at %(revision)s, this version needs %(newest)s; run: hub init"),
            revision=revision or "-",
            newest=newest,
        )
        return
    yield good(subject, N_("at %(revision)s, the newest"), revision=revision)
    differences = migrating.differences(connection, Base.metadata)
    if differences:
        yield wrong(
            subject,
            N_("tables differ from this version in %(count)s places; restore a backup, or ask "
               "who changed them by hand"),
            count=len(differences),
        )  # fmt: skip
    if connection.dialect.name == "sqlite":
        yield from _check_sqlite(connection)
    yield from _check_content(connection)


def _check_sqlite(connection: Connection) -> Iterator[Finding]:
    subject = N_("Database file")
    faults = [row for row in connection.scalars(text("PRAGMA integrity_check")) if row != "ok"]
    faults += list(connection.execute(text("PRAGMA foreign_key_check")))
    if faults:
        yield wrong(subject, N_("damaged; restore the last backup: hub restore FILE"))
    elif connection.scalar(text("PRAGMA journal_mode")) != "wal":
        yield wrong(
            subject, N_("not in WAL mode; put the instance folder on a disk of this machine")
        )
    else:
        yield good(subject, N_("whole"))


def _check_content(connection: Connection) -> Iterator[Finding]:
    for subject, model in _CONTENT:
        count = connection.scalar(select(func.count()).select_from(model)) or 0
        if count:
            yield good(subject, N_("%(count)s loaded"), count=count)
        else:
            yield wrong(subject, N_("none loaded; run: hub init"))
