"""Registering a visit, the hub's day, one visit, its correction and its undoing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from hub import access, clock
from hub.answers.calculating import CHOICES, fields
from hub.answers.library import AnswerView
from hub.db import db, unit_of_work
from hub.locale import gettext as _
from hub.locale import ngettext, screen_language
from hub.places import lookup
from hub.places.models import Area, Hub
from hub.refusal import Conflict, Refusal
from hub.security import forget_form, keep_form, kept_form
from hub.visits import correcting, reading, receiving
from hub.visits import vocabulary as words
from hub.visits.desk_content import desk_content
from hub.visits.desk_views import KEPT, DeskRoom, seated_hub, show_desk
from hub.visits.entry import EARLIEST, EntryRefusal, Knowledge, VisitEntry, faults
from hub.visits.forms import VisitForm, blanks_given, entry_from, form_values, read_id
from hub.visits.models import Visit

visits = Blueprint("visits", __name__)

# The sealed cookie that carries typed blanks from the form to the first print.
BLANKS = "blanks"


def newest_texts(answers: Mapping[str, AnswerView]) -> dict[tuple[str, str], int]:
    """Give the id of the newest text of each answer in each language."""
    return {
        (slug, language): text.id
        for slug, answer in answers.items()
        for language, text in answer.texts.items()
    }


def _known(room: DeskRoom, area: str) -> Knowledge:
    """Give what an entry is checked against; of all areas only the one that it names."""
    there = db.select(Area.code).where(Area.code == area, Area.kind != "project")
    # What is not printable, such as a NUL, is nothing that PostgreSQL can look for.
    areas = set(db.session.scalars(there)) if area.isprintable() else set()
    return Knowledge(room.topics, areas, room.answers, room.now)


def _read_form(
    room: DeskRoom, form: VisitForm, raw: MultiDict[str, str]
) -> tuple[VisitEntry, list[Refusal]]:
    """Read the form as an entry with every fault it has."""
    refused: list[Refusal] = []
    if form.postcode.data:
        try:
            form.area.data = lookup.area_of_postcode(db.session(), form.postcode.data)
            form.postcode.data = ""
        except Refusal as refusal:
            refused.append(refusal)
    urgencies = {code: topic.urgency for code, topic in room.topics.items()}
    try:
        entry, unread = entry_from(form, raw, room.hub.timezone, urgencies)
    except EntryRefusal as refusal:
        form.visit_id.data = str(read_id(""))
        return VisitEntry(visit_id=read_id("")), [*refused, refusal]
    entry = replace(
        entry,
        continues=_continued(entry.continues),
        questions=tuple(
            replace(q, answer_language=_language_shown(room, q.answer, entry.language))
            if q.answer and not q.answer_language
            else q
            for q in entry.questions
        ),
    )
    silent = {(r.field, getattr(r, "question", None)) for r in unread}
    found = [
        f for f in faults(entry, _known(room, entry.area)) if (f.field, f.question) not in silent
    ]
    return entry, [*refused, *unread, *found]


def _continued(visit_id: UUID | None) -> UUID | None:
    """Give the earlier visit's id when it is one of the account's own hubs, else None."""
    if visit_id is None:
        return None
    visit = db.session.get(Visit, visit_id)
    own = visit is not None and visit.hub_id in access.current().desk_hubs
    return visit_id if own else None


def _language_shown(room: DeskRoom, slug: str, language: str) -> str | None:
    answer = room.answers.get(slug)
    if answer is None:
        return None
    return (answer.beside_dutch(language) or answer.dutch).language


@visits.post("/visits")
@access.needs("volunteer", "coordinator")
def receive_visit() -> Response:
    """Store a visit once; the same form sent again answers the same."""
    raw = MultiDict(request.form)
    room = DeskRoom(seated_hub(raw.get("hub")))
    form = VisitForm(raw)
    entry, refused = _read_form(room, form, raw)
    if refused:
        for refusal in refused:
            form.refuse_entry(refusal)
        return show_desk(room, form, raw=raw, status=422)
    printing = raw.get("action") == "print"
    try:
        with unit_of_work() as work:
            received = receiving.receive(
                work,
                lookup.hub_by_id(work, room.hub.id),
                entry,
                room.now,
                closed=receiving.closed_months(work, room.hub.municipality_code),
                texts=newest_texts(room.answers),
            )
            if printing and received.stored:
                visit = work.get_one(Visit, entry.visit_id)
                receiving.put_on_sheet(visit, _sheet_answers(room, entry, raw))
    except Conflict as conflict:
        # Nothing typed is lost: the same form under a number of its own.
        form.visit_id.data = str(read_id(""))
        form.form_errors.append(conflict.text(screen_language()))
        return show_desk(room, form, raw=raw, status=409)
    response = redirect(url_for("visits.visit_page", visit_id=entry.visit_id), 303)
    forget_form(response, KEPT)
    if printing:
        keep_form(response, BLANKS, _for_first_print(entry, raw))
    return response


def _slots_used(raw: MultiDict[str, str]) -> list[int]:
    return [at for at in range(5) if raw.get(f"questions-{at}-topic", "").strip()]


def _sheet_answers(
    room: DeskRoom, entry: VisitEntry, raw: MultiDict[str, str]
) -> dict[int, receiving.OnSheet]:
    """Give for each question number what goes on the sheet: its answer, or the topic's own.

    A question that was kept off the sheet stays off it.
    """
    texts = newest_texts(room.answers)
    chosen = {}
    slots = _slots_used(raw)
    for number, (at, question) in enumerate(zip(slots, entry.questions, strict=True), 1):
        slug = question.answer or room.main_answer(question.topic)
        if not slug or raw.get(f"questions-{at}-sheet") == "no":
            continue
        language = question.answer_language or _language_shown(room, slug, entry.language) or "nl"
        chosen[number] = receiving.OnSheet(slug, language, texts.get((slug, language)))
    return chosen


def _for_first_print(entry: VisitEntry, raw: MultiDict[str, str]) -> MultiDict[str, str]:
    """Give the blanks under their question's number, for the one visit that they are for."""
    kept = MultiDict({"visit_id": str(entry.visit_id), "print": "now"})
    for number, at in enumerate(_slots_used(raw)):
        for name, value in blanks_given(raw).get(at, {}).items():
            kept[f"questions-{number}-blank-{name}"] = value
    return kept


