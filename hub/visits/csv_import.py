"""Visits from a CSV file: read and checked as a whole, then stored as a whole.

The rules are those of the desk (`entry.faults`); here each is led back to its line. The
numbers of the questions give their order and are stored as they stand, gaps included.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from hub.answers.library import all_answers
from hub.answers.models import Answer
from hub.csv_file import FileErrors, Lines, read_rows, shown
from hub.i18n import N_
from hub.places.models import Area, Hub
from hub.refusal import Conflict, Refusal
from hub.topics.listing import all_topics
from hub.visits.csv_columns import COLUMNS, REQUIRED
from hub.visits.csv_repeats import without_repeats
from hub.visits.csv_rows import FileVisit, VisitGathering
from hub.visits.entry import EntryRefusal, Knowledge, faults
from hub.visits.receiving import closed_months
from hub.visits.receiving_many import Arrival, free_codes, receive_many

MOST_ROWS: Final = 500_000  # of one file, so that it fits in memory


def read_knowledge(session: Session, now: datetime) -> Knowledge:
    """Give what the visits of a file are checked against.

    Any area counts that the desk has ever known: a file may be older than today's list. A
    project area does not, since a visit lies in one of its neighbourhoods.
    """
    return Knowledge(
        topics=all_topics(session),
        areas=frozenset(session.scalars(select(Area.code).where(Area.kind != "project"))),
        answers=frozenset(session.scalars(select(Answer.slug))),
        now=now,
    )


def read_visits(stream: Lines, known: Knowledge, errors: FileErrors) -> list[FileVisit]:
    """Read the visits of a file, in the order in which each first stands in it.

    What is wrong goes to `errors`, each with its line; only visits without fault are given.
    Raises FileRefused at once for a header that is not one of a visits file, and for a file
    of more than MOST_ROWS rows.
    """
    gathering = VisitGathering(known.topics, errors)
    for count, row in enumerate(read_rows(stream, COLUMNS, REQUIRED, errors)):
        if count == MOST_ROWS:
            raise errors.stop(
                row.refusal(
                    "visit_id",
                    N_("A file has at most %(most)s rows. Cut it in pieces, and keep the rows of "
                       "a visit together."),
                    most=MOST_ROWS,
                )
            )  # fmt: skip
        gathering.add(row)
    for visit in gathering.visits.values():
        _check(visit, known, errors)
    return [visit for visit in gathering.visits.values() if visit.good]


def _check(visit: FileVisit, known: Knowledge, errors: FileErrors) -> None:
    for fault in faults(visit.entry(), known):
        visit.good = False
        for line in _lines_of(visit, fault):
            errors.add(_at_line(fault, line))


def _lines_of(visit: FileVisit, fault: EntryRefusal) -> Sequence[int]:
    """Give the lines that a fault concerns: one question's, or all of the visit's."""
    if fault.question is None:
        return visit.lines
    _number, line, _question = visit.questions[fault.question - 1]
    return [line]


def _at_line(fault: EntryRefusal, line: int) -> Refusal:
    values = {
        name: shown(value) if isinstance(value, str) and name == "value" else value
        for name, value in fault.values.items()
    }
    return Refusal(fault.message, field=fault.field, line=line, **values)


def new_visits(
    session: Session, hub: Hub, visits: Sequence[FileVisit], errors: FileErrors
) -> list[FileVisit]:
    """Give those visits that are not at the desk yet. Raises FileRefused for any error noted."""
    new = without_repeats(session, hub, visits, errors)
    errors.raise_any()
    return new


def store_visits(
    session: Session,
    hub: Hub,
    visits: Sequence[FileVisit],
    now: datetime,
    stored: Callable[[int], None],
) -> None:
    """Store new visits of a file; `stored` is told of each batch. Raises Conflict on a race."""
    texts = {
        (answer.slug, language): text.id
        for answer in all_answers(session).values()
        for language, text in answer.texts.items()
    }
    closed = closed_months(session, hub.municipality_code)
    arrivals = [
        Arrival(visit.entry(), visit.numbers, now, code)
        for visit, code in zip(visits, free_codes(session, len(visits)), strict=True)
    ]
    try:
        receive_many(session, hub, arrivals, closed=closed, texts=texts, stored=stored)
    except IntegrityError as error:
        raise Conflict(
            N_("One of these visits came in by another way just now. Import the file once more.")
        ) from error
