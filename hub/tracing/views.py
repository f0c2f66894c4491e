"""Recalls: all of them, the sheets of a text or a value, the act itself, and the desk's notice."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from hub import access, clock, errors
from hub.accounts.roles import ROLE_NAMES
from hub.answers.library import all_answers
from hub.db import db, unit_of_work
from hub.facts.register import write_value
from hub.locale import gettext as _
from hub.locale import screen_language
from hub.recalls import recalling
from hub.recalls.about import (
    About,
    AboutText,
    about,
    about_text,
    about_value,
    is_in_use,
)
from hub.recalls.models import Recall
from hub.recalls.reading import every_recall, standing, subject_of
from hub.recalls.recalling import Wrong
from hub.recalls.subjects import Subject, subject_of_text, subject_of_value
from hub.refusal import NotFound, Refusal
from hub.tracing.carrying import answers_on
from hub.tracing.forms import LiftForm, RecallForm, SpanForm
from hub.tracing.notices import Notice, notices_of
from hub.tracing.tracing import Counts, Span, count_sheets, list_sheets, sight_of
from hub.visits.models import Visit
from hub.visits.return_code import show

tracing = Blueprint("tracing", __name__)

Page = tuple[str, int] | str | Response
# The library and the register are ones for the country, whose days these are.
TIMEZONE: Final = "Europe/Amsterdam"
READERS: Final = ("editor", "coordinator")
# As many sheets as a page shows; the file has all of them.
MOST: Final = 200
COLUMNS: Final = ("day", "hub", "language", "answers", "return_code")


def _may_recall() -> bool:
    return "editor" in access.current().roles


@tracing.get("/recalls")
@access.needs(*READERS)
def recall_list() -> Page:
    """Every recall, with how many sheets it is about."""
    return _recall_list()


def _recall_list(faulty: int | None = None, form: LiftForm | None = None) -> str:
    session = db.session()
    sight = sight_of(session, access.current())
    rows = []
    for recall, lifted in every_recall(session):
        span = Span(recall.first_day, recall.last_day)
        counted = count_sheets(session, subject_of(session, recall), span, sight)
        shown = form if form is not None and recall.id == faulty else LiftForm(formdata=None)
        rows.append((recall, lifted, about(session, recall), counted, shown))
    return render_template("tracing/list.html", rows=rows, faulty=faulty, **_words())


@tracing.post("/recalls/<int(max=2147483647):recall_id>/lift")
@access.needs("editor")
def lift(recall_id: int) -> Page:
    """Lift a recall that was a mistake."""
    form = LiftForm()
    if form.validate():
        try:
            with unit_of_work() as work:
                recalling.lift(work, recall_id, form.reason.data or "", "editor", _today())
            flash(_("The recall was lifted. It stays in the list."), "success")
            return redirect(url_for("tracing.recall_list"), 303)
        except NotFound:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
    return _recall_list(recall_id, form), 422


def _text_page(text_id: int) -> Page:
    session = db.session()
    return _trace(
        about_text(session, text_id), subject_of_text(session, text_id), recalling.recall_text
    )


def _value_page(value_id: int) -> Page:
    session = db.session()
    return _trace(
        about_value(session, value_id), subject_of_value(session, value_id), recalling.recall_value
    )


@tracing.get("/recalls/texts/<int(max=2147483647):text_id>")
@access.needs(*READERS)
def text_trace(text_id: int) -> Page:
    """The sheets that were handed out with a version of a text."""
    return _text_page(text_id)


@tracing.post("/recalls/texts/<int(max=2147483647):text_id>")
@access.needs("editor")
def text_recall(text_id: int) -> Page:
    """Recall a version of a text."""
    return _text_page(text_id)


@tracing.get("/recalls/values/<int(max=2147483647):value_id>")
@access.needs(*READERS)
def value_trace(value_id: int) -> Page:
    """The sheets that were handed out with a value."""
    return _value_page(value_id)


@tracing.post("/recalls/values/<int(max=2147483647):value_id>")
@access.needs("editor")
def value_recall(value_id: int) -> Page:
    """Recall a value."""
    return _value_page(value_id)


def _trace(
    what: About,
    subject: Subject,
    recall: Callable[[Session, int, Wrong, str, date], Recall],
) -> Page:
    """Show the sheets with something on them, or recall it where a form was sent."""
    asked = SpanForm(request.args)
    span = asked.span()
    if request.method == "GET":
        form = RecallForm(formdata=None)
        form.begin(span or Span())
        return _trace_page(what, subject, asked, span, form), 200 if span else 422
    form = RecallForm()
    wrong = form.wrong() if form.validate() else None
    if wrong is not None:
        try:
            with unit_of_work() as work:
                recall(work, _id_of(what), wrong, "editor", _today())
            flash(_("Recalled. The desk is told when one of these sheets comes back."), "success")
            return redirect(_address(what, Span(wrong.first_day, wrong.last_day)), 303)
        except Refusal as refusal:
            form.refuse(refusal)
    return _trace_page(what, subject, asked, span, form), 422


def _trace_page(
    what: About, subject: Subject, asked: SpanForm, span: Span | None, form: RecallForm
) -> str:
    session = db.session()
    sight = sight_of(session, access.current())
    counted, found = Counts({}, 0), []
    if span is not None:
        counted = count_sheets(session, subject, span, sight)
        found = list(list_sheets(session, subject, span, sight, MOST))
    column = Recall.text_id if isinstance(what, AboutText) else Recall.fact_value_id
    return render_template(
        "tracing/trace.html",
        what=what,
        subject=subject,
        asked=asked,
        form=form,
        counted=counted,
        found=found,
        answers=answers_on(session, [one.sheet_id for one in found], what),
        titles={slug: one.dutch.title for slug, one in all_answers(session).items()},
        recalls=standing(session, column == _id_of(what)),
        csv=_address(what, span, "csv") if span else None,
        in_use=is_in_use(session, what, _today()),
        most=MOST,
        **_words(),
    )


@tracing.get("/recalls/texts/<int(max=2147483647):text_id>.csv")
@access.needs(*READERS)
def text_csv(text_id: int) -> Page:
    """The sheets of a version of a text as a file."""
    session = db.session()
    return _csv(about_text(session, text_id), subject_of_text(session, text_id))


@tracing.get("/recalls/values/<int(max=2147483647):value_id>.csv")
@access.needs(*READERS)
def value_csv(value_id: int) -> Page:
    """The sheets of a value as a file."""
    session = db.session()
    return _csv(about_value(session, value_id), subject_of_value(session, value_id))


def _csv(what: About, subject: Subject) -> Page:
    """Give all sheets with something on them, as a file."""
    session = db.session()
    asked = SpanForm(request.args)
    span = asked.span()
    if span is None:
        return errors.page(422, " ".join(text for texts in asked.errors.values() for text in texts))
    found = list(list_sheets(session, subject, span, sight_of(session, access.current())))
    answers = answers_on(session, [one.sheet_id for one in found], what)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found:
        slugs = " ".join(answers.get(one.sheet_id, ()))
        code = show(one.return_code) if one.return_code else ""
        writer.writerow([one.printed_on.isoformat(), one.hub, one.language, slugs, code])
    response = Response(out.getvalue(), mimetype="text/csv")
    name = (
        f"{what.slug}-{what.language}-{what.version}"
        if isinstance(what, AboutText)
        else f"{what.code}-{what.part}"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _id_of(what: About) -> int:
    return what.text_id if isinstance(what, AboutText) else what.value_id


def _address(what: About, span: Span, kind: str = "trace") -> str:
    days = {"since": span.first_day, "until": span.last_day}
    asked = {name: day.isoformat() for name, day in days.items() if day is not None}
    if isinstance(what, AboutText):
        return url_for(f"tracing.text_{kind}", text_id=what.text_id, **asked)  # type: ignore[arg-type]
    return url_for(f"tracing.value_{kind}", value_id=what.value_id, **asked)  # type: ignore[arg-type]


def _words() -> dict[str, object]:
    return {
        "address": _address,
        "no_span": Span(),
        "span_of": lambda recall: Span(recall.first_day, recall.last_day),
        "show_code": show,
        "write_value": write_value,
        "role_names": ROLE_NAMES,
        "reader": screen_language(),
        "may_recall": _may_recall(),
        "is_text": lambda what: isinstance(what, AboutText),
    }


@tracing.app_template_global()
def recall_notices(visit: Visit | None) -> list[tuple[Notice, str]]:
    """Give the desk what is wrong on the sheets of a visit; the page belongs to a room below."""
    if visit is None:
        return []
    return [(one, in_words(one.about)) for one in notices_of(db.session(), visit.id)]


@tracing.app_template_global()
def may_trace() -> bool:
    """Tell the pages of rooms below whether to lead to the sheets of what they show."""
    principal = access.current_or_none()
    return principal is not None and not principal.roles.isdisjoint(READERS)


@tracing.app_template_global("in_words")
def in_words(what: About) -> str:
    """Say what a recall is about, in the language of the screen."""
    if isinstance(what, AboutText):
        return _("%(title)s, version %(version)s", title=what.title, version=what.version)
    written = write_value(what.value, what.unit, screen_language())
    return f"{what.code}.{what.part}: {written}"


def _today() -> date:
    return clock.today(TIMEZONE)
