"""Loading the shipped facts."""

import csv
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.facts.models import Fact, FactAlias, FactValue


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def load_facts(session: Session, facts_file: Path, aliases_file: Path, now: datetime) -> int:
    """Bring shipped facts into the database; give how many values were new or changed.

    Safe to repeat. A shipped value that changed becomes a new version and the old one is
    kept as replaced; a value that somebody recorded at the desk is never touched.
    """
    with facts_file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    _load_codes(session, {row["code"] for row in rows})
    current = {
        (value.code, value.part, value.valid_from): value
        for value in session.scalars(select(FactValue).where(FactValue.replaced_at.is_(None)))
    }
    changed = 0
    for row in rows:
        value = FactValue(
            code=row["code"],
            part=row["part"],
            value=row["value"],
            unit=row["unit"],
            vat=row["vat"] or "none",
            valid_from=_day(row["valid_from"]),
            valid_until=_day(row["valid_until"]),
            source=row["source"],
            mark=row["mark"],
            review_by=_day(row["review_by"]),
            at_expiry=row["at_expiry"],
            origin="shipped",
            recorded_at=now,
        )
        old = current.get((value.code, value.part, value.valid_from))
        if old is not None and (old.origin != "shipped" or _same(old, value)):
            continue
        if old is not None:
            old.replaced_at = now
            value.version = old.version + 1
        session.add(value)
        changed += 1
    _load_aliases(session, aliases_file)
    session.flush()
    return changed


def _same(one: FactValue, other: FactValue) -> bool:
    fields = ("value", "unit", "vat", "valid_until", "source", "mark", "review_by", "at_expiry")
    return all(getattr(one, field) == getattr(other, field) for field in fields)


def _load_codes(session: Session, codes: set[str]) -> None:
    there = set(session.scalars(select(Fact.code)))
    session.add_all(Fact(code=code) for code in sorted(codes - there))
    session.flush()


def _load_aliases(session: Session, aliases_file: Path) -> None:
    there = set(session.scalars(select(FactAlias.alias)))
    with aliases_file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["alias"] not in there:
                session.add(
                    FactAlias(
                        alias=row["alias"], code=row["code"], on=date.fromisoformat(row["on"])
                    )
                )
