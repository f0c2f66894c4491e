"""The form of a hub."""

from collections.abc import Sequence

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired

from hub.forms import DeskForm, typed, words
from hub.locale import gettext
from hub.locale import lazy_gettext as _l
from hub.places import closed_days, hours
from hub.places.hubs import HubDetails, stretches_of
from hub.places.models import Hub, Municipality


class HubForm(DeskForm):
    """What is told about a hub."""

    name = StringField(words(_l("Name")), [DataRequired(words(_l("Type the hub's name.")))])
    address = StringField(words(_l("Address")))
    phone = StringField(words(_l("Telephone")))
    hours = TextAreaField(words(_l("Opening hours")))
    closed_days = TextAreaField(words(_l("Closed on")))

    def show(self, hub: Hub, language: str) -> None:
        """Fill the form with a hub as it is."""
        self.name.data, self.address.data, self.phone.data = hub.name, hub.address, hub.phone
        self.hours.data = hours.as_typed(stretches_of(hub), language).replace("; ", "\n")
        self.closed_days.data = closed_days.as_typed(entry.day for entry in hub.closed_days)

    def details(self) -> HubDetails:
        """Give what was typed. Raises Refusal for hours or days that cannot be read."""
        return HubDetails(
            " ".join(typed(self.name).split()),
            typed(self.phone),
            typed(self.address),
            hours.parse(typed(self.hours)),
            closed_days.parse(typed(self.closed_days)),
        )


class NewHubForm(HubForm):
    """A new hub; its short name follows from the name when it is left empty."""

    slug = StringField(words(_l("Short name")))
    municipality = SelectField(
        words(_l("Municipality")),
        [DataRequired(words(_l("Choose the municipality in which the hub lies.")))],
        default="",
    )

    def offer(self, municipalities: Sequence[Municipality]) -> None:
        """Fill in the municipalities to choose from; the only one there is counts as chosen."""
        self.municipality.choices = {"": gettext("Choose")} | {
            municipality.code: municipality.name for municipality in municipalities
        }
        if len(municipalities) == 1:
            self.municipality.data = municipalities[0].code
