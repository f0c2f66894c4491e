"""Releases and their ledger: rows that are written once.

What everybody may see lies in `release` and `release_file`. The ledger (`frozen_month`,
`frozen_count`, `release_secret`) holds true counts, seeds and proof tables: it is as sensitive
as the visits, is read only to make and to check releases, and is never exported or shown.
The database refuses to change or remove a row of either, but for withdrawing a release.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from hub.db import Base

_IN_FORCE = text("status = 'published'")


class Release(Base):
    """One release of one municipality; `period` is `2026-03`, `2026-Q1` or `2026`.

    `facts` holds what `published.Published` says beside its cells. `counted` gives the digest
    of the frozen counts of each month. `digest` seals all of it, the files and the secrets.
    """

    __tablename__ = "release"
    __table_args__ = (
        CheckConstraint("status IN ('published','withdrawn')", name="status"),
        Index(
            "ix_release_in_force",
            "municipality_code",
            "period",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"))
    period: Mapped[str] = mapped_column(String(7))
    plan: Mapped[str] = mapped_column(String(20))
    threshold: Mapped[int]
    status: Mapped[str] = mapped_column(String(10))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    counted: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)


class ReleaseFile(Base):
    """One file of a release as it is exported; size in bytes."""

    __tablename__ = "release_file"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class ReleaseSecret(Base):
    """Ledger: the seed and the proof tables of a release, and the releases it was tied to."""

    __tablename__ = "release_secret"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    seed: Mapped[bytes] = mapped_column(LargeBinary)
    tied: Mapped[list[int]] = mapped_column(JSON)
    proof: Mapped[bytes] = mapped_column(LargeBinary)


class FrozenMonth(Base):
    """Ledger: a closed month with its code lists and opening hours, as they were at closing.

    `number` orders the months of a municipality by when they were frozen. `digest` seals the
    lists and the counts.
    """

    __tablename__ = "frozen_month"

    municipality_code: Mapped[str] = mapped_column(
        ForeignKey("municipality.code"), primary_key=True
    )
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    number: Mapped[int]
    codes: Mapped[dict[str, Any]] = mapped_column(JSON)
    open_hours: Mapped[dict[str, str]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime]


class FrozenCount(Base):
    """Ledger: the true count of one code of one dimension and one topic in a closed month.

    `dimension` is empty and `code` is `ALL` for topic x municipality; `topic` is `ALL`, a main
    topic or a topic. What was not counted has no row. `visits` is the number of different
    visits behind the questions.
    """

    __tablename__ = "frozen_count"
    __table_args__ = (
        ForeignKeyConstraint(
            ["municipality_code", "month"],
            ["frozen_month.municipality_code", "frozen_month.month"],
        ),
    )

    municipality_code: Mapped[str] = mapped_column(String(6), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    dimension: Mapped[str] = mapped_column(String(10), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    topic: Mapped[str] = mapped_column(String(6), primary_key=True)
    questions: Mapped[int]
    visits: Mapped[int]


class RefusedRelease(Base):
    """An attempt that the gate refused: what the auditor found, for the administrator alone."""

    __tablename__ = "refused_release"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"), index=True)
    period: Mapped[str] = mapped_column(String(7))
    refused_at: Mapped[datetime]
    findings: Mapped[list[str]] = mapped_column(JSON)
