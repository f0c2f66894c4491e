"""The analyst's page: protected figures of closed months, and the same as CSV."""

import csv
import hashlib
import hmac
import io
from typing import NoReturn

from flask import Blueprint, abort, current_app, render_template, request
from werkzeug.wrappers import Response

from hub import access, clock
from hub.db import db
from hub.i18n import N_
from hub.locale import gettext as _
from hub.locale import screen_language
from hub.places import lookup
from hub.places.models import Hub, Municipality
from hub.statistics.counts import closed_months, districts_of, month_tables
from hub.statistics.protection import ProtectedTable, ProtectedTables, protect_tables
from hub.topics.listing import all_topics

statistics = Blueprint("statistics", __name__)

HIDDEN = "x"
TABLES = {"topic": N_("Main topic by month"), "area": N_("Area by month")}


def _municipality() -> Municipality:
    """Give the municipality asked for, of those the account may see the figures of."""
    principal = access.current()
    codes = set(principal.municipalities("analyst"))
    for hub_id in principal.hubs("coordinator"):
        codes.add(db.session.get_one(Hub, hub_id).municipality_code)
    wanted = request.args.get("municipality") or min(codes, default="")
    if wanted not in codes:
        abort(404)
    return db.session.get_one(Municipality, wanted)


def protected_tables(municipality: Municipality) -> ProtectedTables:
    """Give the figures as they may be shown; protected together, and kept while nothing changes.

    What is kept is the protected value under a digest of the counts: the same counts always
    give the same page, because the seed comes from the installation's key.
    """
    today = clock.today(municipality.timezone)
    areas = lookup.areas_on_offer(db.session(), municipality.code, today)
    counted = month_tables(
        db.session(), municipality.code, closed_months(today), districts_of(areas)
    )
    threshold = current_app.config["THRESHOLD"]
    digest = hashlib.sha256(repr((municipality.code, counted, threshold)).encode()).hexdigest()
    kept: dict[str, tuple[str, ProtectedTables]] = current_app.extensions.setdefault(
        "protected_tables", {}
    )
    if kept.get(municipality.code, ("",))[0] != digest:
        seed = hmac.new(current_app.config["FIELD_KEY"], b"statistics", "sha256").digest()
        shown = protect_tables(
            {"topic": counted.topics, "area": counted.areas}, threshold=threshold, seed=seed
        )
        kept[municipality.code] = (digest, shown)
    return kept[municipality.code][1]


def _labels(table: str, rows: tuple[str, ...], reader: str) -> dict[str, str]:
    if table == "topic":
        topics = all_topics(db.session())
        return {code: topics[code].label(reader) for code in rows}
    names = lookup.area_names(db.session(), rows)
    others = {code: _(label) for code, label in lookup.OTHER_AREAS.items()}
    return {code: names.get(code) or others.get(code, code) for code in rows}


@statistics.get("/statistics")
@access.needs("analyst", "coordinator")
def overview() -> str:
    """Main topic by month and area by month, protected together."""
    municipality = _municipality()
    shown = protected_tables(municipality)
    reader = screen_language()
    return render_template(
        "statistics/overview.html",
        municipality=municipality,
        tables=[
            (name, title, shown.tables[name], _labels(name, shown.tables[name].rows, reader))
            for name, title in TABLES.items()
        ],
        threshold=current_app.config["THRESHOLD"],
        reader=reader,
    )


@statistics.get("/statistics/months/<table>.csv")
@access.needs("analyst", "coordinator")
def table_csv(table: str) -> Response:
    """One table of the page as CSV; hidden figures are `x`, as on the page."""
    if table not in TABLES:
        abort(404)
    municipality = _municipality()
    shown = protected_tables(municipality).tables[table]
    response = Response(_as_csv(table, shown), mimetype="text/csv")
    name = f"{municipality.code}-{table}-{shown.columns[0]}-{shown.columns[-1]}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@statistics.get("/statistics/<period>")
@access.needs("analyst", "coordinator")
def release_page(period: str) -> NoReturn:  # noqa: ARG001 - the address has it
    """The page of a release, which comes with a later version."""
    abort(501)


def _as_csv(table: str, shown: ProtectedTable) -> str:
    dutch, english = (_labels(table, shown.rows, language) for language in ("nl", "en"))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([table, "label_nl", "label_en", *shown.columns, "total"])
    for row, counts, total in zip(shown.rows, shown.counts, shown.row_totals, strict=True):
        writer.writerow([row, dutch[row], english[row], *map(_figure, [*counts, total])])
    writer.writerow(["ALL", "", "", *map(_figure, [*shown.column_totals, shown.total])])
    return out.getvalue()


def _figure(value: int | None) -> str:
    return HIDDEN if value is None else str(value)
