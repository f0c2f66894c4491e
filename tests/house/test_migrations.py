"""Migrations and models agree, on both databases, on the way up and on the way down."""

import ast
import re
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection, Inspector, inspect, text
from sqlalchemy.orm import Session

from hub import migrating
from hub.db import Base, db
from hub.resources import resource
from tests.support.cast import Cast
from tests.support.databases import both_databases

Rows = dict[str, list[tuple[object, ...]]]


def _revisions() -> list[str]:
    """Give all revisions, oldest first."""
    script = ScriptDirectory.from_config(migrating.alembic_config())
    return [one.revision for one in reversed(list(script.walk_revisions()))]


def _shape(connection: Connection) -> set[str]:
    """Describe all tables of a database: columns, keys, constraints and indexes."""
    seen = inspect(connection)
    kinds = ("columns", "unique_constraints", "foreign_keys", "check_constraints", "indexes")
    return {
        f"{table} {kind} {sorted((key, _words(value)) for key, value in part.items())}"
        for table in seen.get_table_names()
        for kind in (*kinds, "pk_constraint")
        for part in _parts(seen, kind, table)
    }


def _words(value: object) -> str:
    """Write a value; the conditions of an index by what they say, not by where they stand."""
    if isinstance(value, dict):
        return str(sorted((key, str(part)) for key, part in value.items()))
    return repr(value)


def _parts(seen: Inspector, kind: str, table: str) -> list[dict[str, Any]]:
    found = getattr(seen, f"get_{kind}")(table)
    return [found] if kind == "pk_constraint" else found


def _rows(session: Session) -> Rows:
    """Give the content of every table of the models."""
    return {
        table.name: sorted((tuple(row) for row in session.execute(table.select())), key=repr)
        for table in Base.metadata.sorted_tables
    }


@both_databases
def test_a_database_made_by_the_migrations_is_what_the_models_say(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        assert migrating.differences(connection, Base.metadata) == []


@both_databases
def test_a_table_that_no_migration_makes_is_noticed(app: Flask) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("DROP TABLE sign_in_failure"))
    with app.app_context(), db.engine.connect() as connection:
        assert migrating.differences(connection, Base.metadata) != []


@both_databases
def test_an_upgrade_of_an_up_to_date_database_does_nothing(app: Flask) -> None:
    with app.app_context():
        assert migrating.upgrade(db.engine) is False


@both_databases
def test_down_to_nothing_and_up_again_gives_the_same_tables(app: Flask) -> None:
    with app.app_context():
        with db.engine.connect() as connection:
            before = _shape(connection)
        migrating.downgrade(db.engine, "base")
        with db.engine.connect() as connection:
            assert inspect(connection).get_table_names() == ["alembic_version"]
        migrating.upgrade(db.engine)
        with db.engine.connect() as connection:
            assert _shape(connection) == before


@both_databases
@pytest.mark.usefixtures("noise")
def test_one_step_down_and_up_keeps_what_both_sides_hold(app: Flask, cast: Cast) -> None:
    steps = _revisions()
    if len(steps) == 1:
        return  # below the first migration there is nothing to keep
    with app.app_context():
        before = _rows(db.session())
        db.session.remove()
        migrating.downgrade(db.engine, steps[-2])
        with db.engine.connect() as connection:
            kept = set(inspect(connection).get_table_names())
        migrating.upgrade(db.engine)
        after = _rows(db.session())
        db.session.remove()
    assert {name: rows for name, rows in after.items() if name in kept} == {
        name: rows for name, rows in before.items() if name in kept
    }


@pytest.mark.usefixtures("noise")
def test_no_row_points_at_nothing_after_the_content_is_loaded(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []


def test_migrations_form_one_line_with_running_numbers() -> None:
    script = ScriptDirectory.from_config(migrating.alembic_config())
    assert len(script.get_heads()) == 1
    names = sorted(path.name for path in resource("migrations").glob("versions/*.py"))
    assert [name[:4] for name in names] == [f"{n:04d}" for n in range(1, len(names) + 1)]
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", name) for name in names)


def test_migrations_import_nothing_of_the_desk() -> None:
    for path in resource("migrations").glob("versions/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names.append(node.module or "")
            assert not [name for name in names if name.split(".")[0] == "hub"], path.name


def test_every_migration_knows_the_way_back() -> None:
    for path in resource("migrations").glob("versions/*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        back = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "downgrade"]
        assert back, path.name
        assert any(isinstance(node, ast.Call) for node in ast.walk(back[0])), path.name
