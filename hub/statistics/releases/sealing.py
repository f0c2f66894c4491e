"""Digests that seal what is written once, so that an altered row is noticed."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any

from hub.statistics.models import Release, ReleaseSecret
from hub.statistics.releases.counting import Slot, Tally


def sha256(content: bytes) -> str:
    """Give the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def seal_of_month(
    month: str,
    number: int,
    codes: Mapping[str, Any],
    open_hours: Mapping[str, str],
    counts: Mapping[Slot, Tally],
) -> str:
    """Give the digest of a frozen month: its place, its lists and its counts."""
    rows = sorted((*slot, *tally) for slot, tally in counts.items())
    return _seal(month, number, codes, open_hours, rows)


def seal_of_release(release: Release, files: Mapping[str, str], secret: ReleaseSecret) -> str:
    """Give the digest of a release: its facts, the digests of its files, and its secrets."""
    return _seal(
        release.id,
        release.municipality_code,
        release.period,
        release.plan,
        release.threshold,
        release.made_at.astimezone(UTC).isoformat(),
        release.facts,
        release.counted,
        files,
        secret.seed.hex(),
        secret.tied,
        sha256(secret.proof),
    )


def _seal(*parts: object) -> str:
    return sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False, default=_plain).encode())


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Iterable):
        return list(value)
    raise TypeError(f"{value!r} cannot be sealed")
