"""The digest by which the desk knows a visit that comes again; it is stored and may not change."""

from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from hub.visits.entry import QuestionEntry, VisitEntry

ENTRY = VisitEntry(
    visit_id=UUID("0190a000-0000-7000-8000-000000000001"),
    opened_at=datetime.fromisoformat("2026-11-23T10:15:30.5+01:00"),
    language="ti",
    area="EX-B-KMIDDEN",
    continues=UUID("0190a000-0000-7000-8000-000000000002"),
    questions=(
        QuestionEntry(
            topic="ACH-03",
            urgency="same_day",
            outcome="call_back",
            call_back_on=date(2026, 12, 1),
            answer="disconnection",
            answer_language="ti",
            sheet=True,
        ),
        QuestionEntry(topic="WNT-06"),
    ),
)
OTHER: dict[str, Any] = {
    "visit_id": UUID(int=1),
    "opened_at": datetime.fromisoformat("2026-11-23T10:15:31+01:00"),
    "late_entry": True,
    "continues": None,
    "questions": ENTRY.questions[:1],
    "call_back_on": None,
    "sheet": False,
}


def test_the_digest_of_an_entry_stays_what_it_was() -> None:
    known = "9d09b92eadd6fe625df281c04ce16d7f1636c2f445a19e8bc2c4eeda2397bf81"
    assert ENTRY.digest("k-buurt") == known


def test_the_same_moment_told_in_another_zone_has_the_same_digest() -> None:
    same = replace(ENTRY, opened_at=datetime.fromisoformat("2026-11-23T09:15:30+00:00"))
    assert same.digest("k-buurt") == ENTRY.digest("k-buurt")


@pytest.mark.parametrize("name", [one.name for one in fields(VisitEntry)])
def test_another_value_in_a_field_of_the_visit_is_another_digest(name: str) -> None:
    changed = replace(ENTRY, **{name: OTHER.get(name, "other")})
    assert changed.digest("k-buurt") != ENTRY.digest("k-buurt")


@pytest.mark.parametrize("name", [one.name for one in fields(QuestionEntry)])
def test_another_value_in_a_field_of_a_question_is_another_digest(name: str) -> None:
    first, second = ENTRY.questions
    changed = replace(first, **{name: OTHER.get(name, "other")})
    assert replace(ENTRY, questions=(changed, second)).digest("k-buurt") != ENTRY.digest("k-buurt")


def test_another_hub_is_another_digest() -> None:
    assert ENTRY.digest("gein") != ENTRY.digest("k-buurt")
