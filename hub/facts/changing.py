"""Changing the register: every change adds a row and closes the one it takes the place of.

Each function locks its fact first, so that two editors of one fact come one after the other;
each looks at the values again behind the lock. None commits.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from hub.facts.entry import Entry, entry_of, require_dates_in_order
from hub.facts.models import Fact, FactAlias, FactValue
from hub.facts.recording import head_of, lock_values, newest_version, record, require_free
from hub.i18n import N_
from hub.refusal import Conflict, NotFound, Refusal


class Overtaken(Conflict):
    """Somebody else changed a value since the page was opened.

    `current` is the value that counts in its place now, None where it was taken away.
    """

    def __init__(self, current: FactValue | None) -> None:
        super().__init__(N_("Somebody else changed this value since you opened the page."))
        self.current = current


def make_fact(session: Session, entry: Entry, checked_on: date | None, now: datetime) -> FactValue:
    """Make a fact with its first value. Raises Refusal on field `code` where it is there."""
    taken = Refusal(
        N_("There is a fact %(code)s already. Open it, and enter the value there."),
        field="code",
        code=entry.code,
    )
    if session.get(FactAlias, entry.code) is not None:
        raise taken
    try:
        with session.begin_nested():
            session.add(Fact(code=entry.code))
    except IntegrityError as error:
        raise taken from error
    return add_value(session, entry, checked_on, now)


def add_value(
    session: Session,
    entry: Entry,
    checked_on: date | None,
    now: datetime,
    *,
    seen_version: int | None = None,
    origin: str = "desk",
) -> FactValue:
    """Add a value for days on which its part has none yet; or begin a part.

    `checked_on` is the day on which the editor held it against its source, None if not yet.
    `seen_version` is the newest version of the part that the editor saw. Raises NotFound,
    Overtaken when there is a newer one, and Overlap.
    """
    current = lock_values(session, entry.code)
    newest = newest_version(session, entry.code, entry.part)
    if seen_version is not None and newest > seen_version:
        raise Overtaken(_newest_of(current, entry.part))
    _require_certain(entry, checked_on)
    require_free(entry, current)
    return record(session, entry, checked_on, now, version=newest + 1, origin=origin)


def correct(
    session: Session, value_id: int, entry: Entry, checked_on: date | None, now: datetime
) -> FactValue:
    """Put another value in the place of one; the same content again changes nothing.

    Raises NotFound, Overtaken when the value was changed meanwhile, and Overlap.
    """
    old = _get(session, value_id)
    values = lock_values(session, old.code)
    session.refresh(old)
    stands = head_of(session, old)
    entry = replace(entry, code=old.code, part=old.part)
    if stands is None or (stands is not old and entry_of(stands) != entry):
        raise Overtaken(stands)
    if entry_of(stands) == entry and checked_on in {None, stands.checked_on}:
        return stands
    _require_certain(entry, checked_on)
    require_free(entry, [value for value in values if value is not stands])
    return _take_place(session, stands, entry, checked_on, now)


def end(session: Session, value_id: int, last_day: date | None, now: datetime) -> FactValue:
    """Give a value another last day, or none; who checked it and when stays.

    Raises NotFound, Overtaken, Overlap, and Refusal on field `valid_until`.
    """
    old = _current(session, value_id)
    entry = replace(entry_of(old), valid_until=last_day)
    if entry.unit == "choice" and last_day is None:
        raise Refusal(N_("A state needs its last day."), field="valid_until")
    require_dates_in_order(entry)
    require_free(entry, [value for value in lock_values(session, old.code) if value is not old])
    if entry == entry_of(old):
        return old
    return _take_place(session, old, entry, old.checked_on, now)


def check(
    session: Session, value_id: int, today: date, review_by: date | None, now: datetime
) -> FactValue:
    """Mark a value as checked on a day by an editor, to be looked at again by another.

    Raises NotFound, Overtaken, and Refusal for a value whose mark is doubt, or for a day of
    review that has passed (field `review_by`).
    """
    old = _current(session, value_id)
    if review_by is not None and review_by <= today:
        raise Refusal(
            N_("Choose a day that is still to come, or leave this empty."), field="review_by"
        )
    entry = replace(entry_of(old), review_by=review_by)
    _require_certain(entry, today)
    if entry == entry_of(old) and old.checked_on == today:
        return old
    return _take_place(session, old, entry, today, now)


def withdraw(session: Session, value_id: int, now: datetime) -> None:
    """Take a value away that should never have been there. Raises NotFound and Overtaken."""
    _current(session, value_id).replaced_at = now
    session.flush()


def _take_place(
    session: Session,
    old: FactValue,
    entry: Entry,
    checked_on: date | None,
    now: datetime,
) -> FactValue:
    return record(
        session,
        entry,
        checked_on,
        now,
        version=newest_version(session, old.code, old.part) + 1,
        origin="desk",
        replaces=old,
    )


def _require_certain(entry: Entry, checked_on: date | None) -> None:
    """Refuse a check of a value whose mark is doubt. Field `mark`."""
    if checked_on is not None and entry.mark == "uncertain":
        raise Refusal(
            N_(
                "What is uncertain cannot be checked as well. Name the source in which you found "
                "the value, and choose another mark."
            ),
            field="mark",
        )


def _get(session: Session, value_id: int) -> FactValue:
    value = session.get(FactValue, value_id)
    if value is None:
        raise NotFound(N_("This value is not there."))
    return value


def _current(session: Session, value_id: int) -> FactValue:
    """Give a value behind the lock of its fact. Raises NotFound and Overtaken."""
    value = _get(session, value_id)
    lock_values(session, value.code)
    session.refresh(value)
    if value.replaced_at is not None:
        raise Overtaken(head_of(session, value))
    return value


def _newest_of(values: Iterable[FactValue], part: str) -> FactValue | None:
    of_part = [value for value in values if value.part == part]
    return max(of_part, key=lambda value: value.version, default=None)
