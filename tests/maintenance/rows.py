"""The content of a database, to be compared with that of another."""

from typing import Any

from sqlalchemy import Engine, select

from hub.db import Base

PASSING = {"sign_in", "sign_in_failure"}

Content = dict[str, list[tuple[Any, ...]]]


def content_of(engine: Engine) -> Content:
    """Give every row of every table that a backup holds, in an order of its own."""
    with engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
            if table.name not in PASSING
        }
