"""All sheets of a day, or one answer in all its languages, as a ZIP file."""

from datetime import date

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from hub import access, clock
from hub.answers.library import all_answers, one_answer
from hub.db import db
from hub.facts.register import Register
from hub.locale import screen_language
from hub.places import lookup
from hub.places.models import Hub
from hub.recalls.reading import recalled_on
from hub.sheets import batch, records
from hub.sheets.web_views import twin_address

# Answers belong to no hub; this is the day it is where they are read.
TIMEZONE = "Europe/Amsterdam"
_ANSWERS = frozenset({"editor", "coordinator"})


@access.needs("volunteer", "coordinator", "editor")
def batches() -> str:
    """What can be fetched: the sheets of a day of the hub, and each answer in its languages."""
    roles = access.current().roles
    hub = _seat()
    day = _day(hub.timezone if hub else TIMEZONE)
    return render_template(
        "sheets/batches.html",
        hub=hub,
        day=day,
        today=clock.today(hub.timezone if hub else TIMEZONE),
        count=len(records.of_day(db.session(), hub.id, day)) if hub else 0,
        answers=all_answers(db.session()).values() if _ANSWERS & roles else (),
    )


@access.needs("volunteer", "coordinator")
def day_batch() -> Response:
    """The sheets that the hub handed out on a day, as they were, with lines for blanks."""
    hub = _seat()
    if hub is None:
        abort(403)
    day = _day(hub.timezone)
    entries = batch.sheets_of_day(db.session(), hub, day, twin_address)
    return _zip(entries, day, f"{hub.slug}-{day}")


@access.needs("editor", "coordinator")
def answer_batch(slug: str) -> Response:
    """One answer in every language it has a text in, with the facts of today."""
    day = clock.today(TIMEZONE)
    answer = one_answer(db.session(), slug)
    register, recalled = Register.read(db.session()), recalled_on(db.session(), day)
    entries = batch.every_language(answer, register, day, recalled)
    return _zip(entries, day, f"{answer.slug}-{day}")


def _zip(entries: list[batch.Entry], day: date, name: str) -> Response:
    """Send a ZIP file while its sheets are made; the browser shows how far it has come."""
    if not entries:
        abort(404)
    response = Response(batch.zipped(entries, day, screen_language()), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response


def _seat() -> Hub | None:
    """Give the hub at whose desk the account sits, or None."""
    principal = access.current()
    if principal.hub_id is None or principal.hub_id not in principal.desk_hubs:
        return None
    return lookup.hub_by_id(db.session(), principal.hub_id)


def _day(timezone: str) -> date:
    """Give the day that was asked for; today where there is none, or one that is yet to come."""
    today = clock.today(timezone)
    try:
        return min(date.fromisoformat(request.args.get("day", "")), today)
    except ValueError:
        return today
