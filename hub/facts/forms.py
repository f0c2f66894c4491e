"""The forms of a value: all of it, its last day, its check, and the day of a preview."""

from datetime import date, timedelta
from typing import Final

from wtforms import BooleanField, Field, HiddenField, SelectField, StringField

from hub.facts.entry import (
    AT_EXPIRY,
    CONTENT,
    MARKS,
    VATS,
    Entry,
    EntryRefused,
    read_day,
    read_entry,
)
from hub.facts.models import FactValue
from hub.facts.units import CHOICES, UNITS
from hub.forms import DeskForm, typed, words
from hub.i18n import catalogue
from hub.locale import gettext, screen_language
from hub.locale import lazy_gettext as _l
from hub.refusal import Refusal

# How a value of each unit is typed; amounts and the other numbers share the last.
_HINTS: Final = {
    "date": _l("As 15-03-2027 or 2027-03-15."),
    "phone": _l("With digits and spaces, as residents dial it."),
    "url": _l("Copied whole, with https://."),
    "text": _l("One line, in Dutch."),
}
_NUMBER_HINT: Final = _l("As 742,04 or 742.04; a thousand as 1000.")


class ValueForm(DeskForm):
    """One dated value; `code`, `part` and `seen` are asked for only where a value is new.

    `seen` is the newest version of the part when the form was opened.
    """

    code = StringField(words(_l("Code")))
    part = StringField(words(_l("Part")))
    seen = HiddenField()
    value: Field = StringField(words(_l("Value")))
    unit = SelectField(words(_l("Unit")), validate_choice=False)
    vat = SelectField(words(_l("VAT")), validate_choice=False)
    valid_from = StringField(words(_l("Counts from")))
    valid_until = StringField(words(_l("Until and including")))
    source = StringField(words(_l("Source")))
    mark = SelectField(words(_l("How sure")), validate_choice=False)
    review_by = StringField(words(_l("Look at it again by")))
    at_expiry = SelectField(words(_l("After its last day")), validate_choice=False)
    checked = BooleanField(words(_l("I have held this value against its source today")))

    def offer(self) -> None:
        """Fill in what there is to choose from, in the language of the screen."""
        self.unit.choices = {"": gettext("Choose")} | _in_words(UNITS)
        self.vat.choices = _in_words(VATS)
        self.mark.choices = _in_words(MARKS)
        self.at_expiry.choices = _in_words(AT_EXPIRY)

    def show(self, value: FactValue) -> None:
        """Fill the form with a value as it is."""
        for name in CONTENT:
            held = getattr(value, name)
            self[name].data = "" if held is None else str(held)

    def begin(self, part: str, newest: int, before: FactValue | None, today: date) -> None:
        """Fill the form of a new value of a part with what follows from the one before.

        A value begins on the day after the last; a state on the day it is looked up.
        """
        self.part.data, self.seen.data = part, str(newest)
        if before is None:
            return
        for name in ("unit", "vat", "at_expiry"):
            self[name].data = getattr(before, name)
        if before.valid_until is not None:
            next_day = before.valid_until + timedelta(days=1)
            self.valid_from.data = str(today if before.unit == "choice" else next_day)

    def seen_version(self) -> int | None:
        """Give the newest version of the part that was there when the form was opened."""
        seen = self.seen.data or ""
        return int(seen) if seen.isdecimal() and len(seen) < 10 else None

    def checked_on(self, today: date) -> date | None:
        """Give the day of the check where the editor says that there was one."""
        return today if self.checked.data else None

    def hint(self) -> str:
        """Say how a value of the unit is typed."""
        return str(_HINTS.get(self.unit.data or "", _NUMBER_HINT))

    def entry(self, code: str, part: str) -> Entry | None:
        """Give what was typed as a value of a part; None with every fault at its field."""
        fields = {name: typed(self[name]) for name in CONTENT}
        try:
            return read_entry({"code": code, "part": part, **fields})
        except EntryRefused as refused:
            for fault in refused.faults:
                self.refuse(fault)
            return None


class StateForm(ValueForm):
    """One dated value of a part that holds a state, such as that of a fund."""

    value = SelectField(words(_l("State")), validate_choice=False)

    def offer(self) -> None:
        """Fill in what there is to choose from."""
        super().offer()
        said = catalogue(screen_language(), "sheets")
        self.value.choices = {"": gettext("Choose")} | {
            name: said.gettext(label) for name, label in CHOICES.items()
        }


class EndForm(DeskForm):
    """The last day of a value."""

    valid_until = StringField(words(_l("Last day")))

    def show(self, value: FactValue) -> None:
        """Fill the form with a value's last day."""
        self.valid_until.data = value.valid_until.isoformat() if value.valid_until else ""

    def last_day(self) -> date | None:
        """Give the day that was typed, None for no end. Raises Refusal."""
        return read_day(typed(self.valid_until), "valid_until")


class CheckForm(DeskForm):
    """A check of a value as it stands."""

    review_by = StringField(words(_l("Look at it again by")))

    def show(self, value: FactValue, today: date) -> None:
        """Fill the form with a value's day of review, where that is still to come."""
        to_come = value.review_by is not None and value.review_by > today
        self.review_by.data = str(value.review_by) if to_come else ""

    def review_day(self) -> date | None:
        """Give the day that was typed, None for none. Raises Refusal."""
        return read_day(typed(self.review_by), "review_by")


class PreviewForm(DeskForm):
    """The day on which a sheet would be printed."""

    class Meta(DeskForm.Meta):
        """It changes nothing, so it needs no token."""

        csrf = False

    on = StringField(words(_l("Day")))

    def day(self, today: date) -> date:
        """Give the day that was asked for, today where none was, or it is no day."""
        try:
            return read_day(typed(self.on), "on") or today
        except Refusal as refusal:
            self.refuse(refusal)
            return today


def _in_words(named: dict[str, str]) -> dict[str, str]:
    return {name: gettext(label) for name, label in named.items()}
