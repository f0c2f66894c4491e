"""Municipalities, their hubs with opening hours, and areas."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.db import Base


class Municipality(Base):
    """A municipality by its CBS code, such as GM0363."""

    __tablename__ = "municipality"

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    timezone: Mapped[str] = mapped_column(String(40), default="Europe/Amsterdam")
    demonstration: Mapped[bool] = mapped_column(default=False)

    hubs: Mapped[list["Hub"]] = relationship(back_populates="municipality", order_by="Hub.slug")


class Hub(Base):
    """A place where residents walk in."""

    __tablename__ = "hub"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"), index=True)
    timezone: Mapped[str] = mapped_column(String(40), default="Europe/Amsterdam")
    phone: Mapped[str] = mapped_column(String(30), default="")
    address: Mapped[str] = mapped_column(String(160), default="")
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    municipality: Mapped[Municipality] = relationship(back_populates="hubs")
    hours: Mapped[list["OpeningHours"]] = relationship(
        cascade="all, delete-orphan", order_by="(OpeningHours.weekday, OpeningHours.opens)"
    )
    closed_days: Mapped[list["ClosedDay"]] = relationship(
        cascade="all, delete-orphan", order_by="ClosedDay.day"
    )


class OpeningHours(Base):
    """One stretch of a weekday in which the hub is open; Monday is 0."""

    __tablename__ = "opening_hours"
    __table_args__ = (
        UniqueConstraint("hub_id", "weekday", "opens"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("opens < closes", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hub_id: Mapped[int] = mapped_column(ForeignKey("hub.id", ondelete="CASCADE"))
    weekday: Mapped[int]
    opens: Mapped[time]
    closes: Mapped[time]


class ClosedDay(Base):
    """A day on which the hub stays closed although its hours say otherwise."""

    __tablename__ = "closed_day"

    hub_id: Mapped[int] = mapped_column(ForeignKey("hub.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)


class Area(Base):
    """A neighbourhood (buurt), a district (wijk) or a project area.

    An area without municipality is an example shipped with the desk; it serves every hub
    whose municipality has not imported its own areas yet.
    """

    __tablename__ = "area"
    __table_args__ = (
        CheckConstraint("kind IN ('neighbourhood','district','project')", name="kind"),
    )

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    municipality_code: Mapped[str | None] = mapped_column(String(6), index=True)
    district_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]


class ProjectMember(Base):
    """A neighbourhood that belongs to a project area."""

    __tablename__ = "project_member"

    project_code: Mapped[str] = mapped_column(
        ForeignKey("area.code", ondelete="CASCADE"), primary_key=True
    )
    neighbourhood_code: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True)


class PostcodeArea(Base):
    """Which area a postcode lies in. A public table; no visit refers to it."""

    __tablename__ = "postcode_area"

    postcode: Mapped[str] = mapped_column(String(6), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    valid_from: Mapped[date | None]


class ClosedMonth(Base):
    """A month whose visits were counted for a release; nothing is posted in it any more."""

    __tablename__ = "closed_month"

    municipality_code: Mapped[str] = mapped_column(
        ForeignKey("municipality.code"), primary_key=True
    )
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    closed_at: Mapped[datetime]
