"""`hub check`: says that all is well, or what is wrong and what mends it."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import create_engine, text

from hub.db import db
from hub.maintenance import checking_database, checking_machine
from hub.maintenance.commands import check
from hub.maintenance.keys import make_keys
from hub.sheets.faces import FAMILIES
from tests.maintenance.commanding import run
from tests.support.databases import both_databases

pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture(autouse=True)
def closed_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)


def _wrong(result: Result) -> list[str]:
    assert result.exit_code == 1, result.output
    assert "Not all is well" in result.stderr
    return [line[6:].strip() for line in result.stdout.splitlines() if line.startswith("WRONG")]


def _execute(app: Flask, statement: str) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text(statement))


@both_databases
def test_a_desk_in_order_has_nothing_but_ok(app: Flask) -> None:
    result = run(app, check)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert len(lines) > 10
    assert all(line.startswith("ok ") for line in lines)


@both_databases
def test_a_database_of_another_revision_is_told_with_the_remedy(app: Flask) -> None:
    _execute(app, "UPDATE alembic_version SET version_num = '0000'")
    newest = checking_database.migrating.newest_revision()
    assert _wrong(run(app, check)) == [
        f"Migrations: at 0000, this version needs {newest}; run: hub init"
    ]


@both_databases
def test_a_table_that_was_changed_by_hand_is_told(app: Flask) -> None:
    _execute(app, "ALTER TABLE visit ADD COLUMN name VARCHAR(40)")
    (line,) = _wrong(run(app, check))
    assert line.startswith("Migrations: tables differ from this version in 1 places")


@both_databases
def test_content_that_is_not_loaded_is_told(app: Flask) -> None:
    for statement in ("DELETE FROM project_member", "DELETE FROM area"):
        _execute(app, statement)
    assert _wrong(run(app, check)) == ["Areas: none loaded; run: hub init"]


def test_a_database_that_cannot_be_reached_is_told_without_its_password(app: Flask) -> None:
    with app.app_context():
        engine = create_engine("postgresql+psycopg://desk:geheim@127.0.0.1:1/desk")
    findings = list(checking_database.check_database(engine))
    assert [finding.good for finding in findings] == [False]
    line = findings[0].line("en")
    assert "look at HUB_DATABASE_URL" in line
    assert "geheim" not in line
    assert checking_database.languages_of_library(engine) == set()


def test_a_damaged_reference_is_told(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        raw = connection.connection
        raw.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]
        connection.execute(text("DELETE FROM topic WHERE code = 'REK-03'"))
        connection.commit()
        raw.execute("PRAGMA foreign_keys=ON")  # type: ignore[attr-defined]
    assert _wrong(run(app, check)) == [
        "Database file: damaged; restore the last backup: hub restore FILE"
    ]


def test_a_folder_that_others_can_read_is_told(app: Flask, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert _wrong(run(app, check)) == [
        f"Instance folder: others can look into it; run: chmod 700 {tmp_path}"
    ]


def test_a_key_file_that_others_can_read_is_told(app: Flask, tmp_path: Path) -> None:
    make_keys(tmp_path)[0].chmod(0o644)
    assert _wrong(run(app, check)) == [
        f"Keys: others can read it; run: chmod 600 {tmp_path / 'secret.key'}"
    ]


def test_one_key_for_two_purposes_is_told(app: Flask) -> None:
    app.config["FIELD_KEY"] = app.config["SECRET_KEY"]
    assert _wrong(run(app, check)) == ["Keys: both keys are the same; make another HUB_SECRET_KEY"]


def test_a_full_disk_is_told(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking_machine, "LEAST_FREE", 1 << 60)
    (line,) = _wrong(run(app, check))
    assert line.startswith("Disk: only ")


def test_a_language_without_its_typeface_is_told_with_the_package(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking_machine, "installed", lambda family: family != "ethiopic")
    assert _wrong(run(app, check)) == [
        f"Typefaces: ti cannot be printed; run: pip install {FAMILIES['ethiopic'].requirement}"
    ]


def test_absent_translations_are_told(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking_machine, "SCREEN_LANGUAGES", ("en", "xx"))
    assert _wrong(run(app, check)) == ["Translations: the screens lack xx; install the desk anew"]
