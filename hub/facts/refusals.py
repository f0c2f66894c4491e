"""A refusal that names days, written for its reader."""

from datetime import date

from babel.dates import format_date

from hub.i18n import babel_locale, translate
from hub.refusal import Refusal


class DatedRefusal(Refusal):
    """A refusal whose values may be days; these are written as the reader's language does."""

    def text(self, language: str) -> str:
        """Give the message in a screen language."""
        locale = babel_locale(language)
        values = {
            name: format_date(value, "medium", locale=locale) if isinstance(value, date) else value
            for name, value in self.values.items()
        }
        return translate(language, self.message, **values)
