"""Reading the ledger: every release of a calendar year as it was published, verified.

No equation ties figures of two calendar years, so a year is all that a release has to agree
with. Withdrawn releases count as published for ever.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.i18n import N_
from hub.refusal import Refusal
from hub.statistics.models import Release, ReleaseFile, ReleaseSecret
from hub.statistics.plan import TABLES, Offered
from hub.statistics.protection import Cell
from hub.statistics.protection.files import Meta, read_cells, read_meta
from hub.statistics.releases.sealing import seal_of_release, sha256


@dataclass(frozen=True)
class Earlier:
    """A release that was published before, from its own files.

    `digest` seals it; `counted` gives the digest of each month's frozen counts by which it
    was made.
    """

    id: int
    period: str
    status: str
    digest: str
    counted: dict[str, str]
    meta: Meta
    values: dict[Cell, int | None]
    cells_text: str
    meta_text: str

    @property
    def offered(self) -> tuple[Offered, ...]:
        """The tables it has, and at which level."""
        by_name = {table.name: table for table in TABLES}
        return tuple(Offered(by_name[t["name"]], t["level"]) for t in self.meta.plan["tables"])


def releases_of_year(session: Session, municipality_code: str, year: str) -> list[Earlier]:
    """Give the releases of a municipality within a calendar year, as they were made.

    Raises Refusal when a row of one of them was altered.
    """
    rows = session.scalars(
        select(Release)
        .where(Release.municipality_code == municipality_code)
        .where(Release.period.startswith(year))
        .order_by(Release.id)
    ).all()
    return [_earlier(session, row) for row in rows]


def _earlier(session: Session, row: Release) -> Earlier:
    files = verified_files(session, row)
    cells, meta = (files[name].decode() for name in ("cells.csv", "meta.json"))
    return Earlier(
        row.id,
        row.period,
        row.status,
        row.digest,
        row.counted,
        read_meta(meta),
        read_cells(cells),
        cells,
        meta,
    )


def verified_files(session: Session, row: Release) -> dict[str, bytes]:
    """Give all files of a release, when neither they nor its other rows were altered.

    Raises Refusal otherwise.
    """
    stored = session.execute(
        select(ReleaseFile.name, ReleaseFile.sha256, ReleaseFile.content).where(
            ReleaseFile.release_id == row.id
        )
    ).all()
    secret = session.get(ReleaseSecret, row.id)
    digests = {name: digest for name, digest, _ in stored}
    sound = all(sha256(content) == digest for _, digest, content in stored)
    if not sound or secret is None or seal_of_release(row, digests, secret) != row.digest:
        raise altered(row.id, row.municipality_code, row.period)
    return {name: bytes(content) for name, _, content in stored}


def altered(release_id: int, municipality_code: str, period: str) -> Refusal:
    """Say that a release is not what was published."""
    return Refusal(
        N_("Release %(id)s (%(municipality)s, %(period)s), or what it was counted from, was "
           "altered in the database. Restore a backup; nothing more of this municipality can be "
           "released or exported until then."),
        id=release_id,
        municipality=municipality_code,
        period=period,
    )  # fmt: skip


def in_force(releases: Iterable[Earlier], period: str) -> Earlier | None:
    """Give the release of a period that was not withdrawn."""
    return next((r for r in releases if r.period == period and r.status == "published"), None)


def total_of_year(session: Session, municipality_code: str, year: int) -> int | None:
    """Give the published total of questions of a year: 0 where hidden, None without release."""
    whole = [
        release
        for release in releases_of_year(session, municipality_code, f"{year:04d}")
        if release.period == f"{year:04d}"
    ]
    return (whole[-1].values.get(Cell(period=f"{year:04d}")) or 0) if whole else None


def basis(releases: Sequence[Earlier]) -> tuple[str, ...]:
    """Give what a release stands on: it may be published only while this is still so."""
    return tuple(f"{release.id} {release.digest}" for release in releases)
