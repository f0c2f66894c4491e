"""The pages that belong to no feature: home, health, screen language, and what comes later."""

from contextlib import suppress
from typing import Any, NoReturn

from flask import Flask, abort, current_app, jsonify, redirect, request, url_for
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from hub import access, migrating
from hub.db import db
from hub.i18n import SCREEN_LANGUAGES, direction
from hub.locale import choose_language, screen_language
from hub.places import lookup
from hub.security import from_this_site

# Where each role's day begins, in order of precedence.
_FIRST_PAGES = (
    ({"volunteer", "coordinator"}, "desk.desk_page"),
    ({"analyst"}, "statistics.overview"),
    ({"administrator"}, "accounts.account_list"),
    ({"editor", "checker"}, "editing.editing_home"),
)


def everywhere() -> dict[str, Any]:
    """Give what every template knows: language, direction, who is signed in, and where."""
    language = screen_language()
    principal = access.current_or_none()
    seat = None
    if principal:
        with suppress(SQLAlchemyError):  # an error page is shown without its database too
            seat = lookup.seat(db.session(), principal.hub_id, principal.scopes)
    return {
        "lang": language,
        "dir": direction(language),
        "screen_languages": SCREEN_LANGUAGES,
        "principal": principal,
        "seat": seat,
    }


@access.signed_in
def home() -> Response:
    """Send each role to its page."""
    roles = access.current().roles
    for wanted, endpoint in _FIRST_PAGES:
        if roles & wanted:
            return redirect(url_for(endpoint), 303)
    return abort(403)


@access.open_to_anyone
def set_language() -> Response:
    """Change the language of the screen and go back to the page."""
    choose_language(request.form.get("language", ""))
    back = request.form.get("back", "")
    safe = back.startswith("/") and not back.startswith(("//", "/\\")) and from_this_site()
    return redirect(back if safe else url_for("home"), 303)


@access.open_to_anyone
def healthz() -> Response:
    """Say that the process answers."""
    return jsonify(status="ok")


@access.open_to_anyone
def readyz() -> tuple[Response, int] | Response:
    """Say whether the database answers and has the shape this version needs."""
    try:
        connection = db.session.connection()
        connection.execute(text("SELECT 1"))
        ready = migrating.current_revision(connection) == migrating.newest_revision()
    except SQLAlchemyError:
        ready = False
    return jsonify(status="ready") if ready else (jsonify(status="not ready"), 503)


@access.open_to_anyone
def favicon() -> Response:
    """Give the picture browsers ask for beside what is no page, such as a PDF in a tab."""
    return current_app.send_static_file("favicon.svg")


@access.needs("volunteer", "coordinator", "administrator")
def later() -> NoReturn:
    """Answer for the parts that come with a later version."""
    abort(501)


def register(app: Flask) -> None:
    """Register the addresses."""
    app.add_url_rule("/", "home", home)
    app.add_url_rule("/language", "set_language", set_language, methods=["POST"])
    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)
    app.add_url_rule("/favicon.ico", "favicon", favicon)
    app.add_url_rule("/follow-ups", "follow_ups", later)
    app.add_url_rule("/audit", "audit", later)
