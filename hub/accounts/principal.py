"""Who is signed in, as a plain value that views pass on to the domain."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Scope:
    """One role in its scope: a hub, a language or a municipality.

    Exactly one is set, except for a checker, who has a language and may have the municipality
    that looks after the account.
    """

    role: str
    hub_id: int | None = None
    language: str | None = None
    municipality_code: str | None = None


@dataclass(frozen=True, slots=True)
class Principal:
    """A signed-in account with what it may do.

    `hub_id` is the hub at which the account sits now; None for accounts without a hub role.
    """

    account_id: int
    name: str
    must_change: bool
    scopes: tuple[Scope, ...]
    hub_id: int | None
    last_seen_at: datetime

    @property
    def roles(self) -> frozenset[str]:
        """The roles held, whatever their scope."""
        return frozenset(scope.role for scope in self.scopes)

    @property
    def desk_hubs(self) -> frozenset[int]:
        """The ids of the hubs at whose desk this account works."""
        return self.hubs("volunteer", "coordinator")

    def hubs(self, *roles: str) -> frozenset[int]:
        """Give the ids of the hubs in which one of these roles is held."""
        return frozenset(s.hub_id for s in self.scopes if s.role in roles and s.hub_id is not None)

    def municipalities(self, *roles: str) -> frozenset[str]:
        """Give the codes of the municipalities in which one of these roles is held."""
        return frozenset(
            s.municipality_code
            for s in self.scopes
            if s.role in roles and s.municipality_code is not None
        )

    def languages(self) -> frozenset[str]:
        """Give the languages whose texts this account may mark as checked."""
        return frozenset(s.language for s in self.scopes if s.language is not None)
