"""Make `.venv` and install the pinned packages into it; at once done when nothing changed.

    python3 scripts/set_up.py run|test

Runs on the machine's own Python before anything is installed, so it uses the standard library
only. A note in `.venv` says which lock was installed, by which Python and for which folder; as
long as it holds, nothing is fetched and nothing is asked of the network.
"""

from __future__ import annotations  # so that an older Python reaches the sentence about its age

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
ENVIRONMENT = CHECKOUT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
LEAST = (3, 11)

# What `.venv/bin/hub` holds. The odd first lines let the shell find a Python whose path is
# longer than the kernel takes in a #! line, or has a space in it.
LAUNCHER = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
'''
import sys

from hub.cli import main

sys.exit(main())
"""


class Missing(Exception):  # noqa: N818 - it is shown to people as one sentence
    """Something the desk needs is not on this machine."""


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def require_python() -> None:
    """Refuse a Python that is too old or cannot make an environment, and say what helps."""
    found = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] < LEAST:
        raise Missing(
            f"Python 3.11 or newer is missing (this one is {found}): "
            "sudo apt-get install python3.11-venv && make PYTHON=python3.11 run"
        )
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise Missing("Python's venv is missing: sudo apt-get install python3-venv")


def remark_on_git() -> None:
    """Say when git is absent; the desk runs without it, working on it does not."""
    if shutil.which("git") is None:
        say("git is missing: sudo apt-get install git")


def wanted(lock: str) -> dict[str, str]:
    """Give the note that an up-to-date environment holds for a lock (`run` or `test`)."""
    content = (CHECKOUT / "requirements" / f"{lock}.txt").read_bytes()
    return {
        "lock": hashlib.sha256(content).hexdigest(),
        "python": ".".join(str(part) for part in sys.version_info[:2]),
        "base": sys.base_prefix,
        "folder": str(CHECKOUT),
        "version": version(),
    }


def version() -> str:
    """Give the version of the desk, as its project file says."""
    text = (CHECKOUT / "pyproject.toml").read_text("utf-8")
    found = re.search(r'^version = "(.+)"$', text, re.MULTILINE)
    if found is None:
        raise Missing("pyproject.toml names no version; get the file back from git")
    return found.group(1)


def note_of(lock: str) -> Path:
    """Give the file that holds the note for a lock."""
    return ENVIRONMENT / f"installed-{lock}.json"


def read_note(lock: str) -> dict[str, str]:
    """Give the note of the last completed installation; empty when there is none."""
    try:
        note = json.loads(note_of(lock).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def foreign(notes: list[dict[str, str]], now: dict[str, str]) -> bool:
    """Tell whether the environment was made by hand, by another Python or for another folder.

    Two Pythons of one version do not mix either: each brings its own libraries.
    """
    keys = ("python", "base", "folder")
    made = [note for note in notes if note]
    return not made or any(note.get(key) != now[key] for note in made for key in keys)


def make_environment(now: dict[str, str]) -> None:
    """Make `.venv` with pip, or mend it; start afresh when it belongs elsewhere."""
    notes = [read_note("run"), read_note("test")]
    if ENVIRONMENT.exists() and (foreign(notes, now) or not PYTHON.exists()):
        shutil.rmtree(ENVIRONMENT)
    subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)  # noqa: S603


def install(lock: str) -> None:
    """Install what a lock names, each file checked against its hash; fetch no source to build."""
    names = (CHECKOUT / "requirements" / f"{lock}.txt").read_text("utf-8").splitlines()
    count = sum(1 for name in names if name and name[0] not in " #")
    say(f"Installing {count} packages into .venv; this takes a minute the first time.")
    lock_file = str(CHECKOUT / "requirements" / f"{lock}.txt")
    options = ["-qq", "--disable-pip-version-check", "--no-input", "--only-binary", ":all:"]
    subprocess.run(  # noqa: S603
        [str(PYTHON), "-m", "pip", "install", *options, "--require-hashes", "-r", lock_file],
        check=True,
    )


def put_desk_on_path() -> None:
    """Let the environment import the desk from this folder, and give it the command `hub`.

    An editable installation would need the build tool for every user; a path file, a note of
    name and version, and a launcher do the same and fetch nothing.
    """
    packages = next((ENVIRONMENT / "lib").glob("python3*/site-packages"))
    (packages / "energy_hub_desk.pth").write_text(f"{CHECKOUT}\n", "utf-8")
    for old in packages.glob("energy_hub_desk-*.dist-info"):
        shutil.rmtree(old)
    known = packages / f"energy_hub_desk-{version()}.dist-info"
    known.mkdir()
    (known / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: energy-hub-desk\nVersion: {version()}\n", "utf-8"
    )
    launcher = ENVIRONMENT / "bin" / "hub"
    launcher.write_text(LAUNCHER.format(python=PYTHON), "utf-8")
    launcher.chmod(0o755)


def set_up(lock: str) -> None:
    """Bring `.venv` to what a lock asks for; nothing happens when it is so already."""
    require_python()
    now = wanted(lock)
    if PYTHON.exists() and read_note(lock) == now:
        return
    remark_on_git()
    make_environment(now)
    install(lock)
    put_desk_on_path()
    note_of(lock).write_text(json.dumps(now), "utf-8")


def main() -> int:
    """Run from the command line; give the exit status."""
    if len(sys.argv) != 2 or sys.argv[1] not in {"run", "test"}:
        sys.stderr.write("usage: set_up.py run|test\n")
        return 2
    os.umask(0o022)
    try:
        set_up(sys.argv[1])
    except Missing as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    except subprocess.CalledProcessError as error:
        sys.stderr.write(
            f"Setting up .venv stopped (status {error.returncode}); the reason stands above. "
            "Once mended, run the same command again.\n"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
