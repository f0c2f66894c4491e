"""Which sheets were handed out with a version of a text, or with a value: exactly those.

A Dutch version stood on a sheet where the Dutch was printed, and in every translation that was
made of it. A value stood on a sheet that recorded it. Both are found by index.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, union
from sqlalchemy.orm import Session

from hub.accounts.principal import Principal
from hub.answers.library import SOURCE_LANGUAGE
from hub.places.models import Hub
from hub.recalls.subjects import Subject
from hub.sheets.models import SheetFact, SheetRecord, SheetText
from hub.visits.models import Visit


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which sheets were handed out, both included; None is without limit."""

    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may see: sheets of `hubs`, and the visits of those at whose desk they sit."""

    hubs: frozenset[int]
    desks: frozenset[int]


def sight_of(session: Session, principal: Principal) -> Sight:
    """Give what somebody may see of sheets.

    An editor sees those of the own municipality's hubs, a coordinator those of the own hubs;
    visits are seen by those who sit at the desk of the hub.
    """
    codes = principal.municipalities("editor")
    hubs = session.scalars(select(Hub.id).where(Hub.municipality_code.in_(sorted(codes))))
    return Sight(principal.hubs("coordinator") | set(hubs), principal.desk_hubs)


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet on a list; its visit and return code are None where they are not to be seen."""

    sheet_id: int
    printed_on: date
    hub: str
    language: str
    visit_id: UUID | None
    return_code: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many sheets, by language and hub; `elsewhere` at hubs that are not to be seen."""

    cells: Mapping[tuple[str, str], int]
    elsewhere: int

    @property
    def languages(self) -> list[str]:
        """The languages, those with most sheets first."""
        return self._ordered(0)

    @property
    def hubs(self) -> list[str]:
        """The names of the hubs, those with most sheets first."""
        return self._ordered(1)

    @property
    def total(self) -> int:
        """All sheets that are to be seen."""
        return sum(self.cells.values())

    def of(self, language: str | None = None, hub: str | None = None) -> int:
        """Count the sheets of a language, of a hub, or of both."""
        return sum(
            number
            for (one, other), number in self.cells.items()
            if language in (None, one) and hub in (None, other)
        )

    def _ordered(self, at: int) -> list[str]:
        totals: dict[str, int] = {}
        for key, number in self.cells.items():
            totals[key[at]] = totals.get(key[at], 0) + number
        return sorted(totals, key=lambda name: (-totals[name], name))


def sheets_with(subject: Subject) -> Select[int]:
    """Give the query for the ids of all sheets on which something stood."""
    parts: list[Select[int]] = []
    if subject.texts:
        parts.append(
            select(SheetText.sheet_id).where(SheetText.answer_text_id.in_(sorted(subject.texts)))
        )
    if subject.dutch is not None:
        dutch_stands = or_(
            SheetRecord.language == SOURCE_LANGUAGE, SheetRecord.beside == SOURCE_LANGUAGE
        )
        parts.append(
            select(SheetText.sheet_id)
            .join(SheetRecord, SheetRecord.id == SheetText.sheet_id)
            .where(SheetText.dutch_text_id == subject.dutch, dutch_stands)
        )
    if subject.values:
        parts.append(
            select(SheetFact.sheet_id).where(SheetFact.fact_value_id.in_(sorted(subject.values)))
        )
    return select(union(*parts).subquery().c.sheet_id)


def _within(subject: Subject, span: Span) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [SheetRecord.id.in_(sheets_with(subject))]
    if span.first_day is not None:
        wanted.append(SheetRecord.printed_on >= span.first_day)
    if span.last_day is not None:
        wanted.append(SheetRecord.printed_on <= span.last_day)
    return wanted


def count_sheets(session: Session, subject: Subject, span: Span, sight: Sight) -> Counts:
    """Count the sheets with something on them, by language and hub."""
    query = (
        select(Hub.id, Hub.name, SheetRecord.language, func.count())
        .join_from(SheetRecord, Visit, Visit.id == SheetRecord.visit_id)
        .join(Hub, Hub.id == Visit.hub_id)
        .where(*_within(subject, span))
        .group_by(Hub.id, Hub.name, SheetRecord.language)
    )
    cells: dict[tuple[str, str], int] = {}
    elsewhere = 0
    for hub_id, name, language, number in session.execute(query):
        if hub_id in sight.hubs:
            cells[language, name] = cells.get((language, name), 0) + number
        else:
            elsewhere += number
    return Counts(cells, elsewhere)


def list_sheets(
    session: Session, subject: Subject, span: Span, sight: Sight, most: int | None = None
) -> Iterator[Found]:
    """Give the sheets with something on them by day, hub and number; at most so many."""
    query = (
        select(
            SheetRecord.id,
            SheetRecord.printed_on,
            SheetRecord.language,
            Hub.id,
            Hub.name,
            Visit.id,
            Visit.return_code,
        )
        .join_from(SheetRecord, Visit, Visit.id == SheetRecord.visit_id)
        .join(Hub, Hub.id == Visit.hub_id)
        .where(*_within(subject, span), Hub.id.in_(sorted(sight.hubs)))
        .order_by(SheetRecord.printed_on, Hub.name, SheetRecord.id)
        .limit(most)
    )
    for row in session.execute(query):
        yield _found(row, sight.desks)


def _found(row: Sequence[Any], desks: Collection[int]) -> Found:
    sheet_id, printed_on, language, hub_id, hub, visit_id, return_code = row
    known = hub_id in desks
    return Found(
        sheet_id,
        printed_on,
        hub,
        language,
        visit_id if known else None,
        return_code if known else None,
    )
