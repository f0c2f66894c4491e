"""Desks to measure: a database with the demonstration, and a real server on it."""

import base64
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Final
from unittest.mock import patch
from urllib.parse import urlencode

from tests.support import postgres
from tests.support.forms import fields_of

VOLUNTEER: Final = "vrijwilliger"
COORDINATOR: Final = "coordinator"
_ACCOUNT: Final = re.compile(r"^  (\S+) +(\S+)  ", re.MULTILINE)
_HUB: Final = (sys.executable, "-c", "import sys; from hub.cli import main; sys.exit(main())")
# The tests' server throws its data away and need not survive a power cut. Here it must.
_DURABLE: Final = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@dataclass(frozen=True, slots=True)
class Database:
    """A database with the shipped content and a demonstration; the passwords of its accounts."""

    url: str
    environment: Mapping[str, str]
    passwords: Mapping[str, str]

    def run(self, *arguments: str) -> str:
        """Run a command of the desk; give what it printed."""
        done = subprocess.run(
            [*_HUB, *arguments], env=dict(self.environment), capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"hub {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout


@contextmanager
def postgres_server() -> Iterator[postgres.PostgresServer]:
    """Run a PostgreSQL that writes every commit to the disk. Raises RuntimeError without one."""
    folder = postgres.binaries()
    if folder is None:
        raise RuntimeError("not on this machine: PostgreSQL (sudo apt-get install postgresql)")
    with patch.dict(postgres._SETTINGS, _DURABLE):
        server = postgres.PostgresServer(folder)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def database(visits: int, url: str | None = None) -> Iterator[Database]:
    """Make a database with a demonstration of so many visits; SQLite unless a `url` is given."""
    folder = Path(tempfile.mkdtemp(prefix="desk-bench-"))
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("HUB_")},
        "HUB_INSTANCE": str(folder),
        "HUB_DATABASE_URL": url or f"sqlite:///{folder / 'hub.sqlite'}",
        "HUB_SECRET_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "HUB_FIELD_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "LC_ALL": "C.UTF-8",
    }
    made = Database(environment["HUB_DATABASE_URL"], environment, {})
    try:
        made.run("init")
        told = made.run("demo", "--no-releases", "--visits", str(visits))
        yield Database(made.url, environment, dict(_ACCOUNT.findall(told)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Server:
    """A running `hub serve`: its port, its master process, seconds from start to first answer."""

    port: int
    process: int
    cold: float


@contextmanager
def serving(desk: Database, workers: int = 2) -> Iterator[Server]:
    """Run `hub serve` on a database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    began = time.perf_counter()
    process = subprocess.Popen(
        [*_HUB, "serve", "--port", str(port), "--workers", str(workers)],
        env=dict(desk.environment),
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(port, process)
        yield Server(port, process.pid, time.perf_counter() - began)
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    while True:
        try:
            Visitor(port).get("/healthz")
        except OSError:
            if process.poll() is not None:
                raise RuntimeError("hub serve stopped by itself") from None
            time.sleep(0.01)
        else:
            return


class Visitor:
    """A browser in as few lines as it takes: one kept connection, cookies, forms."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}
        self.headers: Mapping[str, str] = {}

    def get(self, address: str, **headers: str) -> tuple[int, bytes]:
        """Ask for a page; give status and body."""
        return self._send("GET", address, None, headers)

    def post(self, address: str, body: str) -> tuple[int, bytes]:
        """Send a form that is encoded already; give status and body."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._send("POST", address, body, kind)

    def sign_in(self, desk: Database, name: str = VOLUNTEER) -> None:
        """Sign in through the page. Raises RuntimeError where that fails."""
        from_page = fields_of(self.get("/sign-in")[1].decode())
        fields = from_page | {"name": name, "password": desk.passwords[name]}
        status, page = self.post("/sign-in", urlencoded(fields))
        if status != 303:
            raise RuntimeError(f"{name} could not sign in: {status} {page[:200]!r}")

    def _send(
        self, method: str, address: str, body: str | None, headers: Mapping[str, str]
    ) -> tuple[int, bytes]:
        known = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        sent = {**headers, **({"Cookie": known} if known else {})}
        try:
            self._connection.request(method, address, body, sent)
            response = self._connection.getresponse()
        except ConnectionError:  # the server ends a connection that was idle; browsers ask anew
            self._connection.close()
            self._connection.request(method, address, body, sent)
            response = self._connection.getresponse()
        page = response.read()
        self.headers = dict(response.getheaders())
        self._keep_cookies(response)
        return response.status, page

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value


def urlencoded(fields: Mapping[str, str]) -> str:
    """Encode a form."""
    return urlencode(list(fields.items()))
