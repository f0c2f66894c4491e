"""`hub release make`, `list`, `export` and `withdraw`: what they print, and what they refuse."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from hub.places.models import ClosedMonth, Hub, Municipality
from hub.statistics.auditor import audit
from hub.statistics.commands import release
from hub.statistics.models import FrozenMonth, RefusedRelease, Release
from hub.statistics.releases import making
from hub.statistics.releases.reading import file_of, published
from tests.statistics.visits import Asked, Came, asked_of, put
from tests.support.cast import Cast
from tests.support.clock import SettableClock
from tests.support.databases import both_databases, on_postgresql

Run = Callable[..., Result]
HOME = ("--municipality", "GM0363")


@pytest.fixture
def run(app: Flask, cast: Cast) -> Run:
    """Runs `hub release …` in the application."""
    assert cast.municipality == "GM0363"

    def command(*arguments: object) -> Result:
        with app.app_context():
            return CliRunner().invoke(release, [str(one) for one in arguments])

    return command


@pytest.fixture
def busy(session: Session, cast: Cast) -> None:
    """A month with something to show."""
    assert cast.hubs
    put(session, [Came("2026-10", (Asked("REK-01"), Asked("WNT-06")))] * 30)
    put(session, [Came("2026-10", (Asked("ACH-03"),), hub="gein", language="ar")] * 3)


def _refusal(result: Result) -> str:
    assert result.exit_code == 1
    return result.stderr


@both_databases
@pytest.mark.usefixtures("busy")
def test_a_release_is_made_listed_and_exported(run: Run, tmp_path: Path) -> None:
    assert run("make", "2026-10", *HOME).output == "1\n"
    assert run("list").output.split("\t")[:4] == ["1", "GM0363", "2026-10", "published"]
    out = tmp_path / "deep" / "oct"
    assert run("export", "1", "--out", out).exit_code == 0
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert {file.name for file in out.iterdir() if file.is_file()} >= {"cells.csv", "meta.json"}
    assert manifest["municipality"] == "GM0363"
    assert audit([out]) == []


@pytest.mark.usefixtures("busy")
def test_exported_twice_it_gives_the_same_bytes(run: Run, session: Session, tmp_path: Path) -> None:
    run("make", "2026-10", *HOME)
    run("export", "1", "--out", tmp_path / "a")
    put(session, [Came("2026-10", (Asked("REK-01"),))] * 9)
    run("export", "1", "--out", tmp_path / "b")
    a, b = (_bytes(tmp_path / name) for name in "ab")
    assert a == b
    assert a


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.usefixtures("busy")
def test_the_same_input_gives_the_same_files_but_for_number_and_day(
    app: Flask, run: Run, session: Session, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.token_bytes", lambda _size: b"the same seed")
    run("make", "2026-10", *HOME)
    run("withdraw", "1", "--reason", "Tried out.")
    clock.advance(minutes=90)
    run("make", "2026-10", *HOME)
    first, second = published(session, "GM0363")
    assert second.values == first.values
    for name in ("cells.csv", "meta.json"):
        assert file_of(session, 1, name) == file_of(session, 2, name)
    assert app is not None


@pytest.mark.parametrize("period", ["2026-13", "2026-Q5", "26", "maart", "2014", "0000", "٢٠٢٦"])
def test_what_is_no_period_is_refused(run: Run, period: str) -> None:
    assert f"“{period}” is not a period" in _refusal(run("make", period, *HOME))


@pytest.mark.parametrize("period", ["2026-11", "2026-Q4", "2026", "2031"])
def test_an_open_period_is_refused_and_stays_open(run: Run, session: Session, period: str) -> None:
    assert "is still open" in _refusal(run("make", period, *HOME))
    assert session.scalars(select(ClosedMonth.month)).all() == []


def test_a_period_is_released_once(run: Run) -> None:
    run("make", "2026-10", *HOME)
    assert "was released already, as release 1" in _refusal(run("make", "2026-10", *HOME))


def test_the_municipality_has_to_be_named_where_there_are_several(run: Run) -> None:
    assert "more than one municipality" in _refusal(run("make", "2026-10"))
    assert "no municipality GM1234" in _refusal(run("make", "2026-10", "--municipality", "GM1234"))


def test_a_municipality_without_hubs_has_nothing_to_release(run: Run, session: Session) -> None:
    session.add(Municipality(code="GM0001", name="Leeg"))
    session.commit()
    assert "has no hub" in _refusal(run("make", "2026-10", "--municipality", "GM0001"))


def test_without_visits_every_figure_is_hidden(run: Run, session: Session) -> None:
    run("make", "2026-Q3", *HOME)
    (made,) = published(session, "GM0363")
    assert set(made.values.values()) == {None}


def test_three_visits_in_all_are_not_shown(run: Run, session: Session) -> None:
    put(session, [Came("2026-08", (Asked("REK-01"),))] * 3)
    run("make", "2026-Q3", *HOME)
    (made,) = published(session, "GM0363")
    assert set(made.values.values()) == {None}


def test_one_hub_only_makes_a_release(run: Run, session: Session) -> None:
    put(session, [Came("2026-08", (Asked("REK-01"),), hub="overvecht")] * 30)
    assert run("make", "2026-08", "--municipality", "GM0344").exit_code == 0
    (made,) = published(session, "GM0344")
    assert any(value is not None for value in made.values.values())


def test_the_threshold_may_only_rise(run: Run, app: Flask) -> None:
    app.config["THRESHOLD"] = 10
    run("make", "2026-10", *HOME)
    app.config["THRESHOLD"] = 5
    assert "may only rise. Set it to 10" in _refusal(run("make", "2026-09", *HOME))


@pytest.mark.usefixtures("busy")
def test_a_withdrawn_release_stays_with_its_reason_and_its_period_is_free(
    run: Run, session: Session
) -> None:
    run("make", "2026-10", *HOME)
    assert run("withdraw", "1", "--reason", " Counted\n twice. ").exit_code == 0
    (made,) = published(session, "GM0363")
    assert made.withdrawn is not None
    assert made.withdrawn.reason == "Counted twice."
    assert run("list").output.rstrip().endswith("Counted twice.")
    assert "was withdrawn before" in _refusal(run("withdraw", "1", "--reason", "Again."))
    assert run("make", "2026-10", *HOME).output == "2\n"
    session.rollback()
    before, after = published(session, "GM0363")
    assert before.values == after.values
    assert after.withdrawn is None


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 501])
def test_a_withdrawal_says_why(run: Run, reason: str) -> None:
    run("make", "2026-10", *HOME)
    assert "Say in one line" in _refusal(run("withdraw", "1", "--reason", reason))


def test_a_period_is_no_number_where_there_are_several_municipalities(
    run: Run, tmp_path: Path
) -> None:
    run("make", "2026-10", *HOME)
    assert "more than one municipality" in _refusal(run("export", "2026-10", "--out", tmp_path))
    assert "no release 7" in _refusal(run("export", "7", "--out", tmp_path))


def test_a_period_serves_as_number_where_there_is_one_municipality(
    run: Run, session: Session, tmp_path: Path
) -> None:
    session.execute(text("PRAGMA foreign_keys=OFF"))
    session.execute(delete(Hub).where(Hub.municipality_code == "GM0344"))
    session.execute(delete(Municipality).where(Municipality.code == "GM0344"))
    session.commit()
    assert run("make", "2026-10").output == "1\n"
    assert run("export", "2026-10", "--out", tmp_path / "out").exit_code == 0


def test_a_folder_that_holds_something_is_left_alone(run: Run, tmp_path: Path) -> None:
    run("make", "2026-10", *HOME)
    (tmp_path / "letter.txt").write_text("mine")
    assert "is not an empty folder" in _refusal(run("export", "1", "--out", tmp_path))
    assert [path.name for path in tmp_path.iterdir() if path.name != "instance"] == ["letter.txt"]


# --- the ledger ---------------------------------------------------------------------------------

_ALTERED = (
    "UPDATE frozen_count SET questions = questions + 1 WHERE topic = 'ALL'",
    "UPDATE release_file SET content = CAST('x' AS BLOB) WHERE name = 'cells.csv'",
    "UPDATE release_secret SET tied = '[4]'",
    "UPDATE release SET threshold = 6",
    "DELETE FROM release_file WHERE name = 'README.txt'",
)


def _unguard(session: Session) -> None:
    """Take away what keeps rows from change, as somebody with the database in hand could."""
    names = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
    for name in names:
        if "fts" not in name:
            session.execute(text(f"DROP TRIGGER {name}"))


@pytest.mark.parametrize("change", _ALTERED)
@pytest.mark.usefixtures("busy")
def test_an_altered_ledger_is_noticed_and_nothing_more_is_released(
    run: Run, session: Session, change: str
) -> None:
    run("make", "2026-10", *HOME)
    _unguard(session)
    session.execute(text(change))
    session.commit()
    assert "altered in the database" in _refusal(run("make", "2026-09", *HOME))
    assert session.scalars(select(Release.id)).all() == [1]


@both_databases
@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE release SET threshold = 6",
        "DELETE FROM release",
        "DELETE FROM release_file",
        "UPDATE release_secret SET seed = proof",
        "UPDATE frozen_count SET visits = 5",
        "DELETE FROM frozen_month",
    ],
)
def test_the_database_refuses_to_change_what_was_published(
    run: Run, session: Session, change: str
) -> None:
    run("make", "2026-10", *HOME)
    with pytest.raises(Exception, match="a release is never changed"):
        session.execute(text(change))


@on_postgresql
@pytest.mark.usefixtures("busy")
def test_a_withdrawal_is_never_taken_back(run: Run, session: Session) -> None:
    run("make", "2026-10", *HOME)
    run("withdraw", "1", "--reason", "Wrong.")
    with pytest.raises(Exception, match="a release is never changed"):
        session.execute(update(Release).values(status="published"))


# --- the gate -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("busy")
def test_what_the_auditor_rejects_is_kept_and_not_published(
    run: Run, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the second step of the protection switched off, one hidden cell can be subtracted."""
    run("make", "2026-09", *HOME)
    real = making.protect

    def careless(cells, children, *, threshold, seed, published, progress):  # type: ignore[no-untyped-def]
        shown = real(cells, children, threshold=threshold, seed=seed, published=published)
        opened = {c: cells[c].number for c in shown.secondary}
        return making.Protected({**shown.values, **opened}, shown.small, shown.tables)

    monkeypatch.setattr(making, "protect", careless)
    assert "was not published" in _refusal(run("make", "2026-10", *HOME))
    (refused,) = session.scalars(select(RefusedRelease)).all()
    assert any(line.startswith("finding ") for line in refused.findings)
    assert session.scalars(select(Release.period)).all() == ["2026-09"]
    listed = run("list").output
    assert "Refused: 2026-10 of GM0363" in listed
    assert refused.findings[0] in listed


