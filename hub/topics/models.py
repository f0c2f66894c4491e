"""The two-level list of topics, their labels and the words people use for them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.db import Base


class Topic(Base):
    """A main topic (`WNT`) or a topic (`WNT-03`); codes are stable keys."""

    __tablename__ = "topic"
    __table_args__ = (
        CheckConstraint("default_urgency IN ('normal','soon','same_day')", name="urgency"),
    )

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("topic.code"))
    position: Mapped[int]
    default_urgency: Mapped[str] = mapped_column(String(10), default="normal")
    default_referral: Mapped[str | None] = mapped_column(String(30))
    retired_on: Mapped[date | None]
    replaced_by: Mapped[str | None] = mapped_column(ForeignKey("topic.code"))

    labels: Mapped[list["TopicLabel"]] = relationship(cascade="all, delete-orphan")
    words: Mapped[list["TopicWord"]] = relationship(cascade="all, delete-orphan")


class TopicLabel(Base):
    """What a topic is called in one language."""

    __tablename__ = "topic_label"

    topic_code: Mapped[str] = mapped_column(ForeignKey("topic.code"), primary_key=True)
    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    label: Mapped[str] = mapped_column(String(120))


class TopicWord(Base):
    """A word by which people look for a topic: a synonym, a misspelling, a word on a letter."""

    __tablename__ = "topic_word"

    topic_code: Mapped[str] = mapped_column(ForeignKey("topic.code"), primary_key=True)
    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    word: Mapped[str] = mapped_column(String(60), primary_key=True)
