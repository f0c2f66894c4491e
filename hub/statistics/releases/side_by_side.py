"""Two long queries at once on PostgreSQL, which both see the same moment.

PostgreSQL sums by several groupings in one pass, but with one process only; a second connection
gives the machine's other core something to do.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from sqlalchemy import Connection, Engine, Executable, Row, func, select, text

# For these transactions alone: room for summing without sorting; and, because the numbers of
# visits follow the clock, rows read in their order lie together on the disk.
_HINTS: Final = ("SET LOCAL work_mem = '64MB'", "SET LOCAL random_page_cost = 1.1")

Rows = Sequence[Row[*tuple[Any, ...]]]


def rows_of_both(engine: Engine, one: Executable, other: Executable) -> Rows:
    """Give the rows of two statements, run at the same time on one snapshot of the database.

    They see what is committed, on connections of their own.
    """
    with engine.connect() as first, engine.connect() as second, ThreadPoolExecutor(1) as beside:
        for connection in (first, second):
            connection.execution_options(isolation_level="REPEATABLE READ")
        snapshot = first.scalar(select(func.pg_export_snapshot()))
        # No parameters in SET: the name is the server's own, letters, digits and dashes.
        second.execute(text(f"SET TRANSACTION SNAPSHOT '{snapshot}'"))
        waiting = beside.submit(_rows, second, other)
        return [*_rows(first, one), *waiting.result()]


def _rows(connection: Connection, statement: Executable) -> Rows:
    for hint in _HINTS:
        connection.execute(text(hint))
    return connection.execute(statement).all()
