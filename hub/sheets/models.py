"""What was handed out on paper: enough to print the same page again, and no more."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.db import Base


class SheetRecord(Base):
    """One advice sheet of one visit. Typed blanks are not kept: a reprint has lines to write on.

    `code` is the address of the sheet's web twin; it is random, and unrelated to the visit's
    id and to the return code. It is looked up by its SHA-256 digest alone, so that no
    comparison inside the database follows what a guesser types.
    """

    __tablename__ = "sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    code_digest: Mapped[str] = mapped_column(String(64), unique=True, index=True)
    language: Mapped[str] = mapped_column(String(20))
    beside: Mapped[str | None] = mapped_column(String(20))
    paper: Mapped[str] = mapped_column(String(8))
    large: Mapped[bool] = mapped_column(default=False)
    layout: Mapped[str] = mapped_column(String(10))
    printed_on: Mapped[date]
    valid_until: Mapped[date | None]
    call_back_on: Mapped[date | None]
    created_at: Mapped[datetime]

    texts: Mapped[list["SheetText"]] = relationship(
        cascade="all, delete-orphan", order_by="SheetText.position"
    )
    facts: Mapped[list["SheetFact"]] = relationship(cascade="all, delete-orphan")


class SheetText(Base):
    """One answer on a sheet: the text in the resident's language and the Dutch beside it.

    A text's status is derived from what came after it, so the one that was printed is kept.
    """

    __tablename__ = "sheet_text"

    sheet_id: Mapped[int] = mapped_column(
        ForeignKey("sheet.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    answer_text_id: Mapped[int | None] = mapped_column(ForeignKey("answer_text.id"), index=True)
    answer_status: Mapped[str | None] = mapped_column(String(15))
    dutch_text_id: Mapped[int] = mapped_column(ForeignKey("answer_text.id"), index=True)
    dutch_status: Mapped[str] = mapped_column(String(15))


class SheetFact(Base):
    """A dated value that stood on a sheet."""

    __tablename__ = "sheet_fact"

    sheet_id: Mapped[int] = mapped_column(
        ForeignKey("sheet.id", ondelete="CASCADE"), primary_key=True
    )
    fact_value_id: Mapped[int] = mapped_column(
        ForeignKey("fact_value.id"), primary_key=True, index=True
    )
