"""The desk: one page, one form, no dead ends. Works without script."""

import contextlib
from typing import Any

from flask import (
    Blueprint,
    abort,
    current_app,
    jsonify,
    render_template,
    request,
    url_for,
)
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from hub import access, clock
from hub.answers.calculating import CHOICES
from hub.answers.library import SAFETY
from hub.answers.search import build_index
from hub.db import db
from hub.kept import Kept
from hub.locale import gettext as _
from hub.locale import screen_language
from hub.places import lookup
from hub.places.models import Hub
from hub.refusal import Refusal
from hub.security import forget_form, from_this_site, keep_form, kept_form
from hub.topics.listing import askable, grouped
from hub.visits import desk_page as desk_parts
from hub.visits.desk_content import areas_on_offer, desk_content
from hub.visits.forms import VisitForm, blanks_given, form_values, read_id
from hub.visits.models import Visit
from hub.visits.reading import day_of, entry_of, visit_by_code
from hub.visits.vocabulary import UNDETERMINED

desk = Blueprint("desk", __name__)

KEPT = "visit"
# From so many letters on, the name of a language is meant as one: `arab` is no `araba`.
SURE_LETTERS = 4
# The hub's first languages, until its own visits say otherwise (dossier section 5).
_FAVOURED = ("nl", "en", "ar", "tr", "ti", "es", "pap", "srn")


class DeskRoom:
    """Everything one rendering of the desk needs, read once per request."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.now = clock.now()
        self.day = clock.today(hub.timezone)
        kept: Kept = current_app.extensions["kept"]
        content = desk_content(db.session(), kept)
        self.topics = content.topics
        self.answers = content.answers
        self.served = content.served
        self.register = content.register
        self.areas = areas_on_offer(db.session(), kept, hub.municipality_code, self.day)
        self.usual = desk_parts.usual(db.session(), kept, hub.id, self.now)

    def top_areas(self) -> list[lookup.AreaChoice]:
        """Give the areas from which the hub's visitors come most."""
        return desk_parts.chips_of_areas(self.areas, self.usual.areas)

    def offer(self, form: VisitForm) -> None:
        """Fill the form's lists."""
        form.offer(
            topics=grouped(self.topics, self.day),
            areas=self.areas,
            answers=[(a.slug, a.dutch.title) for a in self.answers.values() if a.slug != SAFETY],
            languages=_FAVOURED,
        )

    def main_answer(self, topic: str) -> str:
        """Give the slug of the answer that serves a topic first; empty where there is none."""
        served = [a for a in self.served.get(topic, []) if a.slug != SAFETY]
        return served[0].slug if served else ""

    def panel(
        self, topic: str, slug: str, language: str, typed: dict[str, str]
    ) -> desk_parts.Panel | None:
        """Give the answer beside a question, or None."""
        answer = self.answers.get(slug)
        if answer is None:
            return None
        others = [a for a in self.served.get(topic, []) if a.slug not in {slug, SAFETY}]
        return desk_parts.panel(
            db.session(), answer, language, self.register, self.day, typed, others
        )


def seated_hub(slug: str | None = None) -> Hub:
    """Give the hub this request is for: the one named, or the one the account sits at.

    A hub at whose desk the account does not work is refused with 403.
    """
    principal = access.current()
    if slug:
        if not slug.isprintable():  # a NUL is nothing that PostgreSQL can look for
            abort(403)
        try:
            hub = lookup.hub_by_slug(db.session(), slug)
        except Refusal:
            abort(403)
        if hub.id not in principal.desk_hubs:
            abort(403)
        return hub
    if principal.hub_id is None or principal.hub_id not in principal.desk_hubs:
        abort(403)
    return lookup.hub_by_id(db.session(), principal.hub_id)


