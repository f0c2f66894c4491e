"""`hub serve`, as a program of its own on a free port."""

import base64
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hub.maintenance.keys import make_keys
from tests.support.databases import Stock

HUB = (sys.executable, "-c", "from hub.cli import main; main()")
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    """The environment of a desk with an instance folder and keys of its own."""
    make_keys(tmp_path)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    return {**kept, "HUB_INSTANCE": str(tmp_path), "LC_ALL": "C.UTF-8"}


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(settings: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*HUB, *arguments], cwd=ROOT, env=settings, capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def initialised(stock: Stock, tmp_path: Path) -> None:
    """The database that `hub init` leaves behind."""
    shutil.move(stock.fresh("content"), tmp_path / "hub.sqlite")


@pytest.fixture
def server(
    settings: dict[str, str], initialised: None
) -> Iterator[tuple[int, "subprocess.Popen[str]"]]:
    """A server that takes requests: its port and its process."""
    port = _free_port()
    process = subprocess.Popen(
        [*HUB, "serve", "--port", str(port)],
        cwd=ROOT,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == f"The desk is open at http://127.0.0.1:{port}\n"
    yield port, process
    process.kill()
    process.communicate()


def _get(port: int, path: str) -> tuple[int, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        return answer.status, answer.read().decode()


def test_a_served_desk_answers_logs_no_requests_and_stops_when_told(
    server: tuple[int, "subprocess.Popen[str]"],
) -> None:
    port, process = server
    for _request in range(8):
        assert _get(port, "/healthz")[0] == 200
    assert "ready" in _get(port, "/readyz")[1]
    assert "csrf_token" in _get(port, "/sign-in?next=/geheim")[1]
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "geheim" not in out + err
    assert "healthz" not in out + err


def test_a_taken_port_is_refused_with_another(settings: dict[str, str], initialised: None) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        refused = _run(settings, "serve", "--port", str(port))
    assert refused.returncode == 1
    assert f"port {port} cannot be had (Address already in use)" in refused.stderr


def test_a_database_of_another_version_is_not_served(settings: dict[str, str]) -> None:
    refused = _run(settings, "serve", "--port", str(_free_port()))
    assert refused.returncode == 1
    assert "Run: hub init" in refused.stderr


def test_prepare_makes_what_the_server_needs(tmp_path: Path, settings: dict[str, str]) -> None:
    for name in ("secret.key", "field.key"):
        (tmp_path / name).unlink()
    prepared = _run(settings, "prepare", "--no-demo", "--port", "8042")
    assert prepared.returncode == 0, prepared.stderr
    assert "http://127.0.0.1:8042" in prepared.stdout
    assert len(base64.b64decode((tmp_path / "field.key").read_text())) == 32
    assert _run(settings, "check").returncode == 0
