"""The hubs and municipalities in which roles are given, and a role's scope in words.

A role's scope is a foreign key to tables of the room of places, which stands above this one
and is not imported here. The names are read through those same keys.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.accounts.principal import Scope
from hub.accounts.roles import ROLE_NAMES, ROLES
from hub.db import Base
from hub.i18n import N_, knows_language, language_name, translate
from hub.refusal import NotFound, Refusal


@dataclass(frozen=True, slots=True)
class HubChoice:
    """A hub in which a role can be given."""

    id: int
    slug: str
    name: str
    municipality_code: str


@dataclass(frozen=True, slots=True)
class MunicipalityChoice:
    """A municipality in which a role can be given."""

    code: str
    name: str
    demonstration: bool


@dataclass(frozen=True, slots=True)
class ScopeBook:
    """All hubs and municipalities, each by name."""

    hubs: tuple[HubChoice, ...]
    municipalities: tuple[MunicipalityChoice, ...]

    def hub_by_slug(self, slug: str) -> HubChoice:
        """Give a hub by its short name. Raises NotFound."""
        for hub in self.hubs:
            if hub.slug == slug:
                return hub
        raise NotFound(
            N_("There is no hub %(slug)s. `hub hub list` shows the ones there are."),
            field="hub",
            slug=slug,
        )

    def municipality_by_code(self, code: str) -> MunicipalityChoice:
        """Give a municipality by its code. Raises NotFound."""
        for municipality in self.municipalities:
            if municipality.code == code:
                return municipality
        raise NotFound(
            N_("There is no municipality %(code)s. It is made together with its first hub."),
            field="municipality",
            code=code,
        )

    def candidates(self) -> list[MunicipalityChoice]:
        """Give the municipalities; a demonstration only where there is nothing else."""
        real = [m for m in self.municipalities if not m.demonstration]
        return real or list(self.municipalities)

    def only_municipality(self) -> MunicipalityChoice:
        """Give the one municipality, demonstrations apart. Raises Refusal unless it is one."""
        candidates = self.candidates()
        if not candidates:
            raise Refusal(
                N_("There is no municipality yet. Make a hub first: `hub hub add`."),
                field="municipality",
            )
        if len(candidates) > 1:
            raise Refusal(
                N_("There is more than one municipality. Say which: %(codes)s."),
                field="municipality",
                codes=", ".join(m.code for m in candidates),
            )
        return candidates[0]


def read_book(session: Session) -> ScopeBook:
    """Read the hubs and municipalities there are."""
    hub, municipality = Base.metadata.tables["hub"].c, Base.metadata.tables["municipality"].c
    hubs = session.execute(
        select(hub.id, hub.slug, hub.name, hub.municipality_code).order_by(hub.name)
    )
    municipalities = session.execute(
        select(municipality.code, municipality.name, municipality.demonstration).order_by(
            municipality.name
        )
    )
    return ScopeBook(
        tuple(HubChoice(*row) for row in hubs),
        tuple(MunicipalityChoice(*row) for row in municipalities),
    )


def in_words(scope: Scope, book: ScopeBook, language: str) -> str:
    """Say a role with its scope in a screen language, such as `Volunteer, Hub West`."""
    role = translate(language, ROLE_NAMES[scope.role])
    where = {
        "hub": next((h.name for h in book.hubs if h.id == scope.hub_id), None),
        "language": language_name(scope.language, language) if scope.language else None,
        "municipality": next(
            (m.name for m in book.municipalities if m.code == scope.municipality_code), None
        ),
    }[ROLES[scope.role]]
    return f"{role}, {where}" if where else role


def require_scope(scope: Scope) -> None:
    """Refuse a role that is not one of the desk's, or that lacks the scope it is given in.

    A checker has a language, and beside it the municipality that looks after the account;
    every other role has exactly one scope.
    """
    if scope.role not in ROLES:
        raise Refusal(
            N_("There is no role %(role)s. The roles are: %(roles)s."),
            field="role",
            role=scope.role,
            roles=", ".join(ROLES),
        )
    kind = ROLES[scope.role]
    given = {
        "hub": scope.hub_id is not None,
        "language": scope.language is not None,
        "municipality": scope.municipality_code is not None,
    }
    if not given[kind]:
        raise Refusal(_LACKS[kind], field=kind)
    also = {"municipality"} if scope.role == "checker" else set()
    if any(given[other] for other in given if other not in {kind, *also}):
        raise ValueError(f"a scope too many: {scope}")
    if scope.language is not None and not knows_language(scope.language):
        raise Refusal(
            N_("%(tag)s is not a language code. Use one such as ar, tr, ti or pap."),
            field="language",
            tag=scope.language,
        )


_LACKS = {
    "hub": N_("Choose the hub in which this role is given."),
    "language": N_("Choose the language whose texts are checked."),
    "municipality": N_("Choose the municipality in which this role is given."),
}
