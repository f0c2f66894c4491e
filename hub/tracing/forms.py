"""The forms of a trace: the days that are looked at, a recall, and its lifting."""

from datetime import date

from wtforms import StringField, TextAreaField

from hub.facts.entry import read_day
from hub.forms import DeskForm, typed, words
from hub.locale import lazy_gettext as _l
from hub.recalls.recalling import Wrong
from hub.refusal import Refusal
from hub.tracing.tracing import Span


class SpanForm(DeskForm):
    """The days whose sheets are on the page, both included; an empty one is without limit."""

    class Meta(DeskForm.Meta):
        """It changes nothing, so it needs no token."""

        csrf = False

    since = StringField(words(_l("Handed out from")))
    until = StringField(words(_l("Until and including")))

    def span(self) -> Span | None:
        """Give the days that were typed, None with each fault at its field."""
        return _span(self, "since", "until")


class RecallForm(DeskForm):
    """A recall: on the sheets of which days it was wrong, and what."""

    first_day = StringField(words(_l("Wrong on sheets from")))
    last_day = StringField(words(_l("Until and including")))
    reason = TextAreaField(words(_l("What was wrong, and what is right")))

    def begin(self, span: Span) -> None:
        """Fill the days with those that are looked at."""
        self.first_day.data = span.first_day.isoformat() if span.first_day else ""
        self.last_day.data = span.last_day.isoformat() if span.last_day else ""

    def wrong(self) -> Wrong | None:
        """Give what was typed, None with each fault at its field."""
        span = _span(self, "first_day", "last_day")
        return Wrong(span.first_day, span.last_day, typed(self.reason)) if span else None


class LiftForm(DeskForm):
    """The lifting of a recall."""

    reason = StringField(words(_l("Why the recall was a mistake")))


def _span(form: DeskForm, first: str, last: str) -> Span | None:
    """Read two days of a form, None with each fault at its field."""
    days: list[date | None] = []
    for name in (first, last):
        try:
            days.append(read_day(typed(form[name]), name))
        except Refusal as refusal:
            form.refuse(refusal)
    return Span(*days) if len(days) == 2 else None
