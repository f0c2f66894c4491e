"""Recalls: that a version of a text, or a value of a fact, was wrong on the sheets of some days."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from hub.db import Base

# Exactly one of the three.
_ABOUT = (
    "(text_id IS NOT NULL AND fact_value_id IS NULL AND lifts_id IS NULL)"
    " OR (text_id IS NULL AND fact_value_id IS NOT NULL AND lifts_id IS NULL)"
    " OR (text_id IS NULL AND fact_value_id IS NULL AND lifts_id IS NOT NULL)"
)


class Recall(Base):
    """One decision of an editor. A row never changes and is never removed.

    It recalls a version of a text (`text_id`) or a value (`fact_value_id`), or lifts an earlier
    recall (`lifts_id`) that was a mistake. `first_day` and `last_day` are the days on which the
    sheets were handed out, both included; empty is without limit. `by_role` is the role in which
    somebody decided, never a person; `on` the day.
    """

    __tablename__ = "recall"
    __table_args__ = (
        CheckConstraint(_ABOUT, name="about"),
        CheckConstraint("first_day <= last_day", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int | None] = mapped_column(ForeignKey("answer_text.id"), index=True)
    fact_value_id: Mapped[int | None] = mapped_column(ForeignKey("fact_value.id"), index=True)
    lifts_id: Mapped[int | None] = mapped_column(ForeignKey("recall.id"), unique=True)
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(300))
    by_role: Mapped[str] = mapped_column(String(20))
    on: Mapped[date]
