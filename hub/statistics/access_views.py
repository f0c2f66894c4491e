"""The blueprint of the statistics, and what every page and file of it begins with."""

from collections.abc import Sequence

from flask import Blueprint, abort, request
from sqlalchemy import select

from hub import access, errors
from hub.db import db
from hub.locale import screen_language
from hub.places.models import Hub, Municipality
from hub.refusal import NotFound, Refusal
from hub.statistics.published import Published
from hub.statistics.releases import reading

statistics = Blueprint("statistics", __name__)


def municipalities() -> list[Municipality]:
    """Give the municipalities whose statistics the account may see, by code."""
    principal = access.current()
    of_hubs = select(Hub.municipality_code).where(Hub.id.in_(principal.hubs("coordinator")))
    codes = {*principal.municipalities("analyst"), *db.session.scalars(of_hubs)}
    wanted = select(Municipality).where(Municipality.code.in_(codes)).order_by(Municipality.code)
    return list(db.session.scalars(wanted))


def chosen_municipality() -> Municipality:
    """Give the municipality of `?municipality=`, or the first; 404 for what is not theirs."""
    seen = municipalities()
    wanted = request.args.get("municipality")
    found = next((m for m in seen if wanted in (None, "", m.code)), None)
    if found is None:
        abort(404)
    return found


def releases_of(municipality: Municipality) -> Sequence[Published]:
    """Give all releases of a municipality, withdrawn ones included."""
    return reading.published(db.session(), municipality.code)


@statistics.errorhandler(Refusal)
def refused(refusal: Refusal) -> tuple[str, int]:
    """Say what is wrong with a stored release; what is not there is a page like any other."""
    if isinstance(refusal, NotFound):
        return errors.page(404)
    return errors.page(500, refusal.text(screen_language()))
