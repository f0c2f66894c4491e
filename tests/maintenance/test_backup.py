"""Backup and restore: one file for both databases, all or nothing, nothing lost."""

import hashlib
import shutil
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import (
    Connection,
    Engine,
    Table,
    create_engine,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from hub import migrating, resources
from hub.accounts import signing_in
from hub.accounts.models import Account, SignIn, SignInFailure
from hub.db import db, unit_of_work
from hub.maintenance import backing_up, copying, restoring
from hub.maintenance.backing_up import back_up
from hub.maintenance.restoring import restore
from hub.places.models import Hub, Municipality
from hub.progress import Told
from hub.refusal import Refusal
from hub.visits.entry import QuestionEntry, VisitEntry
from hub.visits.models import Visit
from hub.visits.receiving import receive
from tests.maintenance.rows import content_of
from tests.support.cast import Cast
from tests.support.clock import START, SettableClock
from tests.support.databases import both_databases, on_postgresql

pytestmark = pytest.mark.usefixtures("noise")
NOW = START.astimezone(UTC)
KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.fixture
def engine(app: Flask, cast: Cast, clock: SettableClock) -> Iterator[Engine]:
    """The engine of a desk with two linked visits, a correction, and somebody signed in."""
    with app.app_context():
        with unit_of_work() as work:
            hub = work.get_one(Hub, cast.hubs["k-buurt"])
            for entry in _linked_visits():
                receive(work, hub, entry, clock(), closed=(), texts={})
            account = work.get_one(Account, cast.accounts["Vera"])
            signing_in.start(work, account, hub.id, clock())
            signing_in.count_failure(work, "0" * 64, clock())
        yield db.engine


def _linked_visits() -> list[VisitEntry]:
    first, second = UUID(int=0xFFFF << 64), UUID(int=7)
    return [
        VisitEntry(first, questions=(QuestionEntry("REK-03", outcome="call_back",
                                                   call_back_on=date(2026, 12, 1)),)),
        VisitEntry(second, continues=first, late_entry=True, opened_at=NOW - timedelta(days=2),
                   questions=(QuestionEntry("BRF-01"), QuestionEntry("ACH-03", sheet=True))),
    ]  # fmt: skip


@pytest.fixture
def elsewhere(tmp_path: Path, postgres_url: str) -> Iterator[Callable[[str], Engine]]:
    """Give an engine on a new, empty database of a kind."""
    engines: list[Engine] = []

    def make(kind: str) -> Engine:
        url = postgres_url if kind == "postgresql" else f"sqlite:///{tmp_path / 'new.sqlite'}"
        engines.append(create_engine(url))
        return engines[-1]

    yield make
    for engine in engines:
        engine.dispose()


@both_databases
@pytest.mark.parametrize(
    "target", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def test_a_backup_brings_everything_into_a_new_database_of_either_kind(
    engine: Engine, elsewhere: Callable[[str], Engine], tmp_path: Path, target: str
) -> None:
    back_up(engine, tmp_path / "desk.backup")
    new = elsewhere(target)
    restored = restore(new, tmp_path / "desk.backup", tmp_path, NOW)
    assert restored.saved is None
    assert content_of(new) == content_of(engine)
    with new.connect() as connection:
        assert migrating.current_revision(connection) == migrating.newest_revision()


@both_databases
def test_a_restore_undoes_all_that_came_after_the_backup(engine: Engine, tmp_path: Path) -> None:
    before = content_of(engine)
    back_up(engine, tmp_path / "desk.backup")
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM question"))
        connection.execute(text("UPDATE account SET name = 'nobody'"))
        connection.execute(
            text("INSERT INTO municipality VALUES ('GM0001', 'New', 'Europe/Amsterdam', false)")
        )
    restore(engine, tmp_path / "desk.backup", tmp_path, NOW)
    assert content_of(engine) == before


@both_databases
def test_what_a_restore_replaces_is_saved_first_and_can_be_had_back(
    engine: Engine, tmp_path: Path
) -> None:
    back_up(engine, tmp_path / "desk.backup")
    with engine.begin() as connection:
        connection.execute(text("UPDATE hub SET name = 'Energiehub Nieuw'"))
    newer = content_of(engine)
    restored = restore(engine, tmp_path / "desk.backup", tmp_path, NOW)
    assert restored.saved == tmp_path / "before-restore-20261123T090000Z.backup"
    assert content_of(engine) != newer
    restore(engine, restored.saved, tmp_path, NOW + timedelta(seconds=1))
    assert content_of(engine) == newer


@both_databases
@pytest.mark.parametrize("target", KINDS)
def test_new_rows_are_numbered_after_the_restored_ones(
    engine: Engine, elsewhere: Callable[[str], Engine], tmp_path: Path, target: str
) -> None:
    back_up(engine, tmp_path / "desk.backup")
    new = elsewhere(target)
    restore(new, tmp_path / "desk.backup", tmp_path, NOW)
    with Session(new) as session:
        highest = session.scalar(select(func.max(Account.id))) or 0
        newcomer = Account(name="Nora", name_key="nora", password_hash="x", created_at=NOW)
        session.add(newcomer)
        session.flush()
        assert newcomer.id > highest


@both_databases
def test_a_row_may_refer_to_one_that_comes_after_it(
    engine: Engine,
    elsewhere: Callable[[str], Engine],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = copying._copy_table

    def visits_one_by_one(source: Connection, target: Connection, table: Table, told: Told) -> None:
        with monkeypatch.context() as here:
            if table.name == "visit":
                here.setattr(copying, "_CHUNK", 1)
            whole(source, target, table, told)

    monkeypatch.setattr(copying, "_copy_table", visits_one_by_one)
    with Session(engine) as session:
        visits = session.scalars(select(Visit)).all()
        for one, other in pairwise([*visits, visits[0]]):  # a ring: any order looks ahead
            one.continues_id = other.id
        session.commit()
    back_up(engine, tmp_path / "desk.backup")
    new = elsewhere("postgresql")
    restore(new, tmp_path / "desk.backup", tmp_path, NOW)
    assert content_of(new) == content_of(engine)


@both_databases
def test_nobody_is_signed_in_after_a_restore(engine: Engine, tmp_path: Path) -> None:
    back_up(engine, tmp_path / "desk.backup")
    with closing(sqlite3.connect(tmp_path / "desk.backup")) as backup:
        assert backup.execute("SELECT count(*) FROM sign_in").fetchone() == (0,)
        assert backup.execute("SELECT count(*) FROM sign_in_failure").fetchone() == (0,)
    restore(engine, tmp_path / "desk.backup", tmp_path, NOW)
    assert db.session.scalar(select(func.count()).select_from(SignIn)) == 0


@both_databases
def test_the_token_of_a_sign_in_cannot_be_found_in_the_file(engine: Engine, tmp_path: Path) -> None:
    digest = db.session.scalars(select(SignIn.token_digest)).one()
    db.session.rollback()
    back_up(engine, tmp_path / "desk.backup")
    assert digest.encode() not in (tmp_path / "desk.backup").read_bytes()


@both_databases
def test_a_backup_is_for_its_owner_only_and_replaces_an_older_one(
    engine: Engine, tmp_path: Path
) -> None:
    file = tmp_path / "desk.backup"
    file.write_text("older")
    done = back_up(engine, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert done.digest == hashlib.sha256(file.read_bytes()).hexdigest()
    assert done.size == file.stat().st_size
    assert [path.name for path in tmp_path.glob(".desk.backup*")] == []


@both_databases
def test_no_key_is_in_a_backup(app: Flask, engine: Engine, tmp_path: Path) -> None:
    raw = (tmp_path / "desk.backup", back_up(engine, tmp_path / "desk.backup"))[0].read_bytes()
    for name in ("SECRET_KEY", "FIELD_KEY"):
        assert app.config[name] not in raw


@on_postgresql
def test_what_is_removed_after_the_first_read_is_still_in_the_backup(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content_of(engine)
    tables = backing_up.copying.tables

    def tables_then_remove(*arguments: Connection) -> object:
        found = tables(*arguments)  # the snapshot begins with this first read
        with engine.begin() as other:
            other.execute(text("DELETE FROM question"))
        return found

    monkeypatch.setattr(backing_up.copying, "tables", tables_then_remove)
    back_up(engine, tmp_path / "desk.backup")
    monkeypatch.undo()
    restore(engine, tmp_path / "desk.backup", tmp_path, NOW)
    assert content_of(engine) == before


@both_databases
def test_a_backup_shows_one_moment_while_others_write(engine: Engine, tmp_path: Path) -> None:
    """A writer changes two tables together, again and again; in a backup they agree."""
    stop = threading.Event()
    rounds = []

    def write() -> None:
        while not stop.is_set():
            with engine.begin() as connection:
                for model in (Hub, Municipality):
                    connection.execute(update(model).values(name=str(len(rounds))))
            rounds.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            file = tmp_path / f"{number}.backup"
            back_up(engine, file)
            with closing(sqlite3.connect(file)) as backup:
                names = "SELECT name FROM hub UNION SELECT name FROM municipality"
                assert number == 0 or len(backup.execute(names).fetchall()) == 1
    finally:
        stop.set()
        writer.join()
    assert len(rounds) > 1


@both_databases
def test_a_restore_that_fails_halfway_changes_nothing(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(engine, tmp_path / "desk.backup")
    with engine.begin() as connection:
        connection.execute(text("UPDATE hub SET phone = '020 555 0199'"))
    before = content_of(engine)

    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring.copying, "set_sequences", fail)
    monkeypatch.setattr(restoring, "_replace_sqlite", fail)
    with pytest.raises(Refusal, match="cannot be restored: No space left on device"):
        restore(engine, tmp_path / "desk.backup", tmp_path, NOW)
    assert content_of(engine) == before
    assert [path.name for path in tmp_path.glob(".restore*")] == []


@on_postgresql
def test_tables_of_others_in_the_same_database_are_left_alone(
    engine: Engine, tmp_path: Path
) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE of_others (name text)"))
        connection.execute(text("INSERT INTO of_others VALUES ('kept')"))
    back_up(engine, tmp_path / "desk.backup")
    restore(engine, tmp_path / "desk.backup", tmp_path, NOW)
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT name FROM of_others")) == "kept"


@both_databases
def test_an_older_backup_is_upgraded(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(engine, tmp_path / "desk.backup")
    _with_one_more_migration(tmp_path, monkeypatch)
    restored = restore(engine, tmp_path / "desk.backup", tmp_path, NOW)
    assert restored.upgraded
    with engine.connect() as connection:
        assert migrating.current_revision(connection) == "9999"
        assert connection.scalar(text("SELECT count(*) FROM added_later")) == 0


def test_a_backup_of_a_newer_version_is_refused(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _with_one_more_migration(tmp_path, patch)
        migrating.upgrade(engine)
        back_up(engine, tmp_path / "desk.backup")
    with pytest.raises(Refusal, match=r"made by a newer version of the desk \(revision 9999\)"):
        restore(engine, tmp_path / "desk.backup", tmp_path, NOW)


def _with_one_more_migration(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    migrations = folder / "migrations"
    shutil.copytree(resources.resource("migrations"), migrations)
    (migrations / "versions" / "9999_later.py").write_text(
        "from alembic import op\nimport sqlalchemy as sa\n"
        f"revision = '9999'\ndown_revision = '{migrating.newest_revision()}'\n"
        "branch_labels = depends_on = None\n"
        "def upgrade():\n    op.create_table('added_later', sa.Column('id', sa.Integer()))\n"
    )
    monkeypatch.setattr(migrating, "resource", lambda _name: migrations)


@pytest.mark.parametrize("kind", ["text", "database", "absent"])
def test_a_file_that_is_no_backup_is_refused_and_nothing_changes(
    engine: Engine, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "other"
    if kind == "text":
        file.write_text("SQLite format 3, or so it says")
    elif kind == "database":
        shutil.copyfile(str(engine.url.database), file)
    before = content_of(engine)
    said = "cannot be read" if kind == "absent" else "is not a backup of the desk"
    with pytest.raises(Refusal, match=said):
        restore(engine, file, tmp_path, NOW)
    assert content_of(engine) == before


def test_a_damaged_backup_is_refused(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "desk.backup"
    back_up(engine, file)
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2 : len(raw) // 2 + 20_000] = b"\xa5" * 20_000
    file.write_bytes(raw)
    with pytest.raises(Refusal, match="is damaged"):
        restore(engine, file, tmp_path, NOW)
    file.write_bytes(raw[: len(raw) // 3])
    with pytest.raises(Refusal, match="is damaged"):
        restore(engine, file, tmp_path, NOW)


def test_a_backup_that_points_at_nothing_is_refused(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "desk.backup"
    back_up(engine, file)
    with closing(sqlite3.connect(file)) as backup:
        backup.execute("DELETE FROM reception")
        backup.commit()
    with pytest.raises(Refusal, match="is damaged"):
        restore(engine, file, tmp_path, NOW)


def test_an_empty_database_has_no_backup(
    elsewhere: Callable[[str], Engine], tmp_path: Path
) -> None:
    with pytest.raises(Refusal, match="The database is empty"):
        back_up(elsewhere("sqlite"), tmp_path / "desk.backup")
    assert not (tmp_path / "desk.backup").exists()


def test_a_backup_that_cannot_be_written_is_refused(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="cannot be written: No such file or directory"):
        back_up(engine, tmp_path / "absent" / "desk.backup")


def test_a_desk_that_is_open_sees_the_restored_content_at_once(
    engine: Engine, tmp_path: Path
) -> None:
    """Connections that other processes hold read the new content with their next question."""
    back_up(engine, tmp_path / "desk.backup")
    other = create_engine(engine.url)
    with other.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Visit)) == 10
        connection.rollback()
        with engine.begin() as writer:
            writer.execute(delete(SignInFailure))
            writer.execute(text("UPDATE municipality SET name = 'Elders'"))
        restore(engine, tmp_path / "desk.backup", tmp_path, NOW)
        names = set(connection.scalars(select(Municipality.name)))
    other.dispose()
    assert names == {"Amsterdam", "Utrecht"}


def test_the_database_stays_in_wal_mode(engine: Engine, tmp_path: Path) -> None:
    back_up(engine, tmp_path / "desk.backup")
    restore(engine, tmp_path / "desk.backup", tmp_path, NOW)
    with closing(sqlite3.connect(str(engine.url.database))) as plain:
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert plain.execute("PRAGMA application_id").fetchone() == (0,)
