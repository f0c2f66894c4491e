"""Reading visits of the hubs that somebody works at; anything else is not found."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from hub.i18n import N_
from hub.places.models import Hub
from hub.refusal import NotFound
from hub.visits import return_code
from hub.visits.entry import QuestionEntry, VisitEntry
from hub.visits.models import Question, Reception, Visit


def day_limits(day: date, timezone: str) -> tuple[datetime, datetime]:
    """Give the first moment of a day and of the next, in a time zone."""
    zone = ZoneInfo(timezone)
    return (
        datetime.combine(day, time.min, zone),
        datetime.combine(day + timedelta(days=1), time.min, zone),
    )


def day_of(moment: datetime, timezone: str) -> date:
    """Give the day on which a moment lies in a time zone."""
    return moment.astimezone(ZoneInfo(timezone)).date()


def visits_of_day(session: Session, hub: Hub, day: date) -> list[Visit]:
    """Give the visits of a hub's day, the newest first."""
    start, end = day_limits(day, hub.timezone)
    return list(
        session.scalars(
            select(Visit)
            .where(Visit.hub_id == hub.id, Visit.opened_at >= start, Visit.opened_at < end)
            .options(selectinload(Visit.questions))
            .order_by(Visit.opened_at.desc(), Visit.id.desc())
        )
    )


def late_entries_of_day(session: Session, hub: Hub, day: date) -> list[Visit]:
    """Give the visits that were entered on a day for an earlier day."""
    start, end = day_limits(day, hub.timezone)
    return list(
        session.scalars(
            select(Visit)
            .join(Reception, Reception.visit_id == Visit.id)
            .where(
                Visit.hub_id == hub.id,
                Visit.late_entry.is_(True),
                Visit.opened_at < start,
                Reception.received_at >= start,
                Reception.received_at < end,
            )
            .options(selectinload(Visit.questions))
            .order_by(Visit.opened_at.desc(), Visit.id.desc())
        )
    )


def one_visit(session: Session, visit_id: UUID, hub_ids: Collection[int]) -> Visit:
    """Give a visit of one of the hubs. Raises NotFound for others' visits too."""
    visit = session.get(Visit, visit_id)
    if visit is None or visit.hub_id not in hub_ids:
        raise NotFound(N_("This visit is not there."))
    return visit


def visit_by_code(session: Session, typed: str, hub_ids: Collection[int]) -> Visit:
    """Give the visit of a typed return code at one of the hubs.

    Raises Refusal for a code that cannot be one, NotFound for one that is not there.
    """
    code = return_code.read(typed)
    visit = session.scalar(select(Visit).where(Visit.return_code == code))
    if visit is None or visit.hub_id not in hub_ids:
        raise NotFound(N_("This return code is not known at your hub."), field="return_code")
    return visit


def entry_of(visit: Visit) -> VisitEntry:
    """Give a stored visit as the entry that would make it."""
    return VisitEntry(
        visit_id=visit.id,
        opened_at=visit.opened_at,
        channel=visit.channel,
        language=visit.language,
        area=visit.area,
        tenure=visit.tenure,
        heating=visit.heating,
        home_type=visit.home_type,
        first_visit=visit.first_visit,
        late_entry=visit.late_entry,
        continues=visit.continues_id,
        questions=tuple(
            QuestionEntry(
                topic=q.topic_code,
                urgency=q.urgency,
                trigger=q.trigger,
                outcome=q.outcome,
                reason=q.reason,
                call_back_on=q.call_back_on,
                answer=q.answer_slug,
                answer_language=q.answer_language,
                sheet=q.sheet,
            )
            for q in visit.questions
        ),
    )


def asked_most(
    session: Session, hub_id: int, since: datetime, until: datetime, most: int
) -> dict[str, int]:
    """Count, per topic, the questions of a hub's last visits between two moments.

    No more than `most` visits are looked at, so that it takes no longer where there are many.
    """
    visits = _last_visits(hub_id, since, until, most).subquery()
    rows = session.execute(
        select(Question.topic_code, func.count())
        .join(visits, visits.c.id == Question.visit_id)
        .group_by(Question.topic_code)
    )
    return {topic: count for topic, count in rows}  # noqa: C416 - rows are not pairs for mypy


def came_from(
    session: Session, hub_id: int, since: datetime, until: datetime, most: int
) -> dict[str, int]:
    """Count, per area, a hub's last visits between two moments, at most so many."""
    visits = _last_visits(hub_id, since, until, most).subquery()
    rows = session.execute(select(visits.c.area, func.count()).group_by(visits.c.area))
    return {area: count for area, count in rows}  # noqa: C416 - rows are not pairs for mypy


def _last_visits(hub_id: int, since: datetime, until: datetime, most: int) -> Select[UUID, str]:
    return (
        select(Visit.id, Visit.area)
        .where(Visit.hub_id == hub_id, Visit.opened_at >= since, Visit.opened_at < until)
        .order_by(Visit.opened_at.desc())
        .limit(most)
    )
