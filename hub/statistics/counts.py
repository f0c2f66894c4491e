"""Counting questions of whole months by SQL alone; no row of a visit leaves the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from hub.places.lookup import OTHER_AREAS
from hub.places.models import Area, Hub
from hub.statistics.protection import Count, Table
from hub.topics.models import Topic
from hub.visits.models import Question, Visit

# A month is left open this long after its end, so that late entries still find it.
OPEN_DAYS: Final = 10
SHOWN_MONTHS: Final = 12
NOWHERE: Final = "unknown"


@dataclass(frozen=True, slots=True)
class MonthTables:
    """Main topic × month and area × month of a municipality: true counts, never to be shown."""

    topics: Table
    areas: Table


def closed_months(today: date, number: int = SHOWN_MONTHS) -> list[str]:
    """Give the last months that have ended at least ten days ago, the oldest first."""
    months: list[str] = []
    first = today.replace(day=1)
    while len(months) < number:
        if today - first >= timedelta(days=OPEN_DAYS) and first <= today.replace(day=1):
            months.append((first - timedelta(days=1)).strftime("%Y-%m"))
        first = (first - timedelta(days=1)).replace(day=1)
    return months[::-1]


def month_tables(
    session: Session,
    municipality_code: str,
    months: Sequence[str],
    districts: Mapping[str, str],
) -> MonthTables:
    """Count a municipality's questions per month by main topic and by district.

    `districts` gives the row of each area code; a code outside it counts as unknown. Every
    row is listed in full, whatever was counted: a row's existence must tell nothing.
    """
    mains = list(
        session.scalars(
            select(Topic.code).where(Topic.parent_code.is_(None)).order_by(Topic.position)
        )
    )
    rows = [*dict.fromkeys(districts.values()), *OTHER_AREAS]
    by_topic = _count(session, municipality_code, months, Topic.parent_code)
    by_area = _count(session, municipality_code, months, Visit.area)
    per_month = _visits_per_month(session, municipality_code, months)
    return MonthTables(
        _table(by_topic, mains, months, "topic", {}, per_month),
        _table(by_area, rows, months, "area", _rows_of_areas(districts), per_month),
    )


def _rows_of_areas(districts: Mapping[str, str]) -> dict[str, str]:
    return {**districts, **{code: code for code in OTHER_AREAS}}


def _scope(municipality_code: str, months: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    return (Hub.municipality_code == municipality_code, Visit.posted_in.in_(list(months)))


def _count(
    session: Session,
    municipality_code: str,
    months: Sequence[str],
    by: object,
) -> dict[tuple[str, str], Count]:
    """Count questions and different visits per value of one column and month."""
    rows = session.execute(
        select(by, Visit.posted_in, func.count(), func.count(Visit.id.distinct()))  # type: ignore[call-overload]
        .select_from(Question)
        .join(Visit, Visit.id == Question.visit_id)
        .join(Hub, Hub.id == Visit.hub_id)
        .join(Topic, Topic.code == Question.topic_code)
        .where(*_scope(municipality_code, months))
        .group_by(by, Visit.posted_in)
    )
    return {(code, month): Count(number, visits) for code, month, number, visits in rows}


def _visits_per_month(
    session: Session, municipality_code: str, months: Sequence[str]
) -> dict[str, int]:
    """Count the visits with at least one question per month."""
    rows = session.execute(
        select(Visit.posted_in, func.count(Visit.id.distinct()))
        .join(Question, Question.visit_id == Visit.id)
        .join(Hub, Hub.id == Visit.hub_id)
        .where(*_scope(municipality_code, months))
        .group_by(Visit.posted_in)
    )
    return {month: visits for month, visits in rows}  # noqa: C416 - rows are not pairs for mypy


def _table(
    counted: Mapping[tuple[str, str], Count],
    rows: Sequence[str],
    months: Sequence[str],
    dimension: str,
    row_of: Mapping[str, str],
    per_month: Mapping[str, int],
) -> Table:
    sums = {(row, month): Count(0, 0) for row in rows for month in months}
    for (code, month), count in counted.items():
        row = row_of.get(code, NOWHERE) if row_of else code
        before = sums[row, month]
        # Areas of one district are different visits; a visit has one area.
        sums[row, month] = Count(
            before.number + count.number, (before.visits or 0) + (count.visits or 0)
        )
    return Table(
        rows=list(rows),
        columns=list(months),
        counts=[[sums[row, month] for month in months] for row in rows],
        dimension=dimension,
        column_visits=[per_month.get(month, 0) for month in months],
        all_visits=sum(per_month.values()),
    )


def districts_of(areas: Sequence[Area]) -> dict[str, str]:
    """Give the row of the area table for each neighbourhood and district: its district."""
    return {
        area.code: area.district_code or area.code
        for area in areas
        if area.kind in {"neighbourhood", "district"}
    }
