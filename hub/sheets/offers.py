"""The formats in which the desk hands out a sheet, as they are chosen at the visit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from hub.i18n import N_
from hub.refusal import Refusal
from hub.sheets.making import Choice, Handout, needs_dutch

SOURCE_LANGUAGE: Final = "nl"
USUAL: Final = "a4"

Languages = Literal["both", "own", "dutch"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A format to choose: the name it is sent under, its label, and what it stands for."""

    name: str
    label: str
    paper: str
    large: bool = False
    languages: Languages = "both"


# Without a second language there is only one A4, and it needs no word about languages.
_A4_ALONE: Final = Offer("a4", N_("A4"), "a4")
_OFFERS: Final = (
    Offer("a4", N_("A4, two languages"), "a4"),
    Offer("a4-own", N_("A4, the resident's language"), "a4", languages="own"),
    Offer("a4-dutch", N_("A4, Dutch"), "a4", languages="dutch"),
    Offer("a5", N_("A5"), "a5"),
    Offer("large", N_("Large print"), "a4", large=True),
    Offer("receipt", N_("Receipt, 80 mm"), "receipt"),
)


def offers(choices: Sequence[Choice]) -> tuple[Offer, ...]:
    """Give the formats that suit the texts of a sheet.

    The resident's language is not offered alone where one of its texts is unchecked: the Dutch
    comes along then, so that it would be the first format again.
    """
    if all(choice.beside is None for choice in choices):
        return (_A4_ALONE, *(offer for offer in _OFFERS if offer.paper != "a4" or offer.large))
    if dutch_comes_along(choices):
        return tuple(offer for offer in _OFFERS if offer.languages != "own")
    return _OFFERS


def label_of(handout: Handout) -> str:
    """Give the message that names the format of a sheet that was handed out."""
    if handout.format.large or handout.format.paper != "a4":
        same = (handout.format.paper, handout.format.large)
        return next(offer.label for offer in _OFFERS if (offer.paper, offer.large) == same)
    if handout.beside:
        return _OFFERS[0].label
    return _OFFERS[2].label if handout.language == SOURCE_LANGUAGE else _OFFERS[1].label


def choose(name: str, language: str, choices: Sequence[Choice]) -> tuple[list[Choice], Handout]:
    """Give the texts and the setting of a sheet in the format of that name.

    `language` is that of the resident's column. The Dutch comes along with every text that no
    reader has checked, whatever was chosen. Raises Refusal on field `format`.
    """
    offer = next((offer for offer in _OFFERS if offer.name == name), None)
    if offer is None:
        raise Refusal(
            N_("There is no format “%(format)s”. Choose one of: %(known)s."),
            field="format",
            format=name,
            known=", ".join(offer.name for offer in _OFFERS),
        )
    if offer.languages == "dutch":
        choices = [replace(choice, beside=None) for choice in choices]
    if all(choice.beside is None for choice in choices):
        language, beside = SOURCE_LANGUAGE, None
    elif offer.languages == "own" and not dutch_comes_along(choices):
        beside = None
    else:
        beside = SOURCE_LANGUAGE
    return list(choices), Handout.of(language, beside, offer.paper, large=offer.large)


def dutch_comes_along(choices: Sequence[Choice]) -> bool:
    """Tell whether a text is unchecked or absent in the resident's language."""
    return needs_dutch(choices) or any(choice.beside is None for choice in choices)
