"""Making and changing hubs and their municipalities."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.i18n import N_
from hub.places.hours import Stretch
from hub.places.models import ClosedDay, Hub, Municipality, OpeningHours
from hub.refusal import Refusal

LONGEST_SLUG: Final = 40
LONGEST_NAME: Final = 80
LONGEST_ADDRESS: Final = 160
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_A_SLUG: Final = re.compile(r"[^a-z0-9]+")
_CODE: Final = re.compile(r"GM[0-9]{4}")
_PHONE: Final = re.compile(r"[+(]?[0-9][0-9 ()\-]{1,28}")
# Addresses of the desk that would be taken for a hub's.
_RESERVED: Final = frozenset({"new"})
# The municipality that the shipped example areas lie in; others are named when they are made.
_KNOWN_NAMES: Final = {"GM0363": "Amsterdam"}


@dataclass(frozen=True, slots=True)
class HubDetails:
    """What is told about a hub; hours by weekday, and the days it stays closed."""

    name: str
    phone: str = ""
    address: str = ""
    hours: Sequence[Stretch] = ()
    closed_days: Sequence[date] = ()


def make_hub(
    session: Session,
    slug: str,
    municipality_code: str,
    details: HubDetails,
    now: datetime,
    timezone: str = "Europe/Amsterdam",
) -> Hub:
    """Make a hub in a municipality that is there, open on the hours given.

    Raises Refusal, naming the field, for a slug that is taken or malformed and for details
    that cannot be printed.
    """
    _require_slug(session, slug)
    require_timezone(timezone)
    hub = Hub(
        slug=slug, municipality_code=municipality_code, timezone=timezone, created_at=now, name=""
    )
    describe(hub, details)
    session.add(hub)
    session.flush()
    return hub


def describe(hub: Hub, details: HubDetails) -> None:
    """Write the details of a hub. Raises Refusal, naming the field."""
    _require_text("name", details.name, LONGEST_NAME, needed=True)
    _require_text("address", details.address, LONGEST_ADDRESS)
    if details.phone and not _PHONE.fullmatch(details.phone):
        raise Refusal(
            N_("This is not a telephone number. Use digits and spaces, as in 020 555 0101."),
            field="phone",
        )
    hub.name, hub.phone, hub.address = details.name, details.phone, details.address
    _set_hours(hub, details.hours)
    _set_closed_days(hub, details.closed_days)


def _set_hours(hub: Hub, stretches: Sequence[Stretch]) -> None:
    """Change rows in place where day and opening stay, since these are unique together."""
    there = {(entry.weekday, entry.opens): entry for entry in hub.hours}
    hours = []
    for stretch in sorted(stretches):
        entry = there.get((stretch.weekday, stretch.opens))
        entry = entry or OpeningHours(weekday=stretch.weekday, opens=stretch.opens)
        entry.closes = stretch.closes
        hours.append(entry)
    hub.hours = hours


def _set_closed_days(hub: Hub, days: Sequence[date]) -> None:
    there = {entry.day: entry for entry in hub.closed_days}
    hub.closed_days = [there.get(day) or ClosedDay(day=day) for day in sorted(set(days))]


def stretches_of(hub: Hub) -> list[Stretch]:
    """Give a hub's opening hours as plain values, in the order of the week."""
    return sorted(Stretch(h.weekday, h.opens, h.closes) for h in hub.hours)


def municipality_for(
    session: Session, code: str, timezone: str = "Europe/Amsterdam", name: str = ""
) -> Municipality:
    """Give a municipality by its CBS code, made when it is not there yet.

    Without a name it is called by its code. Raises Refusal for a code that is none.
    """
    if not _CODE.fullmatch(code):
        raise Refusal(
            N_("%(code)s is not the code of a municipality. Use GM and four digits: GM0363."),
            field="municipality",
            code=code,
        )
    municipality = session.get(Municipality, code)
    if municipality is None:
        require_timezone(timezone)
        _require_text("municipality_name", name, LONGEST_NAME)
        name = name or _KNOWN_NAMES.get(code, code)
        municipality = Municipality(code=code, name=name, timezone=timezone)
        session.add(municipality)
        session.flush()
    return municipality


def slug_for(name: str) -> str:
    """Derive a short name for commands and addresses from a hub's name."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _NOT_A_SLUG.sub("-", plain).strip("-")[:LONGEST_SLUG].strip("-")


def require_timezone(name: str) -> None:
    """Refuse a time zone that is not in the IANA database."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise Refusal(
            N_("%(name)s is not a time zone. Use one such as Europe/Amsterdam."),
            field="timezone",
            name=name,
        ) from error


def _require_slug(session: Session, slug: str) -> None:
    if not _SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG or slug in _RESERVED:
        raise Refusal(
            N_(
                "“%(slug)s” cannot be a hub's short name. Use small letters, digits and "
                "hyphens, as in k-buurt."
            ),
            field="slug",
            slug=slug,
        )
    if session.scalar(select(Hub.id).where(Hub.slug == slug)) is not None:
        raise Refusal(
            N_("There is a hub %(slug)s already. Choose another short name."),
            field="slug",
            slug=slug,
        )


def _require_text(field: str, text: str, most: int, *, needed: bool = False) -> None:
    if (needed and not text) or len(text) > most or not text.isprintable():
        raise Refusal(
            N_("Use one line of 1 to %(most)s characters.")
            if needed
            else N_("Use one line of at most %(most)s characters."),
            field=field,
            most=most,
        )
