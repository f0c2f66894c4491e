"""Closing months: from then on nothing is posted in them any more."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.i18n import N_
from hub.places.models import ClosedMonth, Municipality
from hub.refusal import Refusal
from hub.visits.posting import next_month

OPEN_DAYS: Final = 10
"""A month stays open this many days after its end, so that late entries still find it."""


def first_day_to_close(month: str) -> date:
    """Give the first day on which a month may be closed: the 11th of the next month."""
    return date.fromisoformat(f"{next_month(month)}-01") + timedelta(days=OPEN_DAYS)


def close_months(
    session: Session, municipality_code: str, months: Iterable[str], today: date, now: datetime
) -> None:
    """Close months of a municipality; those that are closed already stay as they are.

    `today` is the day in the municipality's time zone. Waits for visits that are being stored
    at this moment: they still count in their month, and later ones move on to an open one.
    Raises Refusal, on field `period`, when a month may not be closed yet.
    """
    wanted = sorted(months)
    last = first_day_to_close(wanted[-1])
    if today < last:
        raise Refusal(
            N_("%(month)s is still open: visits may come in for it until %(until)s. Make this "
               "release on %(day)s or later."),
            field="period",
            month=wanted[-1],
            until=last - timedelta(days=1),
            day=last,
        )  # fmt: skip
    session.execute(
        select(Municipality.code).where(Municipality.code == municipality_code).with_for_update()
    )
    closed = set(
        session.scalars(
            select(ClosedMonth.month).where(ClosedMonth.municipality_code == municipality_code)
        )
    )
    session.add_all(
        ClosedMonth(municipality_code=municipality_code, month=month, closed_at=now)
        for month in wanted
        if month not in closed
    )
    session.flush()
