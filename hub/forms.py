"""What all forms share: spaces are stripped, words are ours, refusals find their field."""

from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, StringField
from wtforms.form import BaseForm

from hub.locale import FormTranslations, LazyText, lazy_gettext, screen_language
from hub.refusal import Refusal

if TYPE_CHECKING:
    from wtforms.fields.core import UnboundField

FieldT = TypeVar("FieldT", bound=Field)

NOT_STORABLE = lazy_gettext("This holds a character that cannot be stored. Type it anew.")


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

        def get_translations(self, _form: BaseForm) -> FormTranslations:
            """Take WTForms' own messages from our catalogue."""
            return FormTranslations()

    def refuse(self, refusal: Refusal) -> None:
        """Show what the domain refused at its field, or above the form where it has none."""
        text = refusal.text(screen_language())
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(text)
        else:
            field.errors = [*field.errors, text]
