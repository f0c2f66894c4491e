"""The register of accounts: who has one, with which roles; making, resetting, closing.

Used by the pages and the commands. Nothing here asks who is asking: see `reach`.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from hub.accounts import passwords, scopes, signing_in
from hub.accounts.models import Account, Grant
from hub.accounts.principal import Scope
from hub.i18n import N_
from hub.refusal import NotFound, Refusal

SHORTEST_NAME: Final = 2
LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` did: a one-time password for a new account only; whether a role came."""

    account: Account
    password: str | None
    granted: bool


def by_name(session: Session, name: str) -> Account:
    """Give an account by its name, however it is capitalised. Raises NotFound."""
    account = _find(session, name)
    if account is None:
        raise NotFound(
            N_("There is no account %(name)s. `hub account list` shows the ones there are."),
            field="name",
            name=name,
        )
    return account


def all_accounts(session: Session) -> list[Account]:
    """Give all accounts by name, closed ones too."""
    return list(session.scalars(select(Account).order_by(Account.name_key)))


def scope_of(grant: Grant) -> Scope:
    """Give the role of a grant as a plain value."""
    return Scope(grant.role, grant.hub_id, grant.language, grant.municipality_code)


def make(session: Session, name: str, scope: Scope, now: datetime) -> tuple[Account, str]:
    """Make an account with its first role; give it and its one-time password.

    Raises Refusal for a bad name, a name that an account has or had, or a role without its
    scope.
    """
    scopes.require_scope(scope)
    proper, password = _proper_name(name), passwords.one_time_password()
    account = Account(
        name=proper,
        name_key=signing_in.name_key(proper),
        password_hash=passwords.hash_password(password),
        must_change=True,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError as error:
        raise Refusal(
            N_("This name is taken, or was by an account that is closed. Choose another."),
            field="name",
        ) from error
    give(session, account, scope)
    return account, password


def add(session: Session, name: str, scope: Scope, now: datetime) -> Added:
    """Make an account with a role, or give the role to the account of that name.

    An existing account keeps its password; a role that is there already changes nothing.
    Raises what `make` and `give` raise.
    """
    existing = _find(session, name)
    if existing is not None:
        return Added(existing, None, give(session, existing, scope))
    return Added(*make(session, name, scope, now), granted=True)


def give(session: Session, account: Account, scope: Scope) -> bool:
    """Give an account a role; tell whether it did not have it yet."""
    scopes.require_scope(scope)
    _require_open(account)
    session.refresh(account, with_for_update=True)
    if scope in map(scope_of, account.grants):
        return False
    account.grants.append(
        Grant(
            role=scope.role,
            hub_id=scope.hub_id,
            language=scope.language,
            municipality_code=scope.municipality_code,
        )
    )
    session.flush()
    return True


def take(session: Session, account: Account, scope: Scope) -> None:
    """Take a role from an account.

    Raises Refusal for the last role, since nobody would look after the account any more, and
    for the last administrator of a municipality.
    """
    if scope.role == "administrator":
        _require_other_administrator(session, account, scope.municipality_code)
    session.refresh(account, with_for_update=True)
    grant = next((g for g in account.grants if scope_of(g) == scope), None)
    if grant is None:
        raise NotFound(N_("This account does not have this role."))
    if len(account.grants) == 1:
        raise Refusal(N_("This is the account's only role. Close the account instead."))
    account.grants.remove(grant)
    session.flush()


def reset(session: Session, account: Account) -> str:
    """Give an account a new one-time password and end its sign-ins everywhere.

    Wrong passwords are forgotten for all names: which of them belongs to this account cannot
    be told from the keyed digests, and a reset is rare enough to give nobody many guesses.
    """
    _require_open(account)
    password = passwords.one_time_password()
    account.password_hash = passwords.hash_password(password)
    account.must_change = True
    signing_in.end_all(session, account.id)
    signing_in.clear_all_failures(session)
    return password


def close(session: Session, account: Account, now: datetime) -> bool:
    """Close an account for good; tell whether it was open.

    Its name stays taken, so that nobody is mistaken for somebody who left. Raises Refusal
    for the last administrator of a municipality.
    """
    if account.closed_at is not None:
        return False
    codes = {g.municipality_code for g in account.grants if g.role == "administrator"}
    for code in sorted(filter(None, codes)):
        _require_other_administrator(session, account, code)
    account.closed_at = now
    signing_in.end_all(session, account.id)
    return True


def _find(session: Session, name: str) -> Account | None:
    return session.scalar(select(Account).where(Account.name_key == signing_in.name_key(name)))


def _proper_name(name: str) -> str:
    proper = " ".join(unicodedata.normalize("NFC", name).split())
    if not SHORTEST_NAME <= len(proper) <= LONGEST_NAME:
        raise Refusal(
            N_("A name has %(least)s to %(most)s characters."),
            field="name",
            least=SHORTEST_NAME,
            most=LONGEST_NAME,
        )
    if not proper.isprintable() or len(signing_in.name_key(proper)) > LONGEST_NAME:
        raise Refusal(
            N_("This name holds characters that cannot be typed at a sign-in."), field="name"
        )
    return proper


def _require_open(account: Account) -> None:
    if account.closed_at is not None:
        raise Refusal(
            N_("The account %(name)s is closed, and its name stays taken. Choose another name."),
            field="name",
            name=account.name,
        )


def _require_other_administrator(
    session: Session, account: Account, municipality_code: str | None
) -> None:
    """Refuse when a municipality would be left without administrator.

    The rows are locked in one order and before any other, so that two administrators can
    neither remove each other at once nor wait for each other for ever.
    """
    others = session.scalars(
        select(Account)
        .join(Grant)
        .where(
            Grant.role == "administrator",
            Grant.municipality_code == municipality_code,
            Account.closed_at.is_(None),
        )
        .order_by(Account.id)
        .with_for_update()
    )
    if all(other.id == account.id for other in others):
        raise Refusal(
            N_("This is the last administrator of the municipality. Make another one first.")
        )
