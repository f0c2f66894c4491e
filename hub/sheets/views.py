"""The sheet of a visit: the first print with what was typed, and reprints with lines."""

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
from hub.places import hours
from hub.places.hubs import stretches_of
from hub.places.models import Hub
from hub.refusal import Refusal
from hub.security import forget_form
from hub.sheets import records
from hub.sheets.compose import compose
from hub.sheets.content import Format, SheetFrame, SheetHub
from hub.sheets.making import Choice, Made, make
from hub.sheets.models import SheetRecord
from hub.sheets.render import render
from hub.visits.forms import blanks_given
from hub.visits.models import Question, Visit
from hub.visits.return_code import show
from hub.visits.views import BLANKS, own_visit

sheets = Blueprint("sheets", __name__)


@sheets.post("/visits/<uuid:visit_id>/sheet.pdf")
@access.needs("volunteer", "coordinator")
def print_sheet(visit_id: UUID) -> Response | tuple[str, int]:
    """Print with what was typed in the blanks; that stands on the paper and nowhere else."""
    response = _sheet(visit_id, blanks_given(MultiDict(request.form)))
    if isinstance(response, Response):
        forget_form(response, BLANKS)
    return response


@sheets.get("/visits/<uuid:visit_id>/sheet.pdf")
@access.needs("volunteer", "coordinator")
def reprint_sheet(visit_id: UUID) -> Response | tuple[str, int]:
    """Print again, as it was handed out, with lines to write on in the place of blanks."""
    return _sheet(visit_id, {})


def _sheet(visit_id: UUID, blanks: dict[int, dict[str, str]]) -> Response | tuple[str, int]:
    visit, hub = own_visit(visit_id)
    questions = [q for q in visit.questions if q.sheet and q.answer_slug]
    if not questions:
        return errors.page(404)
    record = records.latest(db.session(), visit.id)
    day = record.printed_on if record and not blanks else clock.today(hub.timezone)
    try:
        choices = _choices(questions, blanks)
        made = make(choices, Register.read(db.session()), day)
        if record is None or not records.is_same(record, choices, "a4", False):
            record = _keep(visit, choices, made, day)
        pdf = render(compose(made.answers, _frame(visit, hub, made, record, day), Format("a4")))
    except Refusal as refusal:
        return errors.page(422, refusal.text(screen_language()))
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="sheet.pdf"'
    return response


def _choices(questions: list[Question], blanks: dict[int, dict[str, str]]) -> list[Choice]:
    """Give what goes on paper; an answer that serves two questions stands once."""
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


def _keep(visit: Visit, choices: list[Choice], made: Made, day: date) -> SheetRecord:
    with unit_of_work() as work:
        return records.keep(
            work,
            visit.id,
            choices,
            made,
            language=_language(visit, choices),
            beside="nl",
            paper="a4",
            large=False,
            printed_on=day,
            now=clock.now(),
        )


def _language(visit: Visit, choices: list[Choice]) -> str:
    """Give the language of the resident's column: the conversation's where a text has it."""
    languages = [choice.beside.language for choice in choices if choice.beside]
    own = [language for language in languages if language == visit.language.split("-")[0]]
    return (own or languages or ["nl"])[0]


def _frame(visit: Visit, hub: Hub, made: Made, record: SheetRecord, day: date) -> SheetFrame:
    call_back = [q.call_back_on for q in visit.questions if q.call_back_on]
    return SheetFrame(
        language=record.language,
        beside=record.beside,
        printed_on=day,
        valid_until=made.valid_until,
        version=made.version,
        return_code=show(visit.return_code),
        call_back_on=min(call_back) if call_back else None,
        web_address=None,
        hub=SheetHub(hub.name, hub.address, hub.phone, hours.in_words(stretches_of(hub), "nl")),
        demonstration=hub.municipality.demonstration,
    )
