"""Bringing a database to the shape this version needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData

from hub.resources import resource

# The index that a database's own full-text engine keeps beside the table `search_entry`, with
# what belongs to it: no part of the models.
_ENGINES_OWN: Final = "search_entry_fts"


def of_the_desk(name: str | None, _kind: str = "table", _parents: object = None) -> bool:
    """Tell whether a table or an index is the desk's, not a full-text engine's."""
    return name is None or not name.startswith(_ENGINES_OWN)


def alembic_config(connection: Connection | None = None) -> Config:
    """Give Alembic's settings for the shipped migrations and a connection."""
    config = Config()
    config.set_main_option("script_location", str(resource("migrations")))
    config.set_main_option("path_separator", "os")
    if connection is not None:
        config.attributes["connection"] = connection
    config.attributes["include_name"] = of_the_desk
    return config


def newest_revision() -> str:
    """Give the revision that this version of the desk needs."""
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    if head is None:
        raise RuntimeError("the installation has no migrations")
    return head


def current_revision(connection: Connection) -> str | None:
    """Give the revision a database is at; None when it is new."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, revision: str = "head") -> bool:
    """Create or upgrade the database; tell whether anything had to be done."""
    with engine.connect() as connection:
        before = current_revision(connection)
        connection.rollback()
        if before == (newest_revision() if revision == "head" else revision):
            return False
        with _tables_may_be_rebuilt(connection):
            command.upgrade(alembic_config(connection), revision)
    return True


def downgrade(engine: Engine, revision: str) -> None:
    """Go back to an older revision; for tests and emergencies."""
    with engine.connect() as connection, _tables_may_be_rebuilt(connection):
        command.downgrade(alembic_config(connection), revision)


@contextmanager
def _tables_may_be_rebuilt(connection: Connection) -> Iterator[None]:
    """Keep foreign keys off on SQLite: there a table is dropped and made anew to be changed."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        connection.connection.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        connection.commit()
    finally:
        if sqlite:
            connection.connection.execute("PRAGMA foreign_keys=ON")


def differences(connection: Connection, metadata: MetaData) -> list[object]:
    """Give what the models and the database differ in; empty when they agree."""
    context = MigrationContext.configure(connection, opts={"include_name": of_the_desk})
    return list(compare_metadata(context, metadata))
