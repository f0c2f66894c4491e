"""From answers of the library to the value that `compose` takes: fills, marks, dates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, cast

from hub.answers import filling, publishing
from hub.answers.calculating import calculate, carry
from hub.answers.library import SAFETY, AnswerView, TextView
from hub.answers.placeholders import body_blanks
from hub.facts.register import FactOnDay, Register
from hub.i18n import N_, catalogue
from hub.recalls.reading import NOTHING, Recalled
from hub.refusal import Refusal
from hub.sheets.content import FilledText, First, Format, Paper, SheetAnswer
from hub.sheets.labels import L_

# A sheet without a dated fact is asked for anew after a season.
LONGEST_VALID: Final = timedelta(days=90)
LAYOUT: Final = "1"
RECALLED: Final = "recalled"

_MARKS: Final = {
    publishing.UNCHECKED: L_("Nobody has checked every figure on this page yet."),
    publishing.EXPIRED: L_("A figure on this page may be out of date. Ask the desk."),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer for a sheet: the text beside the Dutch (None for Dutch only), and the Dutch."""

    answer: AnswerView
    beside: TextView | None
    dutch: TextView
    blanks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Handout:
    """How a sheet is set: the resident's language, the one beside it or None, and the format."""

    language: str
    beside: str | None
    format: Format

    @classmethod
    def of(cls, language: str, beside: str | None, paper: str, *, large: bool) -> "Handout":
        """Make it of plain values; `paper` is one that `compose` knows, or is refused there."""
        return cls(language, beside, Format(cast(Paper, paper), large))


@dataclass(frozen=True, slots=True)
class Made:
    """The answers of a sheet, filled, with the fact values on it and its last good day."""

    answers: tuple[SheetAnswer, ...]
    facts: tuple[FactOnDay, ...]
    valid_until: date
    version: str


def make(
    choices: Sequence[Choice], register: Register, day: date, recalled: Recalled = NOTHING
) -> Made:
    """Fill the answers of a sheet for a day; a text that holds what was recalled says so.

    Raises StopFact for a text that must not be printed on that day, and Refusal on field
    `blank-NAME` for a blank that is not of its type.
    """
    answers = []
    facts: dict[int | None, FactOnDay] = {}
    for choice in choices:
        for text in (choice.beside, choice.dutch):
            if text is not None:
                publishing.require_printable(text, register, day)
        dutch = _filled(choice, choice.dutch, register, day, recalled)
        beside = _filled(choice, choice.beside, register, day, recalled) if choice.beside else None
        for filled in (dutch, beside):
            if filled is not None:
                facts.update({fact.value_id: fact for fact in filled.facts})
        answers.append(
            SheetAnswer(
                slug=choice.answer.slug,
                number=choice.answer.number,
                pictogram=choice.answer.pictogram,
                safety=choice.answer.slug == SAFETY,
                resident=filled_text(beside) if beside else None,
                dutch=filled_text(dutch),
            )
        )
    return Made(
        tuple(answers),
        tuple(facts.values()),
        _valid_until(facts.values(), day),
        _version(choices),
    )


def _filled(
    choice: Choice, text: TextView, register: Register, day: date, recalled: Recalled
) -> filling.Filled:
    """Fill a text with what was typed and what the desk calculates from it."""
    counted = calculate(choice.answer.slug, choice.blanks, register, day)
    for fault in counted.faults.values():
        raise fault
    blanks = {**counted.blanks, **choice.blanks}
    filled = carry(filling.fill_text(choice.answer, text, register, day, blanks), counted)
    if recalled.concerns(text.id, (fact.value_id for fact in filled.facts)):
        return replace(filled, marks=(RECALLED, *filled.marks))
    return filled


def filled_text(filled: filling.Filled) -> FilledText:
    """Give a filled text as the sheet's own value, with its marks in its own language."""
    body: dict[str, Any] = filled.body
    words = catalogue(filled.text.language, "sheets")
    first = body["first"]
    return FilledText(
        language=filled.text.language,
        status=filled.text.status,
        title=body["title"],
        gist=body["gist"],
        steps=tuple(body["steps"]),
        bring=tuple(body["bring"]),
        come_back=body["come_back"],
        referral=body["referral"],
        first=First(**first) if first else None,
        amounts=tuple((row["label"], row["value"]) for row in body["amounts"]),
        marks=tuple(words.gettext(_MARKS[mark]) for mark in filled.marks if mark in _MARKS),
        recalled=RECALLED in filled.marks,
    )


def _valid_until(facts: Iterable[FactOnDay], day: date) -> date:
    ends = [fact.valid_until for fact in facts if fact.valid_until and fact.valid_until >= day]
    return min([*ends, day + LONGEST_VALID])


def _version(choices: Sequence[Choice]) -> str:
    return " ".join(f"{choice.answer.number}.{choice.dutch.version}" for choice in choices)


def needs_dutch(choices: Sequence[Choice]) -> bool:
    """Tell whether the Dutch must stand beside a text on the sheet."""
    return any(
        choice.beside is not None and publishing.needs_dutch(choice.beside) for choice in choices
    )


def check_blanks(choices: Sequence[Choice], given: Iterable[str]) -> None:
    """Refuse a blank that no answer of the sheet has, and name those there are."""
    known = {
        name
        for choice in choices
        for name in (*choice.answer.blanks, *body_blanks(choice.dutch.body))
    }
    for name in given:
        if name not in known:
            raise Refusal(
                N_("There is no blank %(name)s in this answer. It has: %(known)s."),
                field=name,
                name=name,
                known=", ".join(sorted(known)) or "–",
            )
