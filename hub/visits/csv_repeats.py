"""Which visits of a file are at the desk already, and whether they are the same.

A visit is the same when its content equals what came first under its id, or the visit as it
stands now, after corrections. A file has no column for the day to come back and for the link
to an earlier visit, so these do not count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from hub.csv_file import FileErrors
from hub.i18n import N_
from hub.places.models import Hub
from hub.refusal import Refusal
from hub.visits.csv_rows import FileVisit
from hub.visits.entry import VisitEntry
from hub.visits.models import Reception, Visit
from hub.visits.reading import entry_of
from hub.visits.receiving_many import batches

_OTHER_CONTENT: Final = N_(
    "This visit is at the desk already, with other content. Take it out of the file, or give it "
    "a new visit_id if it is another visit."
)


def without_repeats(
    session: Session, hub: Hub, visits: Iterable[FileVisit], errors: FileErrors
) -> list[FileVisit]:
    """Give the visits that are not there yet; note those that are there with other content.

    A visit that was undone stays undone: its repeat is no error and is not given back.
    """
    new: list[FileVisit] = []
    for batch in batches(visits):
        ids = [visit.visit_id for visit in batch]
        rows = session.execute(
            select(Reception.visit_id, Reception.digest).where(Reception.visit_id.in_(ids))
        )
        first = dict(rows.all())
        new += [visit for visit in batch if visit.visit_id not in first]
        other = [
            visit
            for visit in batch
            if visit.visit_id in first and visit.entry().digest(hub.slug) != first[visit.visit_id]
        ]
        _note_other_content(session, hub, other, first, errors)
    return new


def _note_other_content(
    session: Session,
    hub: Hub,
    visits: Sequence[FileVisit],
    first: Mapping[UUID, str],
    errors: FileErrors,
) -> None:
    """Note the visits that differ from what came first and also from what stands now."""
    if not visits:
        return
    stored = {
        visit.id: _as_in_a_file(entry_of(visit))
        for visit in session.scalars(
            select(Visit)
            .where(Visit.id.in_([visit.visit_id for visit in visits]), Visit.hub_id == hub.id)
            .options(selectinload(Visit.questions))
        )
    }
    for visit in visits:
        entry = visit.entry()
        stands = stored.get(visit.visit_id)
        if stands is None:  # undone: it may have come from the desk, without a time of its own
            same = replace(entry, opened_at=None).digest(hub.slug) == first[visit.visit_id]
        else:
            same = stands == entry
        if not same:
            errors.add(Refusal(_OTHER_CONTENT, field="visit_id", line=visit.lines[0]))


def _as_in_a_file(entry: VisitEntry) -> VisitEntry:
    return replace(
        entry,
        continues=None,
        questions=tuple(replace(question, call_back_on=None) for question in entry.questions),
    )
