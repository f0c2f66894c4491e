"""Loading the shipped facts: what is new arrives, what somebody entered stays."""

import csv
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.csv_file import FileErrors
from hub.facts.entry import Entry, entry_of
from hub.facts.file_rows import read_values
from hub.facts.models import Fact, FactAlias, FactValue
from hub.facts.recording import head_of, record
from hub.facts.timeline import begins, first_overlapping, overlap

SHIPPED = "shipped"


def load_facts(session: Session, facts_file: Path, aliases_file: Path, now: datetime) -> int:
    """Bring shipped facts into the database; give how many values were new or changed.

    Safe to repeat. A shipped value that changed becomes a new version and the old one is kept
    as replaced. A value that somebody entered, corrected, checked, ended or took away is never
    touched, and a shipped value that would count on its days stays out. Raises FileRefused
    when the shipped file is faulty.
    """
    errors = FileErrors(facts_file.name)
    with facts_file.open("rb") as stream:
        entries = [value.entry for value in read_values(stream, errors)]
    errors.raise_any()
    _load_codes(session, {entry.code for entry in entries})
    session.scalars(select(Fact).order_by(Fact.code).with_for_update()).all()  # until the commit
    history: dict[tuple[str, str], list[FactValue]] = defaultdict(list)
    for value in session.scalars(select(FactValue).order_by(FactValue.id)):
        history[value.code, value.part].append(value)
    shipped: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        shipped[entry.code, entry.part].append(entry)
    changed = sum(
        _load_part(session, of_part, history[part], now) for part, of_part in shipped.items()
    )
    _load_aliases(session, aliases_file)
    session.flush()
    return changed


def _load_part(
    session: Session, entries: Sequence[Entry], history: list[FactValue], now: datetime
) -> int:
    """Bring the shipped values of one part up to date; give how many were new or changed."""
    changed = 0
    for entry in sorted(entries, key=begins):
        current = [value for value in history if value.replaced_at is None]
        if any(overlap(entry, value) for value in current if value.origin != SHIPPED):
            continue
        known = [value for value in history if _is_shipped_as(value, entry)]
        old = head_of(session, known[-1]) if known else _outgrown(entry, entries, current)
        if (known and old is None) or (old and (old.origin != SHIPPED or entry_of(old) == entry)):
            continue
        for other in current:
            if other is not old and overlap(entry, other):
                other.replaced_at = now
        version = max((value.version for value in history), default=0) + 1
        history.append(
            record(session, entry, None, now, version=version, origin=SHIPPED, replaces=old)
        )
        changed += 1
    return changed


def _is_shipped_as(value: FactValue, entry: Entry) -> bool:
    return value.origin == SHIPPED and value.valid_from == entry.valid_from


def _outgrown(
    entry: Entry, entries: Sequence[Entry], current: Sequence[FactValue]
) -> FactValue | None:
    """Give the shipped value that an entry takes the place of though it begins another day."""
    days: set[date | None] = {other.valid_from for other in entries}
    return first_overlapping(entry, [value for value in current if value.valid_from not in days])


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
