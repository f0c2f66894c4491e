"""Copying rows between PostgreSQL and a SQLite file of the same revision.

Both databases hold the same tables and columns; only the way in which they write a moment, an
identifier or a JSON value differs. Each value passes through Python in between.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    DateTime,
    Integer,
    MetaData,
    Table,
    Uuid,
    bindparam,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.types import TypeEngine

from hub.db import UtcDateTime
from hub.migrating import of_the_desk
from hub.progress import Told

# Which revision a database is at: written by the migrations, not copied.
REVISION_TABLE: Final = "alembic_version"
_CHUNK: Final = 1000


def tables(postgresql: Connection, sqlite: Connection) -> list[Table]:
    """Give the tables of the desk in an order in which they can be filled.

    The SQLite file says which they are: a PostgreSQL database may hold tables of others. Their
    columns are read from PostgreSQL, which knows the types better.
    """
    names = [
        name
        for name in inspect(sqlite).get_table_names()
        if name != REVISION_TABLE and of_the_desk(name)
    ]
    metadata = MetaData()
    metadata.reflect(postgresql, only=names)
    return metadata.sorted_tables


def copy_rows(
    source: Connection, target: Connection, which: Sequence[Table], told: Told
) -> dict[str, int]:
    """Copy all rows of these tables into empty ones; give how many each has."""
    counts = {table.name: _count(source, table) for table in which}
    told(0, sum(counts.values()))
    for table in which:
        _copy_table(source, target, table, told)
    return counts


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _copy_table(source: Connection, target: Connection, table: Table, told: Told) -> None:
    """Copy one table; references to rows of the table itself follow when these are there."""
    plain = _portable(table)
    inward = _inward_columns(table)
    rows = source.execute(select(plain).execution_options(yield_per=_CHUNK)).mappings()
    referring: list[dict[str, Any]] = []
    for chunk in rows.partitions():
        referring += [dict(row) for row in chunk if any(row[name] is not None for name in inward)]
        without = dict.fromkeys(inward)
        target.execute(insert(plain), [{**row, **without} for row in chunk])
        told(len(chunk))
    if referring:
        target.execute(_reference(plain, inward), [_prefixed(row) for row in referring])


def _inward_columns(table: Table) -> list[str]:
    return [key.parent.name for key in table.foreign_keys if key.column.table.name == table.name]


def _reference(table: Table, inward: Iterable[str]) -> Any:
    keys = [column.name for column in table.columns if column.primary_key]
    statement = update(table).values({name: bindparam(f"new_{name}") for name in inward})
    for name in keys:
        statement = statement.where(table.columns[name] == bindparam(f"new_{name}"))
    return statement


def _prefixed(row: Mapping[str, Any]) -> dict[str, Any]:
    # A parameter may not be called like a column in an update.
    return {f"new_{name}": value for name, value in row.items()}


def _portable(table: Table) -> Table:
    """Give a table of the same columns, in types that mean the same in both databases."""
    return Table(
        table.name,
        MetaData(),
        *(
            Column(column.name, _portable_type(column.type), primary_key=column.primary_key)
            for column in table.columns
        ),
    )


def _portable_type(given: TypeEngine[Any]) -> TypeEngine[Any]:
    generic = given.as_generic()
    if isinstance(generic, DateTime):
        return UtcDateTime()
    if isinstance(generic, JSON):
        return JSON(none_as_null=True)
    if isinstance(generic, Uuid):
        return Uuid()
    return generic


def empty(postgresql: Connection, which: Sequence[Table]) -> None:
    """Remove all rows of these tables at once; nobody else can write them until the end."""
    quote = postgresql.dialect.identifier_preparer.quote
    names = ", ".join(quote(table.name) for table in which)
    postgresql.execute(text(f"TRUNCATE {names}"))


def block_writers(postgresql: Connection, which: Sequence[Table]) -> None:
    """Let others read these tables but not write them until the transaction ends."""
    quote = postgresql.dialect.identifier_preparer.quote
    names = ", ".join(quote(table.name) for table in which)
    postgresql.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))


def set_sequences(postgresql: Connection, which: Sequence[Table]) -> None:
    """Let PostgreSQL number new rows after the highest number that was copied."""
    for table in which:
        for column in table.primary_key.columns:
            if not isinstance(column.type, Integer):
                continue
            sequence = postgresql.scalar(
                select(func.pg_get_serial_sequence(f'"{table.name}"', column.name))
            )
            if sequence is not None:
                highest = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
                postgresql.execute(select(func.setval(sequence, highest, False)))
