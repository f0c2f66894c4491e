"""The pages on which administrators and coordinators look after accounts."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from hub import access, clock
from hub.accounts import reach as reaching
from hub.accounts import registry, scopes
from hub.accounts.forms import NewAccountForm, RoleForm
from hub.accounts.models import Account
from hub.accounts.principal import Scope
from hub.accounts.reach import Reach
from hub.accounts.scopes import ScopeBook
from hub.db import db, unit_of_work
from hub.forms import typed
from hub.i18n import N_
from hub.locale import gettext as _
from hub.locale import screen_language
from hub.refusal import NotFound, Refusal

Page = tuple[str, int] | str | Response
managers = access.needs("administrator", "coordinator")


@managers
def account_list() -> Page:
    """List the accounts within reach."""
    book, reach = _book_and_reach(db.session())
    accounts = reaching.accounts_within(db.session(), reach)
    return render_template(
        "accounts/account_list.html",
        accounts=[(account, _roles_in_words(account, book, reach)) for account in accounts],
    )


@managers
def account_new() -> Page:
    """Make an account and show its one-time password, this once."""
    reach = _book_and_reach(db.session())[1]
    form = NewAccountForm()
    form.offer(reach)
    if request.method == "GET":
        return render_template("accounts/account_new.html", form=form)
    if form.validate():
        try:
            return _make(form)
        except Refusal as refusal:
            form.refuse(refusal)
    return render_template("accounts/account_new.html", form=form), 422


def _make(form: NewAccountForm) -> Page:
    with unit_of_work() as work:
        scope = _chosen(form, _book_and_reach(work)[1])
        account, password = registry.make(work, typed(form.name), scope, clock.now())
        account_id, name = account.id, account.name
    return _show_password(account_id, name, password)


@managers
def account_page(account_id: int) -> Page:
    """Show an account; give and take roles, reset the password, close the account."""
    if request.method == "GET":
        return _page(account_id, RoleForm())
    name = request.form.get("action", "")
    if name not in _ACTIONS:
        abort(400)
    form = RoleForm() if name == "give" else RoleForm(formdata=None)
    try:
        return _ACTIONS[name](account_id, form)
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(account_id, form), 422


def _page(account_id: int, form: RoleForm) -> str:
    book, reach = _book_and_reach(db.session())
    account = reaching.account_within(db.session(), reach, account_id)
    form.offer(reach)
    held = [registry.scope_of(grant) for grant in account.grants]
    return render_template(
        "accounts/account_page.html",
        account=account,
        form=form,
        whole=reach.covers_all(held),
        grants=[
            (grant.id, scopes.in_words(scope, book, screen_language()))
            for grant, scope in zip(account.grants, held, strict=True)
            if reach.covers(scope)
        ],
    )


def _give(account_id: int, form: RoleForm) -> Page:
    form.offer(_book_and_reach(db.session())[1])
    if not form.validate():
        return _page(account_id, form), 422
    with unit_of_work() as work:
        account, reach = _within(work, account_id)
        given = registry.give(work, account, _chosen(form, reach))
    flash(_("The role was given.") if given else _("The account has this role already."), "success")
    return redirect(url_for("accounts.account_page", account_id=account_id), 303)


def _take(account_id: int, _form: RoleForm) -> Page:
    with unit_of_work() as work:
        account, reach = _within(work, account_id)
        registry.take(work, account, _named_grant(account, reach))
        still = any(reach.covers(registry.scope_of(grant)) for grant in account.grants)
    flash(_("The role was taken away."), "success")
    if still:
        return redirect(url_for("accounts.account_page", account_id=account_id), 303)
    return redirect(url_for("accounts.account_list"), 303)


def _reset(account_id: int, _form: RoleForm) -> Page:
    with unit_of_work() as work:
        account, reach = _within(work, account_id)
        _require_whole(account, reach)
        name, password = account.name, registry.reset(work, account)
    return _show_password(account_id, name, password)


def _close(account_id: int, _form: RoleForm) -> Page:
    with unit_of_work() as work:
        account, reach = _within(work, account_id)
        _require_whole(account, reach)
        registry.close(work, account, clock.now())
    flash(_("The account is closed."), "success")
    return redirect(url_for("accounts.account_list"), 303)


_ACTIONS: dict[str, Callable[[int, RoleForm], Page]] = {
    "give": _give,
    "take": _take,
    "reset": _reset,
    "close": _close,
}


def _book_and_reach(session: Session) -> tuple[ScopeBook, Reach]:
    book = scopes.read_book(session)
    return book, reaching.reach_of(access.current(), book)


def _within(work: Session, account_id: int) -> tuple[Account, Reach]:
    """Give the account, read anew in the unit of work, and the reach of who asks."""
    reach = _book_and_reach(work)[1]
    return reaching.account_within(work, reach, account_id), reach


def _chosen(form: RoleForm, reach: Reach) -> Scope:
    scope = form.scope(reach)
    scopes.require_scope(scope)
    reach.require(scope)
    return scope


def _named_grant(account: Account, reach: Reach) -> Scope:
    """Give the role that the form names by its number, if it is the account's and in reach."""
    for grant in account.grants:
        scope = registry.scope_of(grant)
        if str(grant.id) == request.form.get("grant") and reach.covers(scope):
            return scope
    raise NotFound(N_("This account does not have this role."))


def _require_whole(account: Account, reach: Reach) -> None:
    """Refuse to touch the sign-in of an account that also has roles out of reach."""
    if not reach.covers_all(map(registry.scope_of, account.grants)):
        abort(403)


def _roles_in_words(account: Account, book: ScopeBook, reach: Reach) -> list[str]:
    held = map(registry.scope_of, account.grants)
    return [scopes.in_words(s, book, screen_language()) for s in held if reach.covers(s)]


def _show_password(account_id: int, name: str, password: str) -> str:
    """Show a one-time password on the answer itself: no address and no cookie ever holds it."""
    return render_template(
        "accounts/one_time_password.html", account_id=account_id, name=name, password=password
    )
