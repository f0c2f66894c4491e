"""The addresses of the facts register, and the pages to read it."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for

from hub import access, clock
from hub.accounts.roles import ROLE_NAMES
from hub.db import db
from hub.facts import entry, reading, units
from hub.facts.change_views import TIMEZONE, Page, fact_new, value_new, value_page
from hub.facts.forms import PreviewForm
from hub.facts.register import write_value
from hub.facts.usage import Use, uses
from hub.locale import screen_language

facts = Blueprint("facts", __name__)

# What the templates say of a value: its unit, VAT, mark and end in words.
WORDS = {
    "units": units.UNITS,
    "vats": entry.VATS,
    "marks": entry.MARKS,
    "at_expiry": entry.AT_EXPIRY,
}


@facts.context_processor
def everywhere() -> dict[str, object]:
    """Give what every page of the register knows."""
    principal = access.current_or_none()  # none on an error page
    return {
        "words": WORDS,
        "role_names": ROLE_NAMES,
        "write_value": write_value,
        "stand_of": reading.stand_of,
        "reader": screen_language(),
        "may_change": principal is not None and "editor" in principal.roles,
        "today": clock.today(TIMEZONE),
    }


@facts.get("/facts")
@access.needs("editor", "checker")
def fact_list() -> Page:
    """Every part of every fact as it stands today; `q` and `show` narrow the list."""
    lines = reading.part_lines(db.session(), clock.today(TIMEZONE))
    show = request.args.get("show", "")
    query = request.args.get("q", "")[:100]
    return render_template(
        "facts/list.html",
        listed=reading.matching(lines, query, show if show in reading.SHOWS else ""),
        counts={name: sum(name in line.shows for line in lines) for name in reading.SHOWS},
        total=len(lines),
        shows=reading.SHOWS,
        show=show,
        query=query,
        used=_uses(),
    )


@facts.get("/facts/<code>")
@access.needs("editor", "checker")
def fact_page(code: str) -> Page:
    """One fact: its parts with every value they ever had, where it is used, what prints."""
    known = reading.fact_code(db.session(), code)
    if known != code:
        return redirect(url_for("facts.fact_page", code=known), 303)
    today = clock.today(TIMEZONE)
    form = PreviewForm(request.args)
    day = form.day(today)
    return render_template(
        "facts/fact.html",
        code=code,
        parts=reading.all_values(db.session(), code, today),
        form=form,
        day=day,
        printed=reading.counts_on(db.session(), code, day),
        used={part: told for (of, part), told in _uses().items() if of == code},
    )


def _uses() -> dict[tuple[str, str], list[Use]]:
    """Ask the rooms above which answers print which parts."""
    return uses(db.session(), current_app.extensions.get("uses_of_facts", ()))


facts.add_url_rule("/facts/new", view_func=fact_new, methods=["GET", "POST"])
facts.add_url_rule("/facts/<code>/new", view_func=value_new, methods=["GET", "POST"])
facts.add_url_rule(
    "/facts/<code>/values/<int:value_id>", view_func=value_page, methods=["GET", "POST"]
)
