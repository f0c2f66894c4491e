"""Versions of a text, and how two of them differ, word by word."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.answers.library import TextView, text_views
from hub.answers.models import AnswerText
from hub.answers.placeholders import strings_of
from hub.i18n import N_
from hub.refusal import NotFound

# A placeholder stays whole; Chinese has no spaces, so each of its signs is a word.
_WORD: Final = re.compile(r"\{[^{}]*\}|[\u3400-\u9fff]|[^\s\u3400-\u9fff{}]+|\s+|[{}]")


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a text with what is known of its making."""

    text: TextView
    written_at: datetime
    written_by: str | None
    translator: str | None
    significance: str | None
    note: str
    origin: str


def versions(session: Session, slug: str, language: str) -> list[Version]:
    """Give all versions of a text, the newest first; none for a language without a text."""
    rows = list(
        session.scalars(
            select(AnswerText)
            .where(AnswerText.answer_slug == slug, AnswerText.language == language)
            .order_by(AnswerText.version.desc())
        )
    )
    return [
        Version(
            view,
            row.written_at,
            row.written_by,
            row.translator,
            row.significance,
            row.note,
            row.origin,
        )
        for row, view in zip(rows, text_views(session, rows), strict=True)
    ]


def version_of(session: Session, slug: str, language: str, version: int) -> TextView:
    """Give one version of a text. Raises NotFound."""
    row = session.scalar(
        select(AnswerText).where(
            AnswerText.answer_slug == slug,
            AnswerText.language == language,
            AnswerText.version == version,
        )
    )
    if row is None:
        raise NotFound(N_("This version is not there."))
    return text_views(session, [row])[0]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a string; `kind` is `same`, `gone` (before only) or `new` (after only)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two bodies differ: its words before and after."""

    place: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    """Give the places where two bodies differ, in the order of the later one."""
    old, new = dict(strings_of(before)), dict(strings_of(after))
    for place in dict.fromkeys([*new, *old]):
        one, other = old.get(place, ""), new.get(place, "")
        if one != other:
            yield Difference(place, *_compare(one, other))


def _compare(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = kind == "equal"
        if a < b:
            left.append(Piece("same" if same else "gone", "".join(old[a:b])))
        if c < d:
            right.append(Piece("same" if same else "new", "".join(new[c:d])))
    return tuple(left), tuple(right)
