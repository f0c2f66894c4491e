"""What all forms share: spaces are stripped, words are ours, refusals find their field."""

from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, StringField
from wtforms.form import BaseForm

from hub.i18n import N_
from hub.locale import FormTranslations, LazyText, lazy_gettext, screen_language
from hub.refusal import Refusal

if TYPE_CHECKING:
    from wtforms.fields.core import UnboundField

FieldT = TypeVar("FieldT", bound=Field)

NOT_STORABLE = lazy_gettext("This holds a character that cannot be stored. Type it anew.")


# WTForms' own messages, in words that say what to do.
_OWN_WORDS: Final = {
    "Not a valid choice.": N_("Choose one of the options that are offered."),
    "This field is required.": N_("This field is empty; it has to be filled in."),
    "Not a valid date value.": N_("This is not a day of the calendar. Write it as 2026-11-23."),
    "Not a valid integer value.": N_("Type a whole number."),
}


class Words(FormTranslations):
    """WTForms' messages in our words and in the language of the screen."""

    def gettext(self, string: str) -> str:
        """Give a message of WTForms as we say it."""
        return super().gettext(_OWN_WORDS.get(string, string))


def words(text: LazyText) -> str:
    """Give a lazy label or message to WTForms, which asks for `str` and only shows it."""
    return cast(str, text)


def typed(field: StringField) -> str:
    """Give what was typed into a text field; an empty text for nothing."""
    return field.data or ""


def _tidy(value: object) -> object:
    """Strip spaces; refuse a NUL character, which nobody types and PostgreSQL cannot store."""
    if not isinstance(value, str):
        return value
    if "\0" in value:
        raise ValueError(NOT_STORABLE)
    return value.strip()


class DeskForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The base of every form of the desk."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """How WTForms makes the fields."""

        def bind_field(
            self,
            form: BaseForm,
            unbound_field: "UnboundField[FieldT]",
            options: MutableMapping[str, Any],
        ) -> FieldT:
            """Tidy what is typed into a text field; a password is taken as it is."""
            field = cast(FieldT, super().bind_field(form, unbound_field, options))
            if isinstance(field, StringField) and not isinstance(field, PasswordField):
                field.filters = (_tidy, *field.filters)
            return field

        def get_translations(self, _form: BaseForm) -> Words:
            """Say WTForms' own messages in our words."""
            return Words()

    def refuse(self, refusal: Refusal) -> None:
        """Show what the domain refused at its field, or above the form where it has none."""
        text = refusal.text(screen_language())
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(text)
        else:
            field.errors = [*field.errors, text]