def show_desk(
    room: DeskRoom,
    form: VisitForm,
    *,
    raw: MultiDict[str, str] | None = None,
    status: int = 200,
    correcting: bool = False,
    continued: Visit | None = None,
    back: bool = False,
) -> Response:
    """Render the desk with a form, the answers beside its questions, and search hits."""
    raw = raw if raw is not None else MultiDict()
    room.offer(form)
    language = form.language.data or UNDETERMINED
    blanks = blanks_given(raw)
    if continued is None and not correcting:
        continued = _continued(form)
    panels = [
        room.panel(slot.form.topic.data, slot.form.answer.data, language, blanks.get(at, {}))
        if slot.form.topic.data and slot.form.answer.data
        else None
        for at, slot in enumerate(form.questions)
    ]
    query = raw.get("search", "").strip()
    page = render_template(
        "visits/desk.html",
        form=form,
        hub=room.hub,
        topics=room.topics,
        tiles=desk_parts.tiles(room.usual.topics, askable(room.topics.values(), room.day)),
        panels=panels,
        safety=desk_parts.safety_panel(
            db.session(), room.answers, language, room.register, room.day
        ),
        favoured=_FAVOURED[:6],
        top_areas=room.top_areas(),
        query=query,
        typed_code=raw.get("return_code", ""),
        hits=_hits(room, query) if query else [],
        choices=CHOICES,
        correcting=correcting,
        continued=continued,
        continued_on=day_of(continued.opened_at, room.hub.timezone) if continued else None,
        back=back,
        reader=screen_language(),
        idle_minutes=current_app.config["IDLE_MINUTES"],
    )
    return current_app.make_response((page, status))


def _continued(form: VisitForm) -> Visit | None:
    """Give the visit that an open form continues, for as long as the form is open."""
    with contextlib.suppress(Refusal):  # a damaged number is told where the form is judged
        visit = db.session.get(Visit, read_id(form.continues.data)) if form.continues.data else None
        if visit is not None and visit.hub_id in access.current().desk_hubs:
            return visit
    return None


@desk.get("/desk")
@access.needs("volunteer", "coordinator")
def desk_page() -> Response:
    """The intake form, empty, or as it was left when a session ended."""
    room = DeskRoom(seated_hub())
    waiting = None if "fresh" in request.args else kept_form(KEPT)
    if waiting is None:
        form = VisitForm(MultiDict(), visit_id=str(read_id("")), hub=room.hub.slug)
        response = show_desk(room, form)
        forget_form(response, KEPT)
        return response
    if waiting.get("hub") not in {room.hub.slug, None, ""}:
        waiting["hub"] = room.hub.slug
    return show_desk(room, VisitForm(waiting), raw=waiting, back=True)


@desk.post("/desk")
@access.needs("volunteer", "coordinator")
def desk_again() -> Response:
    """Show the same form again with a topic added or removed, an answer, or search hits.

    This is what the page's script does by itself; without script these are buttons.
    """
    raw = MultiDict(request.form)
    room = DeskRoom(seated_hub(raw.get("hub")))
    _apply_buttons(room, raw)
    form = VisitForm(raw)
    _resolve_postcode(form)
    return show_desk(room, form, raw=raw)


def _apply_buttons(room: DeskRoom, raw: MultiDict[str, str]) -> None:
    """Bring buttons of the plain form into its fields."""
    if "use_language" in raw:
        raw["language"] = raw["use_language"]
    if "use_area" in raw:
        raw["area"] = raw["use_area"]
    slots = range(5)
    if "remove" in raw:
        for name in [n for n in raw if n.startswith(f"questions-{raw['remove']}-")]:
            del raw[name]
    if "add" in raw and raw["add"] in room.topics:
        taken = [raw.get(f"questions-{at}-topic", "") for at in slots]
        free = next((at for at in slots if not taken[at]), None)
        if free is not None and raw["add"] not in taken:
            raw[f"questions-{free}-topic"] = raw["add"]
            raw[f"questions-{free}-answer"] = ""
        raw["search"] = ""
    for at in slots:
        topic = raw.get(f"questions-{at}-topic", "")
        if topic and not raw.get(f"questions-{at}-answer"):
            raw[f"questions-{at}-answer"] = room.main_answer(topic)


def _resolve_postcode(form: VisitForm) -> None:
    """Turn a typed postcode into its area; the postcode goes no further."""
    typed = form.postcode.data
    if not typed:
        return
    try:
        form.area.data = lookup.area_of_postcode(db.session(), typed)
        form.postcode.data = ""
    except Refusal as refusal:
        form.refuse(refusal)


