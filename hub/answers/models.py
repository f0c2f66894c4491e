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
    """One language of one version of an answer. A row never changes.

    `body` holds title, gist, steps, bring, come_back, referral, first, amounts and
    do_not_say as in the content files. `written_as` says who found the words: a person
    (`draft`) or a machine (`machine_draft`); what the text is worth today follows from it, from
    the text's events and from later Dutch versions (see `standing`). `written_by` is the role
    of who wrote it, empty for what is shipped; `translator` the name a translator gave in a
    file. `significance` belongs to a Dutch version: how much it changed. `note` says why.
    """

    __tablename__ = "answer_text"
    __table_args__ = (
        UniqueConstraint("answer_slug", "language", "version"),
        CheckConstraint("written_as IN ('draft','machine_draft')", name="written_as"),
        CheckConstraint("significance IN ('typo','wording','meaning')", name="significance"),
        CheckConstraint("(significance IS NULL) OR (language = 'nl')", name="significance_of_nl"),
        CheckConstraint("origin IN ('shipped','desk','file')", name="origin"),
        Index("ix_answer_text_latest", "answer_slug", "language", "version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_slug: Mapped[str] = mapped_column(ForeignKey("answer.slug"))
    language: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    source_version: Mapped[int | None]
    written_as: Mapped[str] = mapped_column(String(14))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    origin: Mapped[str] = mapped_column(String(8), default="shipped")
    digest: Mapped[str] = mapped_column(String(64))
    written_at: Mapped[datetime]
    written_by: Mapped[str | None] = mapped_column(String(20))
    translator: Mapped[str | None] = mapped_column(String(120))
    significance: Mapped[str | None] = mapped_column(String(8))
    note: Mapped[str] = mapped_column(String(300), default="")

    answer: Mapped[Answer] = relationship()


class AnswerTextEvent(Base):
    """What happened to a text after it was written: a reader checked it, or it was retired.

    `by_role` is the role in which somebody decided, never a person; `on` the day.
    """

    __tablename__ = "answer_text_event"
    __table_args__ = (
        UniqueConstraint("text_id", "kind"),
        CheckConstraint("kind IN ('checked','retired')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("answer_text.id"))
    kind: Mapped[str] = mapped_column(String(8))
    by_role: Mapped[str] = mapped_column(String(20))
    on: Mapped[date]
