"""Static files are kept by the browser for a year, under an address that changes with them."""

import hashlib
from pathlib import Path

from flask import Flask


def digest_of(folder: Path) -> str:
    """Give a short digest of all files of a folder."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            digest.update(file.relative_to(folder).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def register(app: Flask) -> None:
    """Put the digest into every address of a static file."""
    version = digest_of(Path(app.static_folder or ""))

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static":
            values.setdefault("v", version)
