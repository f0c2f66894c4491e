"""Storing a file of facts, all or nothing.

What a file can do: change or add values of facts that are there, and bring new parts of them.
What it cannot: make a fact, because a mistyped code would otherwise become one that no answer
uses while the wanted fact grows old; mark a value as checked; take a value away.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.csv_file import FileErrors, shown
from hub.facts.entry import entry_of
from hub.facts.file_rows import FileValue, Key
from hub.facts.models import Fact, FactAlias, FactValue
from hub.facts.recording import lock_values, newest_version, record
from hub.facts.timeline import clashes, covers
from hub.i18n import N_
from hub.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Stored:
    """How many values were new, changed, or stood so already; and the parts that were new."""

    added: int
    changed: int
    unchanged: int
    new_parts: tuple[str, ...]


def settle(session: Session, values: Iterable[FileValue], errors: FileErrors) -> list[FileValue]:
    """Judge the values of a file against each other and the desk; faults go to `errors`.

    Gives them with their codes without year. Yearly codes of the dossier are understood, and
    must agree with the days of their row. The facts stay locked until the transaction ends.
    """
    aliases = {a.alias: a for a in session.scalars(select(FactAlias))}
    codes = set(session.scalars(select(Fact.code)))
    settled: dict[Key, FileValue] = {}
    for value in values:
        try:
            known = _with_known_code(value, codes, aliases)
            if known.key in settled:
                raise _double(known, settled[known.key])
        except Refusal as fault:
            errors.add(fault)
        else:
            settled[known.key] = known
    there = [v for code in sorted({key[0] for key in settled}) for v in lock_values(session, code)]
    for clash in _overlaps(settled, there):
        errors.add(clash)
    return list(settled.values())


def store(session: Session, values: Iterable[FileValue], now: datetime) -> Stored:
    """Write values that `settle` has judged; the same ones twice change nothing."""
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    new_parts: dict[str, None] = {}
    by_code: dict[str, list[FileValue]] = defaultdict(list)
    for value in values:
        by_code[value.entry.code].append(value)
    for code, of_code in sorted(by_code.items()):
        there = {_key(value): value for value in lock_values(session, code)}
        parts = {part for _, part, _ in there}
        for value in of_code:
            counts[_store_one(session, value, there.get(value.key), now)] += 1
            if value.entry.part not in parts:
                new_parts[f"{code}.{value.entry.part}"] = None
    return Stored(**counts, new_parts=tuple(new_parts))


def _store_one(session: Session, value: FileValue, old: FactValue | None, now: datetime) -> str:
    entry = value.entry
    if old is not None and entry_of(old) == entry:
        return "unchanged"
    version = newest_version(session, entry.code, entry.part) + 1
    record(session, entry, None, now, version=version, origin="file", replaces=old)
    return "changed" if old is not None else "added"


def _key(value: FactValue) -> Key:
    return value.code, value.part, value.valid_from


def _with_known_code(
    value: FileValue, codes: set[str], aliases: Mapping[str, FactAlias]
) -> FileValue:
    code = value.entry.code
    alias = aliases.get(code)
    if alias is None:
        if code not in codes:
            raise _unknown(value, sorted(codes | set(aliases)))
        return value
    if not covers(value, alias.on):
        raise Refusal(
            N_(
                "%(alias)s stands for %(code)s in %(year)s, and this row counts in other days. "
                "Write %(code)s, or correct the days."
            ),
            field="code",
            line=value.line,
            alias=alias.alias,
            code=alias.code,
            year=alias.on.year,
        )
    return FileValue(value.line, replace(value.entry, code=alias.code))


def _unknown(value: FileValue, codes: Sequence[str]) -> Refusal:
    near = get_close_matches(value.entry.code, codes, n=3, cutoff=0.6)
    return Refusal(
        N_(
            "There is no fact %(code)s (near to it: %(near)s). Correct the code, or make the fact "
            "on the page of facts first."
        ),
        field="code",
        line=value.line,
        code=shown(value.entry.code),
        near=", ".join(near) or "–",
    )


def _double(value: FileValue, first: FileValue) -> Refusal:
    return Refusal(
        N_(
            "%(fact)s with this first day stands on line %(first)s already. Remove one of the "
            "two lines."
        ),
        field="valid_from",
        line=value.line,
        fact=f"{value.entry.code}.{value.entry.part}",
        first=first.line,
    )


def _overlaps(settled: Mapping[Key, FileValue], current: Iterable[FactValue]) -> Iterator[Refusal]:
    """Name the rows that would share days with another value once the file is stored."""
    parts: dict[tuple[str, str], list[FileValue]] = defaultdict(list)
    for value in settled.values():
        parts[value.entry.code, value.entry.part].append(value)
    for stored in current:
        if (stored.code, stored.part) in parts and _key(stored) not in settled:
            parts[stored.code, stored.part].append(FileValue(0, entry_of(stored)))
    for of_part in parts.values():
        for earlier, later in clashes(of_part):
            yield _clash(earlier, later)


def _clash(earlier: FileValue, later: FileValue) -> Refusal:
    row, other = (later, earlier) if later.line > earlier.line else (earlier, later)
    message = (
        N_(
            "%(fact)s has the value %(value)s from %(first)s to %(last)s on line %(other)s: no "
            "two values may count on one day. Correct the days of one."
        )
        if other.line
        else N_(
            "%(fact)s has the value %(value)s from %(first)s to %(last)s at the desk: no two "
            "values may count on one day. Add a line with its first day and an earlier last day."
        )
    )
    return Refusal(
        message,
        field="valid_from",
        line=row.line,
        fact=f"{other.entry.code}.{other.entry.part}",
        value=shown(other.entry.value),
        first=_iso(other.valid_from),
        last=_iso(other.valid_until),
        other=other.line,
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else "…"
