"""Writing a release and its ledger, at once and for ever."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from hub.statistics.models import Release, ReleaseFile, ReleaseSecret
from hub.statistics.protection import ProofTable
from hub.statistics.published import Published
from hub.statistics.releases.assembling import Draft
from hub.statistics.releases.sealing import seal_of_release, sha256


def next_id(session: Session) -> int:
    """Give the number that the next release gets."""
    return 1 + (session.scalar(select(func.max(Release.id))) or 0)


def keep(
    session: Session,
    release: Published,
    files: Mapping[str, bytes],
    draft: Draft,
    seed: bytes,
    proof: Iterable[ProofTable],
) -> None:
    """Store a release with its files, seed and proof tables under one seal."""
    row = Release(
        id=release.id,
        municipality_code=release.municipality,
        period=release.period,
        plan=release.plan["version"],
        threshold=release.threshold,
        status="published",
        facts={
            "municipality_name": release.municipality_name,
            "version": release.version,
            "labels": release.labels,
            "open_hours": {
                hub: {month: str(hours) for month, hours in months.items()}
                for hub, months in release.open_hours.items()
            },
            "checked": asdict(release.checked),
            "demonstration": release.demonstration,
        },
        counted={month: frozen.digest for month, frozen in draft.months.items()},
        made_at=release.made_at,
    )
    secret = ReleaseSecret(
        release_id=release.id, seed=seed, tied=list(draft.tied), proof=pack(proof)
    )
    digests = {name: sha256(content) for name, content in files.items()}
    row.digest = seal_of_release(row, digests, secret)
    session.add(row)
    session.flush()
    session.add(secret)
    session.execute(
        insert(ReleaseFile),
        [
            {
                "release_id": release.id,
                "name": name,
                "sha256": digests[name],
                "size": len(content),
                "content": content,
            }
            for name, content in files.items()
        ],
    )
    session.flush()


def pack(proof: Iterable[ProofTable]) -> bytes:
    """Write proof tables: compressed JSON, two lists for each, columns and changes."""
    return zlib.compress(json.dumps([[t.columns, t.changes] for t in proof]).encode())


def unpack(content: bytes) -> tuple[ProofTable, ...]:
    """Read what `pack` wrote."""
    return tuple(
        ProofTable(tuple(columns), tuple(changes))
        for columns, changes in json.loads(zlib.decompress(content))
    )
