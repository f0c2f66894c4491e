"""Counting the visits of one hub per week, by SQL alone: no row of a visit comes out."""

from collections.abc import Collection, Sequence
from typing import TypeVar

from sqlalchemy import Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from hub.early_signs.signs import PerWeek
from hub.early_signs.weeks import Week
from hub.topics.models import Topic
from hub.visits.models import Question, Visit

Key = TypeVar("Key")


def visits_by_week(session: Session, hub_id: int, weeks: Sequence[Week]) -> PerWeek:
    """Count the visits of each week."""
    if not weeks:
        return []
    visit = _in_weeks(hub_id, weeks)
    rows = session.execute(select(visit.c.week, func.count()).group_by(visit.c.week))
    counts = [0] * len(weeks)
    for week, number in rows:
        counts[week] = number
    return counts


def visits_by_area(session: Session, hub_id: int, weeks: Sequence[Week]) -> dict[str, PerWeek]:
    """Count visits per area code and week."""
    visit = _in_weeks(hub_id, weeks)
    rows = session.execute(
        select(visit.c.area, visit.c.week, func.count()).group_by(visit.c.area, visit.c.week)
    )
    return _per_week([(area, week, number) for area, week, number in rows], len(weeks))


def visits_by_main_topic(
    session: Session, hub_id: int, weeks: Sequence[Week]
) -> dict[str, PerWeek]:
    """Count the visits with one question or more in a main topic, per main topic and week."""
    visit = _in_weeks(hub_id, weeks)
    rows = session.execute(
        select(Topic.parent_code, visit.c.week, func.count(visit.c.id.distinct()))
        .join(Question, Question.visit_id == visit.c.id)
        .join(Topic, Topic.code == Question.topic_code)
        .group_by(Topic.parent_code, visit.c.week)
    )
    return _per_week([(main, week, number) for main, week, number in rows], len(weeks))


def visits_by_topic_and_area(
    session: Session, hub_id: int, weeks: Sequence[Week]
) -> dict[tuple[str, str], PerWeek]:
    """Count visits per topic, area code and week; a topic stands at most once in a visit."""
    visit = _in_weeks(hub_id, weeks)
    rows = session.execute(
        select(Question.topic_code, visit.c.area, visit.c.week, func.count())
        .join(visit, Question.visit_id == visit.c.id)
        .group_by(Question.topic_code, visit.c.area, visit.c.week)
    )
    return _per_week(
        [((topic, area), week, number) for topic, area, week, number in rows], len(weeks)
    )


def asked_along(
    session: Session, hub_id: int, week: Week, topics: Collection[str]
) -> dict[tuple[str, str, str], int]:
    """Count, for visits with one of the topics, what else they asked: (topic, area, other)."""
    visit = _in_weeks(hub_id, [week])
    other = aliased(Question)
    rows = session.execute(
        select(Question.topic_code, visit.c.area, other.topic_code, func.count())
        .join(visit, Question.visit_id == visit.c.id)
        .join(other, other.visit_id == Question.visit_id)
        .where(Question.topic_code.in_(topics), other.topic_code != Question.topic_code)
        .group_by(Question.topic_code, visit.c.area, other.topic_code)
    )
    return {(topic, area, along): number for topic, area, along, number in rows}


def _in_weeks(hub_id: int, weeks: Sequence[Week]) -> Subquery:
    """Give the visits of the weeks with the place of their week among these.

    The place is worked out in an inner query, because PostgreSQL does not see that an
    expression with parameters in GROUP BY is the one in SELECT.
    """
    spans = [and_(Visit.opened_at >= week.starts, Visit.opened_at < week.ends) for week in weeks]
    place = case(*((span, number) for number, span in enumerate(spans)))
    inner: Select[tuple[object, ...]] = select(Visit.id, Visit.area, place.label("week")).where(
        Visit.hub_id == hub_id, or_(*spans)
    )
    return inner.subquery()


def _per_week(rows: Sequence[tuple[Key, int, int]], weeks: int) -> dict[Key, PerWeek]:
    counts: dict[Key, PerWeek] = {}
    for key, week, number in rows:
        counts.setdefault(key, [0] * weeks)[week] = number
    return counts
