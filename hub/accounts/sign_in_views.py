"""Signing in and out, the lock, the change of volunteer, and the own password."""

from urllib.parse import urlsplit

from flask import current_app, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from hub import access, clock
from hub.accounts import passwords, signing_in
from hub.accounts.forms import PasswordForm, SignInForm
from hub.accounts.models import Account
from hub.db import db, unit_of_work
from hub.forms import typed
from hub.locale import gettext as _
from hub.refusal import Refusal

Page = tuple[str, int] | str | Response


@access.open_to_anyone
def sign_in() -> Page:
    """Sign in, go on after the lock, or change volunteer on the same device."""
    if request.method == "GET" and access.current_or_none() is not None:
        return redirect(local_path(request.args.get("next")) or url_for("home"), 303)
    left = signing_in.left_open(db.session(), session.get("token", ""), clock.now())
    form = SignInForm(name=left.name if left else None, next=request.args.get("next"))
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                return _enter(form, left)
            except signing_in.Throttled as refusal:
                status = 429
                form.refuse(refusal)
            except Refusal as refusal:
                form.refuse(refusal)
    else:
        # The page's script selects what `data-select` marks, so that typing replaces it.
        form.name.render_kw = {"autofocus": True, **({"data-select": True} if left else {})}
    return render_template("accounts/sign_in.html", form=form, locked=left is not None), status


def _enter(form: SignInForm, left: signing_in.LeftOpen | None) -> Response:
    """Open a sign-in at the hub where this device was, and go where the browser wanted."""
    account_id = _prove(typed(form.name), typed(form.password))
    hub_id = left.hub_id if left else None
    with unit_of_work() as work:
        account = work.get_one(Account, account_id)
        signing_in.end(work, session.get("token", ""))
        token = signing_in.start(work, account, hub_id, clock.now())
        must_change = account.must_change
    _begin_session(token)
    way = local_path(form.next.data) or url_for("home")
    return redirect(url_for("accounts.password", next=way) if must_change else way, 303)


def _prove(name: str, password: str) -> int:
    """Give the id of the account that name and password fit.

    The try is counted before the password is looked at, so that many at once count as many;
    a good one clears the count. The slow comparison is done outside the unit of work.
    """
    now = clock.now()
    digest = signing_in.failure_key(name, current_app.config["SECRET_KEY"])
    with unit_of_work() as work:
        signing_in.refuse_when_throttled(work, digest, now)
        signing_in.count_failure(work, digest, now)
    account = signing_in.verify_password(db.session(), name, password)
    if account is None:
        raise signing_in.WrongPassword
    account_id, seen = account.id, account.password_hash
    better = passwords.hash_password(password) if passwords.needs_rehash(seen) else seen
    with unit_of_work() as work:
        account = work.get_one(Account, account_id)
        if account.closed_at is not None or account.password_hash != seen:
            raise signing_in.WrongPassword  # closed or changed in this very moment
        account.password_hash = better
        signing_in.clear_failures(work, digest)
    return account_id


def _begin_session(token: str) -> None:
    """Make the cookie's session anew with a fresh token; the screen language stays."""
    language = session.get("language")
    session.clear()
    session["token"] = token
    if language is not None:
        session["language"] = language


@access.open_to_anyone
def sign_out() -> Response:
    """End the sign-in of this browser, also when it was locked or idle."""
    with unit_of_work() as work:
        signing_in.end(work, session.get("token", ""))
    session.pop("token", None)
    return redirect(url_for("accounts.sign_in"), 303)


@access.open_to_anyone
def lock() -> Response:
    """Lock this browser; a form that was posted along waits for the next sign-in.

    Open to anyone, because a browser that was idle too long also comes here with its form.
    """
    with unit_of_work() as work:
        signing_in.lock(work, session.get("token", ""))
    return access.to_sign_in()


@access.signed_in
def password() -> Page:
    """Change the own password; after a one-time password nothing else is possible first."""
    forced = access.current().must_change
    form = PasswordForm.asked(forced=forced)
    status = 200
    if request.method == "GET":
        form.next.data = request.args.get("next")
    elif form.validate():
        try:
            return _change_password(form, forced)
        except Refusal as refusal:
            form.refuse(refusal)
            status = 422
    else:
        status = 422
    return render_template("accounts/password.html", form=form, forced=forced), status


def _change_password(form: PasswordForm, forced: bool) -> Response:
    """Set a new password and end the account's sign-ins on all other devices."""
    principal = access.current()
    if not forced:
        try:
            _prove(principal.name, typed(form.current))
        except signing_in.WrongPassword as wrong:
            wrong.field = "current"
            raise
    password = typed(form.password)
    passwords.require_strong(password, principal.name)
    old = db.session().get_one(Account, principal.account_id).password_hash
    passwords.require_other(old, password)
    new = passwords.hash_password(password)
    with unit_of_work() as work:
        account = work.get_one(Account, principal.account_id)
        account.password_hash, account.must_change = new, False
        signing_in.end_all(work, account.id)
        token = signing_in.start(work, account, principal.hub_id, clock.now())
    _begin_session(token)
    flash(_("Your new password counts from now on."), "success")
    return redirect(local_path(form.next.data) or url_for("home"), 303)


def local_path(address: str | None) -> str | None:
    """Give an address back when it is a path of this desk, else None.

    Browsers drop tabs and line ends and take a backslash for a slash, so an address with any
    of these is no path of ours.
    """
    if not address or not address.startswith("/") or address.startswith("//"):
        return None
    if "\\" in address or not address.isprintable():
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address
