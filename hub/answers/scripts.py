"""Which script a language is written in, and what a text is written in."""

import re
import unicodedata
from collections import Counter
from typing import Final

from babel.core import get_global

# ISO 15924 code -> how Unicode begins the names of its letters
_LETTERS: Final = {
    "Latn": "LATIN",
    "Cyrl": "CYRILLIC",
    "Arab": "ARABIC",
    "Ethi": "ETHIOPIC",
    "Deva": "DEVANAGARI",
    "Hans": "CJK",
    "Hant": "CJK",
    "Hebr": "HEBREW",
    "Grek": "GREEK",
}
_LIKELY: Final = get_global("likely_subtags")
# Dutch key words and values are in Latin letters in every language.
_APART: Final = re.compile(r"[(（][^()（）]*[)）]|\{[^{}]*\}")


def script_of(language: str) -> str | None:
    """Give the ISO 15924 code of a language's script by CLDR's likely subtags, None if unknown."""
    tag, *parts = language.split("-")
    named = [part.title() for part in parts if len(part) == 4]
    likely = str(_LIKELY.get(tag, "")).split("_")
    return named[0] if named else likely[1] if len(likely) > 1 else None


def share_in_script(text: str, language: str) -> float | None:
    """Give the share (0 to 1) of a text's letters that are of the language's script.

    What stands in brackets or is a placeholder does not count. None where there is no letter
    to judge, or the script of the language is not known here.
    """
    wanted = _LETTERS.get(script_of(language) or "")
    counted = Counter(
        unicodedata.name(sign, "").split(" ")[0] == wanted
        for sign in _APART.sub(" ", text)
        if sign.isalpha()
    )
    if wanted is None or not counted:
        return None
    return counted[True] / counted.total()
