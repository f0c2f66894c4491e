"""The pages for hubs, and the change of seat."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from hub import access, clock
from hub.accounts import signing_in
from hub.db import db, unit_of_work
from hub.forms import typed
from hub.i18n import N_
from hub.locale import gettext as _
from hub.locale import screen_language
from hub.places import hours, hubs, lookup
from hub.places.forms import HubForm, NewHubForm
from hub.places.models import Hub
from hub.refusal import NotFound, Refusal

places = Blueprint("places", __name__)

Page = tuple[str, int] | str | Response


@places.get("/hubs")
@access.needs("administrator", "coordinator")
def hub_list() -> Page:
    """List the hubs of the own municipality, or those one coordinates."""
    listed = [hub for hub in lookup.all_hubs(db.session()) if _may_edit(hub)]
    return render_template(
        "places/hub_list.html",
        hubs=[(hub, hours.in_words(hubs.stretches_of(hub), screen_language())) for hub in listed],
        may_add="administrator" in access.current().roles,
    )


@places.route("/hubs/new", methods=["GET", "POST"])
@access.needs("administrator")
def hub_new() -> Page:
    """Make a hub in the own municipality."""
    form = NewHubForm()
    codes = access.current().municipalities("administrator")
    form.offer([hubs.municipality_for(db.session(), code) for code in sorted(codes)])
    if request.method == "GET":
        return render_template("places/hub_new.html", form=form)
    if form.validate():
        try:
            return _make(form)
        except Refusal as refusal:
            form.refuse(refusal)
    return render_template("places/hub_new.html", form=form), 422


def _make(form: NewHubForm) -> Response:
    details = form.details()
    slug = typed(form.slug) or hubs.slug_for(details.name)
    with unit_of_work() as work:
        municipality = hubs.municipality_for(work, form.municipality.data)
        hubs.make_hub(work, slug, municipality.code, details, clock.now(), municipality.timezone)
    flash(_("The hub was made. Give its people a role at it under Accounts."), "success")
    return redirect(url_for("places.hub_page", slug=slug), 303)


@places.route("/hubs/<slug>", methods=["GET", "POST"])
@access.needs("administrator", "coordinator")
def hub_page(slug: str) -> Page:
    """Show a hub and change what is told about it."""
    hub = _editable(db.session(), slug)
    form = HubForm()
    if request.method == "GET":
        form.show(hub, screen_language())
        return render_template("places/hub_page.html", form=form, hub=hub)
    if form.validate():
        try:
            details = form.details()
            with unit_of_work() as work:
                hubs.describe(_editable(work, slug), details)
        except NotFound:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved. New advice sheets show it from now on."), "success")
            return redirect(url_for("places.hub_page", slug=slug), 303)
    return render_template(
        "places/hub_page.html", form=form, hub=_editable(db.session(), slug)
    ), 422


@places.post("/seat")
@access.needs("volunteer", "coordinator")
def take_seat() -> Response:
    """Move the present sign-in to another hub at which the account works."""
    hub = lookup.hub_by_slug(db.session(), request.form.get("hub", ""))
    if hub.id not in access.current().desk_hubs:
        raise NotFound(N_("This hub is not there."), field="hub")
    hub_id = hub.id
    with unit_of_work() as work:
        signing_in.move_to_hub(work, session["token"], hub_id)
    return redirect(url_for("home"), 303)


def _may_edit(hub: Hub) -> bool:
    principal = access.current()
    return hub.municipality_code in principal.municipalities(
        "administrator"
    ) or hub.id in principal.hubs("coordinator")


def _editable(work: Session, slug: str) -> Hub:
    hub = lookup.hub_by_slug(work, slug)
    if not _may_edit(hub):
        raise NotFound(N_("This hub is not there."), field="hub")
    return hub
