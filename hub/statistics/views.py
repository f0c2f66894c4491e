"""The pages of the statistics: the latest releases, one release, and how they are protected."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Final

from flask import current_app, render_template, request
from markupsafe import Markup

from hub import access, clock
from hub.locale import screen_language
from hub.places.models import Municipality
from hub.statistics import marks_views, page
from hub.statistics.access_views import (
    chosen_municipality,
    municipalities,
    releases_of,
    statistics,
)
from hub.statistics.download_views import release_file, table_file
from hub.statistics.figures import calendar, drawing, wording, words
from hub.statistics.figures.known import greatest, growth, share
from hub.statistics.figures.lookup import value, visits
from hub.statistics.figures.periods import (
    end_of,
    good_releases,
    newest,
    previous,
    year_before,
)
from hub.statistics.plan import PlanError, period_kind
from hub.statistics.published import Published

__all__ = ["statistics"]

MOST_KEPT: Final = 40
"""Pages that a process keeps, of up to a quarter of a megabyte each."""

for kind in ("xlsx", "pdf", "zip"):
    address = f"/statistics/<period>.{kind}"
    statistics.add_url_rule(address, view_func=release_file, defaults={"kind": kind})
for kind in ("csv", "json"):
    address = f"/statistics/<period>/<table>.{kind}"
    statistics.add_url_rule(address, view_func=table_file, defaults={"kind": kind})


@statistics.context_processor
def tools() -> dict[str, Any]:
    """Give the templates what they draw and write figures with, in the reader's language."""
    reader = screen_language()
    return {
        "reader": reader,
        "drawing": drawing,
        "period_name": lambda period: wording.period_name(period, reader),
        "short_month": lambda month: wording.short_month(month, reader),
        "signed_percent": lambda change: wording.signed_percent(change, reader),
        "figure_text": lambda figure: wording.number(figure, reader),
        "figure": lambda count, kind="": marks_views.figure(count, reader, kind),
        "cells": lambda counts, shade=None: marks_views.row(counts, reader, shade),
        "share_cell": lambda count: marks_views.share(count, reader),
        "hidden": marks_views.dot(reader),
        "known_share": share,
        "greatest": greatest,
        "make_command": "hub release make",
        "audit_command": "hub release audit",
    }


@statistics.get("/statistics")
@access.needs("analyst", "coordinator")
def overview() -> str:
    """The latest releases of a municipality, and which are to come."""
    municipality = chosen_municipality()
    releases = releases_of(municipality)
    good = good_releases(releases)
    latest = [found for kind in ("quarter", "month") if (found := newest(releases, kind))]
    return render_template(
        "statistics/overview.html",
        municipality=municipality,
        municipalities=municipalities(),
        latest=[(release, _sentences(good, release)) for release in latest],
        rows=[
            (r, value(r), visits(r), growth(value(r), _value_of(good, year_before(r.period))))
            for r in sorted(releases, key=_latest_first, reverse=True)
        ],
        awaited=calendar.awaited(good, clock.today(municipality.timezone)),
    )


@statistics.get("/statistics/protection")
@access.needs("analyst", "coordinator")
def protection() -> str:
    """How the figures are protected, and what the auditor tried before the newest release."""
    municipality = chosen_municipality()
    releases = releases_of(municipality)
    return render_template(
        "statistics/protection.html",
        municipality=municipality,
        newest=max(good_releases(releases).values(), key=lambda r: r.id, default=None),
    )


@statistics.get("/statistics/<period>")
@access.needs("analyst", "coordinator")
def release_page(period: str) -> str | tuple[str, int]:
    """The figures of one period; 404 with what to do where there is no release of it."""
    municipality = chosen_municipality()
    releases = releases_of(municipality)
    asked = page.Asked(
        **{name: request.args.get(name, "") for name in page.Asked.__dataclass_fields__}
    )
    body = _body(municipality, releases, period, asked)
    if body is not None:
        return render_template("statistics/release.html", period=period, body=body)
    withdrawn = [r for r in releases if r.period == period and r.withdrawn]
    if withdrawn:
        return render_template(
            "statistics/withdrawn.html",
            municipality=municipality,
            period=period,
            withdrawn=withdrawn,
        )
    return _absent(municipality, period), 404


def _body(
    municipality: Municipality, releases: Sequence[Published], period: str, asked: page.Asked
) -> Markup | None:
    """Give the figures of a period as HTML; None where no release stands for it.

    The same releases and the same choice give the same HTML, in every request: it is kept.
    """
    kept: OrderedDict[object, Markup] = current_app.extensions.setdefault(
        "statistics_bodies", OrderedDict()
    )
    reader = screen_language()
    known = tuple((r.id, r.made_at, r.withdrawn) for r in releases)
    key = (municipality.code, known, period, asked, reader)
    if key not in kept:
        composed = page.compose(releases, period, asked, reader)
        if composed is None:
            return None
        kept[key] = Markup(  # noqa: S704 - a template made it
            render_template(
                "statistics/_release.html", municipality=municipality, page=composed, asked=asked
            )
        )
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    kept.move_to_end(key)
    return kept[key]


def _absent(municipality: Municipality, period: str) -> str:
    """Say why there is nothing, and from when there can be."""
    try:
        kind = period_kind(period)
    except PlanError:
        kind = None
    today = clock.today(municipality.timezone)
    return render_template(
        "statistics/absent.html",
        municipality=municipality,
        period=period,
        known=kind is not None,
        from_day=calendar.first_day(period) if kind else None,
        over=kind is not None and end_of(period) < today,
        can_be=kind is not None and calendar.first_day(period) <= today,
    )


def _sentences(good: dict[str, Published], release: Published) -> tuple[words.Sentence, ...]:
    before, year_ago = good.get(previous(release.period)), good.get(year_before(release.period))
    against = words.compared_with(release, before, year_ago)
    return words.summary(release, against, screen_language())


def _value_of(good: dict[str, Published], period: str) -> int | None:
    return value(good[period]) if period in good else None


def _latest_first(release: Published) -> tuple[str, int, int]:
    return str(end_of(release.period)), len(release.period), release.id
