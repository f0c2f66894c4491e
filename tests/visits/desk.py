"""The desk's page without a screen: sit down, fill in the form, send it, look at what is kept."""

import secrets
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from uuid6 import uuid7
from werkzeug.test import TestResponse

from hub.accounts import signing_in
from hub.accounts.models import Account
from hub.db import unit_of_work
from hub.places.models import PostcodeArea
from hub.visits.models import Question, Reception, Visit
from tests.support.cast import VOLUNTEER, Cast, Person
from tests.support.forms import fields_of

Fields = dict[str, str]
HUB = "k-buurt"


def take_seat(app: Flask, client: FlaskClient, cast: Cast, who: Person) -> None:
    """Sign somebody in without the page and its slow password."""
    with app.app_context(), unit_of_work() as work:
        account = work.get_one(Account, cast.accounts[who.name])
        token = signing_in.start(work, account, None, app.extensions["clock"]())
    with client.session_transaction() as cookie:
        cookie["token"] = token
        cookie["language"] = "en"


def seated(app: Flask, cast: Cast, who: Person = VOLUNTEER) -> FlaskClient:
    """Give a browser in which somebody sits at the desk, with the screen in English."""
    client = app.test_client()
    take_seat(app, client, cast, who)
    return client


def question(slot: int, topic: str, outcome: str = "answered", **more: str) -> Fields:
    """Give the fields of one question of the form."""
    given = {"topic": topic, "outcome": outcome, **more}
    return {f"questions-{slot}-{name}": value for name, value in given.items()}


def session_cookie(app: Flask, client: FlaskClient) -> tuple[str, str]:
    """Give name and value of the cookie by which the desk knows a browser."""
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    assert cookie is not None
    return name, cookie.value


def token(client: FlaskClient) -> str:
    """Give a form token that is good in this browser, without opening a page for it."""
    with client.session_transaction() as cookie:
        known: str = cookie.setdefault("csrf_token", secrets.token_hex(20))
    sealer = URLSafeTimedSerializer(client.application.config["SECRET_KEY"], "wtf-csrf-token")
    sealed = sealer.dumps(known)
    return sealed if isinstance(sealed, str) else sealed.decode()


def page_form(client: FlaskClient) -> Fields:
    """Give what an untouched desk page would send."""
    page = client.get("/desk?fresh=1")
    assert page.status_code == 200, page.status_code
    return fields_of(page.text, "/visits")


def filled(client: FlaskClient, *parts: Fields, **fields: str) -> Fields:
    """Give the form of a new visit with some fields filled in, ready to finish.

    Fields that are not named are not sent, as by a page that has none of them.
    """
    form = {"csrf_token": token(client), "visit_id": str(uuid7()), "hub": HUB, "action": "finish"}
    for part in parts:
        form |= part
    return form | fields


def send(client: FlaskClient, form: Fields, **headers: Any) -> TestResponse:
    """Send the form of a visit."""
    return client.post("/visits", data=form, **headers)


def register(client: FlaskClient, *parts: Fields, **fields: str) -> str:
    """Register a visit, one question about instalments unless others are given; give its id."""
    form = filled(client, *(parts or (question(0, "REK-03"),)), **fields)
    answer = send(client, form)
    assert answer.status_code == 303, answer.text
    assert urlsplit(answer.location).path == f"/visits/{form['visit_id']}"
    return form["visit_id"]


def in_form(answer: TestResponse, action: str = "/visits") -> Fields:
    """Give what the desk's form on an answered page would send as it stands."""
    return fields_of(answer.text, action)


def only_visit(session: Session) -> Visit:
    """Give the one visit that is stored, as it is now."""
    session.rollback()
    session.expire_all()
    return session.scalars(select(Visit)).one()


def counts(session: Session) -> tuple[int, int, int]:
    """Count the visits, questions and receptions that are stored."""
    session.rollback()
    visits, questions, receptions = (
        session.scalar(select(func.count()).select_from(model)) or 0
        for model in (Visit, Question, Reception)
    )
    return visits, questions, receptions


def teach_postcode(app: Flask, postcode: str, area: str) -> None:
    """Let the desk know a postcode, as `hub postcodes import` would."""
    with app.app_context(), unit_of_work() as work:
        work.add(PostcodeArea(postcode=postcode, area_code=area))
