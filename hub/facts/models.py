"""The dated register of facts: amounts, dates, limits and addresses, each with its source."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.db import Base


class Fact(Base):
    """A fact by its code without year, such as `F-HEAT`."""

    __tablename__ = "fact"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)

    values: Mapped[list["FactValue"]] = relationship(
        back_populates="fact", order_by="(FactValue.part, FactValue.valid_from)"
    )


class FactAlias(Base):
    """A yearly code of the dossier (`F-HEAT-26`): the same fact, seen on a day of that year."""

    __tablename__ = "fact_alias"

    alias: Mapped[str] = mapped_column(String(20), primary_key=True)
    code: Mapped[str] = mapped_column(ForeignKey("fact.code"))
    on: Mapped[date]


class FactValue(Base):
    """One dated value of one part of a fact. Kept for ever: sheets refer to it.

    A row never changes, save that `replaced_at` is filled in once. A correction, an end, a
    check is a new row that names in `replaces_id` the one it takes the place of; a value that
    was taken away is replaced by none. `version` counts the values of a part in the order in
    which they were recorded. `origin` is `shipped`, `desk` (a page) or `file` (an import).
    """

    __tablename__ = "fact_value"
    __table_args__ = (
        UniqueConstraint("code", "part", "valid_from", "version"),
        CheckConstraint("at_expiry IN ('stop','warn')", name="at_expiry"),
        CheckConstraint("vat IN ('incl','excl','none')", name="vat"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(ForeignKey("fact.code"))
    part: Mapped[str] = mapped_column(String(30))
    version: Mapped[int] = mapped_column(default=1)
    value: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(String(20))
    vat: Mapped[str] = mapped_column(String(4), default="none")
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    source: Mapped[str] = mapped_column(Text, default="")
    mark: Mapped[str] = mapped_column(String(20))
    checked_by: Mapped[str | None] = mapped_column(String(60))
    checked_on: Mapped[date | None]
    review_by: Mapped[date | None]
    at_expiry: Mapped[str] = mapped_column(String(4))
    origin: Mapped[str] = mapped_column(String(8), default="shipped")
    recorded_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("fact_value.id"), unique=True)

    fact: Mapped[Fact] = relationship(back_populates="values")
