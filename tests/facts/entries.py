"""What tests of the register enter, and how they look at what came of it."""

from datetime import UTC, date, datetime

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.db import unit_of_work
from hub.facts.changing import add_value, make_fact
from hub.facts.entry import Entry, read_entry
from hub.facts.models import Fact, FactValue

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)

TARIFF = {
    "code": "F-NEW",
    "part": "gj",
    "value": "40,97",
    "unit": "euro_per_gj",
    "vat": "incl",
    "valid_from": "2026-01-01",
    "valid_until": "2026-12-31",
    "source": "The regulator, https://www.acm.nl",
    "mark": "source",
    "review_by": "2026-12-15",
    "at_expiry": "stop",
}
NEXT_YEAR = {
    "value": "42,10", "valid_from": "2027-01-01", "valid_until": "2027-12-31",
    "review_by": "2027-12-15",
}  # fmt: skip


def entry(**given: str) -> Entry:
    """Give an entry: the tariff above, with other fields laid over it."""
    return read_entry({**TARIFF, **given})


def enter(app: Flask, *given: dict[str, str], checked_on: date | None = None) -> list[int]:
    """Enter values behind the pages' back; give their ids."""
    ids = []
    for fields in given:
        with app.app_context(), unit_of_work() as work:
            wanted = entry(**fields)
            there = work.get(Fact, wanted.code)
            write = make_fact if there is None else add_value
            ids.append(write(work, wanted, checked_on, NOW).id)
    return ids


def current(session: Session, code: str = "F-NEW", part: str = "gj") -> list[FactValue]:
    """Give the current values of a part as the database has them now, by first day."""
    session.rollback()
    query = select(FactValue).where(
        FactValue.code == code, FactValue.part == part, FactValue.replaced_at.is_(None)
    )
    return sorted(session.scalars(query), key=lambda v: v.valid_from or date.min)


def written(session: Session, code: str = "F-NEW", part: str = "gj") -> list[str]:
    """Give the current values of a part, by first day."""
    return [value.value for value in current(session, code, part)]
