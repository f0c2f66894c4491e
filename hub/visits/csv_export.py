"""Visits as a CSV file: read in order and written as they come."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final, TextIO
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from hub.places.models import Hub
from hub.visits.csv_columns import COLUMNS
from hub.visits.models import Question, Visit
from hub.visits.reading import day_limits

_CHUNK: Final = 1000
_YES_NO: Final = {True: "yes", False: "no", None: ""}


def count_visits(session: Session, hub: Hub, first: date, last: date) -> int:
    """Count the visits of a hub from one day to another, both included, in the hub's time."""
    return session.scalar(select(func.count()).where(*_period(hub, first, last))) or 0


def write_visits(
    session: Session, hub: Hub, first: date, last: date, stream: TextIO
) -> Iterator[int]:
    """Write the visits of a hub from one day to another, both included, in the hub's time.

    `stream` is text with newlines kept as they are written. Gives how many visits were
    begun each time, so that the caller can show how far it has come; nothing is written
    unless it is iterated. Rows stand in the order of `opened_at`, `visit_id` and `question`.
    """
    zone = ZoneInfo(hub.timezone)
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows = session.execute(
        select(*_COLUMNS)
        .outerjoin(Question, Question.visit_id == Visit.id)
        .where(*_period(hub, first, last))
        .order_by(Visit.opened_at, Visit.id, Question.number)
        .execution_options(yield_per=_CHUNK)
    )
    before: UUID | None = None
    for chunk in rows.partitions():
        ids = [before, *(row[0] for row in chunk)]
        writer.writerows(_fields(row, zone) for row in chunk)
        yield sum(one != other for one, other in pairwise(ids))
        before = ids[-1]


def _period(hub: Hub, first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    # No visit is older than 2015; beyond these days there is no moment in UTC.
    start, _ = day_limits(max(first, date(2014, 12, 30)), hub.timezone)
    _, end = day_limits(min(max(last, date(2014, 12, 30)), date(9999, 12, 30)), hub.timezone)
    return Visit.hub_id == hub.id, Visit.opened_at >= start, Visit.opened_at < end


_COLUMNS: Final = (
    Visit.id, Visit.opened_at, Visit.channel, Visit.language, Visit.area, Visit.tenure,
    Visit.heating, Visit.home_type, Visit.first_visit, Visit.late_entry,
    Question.number, Question.topic_code, Question.urgency, Question.trigger, Question.outcome,
    Question.reason, Question.answer_slug, Question.answer_language, Question.sheet,
)  # fmt: skip


def _fields(row: Sequence[Any], zone: ZoneInfo) -> list[str]:
    values = list(row)
    values[1] = values[1].astimezone(zone).isoformat(timespec="seconds")
    values[9] = _YES_NO[values[9]]
    values[18] = _YES_NO[values[18]]
    return ["" if value is None else str(value) for value in values]
