"""Why a sheet is not printed. Every refusal names the place and the remedy."""

from hub.i18n import N_
from hub.refusal import Refusal


class SheetRefused(Refusal):
    """A sheet that would be wrong on paper is refused before a byte is written."""


class CharacterRefused(SheetRefused):
    """A character that no installed typeface can draw, or that would reorder a line."""

    def __init__(self, message: str, character: str, place: str) -> None:
        self.character = character
        super().__init__(
            message, place=place, code=f"U+{ord(character):04X}", character=_visible(character)
        )


class LanguageRefused(SheetRefused):
    """A language whose script cannot be set, or whose font package is absent."""


class FormatRefused(SheetRefused):
    """A paper or a body size that does not exist or cannot hold a sheet."""


NO_GLYPH = N_(
    "%(place)s: no typeface can draw the character %(character)s (%(code)s). "
    "Remove it or write it in another way."
)
LONE_MARK = N_(
    "%(place)s: the mark %(code)s stands without a letter to carry it. "
    "Remove it or add the letter before it."
)
REORDERS = N_(
    "%(place)s: the invisible character %(code)s would change the order of what is printed. "
    "Remove it and type the text again."
)
CONTROL = N_("%(place)s: the control character %(code)s cannot be printed. Remove it.")


def _visible(character: str) -> str:
    """Give the character itself where it can be shown in a message, else nothing."""
    return f"“{character}”" if character.isprintable() else ""
