"""Who may open what. Every route is closed until its view says who it is for.

A view says so with one of the decorators below; `guard` runs before every request and
refuses a view that says nothing. What an account may do beyond its role, such as which hub,
is asked inside the view with `in_hubs` and answered with 404 for what is not the asker's.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from hub import clock
from hub.accounts import signing_in
from hub.accounts.principal import Principal
from hub.accounts.roles import ROLES
from hub.db import db, unit_of_work

View = TypeVar("View", bound=Callable[..., Any])
RULE = "__access__"
ANYONE = frozenset({"anyone"})
SIGNED_IN = frozenset({"signed_in"})


def open_to_anyone(view: View) -> View:
    """Open a view to the public; it may show no data of visits or accounts."""
    setattr(view, RULE, ANYONE)
    return view


def signed_in(view: View) -> View:
    """Open a view to everybody who has signed in, whatever the role."""
    setattr(view, RULE, SIGNED_IN)
    return view


def needs(*roles: str) -> Callable[[View], View]:
    """Open a view to accounts that hold at least one of the roles."""
    unknown = set(roles) - set(ROLES)
    if unknown or not roles:
        raise ValueError(f"no such roles: {sorted(unknown)}")

    def mark(view: View) -> View:
        setattr(view, RULE, frozenset(roles))
        return view

    return mark


def rule_of(app: Flask, endpoint: str) -> frozenset[str] | None:
    """Give the rule of an endpoint, or None where its view says nothing."""
    if endpoint == "static":
        return ANYONE
    rule: frozenset[str] | None = getattr(app.view_functions[endpoint], RULE, None)
    return rule


def current() -> Principal:
    """Give who is signed in; only called in views that need somebody."""
    principal: Principal | None = g.get("principal")
    if principal is None:
        abort(403)
    return principal


def current_or_none() -> Principal | None:
    """Give who is signed in, or None."""
    principal: Principal | None = g.get("principal")
    return principal


def guard() -> Response | None:
    """Let a request through, send it to the sign-in page, or refuse it."""
    endpoint = request.endpoint
    if endpoint is None:
        return None  # no such address: Flask answers 404
    if "\0" in request.path:
        abort(404)  # no database can look for it
    rule = rule_of(current_app, endpoint)
    if rule is None:
        current_app.logger.error("route without a rule: %s", endpoint)
        abort(403)
    if rule is ANYONE and endpoint == "static":
        return None
    g.principal = _recognise()
    if rule == ANYONE:
        return None
    if g.principal is None:
        return to_sign_in()
    if g.principal.must_change and endpoint not in {"accounts.password", "accounts.sign_out"}:
        return redirect(url_for("accounts.password"), 303)
    if rule != SIGNED_IN and not g.principal.roles & rule:
        abort(403)
    return None


def _recognise() -> Principal | None:
    token = session.get("token")
    if not token:
        return None
    now = clock.now()
    idle = current_app.config["IDLE_MINUTES"]
    principal = signing_in.recognise(db.session(), token, now, idle)
    if principal is not None and signing_in.is_stale(principal, now):
        with unit_of_work() as work:
            signing_in.touch(work, token, now)
    return principal


def to_sign_in() -> Response:
    """Send the browser to the sign-in page, and keep what was being filled in.

    The views that take long forms register a keeper (see `keep_forms`), which puts the form
    into an encrypted cookie of the same browser.
    """
    response = redirect(url_for("accounts.sign_in", next=_way_back()), 303)
    keepers: dict[str, Callable[[Response], str | None]] = current_app.extensions["form_keepers"]
    keeper = keepers.get(request.endpoint or "")
    if keeper is not None and request.method == "POST":
        way = keeper(response)
        if way is not None:
            response.location = url_for("accounts.sign_in", next=way)
    return response


def keep_forms(app: Flask, endpoint: str, keeper: Callable[[Response], str | None]) -> None:
    """Register what saves an open form of an endpoint when its session has ended.

    The keeper gets the response to put a cookie on and gives the address to return to.
    """
    app.extensions["form_keepers"][endpoint] = keeper


def _way_back() -> str:
    return request.full_path.rstrip("?") if request.method == "GET" else url_for("home")
