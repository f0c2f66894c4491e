"""The two key files of an instance folder, made once by `make run`."""

import base64
import os
import secrets
from pathlib import Path
from typing import Final

FILES: Final = ("secret.key", "field.key")


def make_keys(instance: Path) -> list[Path]:
    """Make the key files that are not there yet, readable by their owner only; give these.

    Each holds base64 of 32 random bytes. A file that is there is never overwritten: what was
    encrypted with its key could not be read any more.
    """
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    return [instance / name for name in FILES if _make_key(instance / name)]


def _make_key(file: Path) -> bool:
    """Make one key file, complete or not at all; False when it is there."""
    if file.exists():
        return False
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(base64.b64encode(secrets.token_bytes(32)) + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        os.link(beside, file)  # fails where another start made it meanwhile
    except FileExistsError:
        return False
    finally:
        beside.unlink(missing_ok=True)
    return True
