"""The sheet of a visit: printed in a chosen format, and again as it was handed out."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import Blueprint, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from hub import access, clock, errors
from hub.answers.library import AnswerView, all_answers, text_by_id
from hub.db import db, unit_of_work
from hub.facts.register import Register
from hub.locale import screen_language
from hub.places.models import Hub
from hub.recalls.reading import recalled_on
from hub.refusal import Refusal
from hub.security import forget_form
from hub.sheets import handing_out, offers, records, web_code
from hub.sheets.batch_views import answer_batch, batches, day_batch
from hub.sheets.making import Choice
from hub.sheets.models import SheetRecord
from hub.sheets.records import Handed
from hub.sheets.render import render
from hub.sheets.typeface_views import typeface
from hub.sheets.web_views import page_of, twin_address, web_twin
from hub.visits.forms import blanks_given
from hub.visits.models import Question, Visit
from hub.visits.return_code import show
from hub.visits.views import BLANKS, own_visit

sheets = Blueprint("sheets", __name__)
sheets.add_url_rule("/s/<code>", "web_twin", web_twin)
sheets.add_url_rule("/typefaces/<family>.ttf", "typeface", typeface)
sheets.add_url_rule("/sheets", "batches", batches)
sheets.add_url_rule("/sheets/day.zip", "day_batch", day_batch)
sheets.add_url_rule("/sheets/answers/<slug>.zip", "answer_batch", answer_batch)

Blanks = dict[int, dict[str, str]]


@sheets.post("/visits/<uuid:visit_id>/sheet.pdf")
@access.needs("volunteer", "coordinator")
def print_sheet(visit_id: UUID) -> Response | tuple[str, int]:
    """Print in the format of the field `format`, with what was typed in the blanks.

    What was typed stands on the paper and nowhere else.
    """
    visit, hub = own_visit(visit_id)
    blanks = typed_blanks()
    try:
        response = _print(visit, hub, request.form.get("format", offers.USUAL), blanks)
    except Refusal as refusal:
        return errors.page(422, refusal.text(screen_language()))
    if response is None:
        return errors.page(404)
    forget_form(response, BLANKS)
    return response


@sheets.get("/visits/<uuid:visit_id>/sheet.pdf")
@access.needs("volunteer", "coordinator")
def reprint_sheet(visit_id: UUID) -> Response | tuple[str, int]:
    """Print again, as it was handed out, with lines to write on in the place of blanks.

    `copy` is the number of the sheet among those of the visit, from 1; the last one without it.
    """
    visit, hub = own_visit(visit_id)
    handed_out = records.of_visit(db.session(), visit.id)
    copy = request.args.get("copy", len(handed_out), type=int)
    try:
        if not handed_out and "copy" not in request.args:
            response = _print(visit, hub, offers.USUAL, {})
            return response or errors.page(404)
        if not 1 <= copy <= len(handed_out):
            return errors.page(404)
        record = handed_out[copy - 1]
        handed = handing_out.hand_out_again(db.session(), record)
        return _pdf(handed, visit, hub, record.code, kept=True)
    except Refusal as refusal:
        return errors.page(422, refusal.text(screen_language()))


@sheets.post("/visits/<uuid:visit_id>/sheet-preview")
@access.needs("volunteer", "coordinator")
def preview_sheet(visit_id: UUID) -> Response | tuple[str, int]:
    """The sheet as it would be printed, unrecorded: a page, or the PDF where `as` says `pdf`.

    A preview has no QR code: there is no web page yet that it could lead to.
    """
    visit, hub = own_visit(visit_id)
    name = request.form.get("format", offers.USUAL)
    try:
        handed = prepared(visit, hub, name, typed_blanks())
        if handed is None:
            return errors.page(404)
        if request.form.get("as") == "pdf":
            return _pdf(handed, visit, hub, None, kept=False)
        return Response(page_of(handed, hub), mimetype="text/html")
    except Refusal as refusal:
        return errors.page(422, refusal.text(screen_language()))


def typed_blanks() -> Blanks:
    """Give what was typed in the blanks of the form, by slot and name; empty ones left out."""
    given = blanks_given(MultiDict(request.form))
    typed = {
        slot: {name: value for name, value in blanks.items() if value.strip()}
        for slot, blanks in given.items()
    }
    return {slot: blanks for slot, blanks in typed.items() if blanks}


def _print(visit: Visit, hub: Hub, name: str, blanks: Blanks) -> Response | None:
    """Print a new sheet and record it; None for a visit without one."""
    handed = prepared(visit, hub, name, blanks)
    if handed is None:
        return None
    last = records.of_visit(db.session(), visit.id)[-1:]
    known = next((record for record in last if records.is_same(record, handed)), None)
    code = known.code if known else web_code.new_code()
    response = _pdf(handed, visit, hub, code, kept=not blanks)
    if known is None:  # only what could be printed is recorded
        with unit_of_work() as work:
            records.keep(work, visit.id, code, handed, clock.now())
    return response


def prepared(visit: Visit, hub: Hub, name: str, blanks: Blanks) -> Handed | None:
    """Fill a new sheet of a visit in the format of that name; None where it has no answer.

    Raises Refusal for an unknown format, a blank of a wrong type, or what must not be printed.
    """
    choices = choices_for(visit, blanks)
    if not choices:
        return None
    call_back = [q.call_back_on for q in visit.questions if q.call_back_on]
    chosen, handout = offers.choose(name, _language(visit, choices), choices)
    today = clock.today(hub.timezone)
    return handing_out.hand_out(
        chosen,
        handout,
        Register.read(db.session()),
        today,
        min(call_back) if call_back else None,
        recalled_on(db.session(), today),
    )


def _pdf(handed: Handed, visit: Visit, hub: Hub, code: str | None, *, kept: bool) -> Response:
    """Render a sheet; finished bytes are kept in memory, save those that hold what was typed."""
    address = twin_address(code) if code else None
    sheet = handing_out.on_paper(handed, hub, show(visit.return_code), address)
    pdf = render(sheet) if kept else render.__wrapped__(sheet)
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="sheet.pdf"'
    return response


def choices_for(visit: Visit, blanks: Blanks) -> list[Choice]:
    """Give what goes on paper; an answer that serves two questions stands once."""
    questions = [q for q in visit.questions if q.sheet and q.answer_slug]
    answers = all_answers(db.session(), {q.answer_slug for q in questions if q.answer_slug})
    chosen: dict[str, Choice] = {}
    for question in questions:
        answer = answers.get(question.answer_slug or "")
        typed = blanks.get(question.number - 1, {})
        if answer is None:
            continue
        if answer.slug in chosen:
            before = chosen[answer.slug]
            chosen[answer.slug] = Choice(
                answer, before.beside, before.dutch, {**before.blanks, **typed}
            )
        else:
            chosen[answer.slug] = _choice(answer, question, typed)
    return list(chosen.values())


def _choice(answer: AnswerView, question: Question, typed: dict[str, str]) -> Choice:
    """Take the text that was given at the desk, also when a newer one has come since."""
    given = text_by_id(db.session(), question.answer_text_id) if question.answer_text_id else None
    language = question.answer_language or "nl"
    if language == "nl":
        return Choice(answer, None, given or answer.dutch, typed)
    return Choice(answer, given or answer.text(language), answer.dutch, typed)


def _language(visit: Visit, choices: list[Choice]) -> str:
    """Give the language of the resident's column: the conversation's where a text has it."""
    languages = [choice.beside.language for choice in choices if choice.beside]
    own = [language for language in languages if language == visit.language.split("-")[0]]
    return (own or languages or ["nl"])[0]


@dataclass(frozen=True, slots=True)
class Copy:
    """A sheet of the visit that was handed out; `code` is its web page's, None once that ended."""

    number: int
    printed_on: date
    label: str
    language: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """What the visit's page says of its sheet: formats to choose, copies handed out before."""

    offers: tuple[offers.Offer, ...]
    dutch_comes_along: bool
    copies: tuple[Copy, ...]


@sheets.app_template_global()
def sheet_card(visit: Visit, hub: Hub) -> Card:
    """Give the visit's page what it says of the sheet; the page belongs to a room below."""
    choices = choices_for(visit, {})
    today = clock.today(hub.timezone)
    return Card(
        offers.offers(choices),
        any(choice.beside for choice in choices) and offers.dutch_comes_along(choices),
        tuple(
            _copy(number, record, today)
            for number, record in enumerate(records.of_visit(db.session(), visit.id), 1)
        ),
    )


def _copy(number: int, record: SheetRecord, today: date) -> Copy:
    handout = records.handout_of(record)
    valid = record.valid_until is None or today <= record.valid_until
    return Copy(
        number,
        record.printed_on,
        offers.label_of(handout),
        record.language,
        record.code if valid else None,
    )
