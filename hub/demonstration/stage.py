"""The demonstration municipality with its hubs and accounts."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from hub.accounts import registry
from hub.accounts.principal import Scope
from hub.i18n import N_
from hub.places import hours
from hub.places.hubs import HubDetails, make_hub, municipality_for
from hub.places.models import Hub, Municipality
from hub.refusal import Refusal
from hub.resources import content

CODE: Final = "GM9999"


@dataclass(frozen=True, slots=True)
class StageHub:
    """A hub of the demonstration: where its visitors live, and how busy it is per hour."""

    hub: Hub
    areas: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Login:
    """The name, role and freshly made password of an account, to be told once."""

    name: str
    role: str
    password: str


def _described() -> dict[str, Any]:
    return tomllib.loads((content("demonstration") / "stage.toml").read_text("utf-8"))


def set_hubs(session: Session, now: datetime, years: range) -> list[StageHub]:
    """Make the municipality and its hubs, closed on its closed days in these years.

    Raises Refusal when the municipality is there already: a demonstration is made once.
    """
    described = _described()
    if session.get(Municipality, CODE) is not None:
        raise Refusal(
            N_("The demonstration is there already, as municipality %(code)s; it is made once."),
            code=CODE,
        )
    municipality = municipality_for(session, CODE, name=described["municipality"]["name"])
    municipality.demonstration = True
    return [_set_hub(session, hub, now, years) for hub in described["hub"]]


def _set_hub(session: Session, described: dict[str, Any], now: datetime, years: range) -> StageHub:
    details = HubDetails(
        name=described["name"],
        phone=described["phone"],
        address=described["address"],
        hours=hours.parse(described["hours"]),
        closed_days=[
            date.fromisoformat(f"{year}-{day}") for year in years for day in described["closed"]
        ],
    )
    hub = make_hub(session, described["slug"], CODE, details, now)
    return StageHub(hub, tuple(described["areas"]), described["share"])


def set_accounts(session: Session, hubs: list[StageHub], now: datetime) -> list[Login]:
    """Make one account per role; its password works until it is changed.

    A name that somebody has already is taken with the ending `-demo`.
    """
    ids = {stage.hub.slug: stage.hub.id for stage in hubs}
    return [_set_account(session, account, ids, now) for account in _described()["account"]]


def _set_account(
    session: Session, described: dict[str, Any], ids: dict[str, int], now: datetime
) -> Login:
    taken = {account.name.casefold() for account in registry.all_accounts(session)}
    name = described["name"] if described["name"] not in taken else f"{described['name']}-demo"
    scopes = _scopes(described, ids)
    added = registry.add(session, name, scopes[0], now)
    if added.password is None:
        raise Refusal(
            N_("There is an account %(name)s already. Close it under another name first."),
            name=name,
        )
    for scope in scopes[1:]:
        registry.give(session, added.account, scope)
    added.account.must_change = False
    return Login(name, described["role"], added.password)


def _scopes(described: dict[str, Any], ids: dict[str, int]) -> list[Scope]:
    role = described["role"]
    if "hubs" in described:
        return [Scope(role, hub_id=ids[slug]) for slug in described["hubs"]]
    if "languages" in described:
        return [
            Scope(role, language=language, municipality_code=CODE)
            for language in described["languages"]
        ]
    return [Scope(role, municipality_code=CODE)]
