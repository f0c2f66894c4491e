"""Advice to whoever writes a text: lengths and key words. Shown, and never a refusal."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from hub.answers.bodies import is_for_volunteers
from hub.answers.hard_words import letter_words
from hub.answers.placeholders import strings_of
from hub.i18n import N_
from hub.refusal import Refusal

# Characters that fit where the string stands on a sheet; placeholders count as they are written.
LENGTHS: Final = {
    "title": 45,
    "gist": 150,
    "steps": 100,
    "bring": 60,
    "come_back": 110,
    "referral": 110,
    "first": 60,
    "amounts": 60,
    "do_not_say": 150,
}
_BRACKETS: Final = re.compile(r"[(（]([^()（）]*)[)）]")


def fitting_length(place: str) -> int:
    """Give the number of characters that fit at a place such as `steps.2`."""
    return LENGTHS[place.split(".")[0]]


def advice_on(
    body: Mapping[str, Any], source: Mapping[str, Any] | None = None
) -> Iterator[Refusal]:
    """Give what could be better, each with its place as the field.

    `source` is the Dutch of a translation, None for a Dutch text.
    """
    for place, text in strings_of(body):
        if len(text) > fitting_length(place):
            yield Refusal(
                N_("%(count)s characters; %(most)s fit well on the sheet."),
                field=place,
                count=len(text),
                most=fitting_length(place),
            )
    if source is not None:
        yield from _key_words(body, source)


def _key_words(body: Mapping[str, Any], source: Mapping[str, Any]) -> Iterator[Refusal]:
    """Name the words of Dutch letters that a translation does not give in brackets.

    The reader has to find them on a letter; once in the text is enough.
    """
    kept = " ".join(_BRACKETS.findall(_printed(body))).casefold()
    for word in letter_words(_printed(source)):
        if word not in kept:
            yield Refusal(
                N_("The Dutch word “%(word)s” stands on letters. Give it once in brackets."),
                field=_place_of(word, source),
                word=word,
            )


def _printed(body: Mapping[str, Any]) -> str:
    return " ".join(text for place, text in strings_of(body) if not is_for_volunteers(place))


def _place_of(word: str, source: Mapping[str, Any]) -> str:
    return next(place for place, text in strings_of(source) if word in text.casefold())
