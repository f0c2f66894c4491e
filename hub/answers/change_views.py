"""The pages on which texts are written, checked and taken out of use."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from hub import access, clock
from hub.accounts.principal import Principal
from hub.answers import history, keeping, library, rights
from hub.answers.advice import advice_on, fitting_length
from hub.answers.bodies import VOLUNTEERS, is_for_volunteers, without_gaps
from hub.answers.forms import PLACES, ShownForm, TextForm, field_name
from hub.answers.keeping import Overtaken
from hub.answers.library import SOURCE_LANGUAGE, AnswerView, TextView
from hub.answers.placeholders import strings_of
from hub.answers.readability import readability
from hub.answers.reading_views import TIMEZONE, show_text
from hub.answers.text_rules import GoodText, Known, TextRefused, judge
from hub.db import db, unit_of_work
from hub.facts.register import Register
from hub.forms import typed
from hub.i18n import N_, knows_language
from hub.locale import gettext as _
from hub.locale import screen_language
from hub.refusal import NotFound, Refusal
from hub.security import forget_form, keep_form, kept_form

Page = tuple[str, int] | str | Response
KEPT: Final = "text"

writers = access.needs("editor", "checker")


@dataclass(frozen=True, slots=True)
class _Work:
    """What somebody works on: an answer, a language, the newest text in it, the Dutch beside it.

    `follows` is the Dutch that a new version will follow, None for the Dutch itself.
    """

    answer: AnswerView
    language: str
    newest: TextView | None
    follows: TextView | None

    @property
    def places(self) -> tuple[str, ...]:
        """The places that have a field: those of the Dutch; all of them for the Dutch itself."""
        if self.follows is None:
            return (*PLACES, VOLUNTEERS)
        mine = [place for place, text in strings_of(self.follows.body) if text]
        volunteers = self.language == "en"
        return tuple(place for place in mine if volunteers or not is_for_volunteers(place))

    def judge(self, form: TextForm) -> tuple[dict[str, Any], GoodText]:
        """Give what was typed, as a body and judged. Raises TextRefused."""
        body = form.body(self.places)
        if self.follows is None:
            body = without_gaps(body)
            form.show(body)
        source = (self.follows.version, self.follows.body) if self.follows else None
        return body, judge(body, self.language, _known_to(self.answer), source)


def _known_to(answer: AnswerView) -> Known:
    drawn = current_app.extensions["missing_glyphs"]
    return Known.of(answer, Register.read(db.session()), drawn)


def _work(slug: str, language: str, followed: int | None = None) -> _Work:
    """Give what is worked on; `followed` is the Dutch version that the writer saw."""
    if not knows_language(language) or rights.writing_role(access.current(), language) is None:
        raise NotFound(N_("This text is not there."))
    answer = library.one_answer(db.session(), slug, retired=True)
    newest = answer.texts.get(language)
    if language == SOURCE_LANGUAGE:
        return _Work(answer, language, newest, None)
    dutch = answer.dutch
    if followed and followed < dutch.version:
        dutch = history.version_of(db.session(), slug, SOURCE_LANGUAGE, followed)
    return _Work(answer, language, newest, dutch)


@writers
def text_new(slug: str) -> Page:
    """Send to the empty page of a language that was chosen."""
    language = request.args.get("language", "")
    if not knows_language(language):
        return redirect(url_for("answers.answer_page", slug=slug), 303)
    return redirect(url_for("answers.text_edit", slug=slug, language=language), 303)


@writers
def text_edit(slug: str, language: str) -> Page:
    """Write a new version of a text, beside the Dutch; `look` shows what there is to say of it."""
    if request.method == "GET":
        return _open(_work(slug, language))
    form = TextForm()
    work = _work(slug, language, form.followed_version())
    form.offer(language)
    if not form.validate():
        return _edit_page(work, form, None, 422)
    try:
        body, good = work.judge(form)
    except TextRefused as refused:
        for fault in refused.faults:
            form.refuse(fault)
        return _edit_page(work, form, form.body(work.places), 422)
    if request.form.get("action") == "look":
        return _edit_page(work, form, body)
    return _save(work, form, good)


def _open(work: _Work) -> Page:
    waiting = kept_form(KEPT)
    if waiting and waiting.get("page") == request.path:
        form = TextForm(waiting)
        form.offer(work.language)
        return _edit_page(work, form, form.body(work.places), back=True)
    form = TextForm()
    form.offer(work.language)
    form.seen.data = str(work.newest.version if work.newest else 0)
    form.source_version.data = str(work.follows.version if work.follows else 0)
    form.show(work.newest.body if work.newest else {})
    return _edit_page(work, form, work.newest.body if work.newest else None)


def _save(work: _Work, form: TextForm, good: GoodText) -> Page:
    try:
        with unit_of_work() as session:
            new = keeping.write_text(
                session,
                work.answer.slug,
                good,
                seen_version=form.seen_version(),
                by_role=rights.writing_role(access.current(), work.language) or "",
                now=clock.now(),
                significance=form.significance.data or None,
                note=typed(form.note),
            )
    except Overtaken as overtaken:
        form.seen.data = str(overtaken.current.version)
        return _edit_page(work, form, good.body, 409, theirs=overtaken.current)
    except Refusal as refusal:
        form.refuse(refusal)
        return _edit_page(work, form, good.body, 422)
    said = N_("Kept as a draft. A checker of the language can check it.")
    flash(_(said if new else N_("Nothing was changed.")), "success" if new else "info")
    response = _back(work.answer.slug, work.language)
    forget_form(response, KEPT)
    return response


def _edit_page(
    work: _Work,
    form: TextForm,
    body: Mapping[str, Any] | None,
    status: int = 200,
    *,
    theirs: TextView | None = None,
    back: bool = False,
) -> Page:
    """Show the form with what can be said of the text: advice, and for Dutch how it reads."""
    follows = work.follows
    before = _followed_before(work)
    page = render_template(
        "answers/edit.html",
        answer=work.answer,
        language=work.language,
        newest=work.newest,
        follows=follows,
        form=form,
        fields=[(place, field_name(place)) for place in PLACES if place in work.places],
        for_volunteers=any(is_for_volunteers(place) for place in work.places),
        said=dict(strings_of(follows.body)) if follows else {},
        lengths={place: fitting_length(place) for place in PLACES},
        labels=PLACES,
        advice=_by_place(advice_on(body, follows.body if follows else None)) if body else {},
        reading=readability(body) if body and follows is None else None,
        changes=list(history.differences(before.body, follows.body)) if before and follows else [],
        theirs=theirs,
        clash=list(history.differences(theirs.body, body)) if theirs and body else [],
        back=back,
        reader=screen_language(),
    )
    return page, status


def _by_place(advice: Iterable[Refusal]) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for one in advice:
        place = VOLUNTEERS if is_for_volunteers(one.field or "") else one.field or ""
        told.setdefault(place, []).append(one.text(screen_language()))
    return told


def _followed_before(work: _Work) -> TextView | None:
    """Give the Dutch that the newest translation follows, where the Dutch has changed since."""
    newest = work.newest
    if newest is None or newest.dutch_changed is None or newest.source_version is None:
        return None
    return history.version_of(
        db.session(), work.answer.slug, SOURCE_LANGUAGE, newest.source_version
    )


@access.needs("checker")
def text_check(slug: str, language: str) -> Page:
    """Mark the version that was shown as checked."""
    return _decide(
        slug, language, rights.checking_role, keeping.mark_checked, N_("Marked as checked.")
    )


@writers
def text_retire(slug: str, language: str) -> Page:
    """Take a text out of use, with the Dutch the whole answer."""
    return _decide(
        slug,
        language,
        rights.retiring_role,
        keeping.retire,
        N_("Taken out of use. It stays in the history; a new version brings it back."),
    )


def _decide(
    slug: str,
    language: str,
    role_of: Callable[[Principal, str], str | None],
    decide: Callable[[Any, str, str, int, str, date], None],
    done: str,
) -> Page:
    role = role_of(access.current(), language)
    if role is None:
        raise NotFound(N_("This text is not there."))
    form = ShownForm()
    try:
        with unit_of_work() as session:
            decide(session, slug, language, form.seen_version(), role, clock.today(TIMEZONE))
    except Overtaken:
        flash(
            _("A newer version was written since you opened the page. It stands here; read it."),
            "warning",
        )
        return show_text(slug, language), 409
    except NotFound:
        raise
    except Refusal as refusal:
        flash(refusal.text(screen_language()), "error")
        return show_text(slug, language), 422
    flash(_(done), "success")
    return _back(slug, language)


def _back(slug: str, language: str) -> Response:
    return redirect(url_for("answers.text_page", slug=slug, language=language), 303)


def keep_open_text(response: Response) -> str | None:
    """Keep a text that was being written when its session ended; give where it goes on."""
    if "action" not in request.form:
        return None
    waiting = request.form.copy()
    waiting["page"] = request.path
    keep_form(response, KEPT, waiting)
    return request.path
