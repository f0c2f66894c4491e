"""Many visits in little time: those of the demonstration, copied inside SQLite.

Registering a million visits takes longer than anything that is measured on them. A copy differs
in its id and return code alone, so hubs, days, topics and outcomes stay as the demonstration has
them.
"""

import sqlite3
from contextlib import closing
from typing import Final

_TABLES: Final = ("reception", "visit", "question")


def multiply(file: str, visits: int) -> None:
    """Copy the visits of a database until there are so many."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        there = connection.execute("SELECT count(*) FROM visit").fetchone()[0]
        connection.execute("CREATE TEMP TABLE pattern AS SELECT id FROM visit")
        while there < visits:
            there += _copied(connection, there, visits - there)
        connection.execute("ANALYZE")


def _copied(connection: sqlite3.Connection, there: int, most: int) -> int:
    """Copy every visit of the pattern once, `most` at most; give how many were copied."""
    connection.execute("DROP TABLE IF EXISTS temp.copy")
    connection.execute(
        "CREATE TEMP TABLE copy AS SELECT id AS old, lower(hex(randomblob(16))) AS new,"
        " printf('Z%08X', ? + row_number() OVER ()) AS code FROM pattern LIMIT ?",
        (there, most),
    )
    connection.execute("CREATE UNIQUE INDEX temp.copy_old ON copy (old)")
    for table in _TABLES:
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        key = "id" if table == "visit" else "visit_id"
        fresh = {key: "copy.new", "return_code": "copy.code", "continues_id": "NULL"}
        values = ", ".join(fresh.get(name, f't."{name}"') for name in names)
        columns = ", ".join(f'"{name}"' for name in names)
        connection.execute(
            f"INSERT INTO {table} ({columns}) SELECT {values}"  # noqa: S608 - names of our own
            f" FROM copy JOIN {table} AS t ON t.{key} = copy.old"
        )
    copied: int = connection.execute("SELECT count(*) FROM copy").fetchone()[0]
    return copied