@desk.post("/desk/continue")
@access.needs("volunteer", "coordinator")
def continue_visit() -> Response:
    """Begin a new visit that continues the one of a return code."""
    hub = seated_hub()
    room = DeskRoom(hub)
    try:
        earlier = visit_by_code(
            db.session(), request.form.get("return_code", ""), access.current().desk_hubs
        )
    except Refusal as refusal:
        form = VisitForm(MultiDict(), visit_id=str(read_id("")), hub=hub.slug)
        form.form_errors.append(refusal.text(screen_language()))
        return show_desk(room, form, raw=MultiDict(request.form), status=422)
    values = form_values(entry_of(earlier), hub.slug, hub.timezone)
    values |= {
        "visit_id": str(read_id("")),
        "continues": str(earlier.id),
        "first_visit": "no",
        "late_entry": False,
        "opened_at": "",
        "channel": "counter",
        "questions": [],
    }
    form = VisitForm(MultiDict(), **values)
    return show_desk(room, form, continued=earlier)


@desk.post("/desk/answer")
@access.needs("volunteer", "coordinator")
def answer_panel() -> str:
    """The answer beside one question, as a piece of the page; posted, for it takes blanks."""
    raw = MultiDict(request.form)
    room = DeskRoom(seated_hub(raw.get("hub")))
    topic = raw.get("topic", "")
    slug = raw.get("answer") or room.main_answer(topic)
    slot = int(raw["slot"]) if raw.get("slot", "") in {"0", "1", "2", "3", "4"} else 0
    typed = blanks_given(raw).get(slot, {})
    found = room.panel(topic, slug, raw.get("language", UNDETERMINED), typed)
    return render_template(
        "visits/panel.html",
        panel=found,
        slot=slot,
        topic=room.topics.get(topic),
        choices=CHOICES,
        reader=screen_language(),
    )


@desk.post("/desk/search")
@access.needs("volunteer", "coordinator")
def search() -> Response:
    """Topics, languages and areas for some letters; posted, so that no log holds them."""
    room = DeskRoom(seated_hub())
    return jsonify(hits=_hits(room, request.form.get("search", "")))


@desk.post("/desk/keep")
@access.needs("volunteer", "coordinator")
def keep() -> Response:
    """Keep the open form while its reader looks at another page; the page's script asks."""
    response = Response(status=204)
    keep_visit_form(response)
    return response


@desk.get("/desk/alive")
@access.needs("volunteer", "coordinator")
def alive() -> tuple[str, int]:
    """Keep the sign-in open while somebody is typing."""
    return "", 204


def _hits(room: DeskRoom, query: str) -> list[dict[str, str]]:
    """Give what is found: a language that is nearly typed out, then topics, then the rest."""
    reader = screen_language()
    open_now = {t.code for t in askable(room.topics.values(), room.day)}
    topics = [
        {
            "kind": "topic",
            "value": hit.topic,
            "label": room.topics[hit.topic].label(reader),
            "note": _titles(room, hit.answers),
        }
        for hit in build_index(db.session()).find(query, room.usual.topics, month=room.day.month)
        if hit.topic in open_now
    ]
    languages = [
        {"kind": "language", "value": tag, "label": name, "note": _("language")}
        for tag, name in desk_parts.find_language(query, reader)
    ]
    areas = [
        {"kind": "area", "value": area.code, "label": area.name, "note": _("area")}
        for area in desk_parts.find_area(query, room.areas)
    ]
    if len(query.strip()) >= SURE_LETTERS:
        return [*languages, *topics, *areas]
    return [*topics, *languages, *areas]


def _titles(room: DeskRoom, slugs: tuple[str, ...]) -> str:
    reader = screen_language()
    titles = [
        (room.answers[slug].text(reader) or room.answers[slug].dutch).title
        for slug in slugs
        if slug in room.answers and slug != SAFETY
    ]
    return titles[0] if titles else ""


def keep_visit_form(response: Response) -> str | None:
    """Keep an open visit form for the same browser when its session has ended.

    A typed postcode becomes its area first: it is kept nowhere, not even there.
    """
    raw = MultiDict(request.form)
    if not from_this_site() or "visit_id" not in raw:
        return None
    postcode = raw.pop("postcode", "")
    if postcode:
        with contextlib.suppress(Refusal):
            raw["area"] = lookup.area_of_postcode(db.session(), str(postcode))
    keep_form(response, KEPT, raw)
    return url_for("desk.desk_page")


@desk.record
def _register_keepers(state: Any) -> None:
    for endpoint in ("visits.receive_visit", "desk.desk_again", "desk.keep", "accounts.lock"):
        access.keep_forms(state.app, endpoint, keep_visit_form)
