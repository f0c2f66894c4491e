"""The fixed cast: who works where, so that tests can speak of people instead of rows."""

from dataclasses import dataclass, field
from datetime import datetime, time

from sqlalchemy.orm import Session

from hub.accounts import passwords, signing_in
from hub.accounts.models import Account, Grant
from hub.places.models import Hub, Municipality, OpeningHours

PASSWORD = "een rustige dag in november"


@dataclass(frozen=True, slots=True)
class Person:
    """An account of the cast: its role, and the hub, language or municipality it holds it in."""

    name: str
    role: str
    scope: str
    must_change: bool = False
    closed: bool = False


# One of each role at home (K-buurt, in GM0363), colleagues at the next hub, and strangers in
# another municipality, who must never see what is not theirs.
VOLUNTEER = Person("Vera", "volunteer", "k-buurt")
COLLEAGUE = Person("Bilal", "volunteer", "k-buurt")
COORDINATOR = Person("Coen", "coordinator", "k-buurt")
EDITOR = Person("Edith", "editor", "GM0363")
CHECKER = Person("Chadia", "checker", "ar")
ANALYST = Person("Anna", "analyst", "GM0363")
ADMINISTRATOR = Person("Ad", "administrator", "GM0363")
NEIGHBOUR = Person("Gwen", "volunteer", "gein")
NEIGHBOURING_COORDINATOR = Person("Gerrit", "coordinator", "gein")
STRANGER = Person("Ursula", "volunteer", "overvecht")
STRANGE_COORDINATOR = Person("Udo", "coordinator", "overvecht")
STRANGE_ANALYST = Person("Umar", "analyst", "GM0344")
STRANGE_ADMINISTRATOR = Person("Uma", "administrator", "GM0344")
NEWCOMER = Person("Nienke", "volunteer", "k-buurt", must_change=True)
LEAVER = Person("Loes", "volunteer", "k-buurt", closed=True)

EVERYBODY = (
    *(VOLUNTEER, COLLEAGUE, COORDINATOR, EDITOR, CHECKER, ANALYST, ADMINISTRATOR),
    *(NEIGHBOUR, NEIGHBOURING_COORDINATOR),
    *(STRANGER, STRANGE_COORDINATOR, STRANGE_ANALYST, STRANGE_ADMINISTRATOR),
    *(NEWCOMER, LEAVER),
)
OF_EACH_ROLE = (VOLUNTEER, COORDINATOR, EDITOR, CHECKER, ANALYST, ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Cast:
    """The ids of what the cast put into the database."""

    hubs: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    municipality: str = "GM0363"
    password: str = PASSWORD


def put_on_stage(session: Session, now: datetime) -> Cast:
    """Add two municipalities, three hubs and everybody of the cast to an empty desk."""
    session.add_all(
        [
            Municipality(code="GM0363", name="Amsterdam"),
            Municipality(code="GM0344", name="Utrecht"),
        ]
    )
    hubs = [
        _hub("k-buurt", "Energiehub K-buurt", "GM0363", "020 555 0101", now),
        _hub("gein", "Energiehub Gein", "GM0363", "020 555 0102", now),
        _hub("overvecht", "Energiehub Overvecht", "GM0344", "030 555 0103", now),
    ]
    session.add_all(hubs)
    session.flush()
    by_slug = {hub.slug: hub.id for hub in hubs}
    password_hash = passwords.hash_password(PASSWORD)
    accounts = [_account(person, by_slug, password_hash, now) for person in EVERYBODY]
    session.add_all(accounts)
    session.flush()
    return Cast(by_slug, {account.name: account.id for account in accounts})


def _hub(slug: str, name: str, municipality: str, phone: str, now: datetime) -> Hub:
    weekdays = [
        OpeningHours(weekday=day, opens=time(10), closes=time(13)) for day in (0, 1, 2, 3, 4)
    ]
    return Hub(
        slug=slug,
        name=name,
        municipality_code=municipality,
        phone=phone,
        address="Voorbeeldplein 1",
        created_at=now,
        hours=weekdays,
    )


def _account(person: Person, hubs: dict[str, int], password_hash: str, now: datetime) -> Account:
    grant = Grant(role=person.role)
    if person.scope in hubs:
        grant.hub_id = hubs[person.scope]
    elif person.scope.startswith("GM"):
        grant.municipality_code = person.scope
    else:
        grant.language = person.scope
    return Account(
        name=person.name,
        name_key=signing_in.name_key(person.name),
        password_hash=password_hash,
        must_change=person.must_change,
        created_at=now,
        closed_at=now if person.closed else None,
        grants=[grant],
    )
