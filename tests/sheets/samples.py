"""Sheets to test with: the shipped answers with sample values, and a fixed frame round them.

The values are stand-ins of the right shape. What facts really say is tested with the facts.
"""

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from typing import Any

from hub.resources import content
from hub.sheets.blocks import Sheet
from hub.sheets.compose import compose
from hub.sheets.content import (
    WRITING_LINE,
    FilledText,
    First,
    Format,
    SheetAnswer,
    SheetFrame,
    SheetHub,
)
from hub.sheets.faces import printable_scripts
from hub.sheets.languages import script_of
from tests.sheets.words import WORDS

HUB = SheetHub(
    "Energiehub K-buurt",
    "Karspeldreef 4, 1101 CJ Amsterdam",
    "020-5551234",
    ("ma 10:00–13:00", "do 13:00–17:00"),
)
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_BY_UNIT = {"phone": "0800-9009", "date": "15-03-2027", "text": "Westpoort Warmte"}
VALUES = {
    "supplier": "Vattenfall",
    "instalment": "€\u00a0145,50",
    "disconnect_date": "15-03-2027",
    "helper_phone": "020-5551234",
}


def isolated(value: str) -> str:
    """Put a value between isolates, as whoever fills a text does."""
    opening = "\u2066" if value[:1].isdigit() or value[:1] == "€" else "\u2068"
    return f"{opening}{value}\u2069"


def _fill(text: str, values: dict[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name in values:
            return isolated(values[name])
        if name.startswith("F-"):
            return isolated("€\u00a040,97")
        return WRITING_LINE

    return _PLACEHOLDER.sub(value, text)


def languages_of(slug: str) -> list[str]:
    """Give the languages in which an answer is shipped."""
    files = content(f"answers/{slug}").glob("*.toml")
    return sorted(file.stem for file in files if file.stem != "answer")


def slugs() -> list[str]:
    """Give the slugs of the shipped answers."""
    return sorted(folder.parent.name for folder in content("answers").glob("*/nl.toml"))


def filled(slug: str, language: str, values: dict[str, str] | None = None) -> FilledText:
    """Give a shipped text with values filled in; what has none becomes a writing line."""
    path = content(f"answers/{slug}/{language}.toml")
    raw: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    known = VALUES if values is None else values

    def fill(text: str) -> str:
        return _fill(text, known)

    first = raw.get("first")
    return FilledText(
        language=language,
        status=raw["status"],
        title=fill(raw["title"]),
        gist=fill(raw["gist"]),
        steps=tuple(map(fill, raw["steps"])),
        bring=tuple(map(fill, raw["bring"])),
        come_back=fill(raw["come_back"]),
        referral=fill(raw["referral"]),
        first=First(**{name: fill(text) for name, text in first.items()}) if first else None,
        amounts=tuple((fill(row["label"]), fill(row["value"])) for row in raw.get("amounts", ())),
        marks=(),
    )


def answer(slug: str, language: str, values: dict[str, str] | None = None) -> SheetAnswer:
    """Give a shipped answer in a language beside its Dutch."""
    about = tomllib.loads(content(f"answers/{slug}/answer.toml").read_text("utf-8"))
    resident = None
    if language != "nl" and language in languages_of(slug):
        resident = filled(slug, language, values)
    return SheetAnswer(
        slug=slug,
        number=about["number"],
        pictogram=about["pictogram"],
        safety=slug == "safety",
        resident=resident,
        dutch=filled(slug, "nl", values),
    )


def frame(language: str, **changes: Any) -> SheetFrame:
    """Give a frame with everything on it."""
    values: dict[str, Any] = {
        "language": language,
        "beside": None if language == "nl" else "nl",
        "printed_on": date(2027, 3, 1),
        "valid_until": date(2027, 6, 1),
        "version": "7",
        "return_code": "K7M-4QX",
        "call_back_on": None,
        "web_address": "https://hub.example.nl/s/4fzq9-k2m7d-v3x8w-5h0jt-6n1cre",
        "hub": HUB,
        "demonstration": False,
    }
    return SheetFrame(**(values | changes))


def sheet(
    slugs_: Sequence[str] | str,
    language: str,
    format: Format = Format("a4"),  # noqa: A002, B008 - a frozen value
    **changes: Any,
) -> Sheet:
    """Compose a sheet of shipped answers."""
    wanted = [slugs_] if isinstance(slugs_, str) else slugs_
    return compose([answer(slug, language) for slug in wanted], frame(language, **changes), format)


# Chinese is an extra: its typefaces need not be there.
ANSWERED = [
    code for code in languages_of("disconnection") if script_of(code) in printable_scripts()
]
LANGUAGES = sorted({*ANSWERED, *(code for code in WORDS if script_of(code) in printable_scripts())})


def own_words(language: str, **changes: Any) -> FilledText:
    """Give a short text in any language of the desk; `step` replaces its steps."""
    title, what, before, steps, bring, amount = WORDS[language]
    values = {
        "date": isolated("15-03-2027"),
        "amount": isolated("€\u00a0145,50"),
        "phone": isolated("020-5551234"),
    }
    step = changes.pop("step", None)
    fields: dict[str, Any] = {
        "language": language,
        "status": "machine_draft",
        "title": title,
        "gist": steps[0],
        "steps": (step,) if step else tuple(text.format(**values) for text in steps),
        "bring": (bring,),
        "come_back": steps[0],
        "referral": steps[2].format(**values),
        "first": First(title, what, before.format(**values), bring),
        "amounts": ((amount, isolated("€\u00a0145,50")),),
        "marks": (),
    }
    return FilledText(**(fields | changes))


def own_answer(text: FilledText, dutch: FilledText | None = None) -> SheetAnswer:
    """Give an answer of own words beside Dutch ones."""
    plain = dutch or own_words("nl")
    resident = None if text.language == "nl" else text
    return SheetAnswer("instalment", "T02", "euro", False, resident, plain if resident else text)


def own_sheet(
    text: FilledText,
    format: Format = Format("a4"),  # noqa: A002, B008 - a frozen value
    **changes: Any,
) -> Sheet:
    """Compose a sheet of one text of own words, alone unless `beside` says otherwise."""
    wanted = {"beside": None} | changes
    return compose([own_answer(text)], frame(text.language, **wanted), format)


def any_sheet(language: str, format: Format, **changes: Any) -> Sheet:  # noqa: A002
    """Compose a sheet of a shipped answer where there is one, else of own words."""
    if language in ANSWERED:
        return sheet("disconnection", language, format, **changes)
    return own_sheet(own_words(language), format, **({"beside": "nl"} | changes))
