"""`hub account …`."""

from typing import Any

import click

from hub import clock
from hub.accounts import registry, scopes
from hub.accounts.models import Account
from hub.accounts.principal import Scope
from hub.accounts.roles import ROLES
from hub.accounts.scopes import ScopeBook
from hub.db import db, unit_of_work
from hub.i18n import N_, translate

# The option that names the scope of a role, by the kind of scope.
_OPTIONS = {"hub": "--hub", "language": "--language", "municipality": "--municipality"}


@click.group()
def account() -> None:
    """Make, list, reset and close accounts."""


@account.command("add")
@click.argument("name")
@click.option("--role", "roles", required=True, multiple=True, type=click.Choice(list(ROLES)),
              help="May be given more than once.")  # fmt: skip
@click.option("--hub", "slug", help="The hub, for a volunteer or a coordinator.")
@click.option("--language", help="The language whose texts a checker may mark as checked.")
@click.option("--municipality", help="The municipality, where there is more than one.")
@click.pass_obj
def account_add(
    obj: dict[str, Any],
    name: str,
    roles: tuple[str, ...],
    slug: str | None,
    language: str | None,
    municipality: str | None,
) -> None:
    """Make the account NAME with a role, or several, and print its one-time password.

    An account that is there already gets the roles beside those it has, and keeps its
    password.
    """
    given = {"hub": slug, "language": language, "municipality": municipality}
    _require_options(roles, given)
    with unit_of_work() as session:
        book = scopes.read_book(session)
        done = []
        for role in dict.fromkeys(roles):
            scope = _scope(role, {kind: given[kind] for kind in _kinds(role)}, book)
            added = registry.add(session, name, scope, clock.now())
            done.append((added, added.account.name, scopes.in_words(scope, book, obj["language"])))
    for added, shown, words in done:
        click.echo(translate(obj["language"], _outcome(added), name=shown, role=words))
    for added, _name, _words in done:
        if added.password is not None:
            _tell_password(added.password, obj["language"])


def _outcome(added: registry.Added) -> str:
    if added.password is not None:
        return N_("The account %(name)s was made: %(role)s.")
    if added.granted:
        return N_("%(name)s has one more role: %(role)s. The password stays.")
    return N_("%(name)s has this role already: %(role)s. Nothing was changed.")


@account.command("list")
@click.pass_obj
def account_list(obj: dict[str, Any]) -> None:
    """List all accounts with their roles; closed ones are marked."""
    session, language = db.session(), obj["language"]
    book = scopes.read_book(session)
    accounts = registry.all_accounts(session)
    if not accounts:
        click.echo(translate(language, N_("There is no account yet. Make one: `hub account add`.")))
    for listed in accounts:
        click.echo(f"{listed.name}\t{_state(listed, language)}\t{_roles(listed, book, language)}")


@account.command("reset")
@click.argument("name")
@click.pass_obj
def account_reset(obj: dict[str, Any], name: str) -> None:
    """Print a new one-time password for the account NAME and end its sign-ins."""
    with unit_of_work() as session:
        found = registry.by_name(session, name)
        password, name = registry.reset(session, found), found.name
    click.echo(translate(obj["language"], N_("%(name)s has a new password."), name=name))
    _tell_password(password, obj["language"])


@account.command("close")
@click.argument("name")
@click.pass_obj
def account_close(obj: dict[str, Any], name: str) -> None:
    """Close the account NAME for good and end its sign-ins."""
    with unit_of_work() as session:
        found = registry.by_name(session, name)
        closed, name = registry.close(session, found, clock.now()), found.name
    message = N_("%(name)s is closed.") if closed else N_("%(name)s was closed already.")
    click.echo(translate(obj["language"], message, name=name))


def _kinds(role: str) -> set[str]:
    """Give the kinds of scope that a role takes."""
    return {ROLES[role], "municipality"} if role == "checker" else {ROLES[role]}


def _require_options(roles: tuple[str, ...], given: dict[str, str | None]) -> None:
    """Refuse a role without the option that names its scope, and an option that none takes."""
    for role in roles:
        if given[ROLES[role]] is None and ROLES[role] != "municipality":
            raise click.UsageError(f"The role {role} needs {_OPTIONS[ROLES[role]]}.")
    allowed = set().union(*(_kinds(role) for role in roles))
    for other, value in given.items():
        if value is not None and other not in allowed:
            takes = _OPTIONS[ROLES[roles[0]]]
            raise click.UsageError(f"The role {roles[0]} takes {takes}, not {_OPTIONS[other]}.")


def _scope(role: str, given: dict[str, str | None], book: ScopeBook) -> Scope:
    slug, language, municipality = (given.get(k) for k in ("hub", "language", "municipality"))
    if slug is not None:
        return Scope(role, hub_id=book.hub_by_slug(slug).id)
    if municipality is not None:
        code = book.municipality_by_code(municipality).code
    elif role == "checker" and len(book.candidates()) != 1:
        return Scope(role, language=language)  # nobody's in particular: kept by commands alone
    else:
        code = book.only_municipality().code
    return Scope(role, language=language, municipality_code=code)


def _state(listed: Account, language: str) -> str:
    if listed.closed_at is not None:
        return translate(language, N_("closed"))
    if listed.must_change:
        return translate(language, N_("one-time password"))
    return translate(language, N_("own password"))


def _roles(listed: Account, book: ScopeBook, language: str) -> str:
    return "; ".join(
        scopes.in_words(registry.scope_of(grant), book, language) for grant in listed.grants
    )


def _tell_password(password: str, language: str) -> None:
    message = N_("One-time password, shown this once: %(password)s")
    click.echo(translate(language, message, password=password))
