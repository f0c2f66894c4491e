"""The fixed words on a sheet, from the gettext domain `sheets`.

The words are English here; catalogues stand in translations/<language>/LC_MESSAGES/sheets.po.
A language without a word gets the English one, tagged as English.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from hub.i18n import catalogue, direction
from hub.sheets.blocks import Direction, Side
from hub.sheets.languages import long_date


def L_(message: str) -> str:  # noqa: N802 - like gettext's N_, for the domain `sheets`
    """Mark a label for extraction into the catalogue `sheets`."""
    return message


ADVICE_SHEET: Final = L_("Advice sheet")
DEMONSTRATION: Final = L_("DEMONSTRATION: invented data, not real advice.")
SAFETY: Final = L_("Danger: do this first")
WHAT_TO_DO: Final = L_("What to do")
BRING: Final = L_("Bring along")
AMOUNTS: Final = L_("Amounts")
COME_BACK: Final = L_("Come back")
REFERRAL: Final = L_("Who helps further")
WHO: Final = L_("Who")
WHAT: Final = L_("What")
BEFORE: Final = L_("Before when")
WHERE: Final = L_("Where")
NOT_AVAILABLE: Final = L_(
    "This answer is not yet available in your language. Ask the desk to read it with you."
)
RECALLED: Final = L_("Something in this text was wrong. Ask the desk for a new sheet.")
RETURN_CODE: Final = L_("Your return code")
RETURN_CODE_USE: Final = L_("Say this code next time. We do not need your name.")
CALL_BACK: Final = L_("Come back to the desk on %(date)s. Bring your return code.")
VALID_UNTIL: Final = L_("Valid until %(date)s. After that day, ask for a new sheet.")
PRINTED: Final = L_("Printed on %(date)s. Version %(version)s.")
ONLINE: Final = L_("Read this sheet on your telephone")
QR_ALTERNATIVE: Final = L_("QR code that opens %(address)s")
PRIVACY: Final = L_(
    "This desk keeps no name, address or telephone number of you. It keeps only what your "
    "question was about and what you chose to tell, such as your language or neighbourhood."
)
# On the sheet's web page alone.
READ_ALOUD: Final = L_("Read aloud")
STOP_READING: Final = L_("Stop reading")
WITHDRAWN: Final = L_("This sheet is no longer available. Ask the desk for a new one.")
NOT_THERE: Final = L_(
    "There is no sheet at this address. Compare it with your paper, or ask the desk."
)
PAGE: Final = L_("Page %(number)s of %(count)s")

STATUS: Final = {
    "machine_draft": L_("Machine draft, not yet checked by a reader of this language."),
    "draft": L_("Draft, not yet checked."),
    "outdated": L_("This text may be outdated. Where it differs, the Dutch text counts."),
}
PICTOGRAMS: Final = {
    "euro": L_("Money"),
    "calendar": L_("Date"),
    "phone": L_("Telephone"),
    "thermostat": L_("Heating"),
    "tap": L_("Water"),
    "letter": L_("Letter"),
    "key": L_("Home"),
    "warning": L_("Take care"),
    "house": L_("House"),
    "people": L_("Neighbours"),
    "sun": L_("Sun"),
    "plug": L_("Electricity"),
}


@dataclass(frozen=True, slots=True)
class Label:
    """A label with the language it really is in."""

    text: str
    language: str

    def side(self, lead: str = "") -> Side:
        """Make a side of it."""
        way: Direction = "rtl" if direction(self.language) == "rtl" else "ltr"
        return Side(self.language, way, self.text, lead)


def label(language: str, message: str, **values: str | date) -> Label:
    """Give a label in a language, with `%(name)s` values filled in between isolates.

    A date is written in words, in the language that the label turns out to be in.
    """
    found = _label(language, message)
    if not values:
        return found
    filled = {
        name: f"\u2068{_written(value, found.language)}\u2069" for name, value in values.items()
    }
    return Label(found.text % filled, found.language)


@lru_cache(maxsize=2048)
def _label(language: str, message: str) -> Label:
    text = catalogue(language, "sheets").gettext(message)
    return Label(text, language if text != message or language == "en" else "en")


def _written(value: str | date, language: str) -> str:
    return long_date(value, language) if isinstance(value, date) else value
