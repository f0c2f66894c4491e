"""Filling an answer text: facts of a day and typed blanks in the place of placeholders.

What may be printed is not decided here, but in `publishing`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hub.answers.blanks import write_blank
from hub.answers.library import AnswerView, TextView
from hub.answers.placeholders import (
    FIRST,
    LISTS,
    PLAIN_STRINGS,
    WRITING_LINE,
    FactReference,
    body_blanks,
    fill,
)
from hub.answers.publishing import facts_of, marks_of, prints
from hub.facts.register import FactOnDay, Register, write_value


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with every value in place; `facts` are the values used, `marks` what to warn of."""

    text: TextView
    body: dict[str, Any]
    facts: tuple[FactOnDay, ...]
    marks: tuple[str, ...]


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
        if not prints(found):
            return WRITING_LINE
        return write_value(found.value, found.unit, text.language)

    def put(string: str) -> str:
        return fill(string, fact, lambda name: typed.get(name, WRITING_LINE))

    used = tuple(facts_of(text, register, day))
    return Filled(text, _each_string(text.body, put), used, marks_of(used))


def _each_string(body: dict[str, Any], put: Callable[[str], str]) -> dict[str, Any]:
    filled: dict[str, Any] = {name: put(body.get(name, "")) for name in PLAIN_STRINGS}
    for name in LISTS:
        filled[name] = [put(string) for string in body.get(name, [])]
    first = body.get("first")
    filled["first"] = {name: put(first.get(name, "")) for name in FIRST} if first else None
    filled["amounts"] = [
        {"label": put(row["label"]), "value": put(row["value"])} for row in body.get("amounts", [])
    ]
    return filled