@pytest.mark.usefixtures("busy")
def test_without_its_proof_nothing_is_published(
    run: Run, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = making.protect

    def unproved(*arguments: object, **more: object) -> making.Protected:
        shown = real(*arguments, **more)  # type: ignore[arg-type]
        return making.Protected(shown.values, shown.small, shown.tables[1:])

    monkeypatch.setattr(making, "protect", unproved)
    assert "was not published" in _refusal(run("make", "2026-10", *HOME))
    (refused,) = session.scalars(select(RefusedRelease)).all()
    assert refused.findings[0].startswith("proof: ")
    assert session.scalar(select(func.count()).select_from(Release)) == 0


@pytest.mark.usefixtures("busy")
def test_a_run_that_was_killed_is_taken_up_where_it_stopped(
    run: Run, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before publishing: the month is closed and counted, and nothing is published."""
    with monkeypatch.context() as patch:
        patch.setattr(making, "require_audit", _killed)
        with pytest.raises(KeyboardInterrupt):
            run("make", "2026-10", *HOME)
    assert session.scalars(select(FrozenMonth.month)).all() == ["2026-10"]
    assert session.scalars(select(Release.id)).all() == []
    session.rollback()
    put(session, [Came("2026-10", (Asked("REK-01"),))] * 50)  # by force: the desk would not
    assert run("make", "2026-10", *HOME).output == "1\n"
    session.rollback()
    (made,) = published(session, "GM0363")
    assert max(value or 0 for value in made.values.values()) == 63


def _killed(*_arguments: object) -> None:
    raise KeyboardInterrupt


@both_databases
@pytest.mark.usefixtures("busy")
def test_of_two_at_once_one_wins_and_the_other_is_told(
    run: Run, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rival publishes between the counting and the publishing of the first."""
    real = making.require_audit

    def overtaken(*arguments: object) -> object:
        monkeypatch.setattr(making, "require_audit", real)
        assert run("make", "2026-10", *HOME).output == "1\n"
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "require_audit", overtaken)
    assert "was faster" in _refusal(run("make", "2026-10", *HOME))
    assert session.scalars(select(Release.id)).all() == [1]


# --- what is read -------------------------------------------------------------------------------


@pytest.mark.usefixtures("busy")
def test_reading_releases_touches_no_table_of_visits(run: Run, session: Session) -> None:
    run("make", "2026-10", *HOME)
    with asked_of(session.get_bind()) as statements:
        published(session, "GM0363")
        file_of(session, 1, "cells.csv")
    assert statements
    assert not [s for s in statements if "visit" in s.lower() or "question" in s.lower()]


@pytest.mark.usefixtures("busy")
def test_making_a_release_selects_no_row_of_a_visit(run: Run, app: Flask, session: Session) -> None:
    with app.app_context():
        engine = making_engine(app)
    with asked_of(engine) as statements:
        run("make", "2026-Q3", *HOME)
    touching = [s for s in statements if "FROM visit" in s or "FROM question" in s]
    assert len(touching) == 3  # one for each month
    assert all(s.count("GROUP BY") > s.count("UNION ALL") for s in touching)
    assert session is not None


def making_engine(app: Flask) -> object:
    """Give the engine that the application's commands use."""
    return app.extensions["sqlalchemy"].engine


def test_no_release_of_another_municipality_counts_a_demonstration(
    run: Run, session: Session
) -> None:
    session.get_one(Municipality, "GM0344").demonstration = True
    session.commit()
    put(session, [Came("2026-10", (Asked("REK-01"),), hub="overvecht")] * 50)
    assert run("make", "2026-10").output == "1\n"  # the only one that is no demonstration
    (made,) = published(session, "GM0363")
    assert set(made.values.values()) == {None}
    assert not made.demonstration
