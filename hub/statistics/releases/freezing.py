"""Freezing a closed month: its code lists, opening hours and true counts, once and for ever.

Quarters and years are sums of frozen months and never read visits again, so that a correction
or erasure after closing changes no figure of any period.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from hub.i18n import N_
from hub.places.hubs import stretches_of
from hub.places.models import Hub, Municipality
from hub.places.open_hours import open_hours
from hub.refusal import Conflict, Refusal
from hub.statistics.models import FrozenCount, FrozenMonth
from hub.statistics.plan import Codes
from hub.statistics.releases.codes import as_json, codes_now, from_json, grown
from hub.statistics.releases.counting import Slot, Tally, count_month
from hub.statistics.releases.sealing import seal_of_month


@dataclass(frozen=True)
class Frozen:
    """A closed month as it was counted.

    Attributes:
        number: its place among the months of the municipality, by when they were frozen; the
            code lists of a later one in the same year hold those of all earlier ones.
        open_hours: hub -> hours that it was open, as a decimal number.
        counts: what was counted; what is not there is 0.
        digest: seals all of it.
    """

    month: str
    number: int
    codes: Codes
    open_hours: Mapping[str, str]
    counts: Mapping[Slot, Tally]
    digest: str


def measure_month(session: Session, municipality_code: str, month: str) -> Frozen:
    """Count a closed month by the code lists of its year; nothing is stored yet."""
    number = _next_number(session, municipality_code)
    before = session.scalars(
        select(FrozenMonth)
        .where(FrozenMonth.municipality_code == municipality_code)
        .where(FrozenMonth.month.startswith(month[:4]))
        .order_by(FrozenMonth.number.desc())
    ).first()
    codes = grown(
        from_json(before.codes) if before else None,
        codes_now(session, municipality_code, int(month[:4])),
    )
    if not codes.hubs:
        raise Refusal(
            N_("%(municipality)s has no hub, so there is nothing to release. Make one: `hub hub "
               "add`."),
            municipality=municipality_code,
        )  # fmt: skip
    hours = _open_hours(session, municipality_code, month)
    counts = count_month(session, municipality_code, month, codes)
    digest = seal_of_month(month, number, as_json(codes), hours, counts)
    return Frozen(month, number, codes, hours, counts, digest)


def _next_number(session: Session, municipality_code: str) -> int:
    return 1 + (
        session.scalar(
            select(func.max(FrozenMonth.number)).where(
                FrozenMonth.municipality_code == municipality_code
            )
        )
        or 0
    )


def _open_hours(session: Session, municipality_code: str, month: str) -> dict[str, str]:
    """Give the hours that each hub was open in a month, by its hours and closed days of now."""
    year, number = int(month[:4]), int(month[5:])
    first, last = date(year, number, 1), date(year, number, monthrange(year, number)[1])
    hours = {}
    for hub in session.scalars(select(Hub).where(Hub.municipality_code == municipality_code)):
        end = hub.closed_at.astimezone(ZoneInfo(hub.timezone)).date() if hub.closed_at else None
        until = min(last, end - timedelta(days=1)) if end else last
        closed = {entry.day for entry in hub.closed_days}
        opened = open_hours(stretches_of(hub), closed, first, until)
        hours[hub.slug] = str(opened.quantize(Decimal("0.01")).normalize() + 0)
    return hours


def keep_month(session: Session, municipality_code: str, frozen: Frozen, now: datetime) -> None:
    """Store a frozen month; one that another run has frozen meanwhile stays as it is.

    Raises Conflict when another month was frozen meanwhile: then the code lists may differ.
    """
    lock_releases(session, municipality_code)
    if session.get(FrozenMonth, (municipality_code, frozen.month)) is not None:
        return
    if _next_number(session, municipality_code) != frozen.number:
        raise meanwhile(municipality_code)
    session.add(
        FrozenMonth(
            municipality_code=municipality_code,
            month=frozen.month,
            number=frozen.number,
            codes=as_json(frozen.codes),
            open_hours=dict(frozen.open_hours),
            digest=frozen.digest,
            frozen_at=now,
        )
    )
    session.flush()
    if frozen.counts:
        where = {"municipality_code": municipality_code, "month": frozen.month}
        session.execute(
            insert(FrozenCount),
            [where | slot._asdict() | tally._asdict() for slot, tally in frozen.counts.items()],
        )


def lock_releases(session: Session, municipality_code: str) -> None:
    """Let nobody else freeze or publish for this municipality until the end of the unit of work.

    Visits go on being stored.
    """
    session.execute(
        select(Municipality.code)
        .where(Municipality.code == municipality_code)
        .with_for_update(key_share=True)
    )


def meanwhile(municipality_code: str) -> Conflict:
    """Say that another run was faster."""
    return Conflict(
        N_("Another release of %(municipality)s was being made at the same time, and was faster. "
           "Nothing was published here; make this one again."),
        municipality=municipality_code,
    )  # fmt: skip


def frozen_months(
    session: Session, municipality_code: str, months: Iterable[str]
) -> dict[str, Frozen]:
    """Give those of the months that are frozen. Raises Refusal when one of them was altered."""
    rows = session.scalars(
        select(FrozenMonth)
        .where(FrozenMonth.municipality_code == municipality_code)
        .where(FrozenMonth.month.in_(list(months)))
        .order_by(FrozenMonth.month)
    )
    return {row.month: _verified(session, row) for row in rows}


def _verified(session: Session, row: FrozenMonth) -> Frozen:
    counts = {
        Slot(dimension, code, topic): Tally(questions, visits)
        for dimension, code, topic, questions, visits in session.execute(
            select(
                FrozenCount.dimension,
                FrozenCount.code,
                FrozenCount.topic,
                FrozenCount.questions,
                FrozenCount.visits,
            )
            .where(FrozenCount.municipality_code == row.municipality_code)
            .where(FrozenCount.month == row.month)
        )
    }
    digest = seal_of_month(row.month, row.number, row.codes, row.open_hours, counts)
    if digest != row.digest:
        raise Refusal(
            N_("The frozen counts of %(month)s were altered in the database. Restore a backup; no "
               "release of %(municipality)s can be made until then."),
            month=row.month,
            municipality=row.municipality_code,
        )  # fmt: skip
    return Frozen(row.month, row.number, from_json(row.codes), row.open_hours, counts, row.digest)
