"""Why a sheet is not printed. Every refusal names the place and the remedy."""


class SheetRefused(ValueError):
    """A sheet that would be wrong on paper is refused before a byte is written."""


class CharacterRefused(SheetRefused):
    """A character that no installed font can draw, or that would reorder the line."""

    def __init__(self, character: str, place: str, reason: str) -> None:
        self.character = character
        self.place = place
        super().__init__(f"{place}: U+{ord(character):04X} {reason}")


class LanguageRefused(SheetRefused):
    """A language whose script this engine cannot set, or whose font package is absent."""


class FormatRefused(SheetRefused):
    """A paper or a body size that does not exist or cannot hold a sheet."""
