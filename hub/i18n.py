"""Catalogues and languages, without Flask: everything here takes the language as a parameter.

Two gettext domains: `messages` (the screens, errors and commands) and `sheets` (the words on
paper and on its web twin). Catalogues are read from their .po files at first use, so there is
no compile step that a newcomer could forget.
"""

from functools import lru_cache
from io import BytesIO
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from hub.resources import resource

SCREEN_LANGUAGES: Final = ("nl", "en")
DEFAULT_LANGUAGE: Final = "nl"
RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "prs", "ps", "ur", "he", "ckb", "yi"})

# Names in the language itself for languages that Babel does not know, and for those whose
# speakers use another name than CLDR gives.
_OWN_NAMES: Final = {
    "srn": "Sranantongo",
    "pap": "Papiamentu",
    "tw": "Twi",
    "djk": "Okanisi",
    "srm": "Saamáka",
    "jvn": "Jawa Suriname",
    "hns": "Sarnami",
    "gaa": "Gã",
    "ee": "Eʋegbe",
    "prs": "دری",
    "ti": "ትግርኛ",
    "so": "Soomaali",
    "zh-Hans": "中文",
    "pt": "Português",
    "und": "—",
}


def N_(message: str) -> str:  # noqa: N802 - the customary name of the gettext marker
    """Mark a message for extraction without translating it yet."""
    return message


@lru_cache(maxsize=128)
def catalogue(language: str, domain: str = "messages") -> NullTranslations:
    """Give the catalogue of a language (BCP 47 tag); an empty one where none is shipped."""
    folder = resource("translations") / language.replace("-", "_") / "LC_MESSAGES"
    source = folder / f"{domain}.po"
    if not source.exists():
        return NullTranslations()
    with source.open("rb") as stream:
        template = read_po(stream, locale=None, domain=domain)
    machine = BytesIO()
    write_mo(machine, template)
    machine.seek(0)
    return Translations(machine, domain=domain)


def translate(language: str, message: str, /, **values: object) -> str:
    """Translate a screen message and fill in its `%(name)s` values."""
    text = catalogue(language).gettext(message)
    return text % values if values else text


def direction(language: str) -> str:
    """Give `rtl` or `ltr` for a BCP 47 tag, as the HTML attribute `dir` wants it."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=512)
def babel_locale(language: str) -> Locale:
    """Give the Babel locale that formats dates and numbers for a BCP 47 tag.

    Languages CLDR does not hold (Sranantongo, Papiamentu) are formatted as in Dutch: their
    readers live with Dutch letters and calendars.
    """
    if language == "en":
        return Locale("en", "GB")  # days before months, as people here write them
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(DEFAULT_LANGUAGE)


def knows_language(tag: str) -> bool:
    """Tell whether a BCP 47 tag is a language this desk can name."""
    if tag in _OWN_NAMES:
        return True
    try:
        return Locale.parse(tag, sep="-").language_name is not None
    except (UnknownLocaleError, ValueError):
        return False


@lru_cache(maxsize=512)
def language_name(tag: str, reader: str) -> str:
    """Give the name of a language for a reader of another language; the tag if unnamed."""
    if tag == "und":
        return translate(reader, N_("not asked"))
    name = Locale.parse(reader, sep="-").languages.get(tag.replace("-", "_"))
    if name is None:
        name = _OWN_NAMES.get(tag) or Locale.parse(reader, sep="-").languages.get(
            tag.split("-")[0], tag
        )
    return name


@lru_cache(maxsize=512)
def own_name(tag: str) -> str:
    """Give the name of a language in that language, for people who look for their own."""
    if tag in _OWN_NAMES:
        return _OWN_NAMES[tag]
    try:
        name = Locale.parse(tag, sep="-").get_language_name()
    except (UnknownLocaleError, ValueError):
        name = None
    return (name[0].upper() + name[1:]) if name else tag
