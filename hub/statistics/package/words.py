"""What the files of a release say in words, in the languages of the screen.

Files are made without a request, so every function takes the language as an argument.
"""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel import dates

from hub.i18n import N_, babel_locale, translate
from hub.statistics.figures.wording import period_name

LANGUAGES: Final = ("nl", "en")
_ZONE: Final = ZoneInfo("Europe/Amsterdam")  # where every municipality that makes releases lies

TITLES: Final = {
    "topic": N_("Questions by topic"),
    "topic-hub": N_("Questions by topic and hub"),
    "topic-district": N_("Questions by topic and district"),
    "topic-language": N_("Questions by topic and language"),
    "topic-tenure": N_("Questions by topic and tenure"),
    "topic-heating": N_("Questions by topic and heating"),
    "topic-outcome": N_("Questions by topic and outcome"),
    "topic-channel": N_("Questions by topic and channel"),
    "topic-trigger": N_("Questions by topic and trigger"),
    "topic-neighbourhood": N_("Questions by topic and neighbourhood"),
    "topic-project": N_("Questions by topic and project area"),
}
DIMENSIONS: Final = {
    "measure": N_("What is counted: questions or visits"),
    "topic": N_("Topic"),
    "area": N_("Area where the resident lives"),
    "hub": N_("Hub"),
    "language": N_("Language of the conversation"),
    "tenure": N_("Tenure"),
    "heating": N_("Heating"),
    "outcome": N_("Outcome"),
    "channel": N_("Channel"),
    "trigger": N_("What made people come"),
    "period": N_("Period"),
    "value": N_("Number, or x where it is not shown"),
}
TOTAL: Final = N_("Total")
QUESTIONS: Final = N_("Questions")
SHARE: Final = N_("Share")
DEMONSTRATION: Final = N_("DEMONSTRATION: invented figures of an invented municipality.")
_PUBLISHER: Final = N_("Municipality of %(municipality)s")
_RELEASE_TITLE: Final = N_("Questions at the energy help desks of %(municipality)s, %(period)s")


def say(language: str, message: str, /, **values: object) -> str:
    """Give a message of the catalogue in a language, with its values filled in."""
    return translate(language, message, **values)


def release_title(municipality: str, period: str, language: str) -> str:
    """Give the title that a release has in every file."""
    return say(
        language, _RELEASE_TITLE, municipality=municipality, period=period_name(period, language)
    )


def table_title(name: str, language: str) -> str:
    """Give the title of a table; its name where a later plan has one that is not known here."""
    return say(language, TITLES[name]) if name in TITLES else name


def publisher(municipality: str, language: str) -> str:
    """Give who publishes: the municipality."""
    return say(language, _PUBLISHER, municipality=municipality)


def day_of(moment: datetime) -> date:
    """Give the day of a moment in the Netherlands."""
    return moment.astimezone(_ZONE).date()


def long_day(moment: datetime, language: str) -> str:
    """Give the day of a moment in words, such as `3 november 2026`."""
    return dates.format_date(day_of(moment), "long", locale=babel_locale(language))
