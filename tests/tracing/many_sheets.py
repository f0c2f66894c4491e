"""Many sheets at once, written behind the desk's back, and who is on them by plain counting."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from hub.answers.models import AnswerText
from hub.facts.models import FactValue
from hub.recalls.subjects import Subject
from hub.sheets.models import SheetFact, SheetRecord, SheetText
from hub.tracing.tracing import Span
from hub.visits.models import Reception, Visit

FIRST_DAY = date(2026, 1, 5)
DAYS = 320
LANGUAGES = ("nl", "en", "ar", "tr", "ti", "pl")
ANSWERS = ("heat-tariff", "instalment", "cannot-pay", "disconnection")
_AT_ONCE = 500
_SIGNS = "2346789ACDEFHJKMNPRTWXY"


@dataclass(frozen=True, slots=True)
class Given:
    """A sheet as it was written: its pairs of texts (beside, Dutch), and its values."""

    id: int
    hub_id: int
    day: date
    language: str
    beside: str | None
    texts: tuple[tuple[int | None, int], ...]
    values: frozenset[int]

    def holds(self, subject: Subject) -> bool:
        """Tell by plain looking whether something stood on the sheet."""
        for beside, dutch in self.texts:
            if beside in subject.texts:
                return True
            if dutch == subject.dutch and (self.language == "nl" or self.beside == "nl"):
                return True
        return bool(self.values & subject.values)

    def within(self, span: Span) -> bool:
        """Tell whether the sheet was handed out in these days."""
        first, last = span.first_day or date.min, span.last_day or date.max
        return first <= self.day <= last


@dataclass(frozen=True, slots=True)
class Library:
    """Versions of texts by (answer, language), and the values of three parts, newest last."""

    texts: dict[tuple[str, str], list[int]]
    values: list[list[int]]


def more_versions(session: Session, versions: int = 3) -> Library:
    """Give some answers more versions of each text, and make values that replaced each other.

    A translation follows the Dutch of its own number, but its last one lags behind. Of the
    first part the second row prints as the first, the third does not.
    """
    texts: dict[tuple[str, str], list[int]] = {}
    for slug in ANSWERS:
        for language in LANGUAGES:
            first = session.scalars(
                select(AnswerText).where(
                    AnswerText.answer_slug == slug, AnswerText.language == language
                )
            ).one()
            rows = [
                first,
                *(_version(first, number, versions) for number in range(2, versions + 1)),
            ]
            session.add_all(rows[1:])
            session.flush()
            texts[slug, language] = [row.id for row in rows]
    values = [_value_chain(session, part) for part in ("gj", "max_fixed", "network")]
    return Library(texts, values)


def _version(first: AnswerText, number: int, versions: int) -> AnswerText:
    dutch = first.language == "nl"
    return AnswerText(
        answer_slug=first.answer_slug,
        language=first.language,
        version=number,
        source_version=None if dutch else min(number, versions - 1),
        written_as="draft",
        body=first.body,
        digest=f"{number:064x}",
        written_at=first.written_at,
        significance="wording" if dutch else None,
    )


def _value_chain(session: Session, part: str) -> list[int]:
    before = None
    ids = []
    for version, value in enumerate(("40.97", "40.97", "41.10"), 1):
        row = FactValue(
            code="F-HEAT",
            part=f"made_{part}",
            version=version,
            value=value,
            unit="euro_per_gj",
            valid_from=date(2026, 1, 1),
            mark="source",
            at_expiry="stop",
            recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
            replaced_at=None if version == 3 else datetime(2026, 6, 1, tzinfo=UTC),
            replaces_id=before,
        )
        session.add(row)
        session.flush()
        before = row.id
        ids.append(row.id)
    return ids


def hand_out_many(
    session: Session, library: Library, hubs: Sequence[int], number: int, seed: int = 7
) -> list[Given]:
    """Write so many sheets, drawn from a seed; give them as they were written."""
    draw = random.Random(seed)  # noqa: S311 - nothing secret
    given = [_drawn(draw, library, hubs, at) for at in range(1, number + 1)]
    for some in _pieces(given):
        session.execute(insert(Reception), [_reception(one) for one in some])
        session.execute(insert(Visit), [_visit(one) for one in some])
        session.execute(insert(SheetRecord), [_sheet(one) for one in some])
        session.execute(
            insert(SheetText),
            [
                {
                    "sheet_id": one.id,
                    "position": at,
                    "answer_text_id": beside,
                    "answer_status": "checked" if beside else None,
                    "dutch_text_id": dutch,
                    "dutch_status": "checked",
                }
                for one in some
                for at, (beside, dutch) in enumerate(one.texts)
            ],
        )
        facts = [
            {"sheet_id": one.id, "fact_value_id": value} for one in some for value in one.values
        ]
        if facts:
            session.execute(insert(SheetFact), facts)
    session.commit()
    return given


def _pieces(given: list[Given]) -> Iterator[list[Given]]:
    rest = iter(given)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _drawn(draw: random.Random, library: Library, hubs: Sequence[int], at: int) -> Given:
    language = draw.choice(LANGUAGES)
    slugs = draw.sample(ANSWERS, draw.choice((1, 1, 2)))
    values = [draw.choice(chain) for chain in library.values if draw.random() < 0.3]
    return Given(
        id=at,
        hub_id=draw.choice(hubs),
        day=FIRST_DAY + timedelta(days=draw.randrange(DAYS)),
        language=language,
        beside=None if language == "nl" else draw.choice(("nl", "nl", None)),
        texts=tuple(
            (
                None if language == "nl" else draw.choice(library.texts[slug, language]),
                draw.choice(library.texts[slug, "nl"]),
            )
            for slug in slugs
        ),
        values=frozenset(values),
    )


def _visit_id(at: int) -> UUID:
    return UUID(f"0190b000-0000-7000-8000-{at:012d}")


def _moment(one: Given) -> datetime:
    return datetime.combine(one.day, time(10), UTC)


def _reception(one: Given) -> dict[str, Any]:
    return {
        "visit_id": _visit_id(one.id),
        "hub_id": one.hub_id,
        "digest": f"{one.id:064x}",
        "received_at": _moment(one),
    }


def _visit(one: Given) -> dict[str, Any]:
    signs, rest = "", one.id
    for _ in range(9):
        rest, sign = divmod(rest, len(_SIGNS))
        signs += _SIGNS[sign]
    unknown = dict.fromkeys(("area", "tenure", "heating", "home_type", "first_visit"), "unknown")
    return {
        "id": _visit_id(one.id),
        "hub_id": one.hub_id,
        "opened_at": _moment(one),
        "posted_in": one.day.strftime("%Y-%m"),
        "channel": "counter",
        "language": one.language,
        "late_entry": False,
        "return_code": signs,
        **unknown,
    }


def _sheet(one: Given) -> dict[str, Any]:
    return {
        "id": one.id,
        "visit_id": _visit_id(one.id),
        "code": f"code-{one.id}",
        "code_digest": f"{one.id:064x}",
        "language": one.language,
        "beside": one.beside,
        "paper": "a4",
        "large": False,
        "layout": "1",
        "printed_on": one.day,
        "valid_until": None,
        "call_back_on": None,
        "created_at": _moment(one),
    }
