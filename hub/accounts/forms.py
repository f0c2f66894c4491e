"""Forms for signing in, passwords, and accounts with their roles."""

from collections.abc import Mapping
from typing import Final

from wtforms import HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from hub.accounts.principal import Scope
from hub.accounts.reach import Reach
from hub.accounts.roles import ROLE_NAMES, ROLES
from hub.forms import DeskForm, words
from hub.i18n import language_name
from hub.locale import gettext, screen_language
from hub.locale import lazy_gettext as _l

# Languages in which texts are checked; any other is given with `hub account add`.
_CHECKED_LANGUAGES: Final = (
    *("nl", "en", "srn", "pap", "es", "tw", "fr", "pt", "ar", "tr", "ti", "am", "fa", "prs"),
    *("ur", "hi", "hns", "so", "pl", "uk", "bg", "ro", "zh-Hans"),
)


def _offer(field: SelectField, choices: Mapping[str, str]) -> None:
    """Fill a field's choices, value to label; the only one there is counts as chosen."""
    field.choices = {"": gettext("Choose"), **choices}
    if len(choices) == 1 and not field.data:
        field.data = next(iter(choices))


class SignInForm(DeskForm):
    """Name and password; `next` is where the browser wanted to go."""

    name = StringField(
        words(_l("Name")), [DataRequired(words(_l("Type the name of your account.")))]
    )
    password = PasswordField(
        words(_l("Password")), [InputRequired(words(_l("Type your password.")))]
    )
    next = HiddenField()


class PasswordForm(DeskForm):
    """A new password, twice, after the present one; `forced` leaves out the present one."""

    current = PasswordField(
        words(_l("Present password")), [InputRequired(words(_l("Type your present password.")))]
    )
    password = PasswordField(
        words(_l("New password")), [InputRequired(words(_l("Type a new password.")))]
    )
    again = PasswordField(words(_l("New password, once more")))
    next = HiddenField()

    def validate_again(self, field: PasswordField) -> None:
        """Refuse a slip of the finger."""
        if field.data != self.password.data:
            raise ValidationError(gettext("The two new passwords differ. Type both again."))

    @classmethod
    def asked(cls, *, forced: bool) -> "PasswordForm":
        """Make the form; after a one-time password the present one is not asked again."""
        form = cls()
        if forced:
            del form.current
        return form


class RoleForm(DeskForm):
    """A role and its scope; only the scope that the role asks for is looked at."""

    role = SelectField(words(_l("Role")))
    hub = SelectField(words(_l("Hub")), default="")
    language = SelectField(words(_l("Language")), default="")
    municipality = SelectField(words(_l("Municipality")), default="")

    def offer(self, reach: Reach) -> None:
        """Fill the choices with what is within reach; leave out fields without a choice."""
        self.role.choices = {role: gettext(ROLE_NAMES[role]) for role in reach.roles}
        _offer(self.hub, {hub.slug: hub.name for hub in reach.all_hubs})
        if not reach.municipalities:
            del self.language, self.municipality
            return
        screen = screen_language()
        named = sorted((language_name(tag, screen), tag) for tag in _CHECKED_LANGUAGES)
        _offer(self.language, {tag: name for name, tag in named})
        _offer(self.municipality, {m.code: m.name for m in reach.municipalities})

    def scope(self, reach: Reach) -> Scope:
        """Give the role chosen, in its scope."""
        kind = ROLES[self.role.data]
        if kind == "hub":
            hub_id = next((h.id for h in reach.all_hubs if h.slug == self.hub.data), None)
            return Scope(self.role.data, hub_id=hub_id)
        municipality = self.municipality.data or None
        if kind == "language":
            return Scope(
                self.role.data,
                language=self.language.data or None,
                municipality_code=municipality,
            )
        return Scope(self.role.data, municipality_code=municipality)


class NewAccountForm(RoleForm):
    """A new account with its first role."""

    name = StringField(words(_l("Name")), [DataRequired(words(_l("Type a name.")))])
