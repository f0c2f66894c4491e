"""What every text must meet, whichever door it comes through: page, file, or shipped.

Each rule gives its refusals with the place of the string they belong to (`steps.2`) as the
field, and says what to do. Advice is not a refusal: it is shown, and the text is kept.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from hub.answers.bodies import (
    MOST_AMOUNTS,
    MOST_BRING,
    MOST_STEPS,
    is_for_volunteers,
    without_gaps,
)
from hub.answers.library import AnswerView
from hub.answers.placeholders import FIRST, blanks_in, facts_in, stray_braces, strings_of
from hub.answers.scripts import share_in_script
from hub.facts.register import Register
from hub.i18n import N_
from hub.refusal import Refusal
from hub.typed_values import unprintable_sign

# (text, language) -> the characters that no typeface of the sheets draws
Drawing = Callable[[str, str], Collection[str]]

LONGEST: Final = 400
_MARKUP: Final = re.compile(r"<\s*[a-zA-Z/!?]|&(?:#\w+|[a-zA-Z]\w*);")
_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")
_NUMBER: Final = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_NEEDED: Final = ("title", "gist")
_EMPTY: Final = N_("This field is empty; it has to be filled in.")
_MOST: Final = {"steps": MOST_STEPS, "bring": MOST_BRING, "amounts": MOST_AMOUNTS}


@dataclass(frozen=True, slots=True)
class Known:
    """What a text may refer to, and what can be drawn.

    `blanks` are the answer's; `fact(code, part)` tells whether the register has it;
    `missing_glyphs(text, language)` gives the characters that no typeface of the sheets draws.
    """

    blanks: Collection[str]
    fact: Callable[[str, str], bool]
    missing_glyphs: Drawing

    @classmethod
    def of(cls, answer: AnswerView, register: Register, missing_glyphs: Drawing) -> "Known":
        """Give what a text of an answer may refer to.

        The sheets, a room above this one, tell what they can draw, in
        `app.extensions["missing_glyphs"]`.
        """
        return cls(answer.blanks.keys(), register.knows, missing_glyphs)


@dataclass(frozen=True, slots=True)
class GoodText:
    """A body that has met every rule. Only `judge` makes one, and only such a text is kept."""

    language: str
    body: dict[str, Any]
    source_version: int | None


class TextRefused(Refusal):
    """A text with faults, each with the place it belongs to as its field."""

    def __init__(self, faults: list[Refusal]) -> None:
        super().__init__(N_("This text cannot be kept as it stands."))
        self.faults = tuple(faults)


def judge(
    body: Mapping[str, Any],
    language: str,
    known: Known,
    source: tuple[int, Mapping[str, Any]] | None = None,
) -> GoodText:
    """Give a body as one that may be kept. Raises TextRefused with every fault.

    `source` is the version and body of the Dutch that a translation follows, None for Dutch.
    """
    found = list(faults(body, language, known))
    if source is not None:
        found += faults_beside(body, source[1], language)
    if found:
        raise TextRefused(found)
    return GoodText(language, without_gaps(body), source[0] if source else None)


def faults(body: Mapping[str, Any], language: str, known: Known) -> Iterator[Refusal]:
    """Give what is wrong with a text by itself."""
    yield from _shape(body)
    for place, text in strings_of(body):
        yield from _string_faults(place, text, language, known)
    printed = " ".join(text for place, text in strings_of(body) if not is_for_volunteers(place))
    share = share_in_script(printed, language)
    if share is not None and share < 0.5:
        yield Refusal(
            N_(
                "Most of this text is not in the script of the language %(language)s. "
                "Look whether it is the right text."
            ),
            field="title",
            language=language,
        )


def _shape(body: Mapping[str, Any]) -> Iterator[Refusal]:
    for name in _NEEDED:
        if not body.get(name):
            yield Refusal(_EMPTY, field=name)
    if not body.get("steps"):
        yield Refusal(N_("An answer has at least one step."), field="steps.1")
    for name, most in _MOST.items():
        if len(body.get(name, [])) > most:
            yield Refusal(
                N_("There are more than %(most)s of these. Join two, or leave one out."),
                field=f"{name}.{most + 1}",
                most=most,
            )
    first = body.get("first") or {}
    for name in FIRST:
        if first and not first.get(name):
            yield Refusal(
                N_("The box has four parts: fill in this one too, or empty all four."),
                field=f"first.{name}",
            )


def _string_faults(place: str, text: str, language: str, known: Known) -> Iterator[Refusal]:
    if not text and place.startswith(("steps.", "bring.", "amounts.", "do_not_say.")):
        yield Refusal(_EMPTY, field=place)
    if len(text) > LONGEST:
        yield Refusal(
            N_("This is longer than %(most)s characters. Shorten it."), field=place, most=LONGEST
        )
    sign = unprintable_sign(text)
    if sign is not None:
        yield Refusal(
            N_(
                "This holds a sign that nobody can see (U+%(code)s), such as one that turns the "
                "direction of writing. Type the text anew instead of pasting it."
            ),
            field=place,
            code=f"{ord(sign):04X}",
        )
        return
    if _MARKUP.search(text):
        yield Refusal(N_("This holds markup. Use plain words and signs."), field=place)
    yield from _placeholder_faults(place, text, known)
    missing = sorted(known.missing_glyphs(_PLACEHOLDER.sub("", text), language))
    if missing:
        yield Refusal(
            N_("No typeface of the sheets can draw %(signs)s. Write it in another way."),
            field=place,
            signs=", ".join(f"“{one}” (U+{ord(one):04X})" for one in missing),
        )


def _placeholder_faults(place: str, text: str, known: Known) -> Iterator[Refusal]:
    if stray_braces(text):
        strange = [
            one for one in _PLACEHOLDER.findall(text) if not blanks_in(one) and not facts_in(one)
        ]
        rest = _PLACEHOLDER.sub("", text)
        if "{" in rest or "}" in rest:
            yield Refusal(
                N_(
                    "A curly bracket stands alone. A blank is written as {name}, a fact as "
                    "{F-CODE.part}."
                ),
                field=place,
            )
        for one in strange:
            yield Refusal(
                N_(
                    "%(placeholder)s is neither a blank nor a fact. A blank is written as {name}, "
                    "a fact as {F-CODE.part}."
                ),
                field=place,
                placeholder=one,
            )
    for name in blanks_in(text):
        if name not in known.blanks:
            yield Refusal(
                N_("This answer has no blank {%(name)s}. It has: %(known)s."),
                field=place,
                name=name,
                known=", ".join(sorted(known.blanks)) or "–",
            )
    for reference in facts_in(text):
        if not known.fact(reference.code, reference.part):
            yield Refusal(
                N_(
                    "The register has no fact {%(fact)s}. Correct it, or let an editor enter the "
                    "fact first."
                ),
                field=place,
                fact=f"{reference.code}.{reference.part}",
            )


def faults_beside(
    body: Mapping[str, Any], source: Mapping[str, Any], language: str
) -> Iterator[Refusal]:
    """Give where a translation departs from its Dutch in what it may not change."""
    said = _translated(dict(strings_of(body)), language)
    dutch = _translated(dict(strings_of(source)), language)
    for place, text in said.items():
        if place not in dutch and text:
            yield Refusal(
                N_("The Dutch has nothing here. Leave it out; a new step begins in the Dutch."),
                field=place,
            )
    for place, original in dutch.items():
        if original and not said.get(place):
            yield Refusal(
                N_("The Dutch has text here: “%(dutch)s”. Translate it."),
                field=place,
                dutch=original,
            )
        elif original:
            yield from _agreement(place, said[place], original)


def _translated(strings: dict[str, str], language: str) -> dict[str, str]:
    """Give the strings that a translation has to have; English has those for volunteers too."""
    if language == "en":
        return strings
    return {place: text for place, text in strings.items() if not is_for_volunteers(place)}


def _agreement(place: str, text: str, dutch: str) -> Iterator[Refusal]:
    mine, theirs = set(_PLACEHOLDER.findall(text)), set(_PLACEHOLDER.findall(dutch))
    if mine != theirs:
        yield Refusal(
            N_("The blanks and facts differ from the Dutch: here %(mine)s, there %(theirs)s."),
            field=place,
            mine=" ".join(sorted(mine)) or "–",
            theirs=" ".join(sorted(theirs)) or "–",
        )
    own, others = numbers_in(text), numbers_in(dutch)
    if own != others:
        yield Refusal(
            N_("The numbers differ from the Dutch: here %(mine)s, there %(theirs)s."),
            field=place,
            mine=" ".join(own) or "–",
            theirs=" ".join(others) or "–",
        )


def numbers_in(text: str) -> list[str]:
    """Give the numbers written in a string, sorted, in digits 0 to 9 without separators.

    Digits of other scripts count as what they stand for; placeholders do not count.
    """
    found = _NUMBER.findall(_PLACEHOLDER.sub(" ", text))
    return sorted("".join(str(int(sign)) for sign in one if sign.isdecimal()) for one in found)
