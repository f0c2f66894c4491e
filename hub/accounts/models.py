"""Accounts of the people who work at the desk, what each may do, and their sign-ins."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hub.db import Base


class Account(Base):
    """Somebody who signs in: a name chosen by the hub, a password, roles."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    name_key: Mapped[str] = mapped_column(String(60), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change: Mapped[bool] = mapped_column(default=True)
    screen_language: Mapped[str | None] = mapped_column(String(8))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    grants: Mapped[list["Grant"]] = relationship(
        back_populates="account", cascade="all, delete-orphan", order_by="Grant.id"
    )


class Grant(Base):
    """One role of one account, in its scope: a hub, a language or a municipality."""

    __tablename__ = "account_role"
    __table_args__ = (
        UniqueConstraint("account_id", "role", "hub_id", "language", "municipality_code"),
        CheckConstraint(
            "role IN ('volunteer','coordinator','editor','checker','analyst','administrator')",
            name="role",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    hub_id: Mapped[int | None] = mapped_column(ForeignKey("hub.id"))
    language: Mapped[str | None] = mapped_column(String(20))
    municipality_code: Mapped[str | None] = mapped_column(ForeignKey("municipality.code"))

    account: Mapped[Account] = relationship(back_populates="grants")


class SignIn(Base):
    """One sign-in on one device; ended, locked or open. The cookie holds the token."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    hub_id: Mapped[int | None] = mapped_column(ForeignKey("hub.id"))
    started_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    locked: Mapped[bool] = mapped_column(default=False)

    account: Mapped[Account] = relationship()


class SignInFailure(Base):
    """Wrong passwords lately, per name; the name is kept as a keyed digest only.

    Rows exist for names without an account too, so that the two look alike.
    """

    __tablename__ = "sign_in_failure"

    name_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    first_at: Mapped[datetime]
