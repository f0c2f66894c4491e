"""Visits and their questions. No column here can hold who somebody is."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.db import Base


class Reception(Base):
    """That an id was received, with the digest of what came first under it.

    Written once and never removed by an undo: the id stays reserved, and sameness of a
    repeat is judged against this digest.
    """

    __tablename__ = "reception"

    visit_id: Mapped[UUID] = mapped_column(primary_key=True)
    hub_id: Mapped[int] = mapped_column(ForeignKey("hub.id"))
    digest: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime]


class Visit(Base):
    """One visit to one hub."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_hub_opened", "hub_id", "opened_at"),
        Index("ix_visit_hub_posted", "hub_id", "posted_in"),
    )

    id: Mapped[UUID] = mapped_column(ForeignKey("reception.visit_id"), primary_key=True)
    hub_id: Mapped[int] = mapped_column(ForeignKey("hub.id"))
    opened_at: Mapped[datetime]
    posted_in: Mapped[str] = mapped_column(String(7))
    channel: Mapped[str] = mapped_column(String(12))
    language: Mapped[str] = mapped_column(String(20))
    area: Mapped[str] = mapped_column(String(20))
    tenure: Mapped[str] = mapped_column(String(20))
    heating: Mapped[str] = mapped_column(String(14))
    home_type: Mapped[str] = mapped_column(String(12))
    first_visit: Mapped[str] = mapped_column(String(7))
    late_entry: Mapped[bool]
    return_code: Mapped[str] = mapped_column(String(9), unique=True)
    continues_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("visit.id", ondelete="SET NULL"), index=True
    )

    questions: Mapped[list["Question"]] = relationship(
        cascade="all, delete-orphan", order_by="Question.number"
    )
    changes: Mapped[list["VisitChange"]] = relationship(
        cascade="all, delete-orphan", order_by="VisitChange.id"
    )


class Question(Base):
    """One topic of one visit, and how it ended."""

    __tablename__ = "question"
    __table_args__ = (
        UniqueConstraint("visit_id", "topic_code"),
        CheckConstraint("number BETWEEN 1 AND 5", name="number"),
        CheckConstraint("(reason IS NULL) OR (outcome = 'not_answered')", name="reason"),
    )

    visit_id: Mapped[UUID] = mapped_column(
        ForeignKey("visit.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    topic_code: Mapped[str] = mapped_column(ForeignKey("topic.code"))
    urgency: Mapped[str] = mapped_column(String(8))
    trigger: Mapped[str] = mapped_column(String(11))
    outcome: Mapped[str | None] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(19))
    call_back_on: Mapped[date | None]
    answer_slug: Mapped[str | None] = mapped_column(ForeignKey("answer.slug"))
    answer_language: Mapped[str | None] = mapped_column(String(20))
    answer_text_id: Mapped[int | None] = mapped_column(ForeignKey("answer_text.id"))
    sheet: Mapped[bool] = mapped_column(default=False)


class VisitChange(Base):
    """What a correction changed: the field, what stood there and what stands there now."""

    __tablename__ = "visit_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"), index=True)
    number: Mapped[int | None]
    field: Mapped[str] = mapped_column(String(20))
    old: Mapped[str] = mapped_column(String(40))
    new: Mapped[str] = mapped_column(String(40))
    changed_at: Mapped[datetime]
