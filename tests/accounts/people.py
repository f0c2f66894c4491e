"""What tests of accounts look at and do: rows, sign-ins, tries with a password."""

from collections.abc import Iterable

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from hub.accounts.models import Account, Grant
from hub.accounts.principal import Scope
from hub.accounts.registry import scope_of
from hub.db import db, unit_of_work
from tests.support.cast import Person
from tests.support.forms import post, sign_in


def signed_in(app: Flask, who: Person | str, password: str | None = None) -> FlaskClient:
    """Give a browser in which somebody has signed in."""
    client = app.test_client()
    if password is None:
        sign_in(client, who)
    else:
        sign_in(client, who, password)
    return client


def attempt(client: FlaskClient, name: str, password: str, **fields: str) -> TestResponse:
    """Send the sign-in form, whatever comes of it."""
    return post(client, "/sign-in", {"name": name, "password": password, **fields})


def is_inside(client: FlaskClient) -> bool:
    """Tell whether the browser is recognised."""
    return client.get("/password").status_code == 200


def scopes_of(app: Flask, name: str) -> set[Scope]:
    """Give the roles an account holds."""
    with app.app_context():
        account = db.session.scalar(select(Account).where(Account.name == name))
        return {scope_of(grant) for grant in account.grants}


def is_open(app: Flask, name: str) -> bool:
    """Tell whether there is an account of this name that is not closed."""
    with app.app_context():
        account = db.session.scalar(select(Account).where(Account.name == name))
        return account is not None and account.closed_at is None


def grant_id(app: Flask, account_id: int, role: str) -> int:
    """Give the number of an account's role, as its page names it."""
    with app.app_context():
        return db.session.scalars(
            select(Grant.id).where(Grant.account_id == account_id, Grant.role == role)
        ).one()


def give(app: Flask, account_id: int, scopes: Iterable[Scope]) -> None:
    """Give an account more roles behind the pages' back."""
    with app.app_context(), unit_of_work() as work:
        account = work.get_one(Account, account_id)
        account.grants += [
            Grant(
                role=s.role,
                hub_id=s.hub_id,
                language=s.language,
                municipality_code=s.municipality_code,
            )
            for s in scopes
        ]
