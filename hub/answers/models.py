"""Answers and their texts: one answer, many languages, append-only."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.db import Base


class Answer(Base):
    """The template: slug, number of the draft, topics, blanks. Its words are answer texts."""

    __tablename__ = "answer"

    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str] = mapped_column(String(6), unique=True)
    position: Mapped[int]
    audience: Mapped[str] = mapped_column(String(10), default="all")
    same_day: Mapped[bool] = mapped_column(default=False)
    pictogram: Mapped[str] = mapped_column(String(20), default="letter")
    season: Mapped[list[int]] = mapped_column(JSON, default=list)
    blanks: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)
    retired_at: Mapped[datetime | None]

    topics: Mapped[list["AnswerTopic"]] = relationship(
        cascade="all, delete-orphan", order_by="AnswerTopic.position"
    )


class AnswerTopic(Base):
    """That an answer serves a topic; position 0 is the answer's main topic."""

    __tablename__ = "answer_topic"

    answer_slug: Mapped[str] = mapped_column(ForeignKey("answer.slug"), primary_key=True)
    topic_code: Mapped[str] = mapped_column(ForeignKey("topic.code"), primary_key=True)
    position: Mapped[int]


class AnswerText(Base):
    """One language of one version of an answer.

    `body` holds title, gist, steps, bring, come_back, referral, first, amounts and
    do_not_say as in the content files. Never changed after it was written.
    """

    __tablename__ = "answer_text"
    __table_args__ = (
        UniqueConstraint("answer_slug", "language", "version"),
        CheckConstraint(
            "status IN ('draft','machine_draft','checked','outdated','retired')", name="status"
        ),
        CheckConstraint("origin IN ('shipped','desk')", name="origin"),
        Index("ix_answer_text_latest", "answer_slug", "language", "version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_slug: Mapped[str] = mapped_column(ForeignKey("answer.slug"))
    language: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    source_version: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(14))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    origin: Mapped[str] = mapped_column(String(8), default="shipped")
    digest: Mapped[str] = mapped_column(String(64))
    written_at: Mapped[datetime]
    checked_by: Mapped[str | None] = mapped_column(String(60))
    checked_on: Mapped[date | None]

    answer: Mapped[Answer] = relationship()
