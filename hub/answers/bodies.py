"""Bodies of texts: from strings by place to the shape of the content files, and back."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from hub.answers.placeholders import FIRST, LISTS, PLAIN_STRINGS, strings_of

MOST_STEPS: Final = 5
MOST_BRING: Final = 4
MOST_AMOUNTS: Final = 4
# What is for the volunteer alone stands in the languages of the screen, and in no other.
VOLUNTEERS: Final = "do_not_say"
# Line ends and runs of spaces; a space that does not break is typography, and stays.
_SPACES: Final = re.compile(r"[ \t\r\n]+")


def body_digest(body: Mapping[str, Any]) -> str:
    """Give the SHA-256 of a text body, the same for the same words."""
    packed = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()


def body_of(strings: Mapping[str, str]) -> dict[str, Any]:
    """Make a body of strings by place (`steps.2`, `amounts.1.label`, `title`).

    Spaces at the ends and between words are tidied. An empty string stays where it is, so
    that a rule can name its place; `without_gaps` takes the empty entries out.
    """
    tidy = {place: _SPACES.sub(" ", text).strip(" ") for place, text in strings.items()}
    body: dict[str, Any] = {name: tidy.get(name, "") for name in PLAIN_STRINGS}
    for name in LISTS:
        listed = [tidy[place] for place in _places(tidy, name)]
        if listed or name != VOLUNTEERS:
            body[name] = listed
    first = {name: tidy.get(f"first.{name}", "") for name in FIRST}
    if any(first.values()):
        body["first"] = first
    rows = range(1, 1 + max((_row(place) for place in tidy), default=0))
    amounts = [
        {part: tidy.get(f"amounts.{row}.{part}", "") for part in ("label", "value")} for row in rows
    ]
    if amounts:
        body["amounts"] = amounts
    return body


def _places(strings: Mapping[str, str], name: str) -> list[str]:
    numbers = [place.removeprefix(f"{name}.") for place in strings if place.startswith(f"{name}.")]
    return [f"{name}.{number}" for number in sorted(map(int, numbers))]


def _row(place: str) -> int:
    parts = place.split(".")
    return int(parts[1]) if parts[0] == "amounts" else 0


def without_gaps(body: Mapping[str, Any]) -> dict[str, Any]:
    """Give a body without the empty entries of its lists, and without lists that are empty."""
    kept = dict(body)
    for name in LISTS:
        if name in kept:
            kept[name] = [text for text in kept[name] if text]
    if not kept.get(VOLUNTEERS):
        kept.pop(VOLUNTEERS, None)
    kept["amounts"] = [row for row in kept.get("amounts", []) if row["label"] or row["value"]]
    if not kept["amounts"]:
        del kept["amounts"]
    return kept


def same_words(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether two bodies say the same in the same places; an empty string is none."""
    return _said(one) == _said(other)


def _said(body: Mapping[str, Any]) -> dict[str, str]:
    return {place: text for place, text in strings_of(body) if text}


def is_for_volunteers(place: str) -> bool:
    """Tell whether a place is for the volunteer only, and not printed."""
    return place.startswith(VOLUNTEERS)
