"""Whose accounts somebody may see and manage.

An administrator manages every role in the own municipality, its hubs included; a
coordinator manages the volunteers of the own hubs. Nobody can reset or close an account that
also holds a role outside this reach, since that would be a way to take that role over.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, selectinload

from hub.accounts.models import Account, Grant
from hub.accounts.principal import Principal, Scope
from hub.accounts.registry import scope_of
from hub.accounts.roles import ROLES
from hub.accounts.scopes import HubChoice, MunicipalityChoice, ScopeBook
from hub.i18n import N_
from hub.refusal import NotFound, Refusal


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody may give and take: all roles there, and volunteers elsewhere.

    `hubs` are those of the municipalities; `volunteer_hubs` those of a coordinator.
    """

    municipalities: tuple[MunicipalityChoice, ...]
    hubs: tuple[HubChoice, ...]
    volunteer_hubs: tuple[HubChoice, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that can be given at all."""
        return tuple(ROLES) if self.municipalities else ("volunteer",)

    @property
    def all_hubs(self) -> tuple[HubChoice, ...]:
        """The hubs in which at least volunteers can be managed."""
        return tuple(dict.fromkeys((*self.hubs, *self.volunteer_hubs)))

    def covers(self, scope: Scope) -> bool:
        """Tell whether a role in its scope is within reach."""
        if scope.hub_id is not None:
            whose = self.all_hubs if scope.role == "volunteer" else self.hubs
            return scope.hub_id in {hub.id for hub in whose}
        return scope.municipality_code in {m.code for m in self.municipalities}

    def covers_all(self, scopes: Iterable[Scope]) -> bool:
        """Tell whether all these roles are within reach."""
        return all(self.covers(scope) for scope in scopes)

    def require(self, scope: Scope) -> None:
        """Refuse a role in a scope out of reach."""
        if not self.covers(scope):
            raise Refusal(N_("You cannot give this role there."), field="role")


def reach_of(principal: Principal, book: ScopeBook) -> Reach:
    """Give the reach of who is signed in."""
    codes = principal.municipalities("administrator")
    own = principal.hubs("coordinator")
    return Reach(
        tuple(m for m in book.municipalities if m.code in codes),
        tuple(hub for hub in book.hubs if hub.municipality_code in codes),
        tuple(hub for hub in book.hubs if hub.id in own),
    )


def accounts_within(session: Session, reach: Reach) -> list[Account]:
    """Give the open accounts with at least one role within reach, by name."""
    return list(
        session.scalars(
            select(Account)
            .where(Account.closed_at.is_(None), Account.grants.any(_within(reach)))
            .options(selectinload(Account.grants))
            .order_by(Account.name_key)
        )
    )


def account_within(session: Session, reach: Reach, account_id: int) -> Account:
    """Give one open account within reach. Raises NotFound for all others, there or not."""
    account = session.get(Account, account_id)
    if (
        account is None
        or account.closed_at is not None
        or not any(reach.covers(scope_of(grant)) for grant in account.grants)
    ):
        raise NotFound(N_("This account is not there."))
    return account


def _within(reach: Reach) -> ColumnElement[bool]:
    return or_(
        Grant.municipality_code.in_([m.code for m in reach.municipalities]),
        Grant.hub_id.in_([hub.id for hub in reach.hubs]),
        and_(Grant.role == "volunteer", Grant.hub_id.in_([hub.id for hub in reach.volunteer_hubs])),
    )
