"""Reading places: hubs, seats, areas on offer, and postcodes looked up in memory."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from hub.accounts.principal import Scope
from hub.i18n import N_
from hub.places.models import Area, Hub, Municipality, PostcodeArea, ProjectMember
from hub.refusal import NotFound, Refusal

# What a visit may say of its area beside a code of the list.
OTHER_AREAS: Final = {
    "elsewhere_in_city": N_("Elsewhere in the city"),
    "outside": N_("Outside the city"),
    "unknown": N_("Not asked"),
}
_POSTCODE: Final = re.compile(r"([1-9][0-9]{3})\s?([A-Za-z]{2})")


@dataclass(frozen=True, slots=True)
class Seat:
    """The hub at which an account sits, and the others it may move to: (slug, name) each."""

    slug: str
    name: str
    demonstration: bool
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """An area as the desk offers it; `group` is the name of its district, empty for none."""

    code: str
    name: str
    group: str


def hub_by_slug(session: Session, slug: str) -> Hub:
    """Give a hub by its slug. Raises NotFound."""
    hub = session.scalar(select(Hub).where(Hub.slug == slug))
    if hub is None:
        raise NotFound(
            N_("There is no hub %(slug)s. `hub hub list` shows the ones there are."),
            field="hub",
            slug=slug,
        )
    return hub


def hub_by_id(session: Session, hub_id: int) -> Hub:
    """Give a hub by its id. Raises NotFound."""
    hub = session.get(Hub, hub_id)
    if hub is None:
        raise NotFound(N_("This hub is not there."), field="hub")
    return hub


def all_hubs(session: Session) -> list[Hub]:
    """Give all hubs by slug."""
    return list(session.scalars(select(Hub).order_by(Hub.slug)))


def seat(session: Session, hub_id: int | None, scopes: Iterable[Scope]) -> Seat | None:
    """Give where an account sits and where else it may; None for accounts without a hub."""
    if hub_id is None:
        return _municipal_seat(session, scopes)
    ids = {scope.hub_id for scope in scopes if scope.hub_id is not None}
    wanted = select(Hub).where(Hub.id.in_(ids)).options(joinedload(Hub.municipality))
    hubs = list(session.scalars(wanted.order_by(Hub.name)))
    here = next((hub for hub in hubs if hub.id == hub_id), None)
    if here is None:
        return None
    return Seat(
        here.slug,
        here.name,
        here.municipality.demonstration,
        tuple((hub.slug, hub.name) for hub in hubs if hub.id != hub_id),
    )


def _municipal_seat(session: Session, scopes: Iterable[Scope]) -> Seat | None:
    code = next((s.municipality_code for s in scopes if s.municipality_code), None)
    municipality = session.get(Municipality, code) if code else None
    if municipality is None:
        return None
    return Seat("", municipality.name, municipality.demonstration, ())


def _valid_on(day: date) -> tuple[object, object]:
    return (
        or_(Area.valid_from.is_(None), Area.valid_from <= day),
        or_(Area.valid_until.is_(None), Area.valid_until >= day),
    )


def owner_of_areas(session: Session, municipality_code: str) -> str | None:
    """Give whose areas serve a municipality: its own, or None for the shipped examples."""
    own = session.scalar(
        select(Area.code).where(Area.municipality_code == municipality_code).limit(1)
    )
    return municipality_code if own is not None else None


def areas_on_offer(session: Session, municipality_code: str, day: date) -> list[Area]:
    """Give the areas a hub of this municipality may choose from on a day, by name."""
    owner = owner_of_areas(session, municipality_code)
    return list(
        session.scalars(
            select(Area)
            .where(
                Area.municipality_code.is_(None)
                if owner is None
                else Area.municipality_code == owner
            )
            .where(*_valid_on(day))  # type: ignore[arg-type]
            .order_by(Area.name, Area.code)
        )
    )


def area_choices(areas: Iterable[Area], members: Mapping[str, Sequence[str]]) -> list[AreaChoice]:
    """Arrange areas for the desk: project areas first, then each district with what is in it.

    A project area is a shortcut: it offers its neighbourhoods (`members`, by project code),
    and a visit stores the neighbourhood. A district stands for "no more is known".
    """
    listed = {area.code: area for area in areas}
    shortcuts = [
        AreaChoice(code, listed[code].name, listed[project].name)
        for project in sorted(members, key=lambda code: listed[code].name)
        for code in members[project]
        if code in listed
    ]
    regular = [area for area in listed.values() if area.kind in {"neighbourhood", "district"}]

    def district(area: Area) -> str:
        top = listed.get(area.district_code or area.code)
        return top.name if top else ""

    regular.sort(key=lambda area: (district(area), area.kind == "neighbourhood", area.name))
    return shortcuts + [AreaChoice(area.code, area.name, district(area)) for area in regular]


def area_names(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """Give the names of areas by their codes; codes that are not there are left out."""
    rows = session.scalars(select(Area).where(Area.code.in_(list(codes))))
    return {area.code: area.name for area in rows}


def project_members(session: Session, codes: Iterable[str]) -> dict[str, list[str]]:
    """Give the neighbourhood codes of each project area named."""
    members: dict[str, list[str]] = {}
    rows = session.scalars(
        select(ProjectMember)
        .where(ProjectMember.project_code.in_(list(codes)))
        .order_by(ProjectMember.neighbourhood_code)
    )
    for row in rows:
        members.setdefault(row.project_code, []).append(row.neighbourhood_code)
    return members


def area_of_postcode(session: Session, postcode: str) -> str:
    """Look a typed postcode up and give its area code; the postcode itself goes nowhere.

    The database is asked for the four digits only and the letters are matched here, so that
    no log of a database server holds a postcode of six characters. Raises Refusal on field
    `postcode`, with words that do not repeat what was typed.
    """
    typed = _POSTCODE.fullmatch(postcode.strip())
    if typed is None:
        raise Refusal(
            N_("This is not a postcode. Type four digits and two letters, as in 1104 AB."),
            field="postcode",
        )
    digits, letters = typed.groups()
    around = session.execute(
        select(PostcodeArea.postcode, PostcodeArea.area_code).where(
            PostcodeArea.postcode.between(f"{digits}AA", f"{digits}ZZ")
        )
    )
    wanted = digits + letters.upper()
    found = next((row.area_code for row in around if row.postcode == wanted), None)
    if found is None:
        raise Refusal(
            N_("This postcode is not in the list of the desk. Pick the area instead."),
            field="postcode",
        )
    return str(found)
