"""Lists to choose from, written without detours: the desk's page has six hundred options."""

from itertools import groupby
from typing import Any, Final

from markupsafe import Markup, escape
from wtforms import SelectField
from wtforms.widgets import Select, html_params

_SELECTED: Final = " selected"


class _PlainSelect(Select):
    """WTForms' own list, ten times as fast: options have no attributes of their own here."""

    def __call__(self, field: Any, **attributes: Any) -> Markup:
        """Write the list."""
        chosen = field.data
        written = [f"<select {html_params(name=field.name, **{'id': field.id, **attributes})}>"]
        for group, choices in groupby(field.choices, key=lambda choice: choice.optgroup):
            if group is not None:
                written.append(f'<optgroup label="{escape(group)}">')
            for choice in choices:
                selected = _SELECTED if choice.value == chosen else ""
                written.append(
                    f'<option{selected} value="{escape(choice.value)}">{escape(choice.label)}'
                    "</option>"
                )
            if group is not None:
                written.append("</optgroup>")
        written.append("</select>")
        return Markup("".join(written))  # noqa: S704 - all that was put in is escaped


class ListField(SelectField):
    """A list of `SelectChoice`, those of one group beside each other."""

    widget = _PlainSelect()
