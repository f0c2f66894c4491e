"""Filling an answer text: facts of a day and typed blanks in the place of placeholders.

What may be printed is decided here, in one place: a text with a stop-fact that has expired,
or that the register does not know, is refused; a warn-fact that has expired, or any fact
nobody has checked, is printed with a mark.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from hub.answers.blanks import write_blank
from hub.answers.library import AnswerView, TextView
from hub.answers.placeholders import (
    FIRST,
    LISTS,
    PLAIN_STRINGS,
    WRITING_LINE,
    FactReference,
    body_blanks,
    body_facts,
    fill,
)
from hub.facts.register import FactOnDay, Register, write_value
from hub.i18n import N_
from hub.refusal import Refusal

EXPIRED: Final = "expired"
UNCHECKED: Final = "unchecked"


class StopFact(Refusal):
    """An answer uses a fact whose last day has passed, and which must not be printed then."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with every value in place; `facts` are the values used, `marks` what to warn of."""

    text: TextView
    body: dict[str, Any]
    facts: tuple[FactOnDay, ...]
    marks: tuple[str, ...]


def facts_of(text: TextView, register: Register, day: date) -> list[FactOnDay]:
    """Give what the register says on a day of each fact a text uses."""
    return [register.on_day(f.code, f.part, day) for f in body_facts(text.body)]


def stopped_by(text: TextView, register: Register, day: date) -> list[FactOnDay]:
    """Give the facts that keep a text from being printed on a day."""
    return [fact for fact in facts_of(text, register, day) if not fact.printable]


def require_printable(text: TextView, register: Register, day: date) -> None:
    """Raise StopFact where a text may not be printed, naming the fact and who can mend it."""
    for fact in stopped_by(text, register, day):
        raise StopFact(
            N_(
                "%(title)s cannot be printed: the fact %(fact)s has no value for this day. "
                "An editor can enter it in the facts register."
            ),
            field="answer",
            title=text.title,
            fact=f"{fact.code}.{fact.part}",
        )


def fill_text(
    answer: AnswerView,
    text: TextView,
    register: Register,
    day: date,
    blanks: Mapping[str, str],
) -> Filled:
    """Fill a text for a day. `blanks` holds what was typed, by name; an empty or absent one
    becomes a writing line. Raises Refusal on field `blank-NAME` for a blank that is not of
    its type. Facts that do not print are shown as a writing line: ask `require_printable`
    first where it matters.
    """
    typed = {
        name: write_blank(answer.blanks.get(name, {}), value, f"blank-{name}", text.language)
        for name in body_blanks(text.body)
        if (value := blanks.get(name, "").strip())
    }

    def fact(reference: FactReference) -> str:
        found = register.on_day(reference.code, reference.part, day)
        if not found.printable:
            return WRITING_LINE
        return write_value(found.value, found.unit, text.language)

    def put(string: str) -> str:
        return fill(string, fact, lambda name: typed.get(name, WRITING_LINE))

    used = tuple(facts_of(text, register, day))
    return Filled(text, _each_string(text.body, put), used, _marks(used))


def _each_string(body: dict[str, Any], put: Any) -> dict[str, Any]:
    filled: dict[str, Any] = {name: put(body.get(name, "")) for name in PLAIN_STRINGS}
    for name in LISTS:
        filled[name] = [put(string) for string in body.get(name, [])]
    first = body.get("first")
    filled["first"] = {name: put(first.get(name, "")) for name in FIRST} if first else None
    filled["amounts"] = [
        {"label": put(row["label"]), "value": put(row["value"])} for row in body.get("amounts", [])
    ]
    return filled


def _marks(facts: tuple[FactOnDay, ...]) -> tuple[str, ...]:
    marks = []
    if any(fact.state == "expired" for fact in facts):
        marks.append(EXPIRED)
    if any(not fact.checked for fact in facts):
        marks.append(UNCHECKED)
    return tuple(marks)