@visits.get("/visits")
@access.needs("volunteer", "coordinator")
def visit_list() -> str:
    """The visits of the hub's day, and what was entered today for earlier days."""
    hub = seated_hub()
    today = clock.today(hub.timezone)
    try:
        day = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        day = today
    day = min(max(day, EARLIEST.date()), today)
    return render_template(
        "visits/list.html",
        hub=hub,
        day=day,
        today=today,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1) if day < today else None,
        listed=reading.visits_of_day(db.session(), hub, day),
        late=reading.late_entries_of_day(db.session(), hub, day),
        day_of=reading.day_of,
        topics=desk_content(db.session(), current_app.extensions["kept"]).topics,
        outcomes=words.OUTCOMES,
        reader=screen_language(),
    )


def own_visit(visit_id: UUID) -> tuple[Visit, Hub]:
    """Give a visit of a hub at whose desk the account works, and the hub; else not found."""
    visit = reading.one_visit(db.session(), visit_id, access.current().desk_hubs)
    return visit, lookup.hub_by_id(db.session(), visit.hub_id)


@visits.get("/visits/<uuid:visit_id>")
@access.needs("volunteer", "coordinator")
def visit_page(visit_id: UUID) -> str:
    """One visit: its return code, its questions, its sheet, what was corrected."""
    visit, hub = own_visit(visit_id)
    content = desk_content(db.session(), current_app.extensions["kept"])
    answers = content.answers
    waiting = kept_form(BLANKS)
    mine = waiting if waiting and waiting.get("visit_id") == str(visit.id) else None
    return render_template(
        "visits/visit.html",
        visit=visit,
        hub=hub,
        opened_on=reading.day_of(visit.opened_at, hub.timezone),
        topics=content.topics,
        answers=answers,
        areas=lookup.area_names(db.session(), [visit.area]),
        words=words,
        other_areas=lookup.OTHER_AREAS,
        may_change=correcting.may_change(db.session(), visit, hub, clock.now()),
        on_sheet=[q for q in visit.questions if q.answer_slug and q.sheet],
        blanks={
            q.number: fields(answers[q.answer_slug])
            for q in visit.questions
            if q.answer_slug in answers and q.sheet
        },
        typed=blanks_given(mine) if mine else {},
        print_now=mine is not None,
        reader=screen_language(),
        choices=CHOICES,
    )


@visits.get("/visits/<uuid:visit_id>/correct")
@access.needs("volunteer", "coordinator")
def correct_visit(visit_id: UUID) -> Response:
    """The same form with what is stored, for a correction within the day."""
    visit, hub = own_visit(visit_id)
    if not correcting.may_change(db.session(), visit, hub, clock.now()):
        abort(404)
    form = VisitForm(MultiDict(), **form_values(reading.entry_of(visit), hub.slug, hub.timezone))
    return show_desk(DeskRoom(hub), form, correcting=True)


@visits.post("/visits/<uuid:visit_id>/correct")
@access.needs("volunteer", "coordinator")
def store_correction(visit_id: UUID) -> Response:
    """Store a correction; every change stays visible with the visit."""
    visit, hub = own_visit(visit_id)
    raw = MultiDict(request.form)
    raw["visit_id"] = str(visit.id)
    for fixed in ("opened_at", "late_entry", "continues"):
        raw.pop(fixed, None)
    room = DeskRoom(hub)
    form = VisitForm(raw)
    entry, refused = _read_form(room, form, raw)
    try:
        if not refused:
            with unit_of_work() as work:
                changes = correcting.correct(
                    work,
                    reading.one_visit(work, visit_id, access.current().desk_hubs),
                    lookup.hub_by_id(work, hub.id),
                    entry,
                    newest_texts(room.answers),
                    room.now,
                )
    except Refusal as late:
        refused = [late]
    if refused:
        for refusal in refused:
            form.refuse_entry(refusal)
        return show_desk(room, form, raw=raw, status=422, correcting=True)
    flash(ngettext("%(num)s change stored.", "%(num)s changes stored.", changes), "success")
    return redirect(url_for("visits.visit_page", visit_id=visit_id), 303)


@visits.post("/visits/<uuid:visit_id>/undo")
@access.needs("volunteer", "coordinator")
def undo_visit(visit_id: UUID) -> Response:
    """Remove a visit of today; its id is not used again."""
    _visit, hub = own_visit(visit_id)
    try:
        with unit_of_work() as work:
            correcting.undo(
                work,
                reading.one_visit(work, visit_id, access.current().desk_hubs),
                lookup.hub_by_id(work, hub.id),
                clock.now(),
            )
    except Refusal as refusal:
        flash(refusal.text(screen_language()), "error")
        return redirect(url_for("visits.visit_page", visit_id=visit_id), 303)
    flash(_("The visit was removed. Nothing of it is kept."), "success")
    return redirect(url_for("desk.desk_page", fresh=1), 303)
