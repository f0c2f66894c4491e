"""Visits of a hub in its weeks, stored as the desk stores them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session
from uuid6 import uuid7

from hub.places.models import Hub
from hub.visits.entry import QuestionEntry, VisitEntry
from hub.visits.receiving_many import Arrival, free_codes, receive_many

# The Monday of the week in which the clock of the tests stands, and a moment of that day.
MONDAY: Final = datetime.fromisoformat("2026-11-23T10:15+01:00")
OUTAGE: Final = "WNT-06"
BILL: Final = "REK-01"


def store(
    session: Session,
    hub_id: int,
    moment: datetime,
    *visits: tuple[Sequence[str], str],
    language: str = "nl",
) -> None:
    """Store visits of one moment, each as (topics, area), and commit."""
    hub = session.get_one(Hub, hub_id)
    arrivals = [
        Arrival(
            VisitEntry(
                visit_id=uuid7(),
                opened_at=moment,
                language=language,
                area=area,
                questions=tuple(QuestionEntry(topic=topic) for topic in topics),
            ),
            tuple(range(1, len(topics) + 1)),
            moment,
            code,
        )
        for (topics, area), code in zip(visits, free_codes(session, len(visits)), strict=True)
    ]
    receive_many(session, hub, arrivals, closed=(), texts={}, stored=lambda _count: None)
    session.commit()


def weeks_ago(weeks: int, moment: datetime = MONDAY) -> datetime:
    """Give the same moment of an earlier week."""
    return moment - timedelta(weeks=weeks)


def eight_quiet_weeks(session: Session, hub_id: int, *, beginning: int = 1) -> None:
    """Store, in each of the eight weeks before, two visits about a bill from one area."""
    for week in range(beginning, beginning + 8):
        store(session, hub_id, weeks_ago(week), ([BILL], "EX-B-KMIDDEN"), ([BILL], "unknown"))
