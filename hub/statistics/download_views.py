"""Downloads of a release: the stored bytes, as they were published.

A period is served by the release that stands for it; of one that was withdrawn nothing is.
"""

import hashlib
import json
from typing import Final

from flask import abort, request
from werkzeug.wrappers import Response

from hub import access
from hub.db import db
from hub.locale import screen_language
from hub.statistics.access_views import chosen_municipality, releases_of
from hub.statistics.figures.periods import good_releases
from hub.statistics.package import manifest
from hub.statistics.package.archive import make_archive
from hub.statistics.package.making import REPORTS
from hub.statistics.published import Published
from hub.statistics.releases import reading

_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


@access.needs("analyst", "coordinator")
def table_file(period: str, table: str, kind: str) -> Response:
    """One table of a release as CSV or JSON; 404 for a table that it does not offer."""
    release = _release(period)
    name = f"tables/{table}.{kind}"
    if name not in _digests(release):
        abort(404)
    return _sent(release, _content(release, name), f"-{table}", kind)


@access.needs("analyst", "coordinator")
def release_file(period: str, kind: str) -> Response:
    """A release as a workbook, as a report in the reader's language, or whole as a ZIP."""
    release = _release(period)
    if kind == "zip":
        names = [*_digests(release), manifest.NAME]
        content = make_archive({name: _content(release, name) for name in names})
        return _sent(release, content, "", kind)
    name = "workbook.xlsx" if kind == "xlsx" else _report()
    return _sent(release, _content(release, name), "", kind)


def _report() -> str:
    return next(name for name, language in REPORTS.items() if language == screen_language())


def _release(period: str) -> Published:
    """Give the release that stands for a period of the municipality asked for, or 404."""
    found = good_releases(releases_of(chosen_municipality())).get(period)
    if found is None:
        abort(404)
    return found


def _digests(release: Published) -> dict[str, str]:
    """Give the files of a release by name, as its manifest has them, with their digests."""
    facts = json.loads(_content(release, manifest.NAME))
    digests: dict[str, str] = facts["files"]
    return digests


def _content(release: Published, name: str) -> bytes:
    return reading.file_of(db.session(), release.id, name)


def _sent(release: Published, content: bytes, what: str, kind: str) -> Response:
    """Send bytes under a name that says what they are; nothing where the reader has them."""
    response = Response(content, content_type=_TYPES[kind])
    name = f"{release.municipality}-{release.period}{what}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Cookie, Accept-Language"
    response.set_etag(hashlib.sha256(content).hexdigest())
    response.make_conditional(request)
    return response
