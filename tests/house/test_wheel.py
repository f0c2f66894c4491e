"""The wheel is whole: it runs from a clean environment, in another folder, without the checkout."""

import base64
import os
import secrets
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.code import ROOT

pytestmark = pytest.mark.slow


def _run(command: list[str | Path], folder: Path, environment: dict[str, str]) -> str:
    """Run a command to its end; show what it said when it fails."""
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command[1:]} ended with {done.returncode}: {done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by the pinned build tool without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    _run(command, ROOT, dict(os.environ))
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of a new environment with the wheel in it.

    The packages the desk depends on are lent by the environment of the tests: a path file adds
    their folder, but not the path files in it, so the checkout stays out of reach.
    """
    home = tmp_path_factory.mktemp("clean")
    _run([sys.executable, "-m", "venv", "--without-pip", home], home, dict(os.environ))
    pip = [sys.executable, "-m", "pip", "--python", home / "bin" / "python", "install"]
    options = ["--no-deps", "--no-index", "--quiet", "--disable-pip-version-check"]
    _run([*pip, *options, wheel], home, dict(os.environ))
    [packages] = (home / "lib").glob("python3*/site-packages")
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return home / "bin"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The settings of a new desk in a folder of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return kept | {
        "LANG": "C.UTF-8",
        "HUB_INSTANCE": str(tmp_path / "instance"),
        "HUB_SECRET_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "HUB_FIELD_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
    }


@pytest.fixture
def served(installed: Path, environment: dict[str, str], tmp_path: Path) -> Iterator[str]:
    """The address of `hub serve` on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    _run([installed / "hub", "init"], tmp_path, environment)
    with (tmp_path / "log").open("wb") as log:
        command = [installed / "hub", "serve", "--port", port, "--workers", "1"]
        server = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log)
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address, server, tmp_path / "log")
            yield address
        finally:
            server.terminate()
            server.wait(30)


def _answer(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310
        text: str = answer.read().decode()
        return text


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server has come up; show its log when it ends instead."""
    for _ in range(1200):
        try:
            _answer(f"{address}/healthz")
        except (urllib.error.URLError, ConnectionError):
            assert server.poll() is None, log.read_text("utf-8")
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{address} did not answer: {log.read_text('utf-8')}")


def test_the_wheel_holds_code_pages_words_migrations_content_and_settings(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "hub/factory.py",
        "hub/_top/config.py",
        "hub/_top/templates/base.html",
        "hub/_top/translations/nl/LC_MESSAGES/messages.po",
        "hub/_top/migrations/env.py",
        "hub/_top/migrations/versions/0001_foundation.py",
        "hub/content/topics.csv",
    ):
        assert wanted in names, f"the wheel lacks {wanted}"
    assert any(name.startswith("hub/static/") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for top in ("hub", "templates", "translations", "migrations"):
        for path in (ROOT / top).rglob("*"):
            name = path.relative_to(ROOT).as_posix()
            if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
                assert (name if top == "hub" else f"hub/_top/{name}") in names


def test_the_wheel_holds_no_tests_and_no_instance(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top.split("-")[0] for top in tops} == {"hub", "energy_hub_desk"}


def test_the_desk_comes_from_the_wheel(
    installed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    command = [installed / "python", "-c", "import hub; print(hub.__file__)"]
    assert _run(command, tmp_path, environment).startswith(str(installed.parent))


def test_hub_lists_its_commands(
    installed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    told = _run([installed / "hub", "--help"], tmp_path, environment)
    assert {"init", "serve", "check", "account"} <= set(told.split())


def test_a_new_desk_is_made_and_found_in_order(
    installed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    _run([installed / "hub", "init"], tmp_path, environment)
    _run([installed / "hub", "init"], tmp_path, environment)
    _run([installed / "hub", "check"], tmp_path, environment)


def test_the_desk_serves_from_another_folder(served: str) -> None:
    assert "ok" in _answer(f"{served}/healthz")
    assert "ready" in _answer(f"{served}/readyz")
    assert "<form" in _answer(f"{served}/sign-in")
