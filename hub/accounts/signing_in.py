"""Sign-in, recognition of a browser, the idle lock, and the change of volunteer."""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from hub.accounts import passwords
from hub.accounts.models import Account, SignIn, SignInFailure
from hub.accounts.principal import Principal, Scope
from hub.i18n import N_
from hub.refusal import Refusal

LONGEST_HOURS: Final = 12
TOUCH_SECONDS: Final = 30
MOST_FAILURES: Final = 10
FAILURE_WINDOW: Final = timedelta(minutes=15)


class Throttled(Refusal):
    """Too many wrong passwords for a name lately."""


class WrongPassword(Refusal):
    """Name and password do not fit, or there is no such name: nobody is told which."""

    def __init__(self) -> None:
        super().__init__(
            N_("Name and password do not fit together. Check both, and whether Caps Lock is on."),
            field="password",
        )


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """The sign-in that this browser last had: who, and at which hub."""

    name: str
    hub_id: int | None


def name_key(name: str) -> str:
    """Give the form of an account's name that must be unique."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def verify_password(session: Session, name: str, password: str) -> Account | None:
    """Give the open account that name and password fit, or None.

    Costs the same time whether the account exists or not.
    """
    account = session.scalar(
        select(Account).where(Account.name_key == name_key(name), Account.closed_at.is_(None))
    )
    fits = passwords.verify(account.password_hash if account else None, password)
    return account if fits else None


def failure_key(name: str, key: bytes) -> str:
    """Give the keyed digest under which wrong passwords for a name are counted."""
    return hmac.new(key, name_key(name).encode(), "sha256").hexdigest()


def refuse_when_throttled(session: Session, digest: str, now: datetime) -> None:
    """Raise Throttled when there were too many wrong passwords for this name lately."""
    failure = session.get(SignInFailure, digest, populate_existing=True)
    if failure and failure.count >= MOST_FAILURES and now - failure.first_at < FAILURE_WINDOW:
        raise Throttled(
            N_(
                "Too many wrong passwords for this name. Try again in 15 minutes, or ask the "
                "administrator for a new one-time password."
            ),
            field="password",
        )


def count_failure(session: Session, digest: str, now: datetime) -> None:
    """Count one wrong password for a name, whether or not it has an account."""
    session.execute(delete(SignInFailure).where(SignInFailure.first_at < now - FAILURE_WINDOW))
    one_more = (
        update(SignInFailure)
        .where(SignInFailure.name_digest == digest)
        .values(count=SignInFailure.count + 1)
        .returning(SignInFailure.count)
    )
    if session.execute(one_more).first() is not None:
        return
    try:
        with session.begin_nested():
            session.execute(insert(SignInFailure).values(name_digest=digest, count=1, first_at=now))
    except IntegrityError:  # somebody tried the same name at the same moment
        session.execute(one_more)


def clear_failures(session: Session, digest: str) -> None:
    """Forget wrong passwords for a name after a good one."""
    session.execute(delete(SignInFailure).where(SignInFailure.name_digest == digest))


def clear_all_failures(session: Session) -> None:
    """Forget the wrong passwords for every name."""
    session.execute(delete(SignInFailure))


def start(session: Session, account: Account, hub_id: int | None, now: datetime) -> str:
    """Open a sign-in and give its token, 256 random bits, for the cookie.

    The hub is the one asked for when the account works there, else its first.
    """
    token = secrets.token_urlsafe(32)
    session.execute(
        delete(SignIn).where(SignIn.last_seen_at < now - timedelta(hours=LONGEST_HOURS))
    )
    session.add(
        SignIn(
            token_digest=_digest(token),
            account_id=account.id,
            hub_id=_seat(account, hub_id),
            started_at=now,
            last_seen_at=now,
        )
    )
    return token


def _seat(account: Account, wanted: int | None) -> int | None:
    """Give the hub wanted when the account works there, else its first; None without any."""
    hubs = [grant.hub_id for grant in account.grants if grant.hub_id is not None]
    return wanted if wanted in hubs else (hubs[0] if hubs else None)


def left_open(session: Session, token: str, now: datetime) -> LeftOpen | None:
    """Give the sign-in a browser holds the token of, locked and idle ones too.

    None when it was ended, its account was closed, or half a day went by.
    """
    sign_in = session.scalar(select(SignIn).where(SignIn.token_digest == _digest(token)))
    if sign_in is None or sign_in.account.closed_at is not None:
        return None
    if now - sign_in.started_at > timedelta(hours=LONGEST_HOURS):
        return None
    return LeftOpen(sign_in.account.name, sign_in.hub_id)


def recognise(session: Session, token: str, now: datetime, idle_minutes: int) -> Principal | None:
    """Give who is signed in with this token; None when ended, locked, idle or too old."""
    # One question for all of it: every request asks it.
    whole = joinedload(SignIn.account).joinedload(Account.grants)
    wanted = select(SignIn).where(SignIn.token_digest == _digest(token)).options(whole)
    sign_in = session.scalars(wanted).unique().one_or_none()
    if sign_in is None or sign_in.locked or sign_in.account.closed_at is not None:
        return None
    if now - sign_in.last_seen_at > timedelta(minutes=idle_minutes):
        return None
    if now - sign_in.started_at > timedelta(hours=LONGEST_HOURS):
        return None
    account = sign_in.account
    return Principal(
        account_id=account.id,
        name=account.name,
        must_change=account.must_change,
        scopes=tuple(
            Scope(g.role, g.hub_id, g.language, g.municipality_code) for g in account.grants
        ),
        hub_id=_seat(account, sign_in.hub_id),
        last_seen_at=sign_in.last_seen_at,
    )


def is_stale(principal: Principal, now: datetime) -> bool:
    """Tell whether the moment last seen is old enough to be worth a write."""
    return now - principal.last_seen_at > timedelta(seconds=TOUCH_SECONDS)


def touch(session: Session, token: str, now: datetime) -> None:
    """Note that the account was active now."""
    sign_in = session.scalar(select(SignIn).where(SignIn.token_digest == _digest(token)))
    if sign_in is not None:
        sign_in.last_seen_at = now


def lock(session: Session, token: str) -> None:
    """Lock a sign-in: a password is needed to go on."""
    sign_in = session.scalar(select(SignIn).where(SignIn.token_digest == _digest(token)))
    if sign_in is not None:
        sign_in.locked = True


def end(session: Session, token: str) -> None:
    """End a sign-in."""
    session.execute(delete(SignIn).where(SignIn.token_digest == _digest(token)))


def end_all(session: Session, account_id: int) -> None:
    """End every sign-in of an account, after a new password or its closing."""
    session.execute(delete(SignIn).where(SignIn.account_id == account_id))


def move_to_hub(session: Session, token: str, hub_id: int) -> None:
    """Seat a sign-in at another hub; the caller has asked whether it may."""
    sign_in = session.scalar(select(SignIn).where(SignIn.token_digest == _digest(token)))
    if sign_in is not None:
        sign_in.hub_id = hub_id
