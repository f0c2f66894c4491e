"""Placeholders in answer texts: `{blank}` is typed at the desk, `{F-CODE.part}` is a fact."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

_PLACEHOLDER: Final = re.compile(
    r"\{(?:(?P<fact>F-[A-Z0-9-]+)\.(?P<part>[a-z0-9_]+)|(?P<blank>[a-z][a-z0-9_]*))\}"
)

# Where a value is put in: isolates keep a number, a date or a name in its own direction
# inside right-to-left text (UAX #9, first strong isolate).
ISOLATE: Final = "\u2068"
POP: Final = "\u2069"
# A blank that nobody typed: the sheet draws a line to write on.
WRITING_LINE: Final = "\ue000"

# The strings of a text body, in reading order.
PLAIN_STRINGS: Final = ("title", "gist", "come_back", "referral")
LISTS: Final = ("steps", "bring", "do_not_say")
FIRST: Final = ("who", "what", "before", "where")


@dataclass(frozen=True, slots=True)
class FactReference:
    """A part of a fact that a text uses."""

    code: str
    part: str


def strings_of(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give each string of a text body with its place, such as `steps.2`."""
    for name in PLAIN_STRINGS:
        yield name, body.get(name, "")
    for name in LISTS:
        for number, text in enumerate(body.get(name, []), 1):
            yield f"{name}.{number}", text
    for name in FIRST:
        if name in body.get("first", {}):
            yield f"first.{name}", body["first"][name]
    for number, row in enumerate(body.get("amounts", []), 1):
        yield f"amounts.{number}.label", row["label"]
        yield f"amounts.{number}.value", row["value"]


def facts_in(text: str) -> list[FactReference]:
    """Give the facts a string refers to, in order, each as often as it stands there."""
    return [FactReference(m["fact"], m["part"]) for m in _PLACEHOLDER.finditer(text) if m["fact"]]


def blanks_in(text: str) -> list[str]:
    """Give the blanks a string has, in order."""
    return [m["blank"] for m in _PLACEHOLDER.finditer(text) if m["blank"]]


def stray_braces(text: str) -> bool:
    """Tell whether braces stand in a string that belong to no placeholder."""
    return bool(re.search(r"[{}]", _PLACEHOLDER.sub("", text)))


def fill(text: str, fact: Callable[[FactReference], str], blank: Callable[[str], str]) -> str:
    """Put values in the place of placeholders, each isolated."""

    def value(match: re.Match[str]) -> str:
        if match["fact"]:
            filled = fact(FactReference(match["fact"], match["part"]))
        else:
            filled = blank(match["blank"])
        return f"{ISOLATE}{filled}{POP}"

    return _PLACEHOLDER.sub(value, text)


def body_facts(body: Mapping[str, Any]) -> list[FactReference]:
    """Give the facts a text prints, each once, in reading order; do-not-say is not printed."""
    seen = {
        reference: None
        for place, text in strings_of(body)
        if not place.startswith("do_not_say")
        for reference in facts_in(text)
    }
    return list(seen)


def body_blanks(body: Mapping[str, Any]) -> list[str]:
    """Give the blanks a text prints, each once, in reading order."""
    seen = {
        name: None
        for place, text in strings_of(body)
        if not place.startswith("do_not_say")
        for name in blanks_in(text)
    }
    return list(seen)
