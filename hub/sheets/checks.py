"""What may stand in a text that is printed: checked before anything is composed."""

import unicodedata
from functools import lru_cache
from typing import Final

from hub.sheets.faces import known_characters
from hub.sheets.refusals import CONTROL, LONE_MARK, NO_GLYPH, REORDERS, CharacterRefused

# Embeddings and overrides would reorder what follows; so would directional marks in a value.
_REORDERING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u200e\u200f\u061c")
_OPENING: Final = frozenset("\u2066\u2067\u2068")
_CLOSING: Final = "\u2069"
_STEERING: Final = _OPENING | {_CLOSING}
_LINE_ENDS: Final = str.maketrans({"\n": " ", "\t": " ", "\r": " "})


@lru_cache(maxsize=1024)
def cleaned(text: str, language: str, place: str) -> str:
    """Give the text in normal form C, on one line, if every character of it can be printed.

    Most texts of a sheet have been on another one, and are remembered. Raises
    `CharacterRefused`, naming the place and the character.
    """
    tidy = unicodedata.normalize("NFC", text.translate(_LINE_ENDS)).strip(" ")
    if not known_characters(language).issuperset(tidy):
        character = min(set(tidy) - known_characters(language))
        raise CharacterRefused(_reason(character), character, place)
    _refuse_lone_marks(tidy, language, place)
    _refuse_open_isolates(tidy, place)
    return tidy


def _reason(character: str) -> str:
    if character in _REORDERING:
        return REORDERS
    if unicodedata.category(character) in ("Cc", "Cf", "Co", "Zl", "Zp"):
        return CONTROL
    return NO_GLYPH


@lru_cache(maxsize=256)
def _marks(language: str) -> frozenset[str]:
    return frozenset(c for c in known_characters(language) if unicodedata.category(c)[0] == "M")


def _refuse_lone_marks(text: str, language: str, place: str) -> None:
    """A combining mark needs a letter before it."""
    marks = _marks(language)
    if marks.isdisjoint(text):
        return
    previous = " "
    for character in text:
        if character in marks and unicodedata.category(previous)[0] in "ZPSC":
            raise CharacterRefused(LONE_MARK, character, place)
        if character not in "\u200c\u200d":
            previous = character


def _refuse_open_isolates(text: str, place: str) -> None:
    """An isolate that does not end, or ends twice, would spill over what follows it."""
    if _STEERING.isdisjoint(text):
        return
    depth = 0
    last = ""
    for character in text:
        if character in _OPENING:
            depth += 1
            last = character
        elif character == _CLOSING:
            depth -= 1
            if depth < 0:
                raise CharacterRefused(REORDERS, character, place)
    if depth:
        raise CharacterRefused(REORDERS, last, place)
