"""Making a release: close, count, protect, audit, publish.

Each step is a unit of work of its own, and short: visits are stored all the while. What is
heavy lies between them. A run that ends in the middle leaves closed and frozen months, which
the next run finds; a release is there whole or not at all.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from hub.i18n import N_
from hub.places.models import Municipality
from hub.progress import Told, silent
from hub.refusal import Refusal
from hub.statistics.models import FrozenMonth, RefusedRelease, Release
from hub.statistics.package.making import make_files
from hub.statistics.plan import PlanError, months_of, period_kind
from hub.statistics.protection import (
    ProofError,
    Protected,
    ProtectionError,
    check_proof,
    protect,
)
from hub.statistics.published import Checked, Published
from hub.statistics.releases.assembling import Draft, assemble
from hub.statistics.releases.closing import close_months
from hub.statistics.releases.freezing import (
    keep_month,
    lock_releases,
    meanwhile,
    measure_month,
)
from hub.statistics.releases.gate import GateRefusal, require_audit, require_same
from hub.statistics.releases.keeping import keep, next_id
from hub.statistics.releases.labels import labels_of
from hub.statistics.releases.ledger import in_force, releases_of_year
from hub.statistics.releases.reading import published

FIRST_YEAR: Final = 2015
"""No visit is older than this (contract, section 4)."""
_TRIES: Final = 5

Work = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True)
class Order:
    """What is asked for: a period of a municipality, and by which rules.

    `seed` decides between equally good choices of what to hide; it stays secret.
    """

    municipality: str
    period: str
    threshold: int
    seed: bytes
    version: str


def require_period(period: str) -> None:
    """Refuse, on field `period`, what is no period or lies before any visit can."""
    try:
        period_kind(period)
        good = int(period[:4]) >= FIRST_YEAR
    except PlanError:
        good = False
    if not good:
        raise Refusal(
            N_("“%(period)s” is not a period. Write a month, a quarter or a year from %(first)s "
               "on, such as 2026-03, 2026-Q1 or 2026."),
            field="period",
            period=period,
            first=FIRST_YEAR,
        )  # fmt: skip


def make_release(order: Order, work: Work, look: Work, now: datetime, told: Told = silent) -> int:
    """Make and publish a release; give its id.

    `work` gives a session that is committed at its end, `look` one to read with. The same
    database, order and moment give the same files. Raises Refusal, with nothing published:
    for a period that is open or released already, for an altered ledger, for a rival that was
    faster, and as GateRefusal when proof or auditor say no; what they found is kept then.
    """
    try:
        _freeze(order, work, look, now)
        with look() as session:
            draft = assemble(session, order.municipality, order.period, order.threshold)
        shown = _protected(draft, order, told)
        own = {cell: shown.values[cell] for cell in draft.cells}
        checked = require_audit(draft, order.municipality, own)
        return _publish(order, draft, shown, checked, work, look, now)
    except GateRefusal as refusal:
        with work() as session:
            session.add(
                RefusedRelease(
                    municipality_code=order.municipality,
                    period=order.period,
                    refused_at=now,
                    findings=list(refusal.findings),
                )
            )
        raise


def _freeze(order: Order, work: Work, look: Work, now: datetime) -> None:
    """Close the months of the period, and freeze the counts of those that have none yet."""
    months = months_of(order.period)
    with work() as session:
        _require_new(session, order)
        _require_threshold(session, order)
        municipality = session.get_one(Municipality, order.municipality)
        today = now.astimezone(ZoneInfo(municipality.timezone)).date()
        close_months(session, order.municipality, months, today, now)
    for month in months:
        with look() as session:
            if session.get(FrozenMonth, (order.municipality, month)) is not None:
                continue
            frozen = measure_month(session, order.municipality, month)
        with work() as session:
            keep_month(session, order.municipality, frozen, now)


def _require_new(session: Session, order: Order) -> None:
    there = in_force(releases_of_year(session, order.municipality, order.period[:4]), order.period)
    if there is not None:
        raise Refusal(
            N_("%(period)s of %(municipality)s was released already, as release %(id)s. A release "
               "is never changed; a faulty one is withdrawn: `hub release withdraw`."),
            period=order.period,
            municipality=order.municipality,
            id=there.id,
        )  # fmt: skip


def _require_threshold(session: Session, order: Order) -> None:
    highest = session.scalar(
        select(func.max(Release.threshold)).where(Release.municipality_code == order.municipality)
    )
    if highest is not None and order.threshold < highest:
        raise Refusal(
            N_("HUB_THRESHOLD is %(now)s, and releases were made with %(before)s: it may only "
               "rise. Set it to %(before)s or more."),
            now=order.threshold,
            before=highest,
        )  # fmt: skip


def _protected(draft: Draft, order: Order, told: Told) -> Protected:
    settled = 0

    def progress(done: int, of: int) -> None:
        nonlocal settled
        told(done - settled, of)
        settled = done

    try:
        return protect(
            draft.counts,
            draft.children,
            threshold=draft.threshold,
            seed=order.seed,
            published=draft.published,
            progress=progress,
        )
    except ProtectionError as refusal:
        raise GateRefusal(draft.period, (f"protection: {refusal}",)) from refusal


def _publish(
    order: Order,
    draft: Draft,
    shown: Protected,
    checked: Checked,
    work: Work,
    look: Work,
    now: datetime,
) -> int:
    """Write the files, then check the proof and store everything in one unit of work.

    The number of a release stands in its files, so these are written anew when a release of
    another municipality took the number meanwhile.
    """
    for _ in range(_TRIES):
        with look() as session:
            release = _release(session, order, draft, shown, checked, now)
            earlier = published(session, order.municipality)
        files = make_files(release, earlier)
        require_same(draft, release.values, files)
        try:
            with work() as session:
                lock_releases(session, order.municipality)
                _require_proof(session, order, draft, shown)
                keep(session, release, files, draft, order.seed, shown.tables)
                return release.id
        except IntegrityError:
            continue
    raise meanwhile(order.municipality)


def _require_proof(session: Session, order: Order, draft: Draft, shown: Protected) -> None:
    """Put the system together anew from the database, and check the proof against that."""
    now = assemble(session, order.municipality, order.period, order.threshold)
    if now.standing_on != draft.standing_on:
        raise meanwhile(order.municipality)
    try:
        check_proof(
            now.counts, now.children, now.threshold, now.published, shown.values, shown.tables
        )
    except ProofError as error:
        raise GateRefusal(draft.period, (f"proof: {error}",)) from error


def _release(
    session: Session,
    order: Order,
    draft: Draft,
    shown: Protected,
    checked: Checked,
    now: datetime,
) -> Published:
    municipality = session.get_one(Municipality, order.municipality)
    return Published(
        id=next_id(session),
        municipality=municipality.code,
        municipality_name=municipality.name,
        period=order.period,
        made_at=now,
        version=order.version,
        threshold=draft.threshold,
        plan=draft.meta.plan,
        children=draft.meta.children,
        values={cell: shown.values[cell] for cell in draft.cells},
        labels=labels_of(session, draft.codes),
        open_hours=_open_hours(draft),
        checked=checked,
        demonstration=municipality.demonstration,
    )


def _open_hours(draft: Draft) -> dict[str, dict[str, Decimal]]:
    hubs: Sequence[str] = draft.codes.hubs
    return {
        hub: {
            month: Decimal(frozen.open_hours[hub])
            for month, frozen in draft.months.items()
            if hub in frozen.open_hours
        }
        for hub in hubs
    }
