"""The page of early signs: what rose this week at the hub one sits at."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from flask import Blueprint, abort, render_template, request

from hub import access, clock
from hub.db import db
from hub.early_signs.rule import BASELINE_WEEKS, SMALLEST
from hub.early_signs.signs import Row
from hub.early_signs.watching import Watch, watch
from hub.early_signs.weeks import WEEK, Times, Week, monday_of, read_week, week_from
from hub.locale import gettext as _
from hub.locale import screen_language
from hub.places import lookup
from hub.places.hubs import stretches_of
from hub.topics.listing import TopicView, all_topics
from hub.visits.desk_views import seated_hub

early_signs = Blueprint("early_signs", __name__)

# So many topics and areas of a sign are named; the tables below have them all.
SHOWN_CASES: Final = 4
# A row, and whether it is a part of the row above it.
Line = tuple[Row, bool]


@early_signs.get("/early-signs")
@access.needs("volunteer", "coordinator")
def week_page() -> str:
    """One week of the own hub beside its last eight open weeks: the running one, or `?week=`."""
    hub = seated_hub()
    times = Times(hub.timezone, stretches_of(hub), frozenset(day.day for day in hub.closed_days))
    week = _week_asked_for(times)
    seen = watch(db.session(), hub.id, times, week)
    topics = all_topics(db.session())
    names = _area_names(seen)
    return render_template(
        "early_signs/week.html",
        hub=hub,
        seen=seen,
        week=week,
        before=week_from(week.monday - WEEK, times, clock.now()),
        after=week_from(week.monday + WEEK, times, clock.now()),
        topics=topics,
        topic_rows=_topics_in_order(seen.topics, topics),
        names=names,
        area_rows=_areas_in_order(seen.areas, names),
        reader=screen_language(),
        tenth=tenth,
        hours=hours_of,
        today=clock.today(hub.timezone),
        shown_cases=SHOWN_CASES,
        smallest=SMALLEST,
        baseline_weeks=BASELINE_WEEKS,
        may_change_hub=hub.id in access.current().hubs("coordinator"),
    )


def _week_asked_for(times: Times) -> Week:
    """Give the week of the address; without one the running week, or the last where that has
    not opened yet. A week that is none, or is still to come, is not there.
    """
    asked = request.args.get("week")
    now = clock.now()
    monday = monday_of(clock.today(times.timezone)) if asked is None else read_week(asked)
    week = week_from(monday, times, now) if monday is not None else None
    if week is None:
        abort(404)
    if asked is None and not week.minutes:
        return week_from(week.monday - WEEK, times, now) or week
    return week


def _area_names(seen: Watch) -> dict[str, str]:
    """Give the name of each area in a week; one that is not there any more is its code."""
    codes = {row.code for row in seen.areas} | {row.wider for row in seen.areas if row.wider}
    others = {code: _(label) for code, label in lookup.OTHER_AREAS.items()}
    return {code: code for code in codes} | lookup.area_names(db.session(), codes) | others


def _topics_in_order(rows: list[Row], topics: dict[str, TopicView]) -> list[Line]:
    order = {code: place for place, code in enumerate(topics)}
    rows = sorted(rows, key=lambda row: (order[row.wider or row.code], order[row.code]))
    return [(row, row.wider is not None) for row in rows]


def _areas_in_order(rows: list[Row], names: dict[str, str]) -> list[Line]:
    """Give districts by name, each with its neighbourhoods, and what is no place last.

    Where all visits of a district are of one neighbourhood, that one stands in its place.
    """
    counts = {row.code: row.count for row in rows}
    alone = {row.wider for row in rows if row.count == counts.get(row.wider or "")}

    def place(row: Row) -> tuple[bool, str, bool, str]:
        top = row.wider or row.code
        return (top in lookup.OTHER_AREAS, names[top], row.wider is not None, names[row.code])

    return [
        (row, row.wider is not None and row.wider not in alone)
        for row in sorted(rows, key=place)
        if row.code not in alone
    ]


def tenth(value: Fraction) -> Decimal:
    """Round a number to one decimal."""
    return Decimal(round(value * 10)) / 10


def hours_of(minutes: int) -> Decimal:
    """Give minutes as hours with one decimal."""
    return tenth(Fraction(minutes, 60))
