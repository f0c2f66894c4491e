"""The language of the screen for this request, and gettext in it.

Order of choice: what the account or the visitor chose (session), then Accept-Language, then
Dutch. `lang` and `dir` of every page come from here.
"""

from typing import Any

from flask import g, request, session
from markupsafe import Markup
from wtforms.i18n import DummyTranslations

from hub.i18n import (
    DEFAULT_LANGUAGE,
    SCREEN_LANGUAGES,
    catalogue,
    direction,
    language_name,
    own_name,
    translate,
)


class LazyText:
    """A message that is translated when it is shown; for labels of forms."""

    def __init__(self, message: str, values: dict[str, object]) -> None:
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return gettext(self.message, **self.values)

    def __html__(self) -> str:
        return str(Markup.escape(str(self)))


def screen_language() -> str:
    """Give `nl` or `en` for the request at hand."""
    if "screen_language" not in g:
        chosen = session.get("language")
        if chosen not in SCREEN_LANGUAGES:
            chosen = request.accept_languages.best_match(SCREEN_LANGUAGES, DEFAULT_LANGUAGE)
        g.screen_language = chosen
    language: str = g.screen_language
    return language


def choose_language(language: str) -> None:
    """Remember the reader's choice of screen language for this browser."""
    if language in SCREEN_LANGUAGES:
        session["language"] = language
        g.pop("screen_language", None)


def gettext(message: str, /, **values: object) -> str:
    """Translate a message into the language of the screen."""
    return translate(screen_language(), message, **values)


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """Translate a message that counts something; `%(num)s` is the number."""
    text = catalogue(screen_language()).ngettext(one, many, number)
    return text % {"num": number, **values}


def lazy_gettext(message: str, /, **values: object) -> LazyText:
    """Mark a label that is translated when the page is made."""
    return LazyText(message, values)


class FormTranslations(DummyTranslations):
    """WTForms' own messages, through our catalogue."""

    def gettext(self, string: str) -> str:
        return gettext(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        text: str = catalogue(screen_language()).ngettext(singular, plural, n)
        return text


def jinja_globals() -> dict[str, Any]:
    """Give what every template may call."""
    return {
        "_": gettext,
        "gettext": gettext,
        "ngettext": ngettext,
        "direction": direction,
        "own_name": own_name,
        "language_name": lambda tag: language_name(tag, screen_language()),
    }
