"""Rows of the register: locked before they are changed, added, never rewritten."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hub.facts.entry import CONTENT, Entry
from hub.facts.models import Fact, FactValue
from hub.facts.refusals import DatedRefusal
from hub.facts.register import write_value
from hub.facts.timeline import first_overlapping
from hub.i18n import N_
from hub.refusal import NotFound

# Who may say that a value agrees with its source; kept as the role, never as a name.
CHECKED_BY: Final = "editor"


class Overlap(DatedRefusal):
    """A value would count on days on which the part has another value. Field `valid_from`."""

    def __init__(self, other: FactValue) -> None:
        super().__init__(
            N_(
                "%(fact)s has another value on some of these days: %(value)s, from %(first)s to "
                "%(last)s. End that one first, or choose other days."
            ),
            field="valid_from",
            fact=f"{other.code}.{other.part}",
            first=other.valid_from or "…",
            last=other.valid_until or "…",
        )
        self._value, self._unit = other.value, other.unit

    def text(self, language: str) -> str:
        """Say with which value it overlaps, written for a screen language."""
        self.values["value"] = write_value(self._value, self._unit, language)
        return super().text(language)


def head_of(session: Session, value: FactValue) -> FactValue | None:
    """Give the value that counts in the place of a replaced one; None if it was taken away."""
    head: FactValue | None = value
    while head is not None and head.replaced_at is not None:
        head = session.scalar(select(FactValue).where(FactValue.replaces_id == head.id))
    return head


def lock_values(session: Session, code: str) -> list[FactValue]:
    """Lock a fact until the end of the transaction and give its current values.

    Whoever locks several does so by code, so that no two wait for each other. Raises NotFound
    for a code that is not there.
    """
    if session.get(Fact, code, with_for_update=True) is None:
        raise NotFound(N_("There is no fact %(code)s."), field="code", code=code)
    return list(
        session.scalars(
            select(FactValue)
            .where(FactValue.code == code, FactValue.replaced_at.is_(None))
            .order_by(FactValue.part, FactValue.valid_from, FactValue.id)
        )
    )


def newest_version(session: Session, code: str, part: str) -> int:
    """Give the number of the value of a part that was recorded last; 0 where there is none."""
    newest = select(func.max(FactValue.version)).where(
        FactValue.code == code, FactValue.part == part
    )
    return session.scalar(newest) or 0


def require_free(entry: Entry, others: Iterable[FactValue]) -> None:
    """Raise Overlap where another current value of the part counts on one of the days."""
    of_part = [value for value in others if value.part == entry.part]
    other = first_overlapping(entry, of_part)
    if other is not None:
        raise Overlap(other)


def record(
    session: Session,
    entry: Entry,
    checked_on: date | None,
    now: datetime,
    *,
    version: int,
    origin: str,
    replaces: FactValue | None = None,
) -> FactValue:
    """Write a row as it is given; the callers have judged it."""
    if replaces is not None:
        replaces.replaced_at = now
    value = FactValue(
        code=entry.code,
        part=entry.part,
        version=version,
        checked_by=CHECKED_BY if checked_on else None,
        checked_on=checked_on,
        origin=origin,
        recorded_at=now,
        replaces_id=replaces.id if replaces else None,
        **{name: getattr(entry, name) for name in CONTENT},
    )
    session.add(value)
    session.flush()
    return value
