"""Puts `Published` values into the database, as a release that was made lies there."""

import hashlib
from collections.abc import Iterable

from sqlalchemy.orm import Session

from hub.statistics.models import Release, ReleaseFile
from hub.statistics.protection.files import Meta, write_cells, write_meta
from hub.statistics.published import Published


def shelve(session: Session, releases: Iterable[Published], *, altered: bool = False) -> None:
    """Store releases and commit; a withdrawn one is withdrawn, an altered one has other bytes."""
    for published in releases:
        files = {
            "cells.csv": write_cells(published.values),
            "meta.json": write_meta(Meta(published.threshold, published.plan, published.children)),
        }
        release = Release(
            municipality_code=published.municipality,
            period=published.period,
            plan=str(published.plan["version"]),
            threshold=published.threshold,
            status="withdrawn" if published.withdrawn else "published",
            facts={
                "municipality_name": published.municipality_name,
                "version": published.version,
                "labels": published.labels,
                "open_hours": {
                    hub: {month: str(hours) for month, hours in months.items()}
                    for hub, months in published.open_hours.items()
                },
                "checked": {
                    "cells": published.checked.cells,
                    "hidden": published.checked.hidden,
                    "tables": published.checked.tables,
                },
                "demonstration": published.demonstration,
            },
            counted={},
            digest=hashlib.sha256(repr(published).encode()).hexdigest(),
            made_at=published.made_at,
            withdrawn_at=published.withdrawn.at if published.withdrawn else None,
            withdrawn_reason=published.withdrawn.reason if published.withdrawn else None,
        )
        session.add(release)
        session.flush()
        for name, text in files.items():
            content = text.encode()
            session.add(
                ReleaseFile(
                    release_id=release.id,
                    name=name,
                    sha256=hashlib.sha256(content).hexdigest(),
                    size=len(content),
                    content=content + b"\n" * altered,
                )
            )
    session.commit()
