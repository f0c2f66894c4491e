"""Whose gaps somebody may look at, and how exactly."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.accounts.principal import Principal
from hub.places.lookup import all_hubs
from hub.places.models import Municipality


@dataclass(frozen=True, slots=True)
class Place:
    """A hub, or all hubs of a municipality; `name` is its short name or code.

    `exact` where the reader sits at the desk of every one of the hubs.
    """

    name: str
    label: str
    hubs: frozenset[int]
    exact: bool


def places_of(session: Session, principal: Principal) -> list[Place]:
    """Give the places of which somebody may see the gaps: own desks, then municipalities.

    A single hub is offered only to who sits at its desk: for others one hub could be had from
    all of them less the rest.
    """
    hubs = all_hubs(session)
    desks = [
        Place(hub.slug, hub.name, frozenset({hub.id}), exact=True)
        for hub in hubs
        if hub.id in principal.desk_hubs
    ]
    codes = principal.municipalities("editor")
    wide = []
    for municipality in session.scalars(
        select(Municipality).where(Municipality.code.in_(codes)).order_by(Municipality.name)
    ):
        ids = frozenset(hub.id for hub in hubs if hub.municipality_code == municipality.code)
        exact = bool(ids) and ids <= principal.desk_hubs
        wide.append(Place(municipality.code, municipality.name, ids, exact))
    return [*desks, *wide]
