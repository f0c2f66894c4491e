"""Setting up: quick when nothing changed, clear when something is missing."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import set_up
from tests.house.code import ROOT


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of nothing but its locks, in a folder whose name has a space."""
    folder = tmp_path / "de balie"
    (folder / "requirements").mkdir(parents=True)
    for lock in ("run", "test"):
        (folder / "requirements" / f"{lock}.txt").write_text(f"# {lock}\n", "utf-8")
    (folder / "pyproject.toml").write_text('version = "4.5.6"\n', "utf-8")
    monkeypatch.setattr(set_up, "CHECKOUT", folder)
    monkeypatch.setattr(set_up, "ENVIRONMENT", folder / ".venv")
    monkeypatch.setattr(set_up, "PYTHON", folder / ".venv" / "bin" / "python")
    return folder


def test_an_environment_is_made_with_a_command_that_finds_the_desk(checkout: Path) -> None:
    (checkout / "hub").mkdir()
    (checkout / "hub" / "__init__.py").touch()
    (checkout / "hub" / "cli.py").write_text(
        "import sys\n"
        "from importlib.metadata import version\n"
        "def main():\n"
        "    print(version('energy-hub-desk'), *sys.argv[1:])\n"
        "    return 3\n",
        "utf-8",
    )
    set_up.set_up("run")
    hub = checkout / ".venv" / "bin" / "hub"
    done = subprocess.run([hub, "check"], cwd="/", capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("4.5.6 check\n", "", 3)


def test_nothing_is_done_while_the_note_fits(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up.PYTHON.parent.mkdir(parents=True)
    set_up.PYTHON.touch()
    set_up.note_of("run").write_text(json.dumps(set_up.wanted("run")), "utf-8")
    monkeypatch.setattr(set_up, "make_environment", lambda _: pytest.fail("it began anew"))
    set_up.set_up("run")


def test_another_lock_is_installed(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up.PYTHON.parent.mkdir(parents=True)
    set_up.PYTHON.touch()
    set_up.note_of("run").write_text(json.dumps(set_up.wanted("run")), "utf-8")
    (checkout / "requirements" / "run.txt").write_text("# newer\n", "utf-8")
    asked: list[str] = []
    monkeypatch.setattr(set_up, "make_environment", lambda _: None)
    monkeypatch.setattr(set_up, "install", asked.append)
    monkeypatch.setattr(set_up, "put_desk_on_path", lambda: None)
    set_up.set_up("run")
    assert asked == ["run"]


@pytest.mark.parametrize("key", ["python", "folder"])
def test_an_environment_of_another_python_or_folder_is_foreign(checkout: Path, key: str) -> None:
    now = set_up.wanted("run")
    assert set_up.foreign([now | {key: "other"}, {}], now)
    assert not set_up.foreign([now, {}], now)


def test_an_old_python_is_named_with_the_command_that_helps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(set_up, "LEAST", (sys.version_info[0], sys.version_info[1] + 1))
    with pytest.raises(set_up.Missing, match=r"Python .* is missing .*: sudo apt-get install"):
        set_up.require_python()


def test_a_missing_venv_is_named_with_the_command_that_brings_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(set_up.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(set_up.Missing, match="venv is missing: sudo apt-get install python3-venv"):
        set_up.require_python()


def test_every_pinned_package_carries_a_hash_and_no_address() -> None:
    for lock in ("run", "test"):
        text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
        blocks = re.split(r"\n(?=\S)", text.strip())
        loose = [block.split()[0] for block in blocks if "--hash=sha256:" not in block]
        assert [name for name in loose if not name.startswith("#")] == []
        assert "://" not in text


def test_tests_run_with_the_versions_that_people_run_with() -> None:
    pins = {}
    for lock in ("run", "test"):
        text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
        pins[lock] = set(re.findall(r"^[a-z][^\s;]+==\S+", text, re.MULTILINE))
    assert pins["run"] <= pins["test"]


def test_every_target_of_the_contract_is_there_and_explains_itself() -> None:
    told = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for target in ["run", "install", "test", "bench", "lint", "types", "strings", "wheel", "help"]:
        assert re.search(rf"^make {target} +\S", told, re.MULTILINE), target
