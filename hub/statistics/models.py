"""Releases: frozen, protected statistics of one closed period."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from hub.db import Base


class Release(Base):
    """One release of one municipality; `period` is `2026-03`, `2026-Q1` or `2026`."""

    __tablename__ = "release"
    __table_args__ = (CheckConstraint("status IN ('published','withdrawn')", name="status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"))
    period: Mapped[str] = mapped_column(String(7))
    plan: Mapped[str] = mapped_column(String(20))
    threshold: Mapped[int]
    status: Mapped[str] = mapped_column(String(10))
    manifest: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)
