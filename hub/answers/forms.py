"""The form of a text: one field for each string of a body, and what goes with the edit."""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any, Final

from wtforms import HiddenField, RadioField, StringField, TextAreaField

from hub.answers.bodies import MOST_AMOUNTS, MOST_BRING, MOST_STEPS, VOLUNTEERS, body_of
from hub.answers.placeholders import strings_of
from hub.answers.standing import SIGNIFICANCES
from hub.forms import DeskForm, typed, words
from hub.locale import LazyText, gettext, screen_language
from hub.locale import lazy_gettext as _l
from hub.refusal import Refusal


def _labels() -> dict[str, LazyText]:
    labels = {
        "title": _l("Title"),
        "gist": _l("In two sentences"),
        "first.who": _l("Box: who"),
        "first.what": _l("Box: what"),
        "first.before": _l("Box: before when"),
        "first.where": _l("Box: where"),
    }
    labels |= {f"steps.{n}": _l("Step %(n)s", n=n) for n in range(1, MOST_STEPS + 1)}
    for row in range(1, MOST_AMOUNTS + 1):
        labels[f"amounts.{row}.label"] = _l("Amount %(n)s: name", n=row)
        labels[f"amounts.{row}.value"] = _l("Amount %(n)s: value", n=row)
    labels |= {f"bring.{n}": _l("Bring along %(n)s", n=n) for n in range(1, MOST_BRING + 1)}
    labels |= {"come_back": _l("Come back when"), "referral": _l("Who helps further")}
    return labels


# Every place of a body that has a field, in the order in which a sheet is read.
PLACES: Final = _labels()


def field_name(place: str) -> str:
    """Give the name of the field of a place: `steps_2` for `steps.2`."""
    return place.replace(".", "_")


class TextForm(DeskForm):
    """A text, and about the edit: what the writer saw, and for Dutch how much it changes.

    `seen` is the newest version when the form was opened, `source_version` the Dutch one that
    stood beside it.
    """

    seen = HiddenField()
    source_version = HiddenField()
    do_not_say = TextAreaField(words(_l("Better not to say")))
    significance = RadioField(words(_l("What did you change?")), validate_choice=False)
    note = StringField(words(_l("Why")))

    def offer(self, language: str) -> None:
        """Fill in the choices; the fields of the text speak its language."""
        self.significance.choices = {name: gettext(label) for name, label in SIGNIFICANCES.items()}
        for name in (*map(field_name, PLACES), VOLUNTEERS):
            self[name].render_kw = {"lang": language}

    def show(self, body: Mapping[str, Any]) -> None:
        """Fill the fields with a body."""
        said = dict(strings_of(body))
        for place in PLACES:
            self[field_name(place)].data = said.get(place, "")
        self.do_not_say.data = "\n".join(body.get(VOLUNTEERS, []))

    def body(self, places: Iterable[str]) -> dict[str, Any]:
        """Give what was typed in the fields of these places as a body, with empty strings."""
        wanted = list(places)
        strings = {place: typed(self[field_name(place)]) for place in PLACES if place in wanted}
        lines = [line for line in typed(self.do_not_say).splitlines() if line.strip()]
        if any(place.startswith(VOLUNTEERS) for place in wanted):
            strings |= {f"{VOLUNTEERS}.{n}": line for n, line in enumerate(lines, 1)}
        return body_of(strings)

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the field of its place; of a line of a list, with its number."""
        place = refusal.field or ""
        if place.startswith(VOLUNTEERS):
            text = gettext(
                "Line %(line)s: %(text)s",
                line=place.rpartition(".")[2],
                text=refusal.text(screen_language()),
            )
            self.do_not_say.errors = [*self.do_not_say.errors, text]
            return
        if place in PLACES:
            refusal = copy(refusal)
            refusal.field = field_name(place)
        super().refuse(refusal)

    def seen_version(self) -> int:
        """Give the newest version that the writer saw; 0 for none."""
        return _whole(typed(self.seen))

    def followed_version(self) -> int:
        """Give the Dutch version that stood beside the form; 0 where it is not said."""
        return _whole(typed(self.source_version))


for _place, _label in PLACES.items():
    setattr(TextForm, field_name(_place), TextAreaField(words(_label)))


class ShownForm(DeskForm):
    """A decision about the version that is shown: checked, or taken out of use."""

    seen = HiddenField()

    def seen_version(self) -> int:
        """Give the version that was shown; 0 where it is not said."""
        return _whole(typed(self.seen))


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else 0
