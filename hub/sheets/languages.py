"""What the engine knows of each language: script, direction, typefaces, dates.

The script follows from the language by CLDR's likely subtags, so a new language in a known
script needs nothing here but a catalogue.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.core import get_global
from babel.dates import format_date

from hub.i18n import N_, babel_locale, direction
from hub.sheets.blocks import Direction
from hub.sheets.refusals import LanguageRefused

_UNKNOWN = N_(
    "The script of the language “%(language)s” cannot be printed. Choose another language."
)


@dataclass(frozen=True, slots=True)
class Script:
    """How a script is set: typeface families in order of choice, line height, size.

    `enlarged` makes a script whose letters are drawn small look as large as Latin.
    """

    families: tuple[str, ...]
    leading: float = 1.0
    enlarged: float = 1.0


SCRIPTS: Final = {
    "Latn": Script(("latin",)),
    "Cyrl": Script(("latin",)),
    "Arab": Script(("arabic", "latin"), 1.0, 1.1),
    "Ethi": Script(("ethiopic", "latin"), 1.04),
    "Deva": Script(("devanagari", "latin"), 1.08),
    "Hans": Script(("chinese", "latin"), 1.04),
}
_LIKELY: Final = get_global("likely_subtags")
_SCRIPT_OF: Final = {"tw": "Latn", "zh-Hans": "Hans"}  # not in the likely subtags as such


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language as the engine sets it."""

    code: str
    direction: Direction
    script: str
    families: tuple[str, ...]
    leading: float
    enlarged: float
    right_to_left: bool  # whether its paragraphs run so


@lru_cache(maxsize=256)
def tongue(language: str) -> Tongue:
    """Give what is known of a BCP 47 language.

    Raises `LanguageRefused` where the script is not known or has no typeface here.
    """
    name = script_of(language)
    if name not in SCRIPTS:
        raise LanguageRefused(_UNKNOWN, field="language", language=language)
    script = SCRIPTS[name]
    side: Direction = "rtl" if direction(language) == "rtl" else "ltr"
    return Tongue(
        language, side, name, script.families, script.leading, script.enlarged, side == "rtl"
    )


def script_of(language: str) -> str:
    """Give the ISO 15924 code of the script of a language, or an empty string."""
    if language in _SCRIPT_OF:
        return _SCRIPT_OF[language]
    parts = language.split("-")
    for part in parts[1:]:
        if len(part) == 4:
            return part.title()
    likely = _LIKELY.get(parts[0], "")
    return likely.split("_")[1] if likely else ""


@lru_cache(maxsize=256)
def long_date(day: date, language: str) -> str:
    """Write a date in words, as Babel does; Dutch where CLDR does not hold the language.

    English is British, as everywhere on the desk.
    """
    locale = Locale("en", "GB") if language == "en" else babel_locale(language)
    return format_date(day, format="long", locale=locale)
