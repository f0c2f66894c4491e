"""Reading releases: the one value behind every page, made from the frozen files.

Figures come from the stored `cells.csv` and `meta.json`, so that a page and an export cannot
differ. No table of visits is touched, and a release once read is kept in the process.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.i18n import N_
from hub.refusal import NotFound, Refusal
from hub.statistics.models import Release, ReleaseFile
from hub.statistics.plan import period_kind
from hub.statistics.protection.files import read_cells, read_meta
from hub.statistics.published import Checked, Published, Withdrawal

_KINDS: Final = ("month", "quarter", "year")
_MOST_KEPT: Final = 600
# By the digest that seals a release: the same digest, the same release, in any database.
_kept: OrderedDict[str, Published] = OrderedDict()


def published(session: Session, municipality_code: str) -> Sequence[Published]:
    """Give all releases of a municipality, withdrawn ones included.

    Months come first, then quarters, then years; each by period, a withdrawn release before
    the one that took its place. Cheap enough for every request.

    Raises:
        Refusal: a stored file is not the one that was published.
    """
    rows = session.execute(
        select(Release.id, Release.digest, Release.withdrawn_at, Release.withdrawn_reason)
        .where(Release.municipality_code == municipality_code)
        .order_by(Release.id)
    ).all()
    found = [
        _with_withdrawal(_kept_or_read(session, number, digest), at, reason)
        for number, digest, at, reason in rows
    ]
    return sorted(found, key=lambda r: (_KINDS.index(period_kind(r.period)), r.period, r.id))


def file_of(session: Session, release_id: int, name: str) -> bytes:
    """Give the bytes of one file of a release, as they were published.

    Raises:
        NotFound: there is no such release or file.
        Refusal: the bytes are not those that were published.
    """
    row = session.execute(
        select(ReleaseFile.sha256, ReleaseFile.content).where(
            ReleaseFile.release_id == release_id, ReleaseFile.name == name
        )
    ).one_or_none()
    if row is None:
        raise NotFound(N_("The release has no file %(name)s."), name=name)
    digest, content = row
    if hashlib.sha256(content).hexdigest() != digest:
        raise Refusal(
            N_("The file %(name)s of release %(id)s was altered in the database. Restore a backup, "
               "and publish nothing of it until then."),
            name=name,
            id=release_id,
        )  # fmt: skip
    return bytes(content)


def _kept_or_read(session: Session, release_id: int, digest: str) -> Published:
    if digest not in _kept:
        _kept[digest] = _read(session, release_id)
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return _kept[digest]


def _read(session: Session, release_id: int) -> Published:
    release = session.get_one(Release, release_id)
    meta = read_meta(file_of(session, release_id, "meta.json").decode())
    facts = release.facts
    return Published(
        id=release.id,
        municipality=release.municipality_code,
        municipality_name=facts["municipality_name"],
        period=release.period,
        made_at=release.made_at,
        version=facts["version"],
        threshold=release.threshold,
        plan=meta.plan,
        children=meta.children,
        values=read_cells(file_of(session, release_id, "cells.csv").decode()),
        labels=facts["labels"],
        open_hours={
            hub: {month: Decimal(hours) for month, hours in months.items()}
            for hub, months in facts["open_hours"].items()
        },
        checked=Checked(**facts["checked"]),
        demonstration=facts["demonstration"],
    )


def _with_withdrawal(release: Published, at: datetime | None, reason: str | None) -> Published:
    if at is None:
        return release
    return replace(release, withdrawn=Withdrawal(at, reason or ""))
