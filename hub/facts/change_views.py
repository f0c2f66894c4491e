"""The pages on which an editor changes the register."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from hub import access, clock
from hub.db import db, unit_of_work
from hub.facts import changing, reading
from hub.facts.changing import Overtaken
from hub.facts.entry import Entry
from hub.facts.forms import CheckForm, EndForm, StateForm, ValueForm
from hub.facts.models import FactValue
from hub.facts.recording import newest_version
from hub.forms import typed
from hub.i18n import N_
from hub.locale import gettext as _
from hub.refusal import NotFound, Refusal

Page = tuple[str, int] | str | Response
# The register is one for the country, whose days these are.
TIMEZONE: Final = "Europe/Amsterdam"

editors = access.needs("editor")


@editors
def fact_new() -> Page:
    """Make a fact with its first value."""
    form = ValueForm()
    form.offer()
    if request.method == "GET":
        return _new_page(form)
    entry = form.entry(typed(form.code), typed(form.part)) if form.validate() else None
    if entry is not None:
        try:
            with unit_of_work() as work:
                changing.make_fact(work, entry, form.checked_on(_today()), clock.now())
            return _done(entry.code, N_("The fact was made."))
        except Refusal as refusal:
            form.refuse(refusal)
    return _new_page(form), 422


@editors
def value_new(code: str) -> Page:
    """Add a value to a part of a fact, or a new part; `part` names the part."""
    if reading.fact_code(db.session(), code) != code:
        raise NotFound(N_("There is no fact %(code)s."), code=code)
    part = request.values.get("part", "").strip()
    before = reading.last_value(db.session(), code, part)
    form = _form_for(before)
    if request.method == "GET":
        form.begin(part, newest_version(db.session(), code, part), before, _today())
        return _new_page(form, code, before)
    status = 422
    entry = form.entry(code, part) if form.validate() else None
    if entry is not None:
        try:
            return _add(form, entry)
        except Overtaken:
            status = 409
            form.seen.data = str(newest_version(db.session(), code, part))
            before = reading.last_value(db.session(), code, part)
        except Refusal as refusal:
            form.refuse(refusal)
    return _new_page(form, code, before, overtaken=status == 409), status


def _new_page(
    form: ValueForm,
    code: str | None = None,
    before: FactValue | None = None,
    *,
    overtaken: bool = False,
) -> str:
    return render_template(
        "facts/new.html", form=form, code=code, before=before, overtaken=overtaken
    )


def _add(form: ValueForm, entry: Entry) -> Page:
    with unit_of_work() as work:
        changing.add_value(
            work, entry, form.checked_on(_today()), clock.now(), seen_version=form.seen_version()
        )
    return _done(entry.code, N_("The value was entered."))


@dataclass(frozen=True, slots=True)
class _Forms:
    """The forms on the page of a value; the one that was sent holds what was typed."""

    correct: ValueForm
    end: EndForm
    check: CheckForm

    @classmethod
    def about(cls, value: FactValue, sent: str = "") -> "_Forms":
        """Fill the forms with a value, save the one that was sent by the name of its action."""
        forms = cls(
            _form_for(value, bound=sent == "correct"),
            EndForm(prefix="end-") if sent == "end" else EndForm(formdata=None, prefix="end-"),
            CheckForm(prefix="check-")
            if sent == "check"
            else CheckForm(formdata=None, prefix="check-"),
        )
        if sent != "correct":
            forms.correct.show(value)
        if sent != "end":
            forms.end.show(value)
        if sent != "check":
            forms.check.show(value, _today())
        return forms

    def named(self, action: str) -> ValueForm | EndForm | CheckForm:
        """Give the form of an action; refusals of taking away show above the first."""
        return {"end": self.end, "check": self.check}.get(action, self.correct)


@editors
def value_page(code: str, value_id: int) -> Page:
    """Show a value to its editor; correct it, end it, mark it as checked, or take it away."""
    value = reading.one_value(db.session(), code, value_id)
    if request.method == "GET":
        if value.replaced_at is not None:
            return redirect(url_for("facts.fact_page", code=code), 303)
        return _show(value, _Forms.about(value))
    action = request.form.get("action", "")
    if action not in _ACTIONS:
        abort(400)
    forms = _Forms.about(value, sent=action)
    if forms.named(action).validate():
        try:
            done = _ACTIONS[action](value_id, code, value.part, forms)
            if done is not None:
                return _done(code, done)
        except Overtaken as overtaken:
            return _overtaken(code, value.part, overtaken.current, action)
        except NotFound:
            raise
        except Refusal as refusal:
            forms.named(action).refuse(refusal)
    return _show(reading.one_value(db.session(), code, value_id), forms, status=422)


def _correct(value_id: int, code: str, part: str, forms: _Forms) -> str | None:
    entry = forms.correct.entry(code, part)
    if entry is None:
        return None
    with unit_of_work() as work:
        day = forms.correct.checked_on(_today())
        changing.correct(work, value_id, entry, day, clock.now())
    return N_("Corrected. Every answer that uses it shows the new value.")


def _end(value_id: int, _code: str, _part: str, forms: _Forms) -> str:
    with unit_of_work() as work:
        changing.end(work, value_id, forms.end.last_day(), clock.now())
    return N_("The last day was set.")


def _check(value_id: int, _code: str, _part: str, forms: _Forms) -> str:
    with unit_of_work() as work:
        changing.check(work, value_id, _today(), forms.check.review_day(), clock.now())
    return N_("Marked as checked.")


def _withdraw(value_id: int, _code: str, _part: str, _forms: _Forms) -> str:
    with unit_of_work() as work:
        changing.withdraw(work, value_id, clock.now())
    return N_("The value was taken away. It stays in the history.")


_ACTIONS: Final[dict[str, Callable[[int, str, str, _Forms], str | None]]] = {
    "correct": _correct,
    "end": _end,
    "check": _check,
    "withdraw": _withdraw,
}


def _overtaken(code: str, part: str, current: FactValue | None, action: str) -> Page:
    """Show what somebody else made of the value, beside what was typed here."""
    if current is not None:
        return _show(current, _Forms.about(current, sent=action), status=409)
    if action != "correct":
        flash(_("Somebody else took this value away since you opened the page."), "warning")
        return redirect(url_for("facts.fact_page", code=code), 303)
    form = ValueForm()
    form.offer()
    form.part.data, form.seen.data = part, str(newest_version(db.session(), code, part))
    return _new_page(form, code, overtaken=True), 409


def _show(value: FactValue, forms: _Forms, status: int = 200) -> Page:
    return render_template(
        "facts/value.html", value=value, forms=forms, overtaken=status == 409
    ), status


def _form_for(value: FactValue | None, *, bound: bool = True) -> ValueForm:
    """Give the form for a part: a state is chosen, everything else is typed."""
    kind = StateForm if value is not None and value.unit == "choice" else ValueForm
    form = kind() if bound else kind(formdata=None)
    form.offer()
    return form


def _today() -> date:
    return clock.today(TIMEZONE)


def _done(code: str, message: str) -> Response:
    flash(_(message), "success")
    return redirect(url_for("facts.fact_page", code=code), 303)
