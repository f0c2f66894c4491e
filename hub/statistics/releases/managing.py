"""What is done with releases that are there: finding, listing, withdrawing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hub.i18n import N_
from hub.places.models import Municipality
from hub.refusal import NotFound, Refusal
from hub.statistics.models import RefusedRelease, Release
from hub.statistics.releases.reading import published

LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list of releases; `reason` is that of a withdrawal."""

    id: int
    municipality: str
    period: str
    withdrawn: bool
    made_at: datetime
    shown: int
    hidden: int
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """An attempt that the gate refused, with what was found."""

    municipality: str
    period: str
    refused_at: datetime
    findings: tuple[str, ...]


def listed_releases(session: Session) -> list[Listed]:
    """Give all releases of all municipalities: months, then quarters, then years."""
    codes = session.scalars(select(Municipality.code).order_by(Municipality.code)).all()
    return [
        Listed(
            id=release.id,
            municipality=code,
            period=release.period,
            withdrawn=release.withdrawn is not None,
            made_at=release.made_at,
            shown=sum(value is not None for value in release.values.values()),
            hidden=sum(value is None for value in release.values.values()),
            reason=release.withdrawn.reason if release.withdrawn else "",
        )
        for code in codes
        for release in published(session, code)
    ]


def refused_releases(session: Session) -> list[Refused]:
    """Give the attempts that the gate refused, the latest first; for administrators alone."""
    rows = session.scalars(select(RefusedRelease).order_by(RefusedRelease.id.desc()))
    return [
        Refused(row.municipality_code, row.period, row.refused_at, tuple(row.findings))
        for row in rows
    ]


def find_release(session: Session, wanted: str) -> Release:
    """Give a release by its number or, where there is one municipality, by its period.

    Of a period that was withdrawn and made anew it is the one that is in force. Raises
    NotFound, and Refusal for a period that could be of several municipalities.
    """
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 10:
        found = session.get(Release, int(wanted))
        if found is not None:
            return found
    of_period = session.scalars(
        select(Release).where(Release.period == wanted).order_by(Release.status, Release.id.desc())
    ).first()  # published stands before withdrawn
    if of_period is None:
        raise NotFound(
            N_("There is no release %(wanted)s. `hub release list` shows the ones there are."),
            wanted=wanted,
        )
    if (session.scalar(select(func.count()).select_from(Municipality)) or 0) > 1:
        raise Refusal(
            N_("There is more than one municipality, so a period does not say which release is "
               "meant. Give its number: `hub release list` shows it."),
        )  # fmt: skip
    return of_period


def withdraw(session: Session, release: Release, reason: str, now: datetime) -> None:
    """Withdraw a faulty release; its figures stay published for ever, with the reason beside.

    Raises Refusal, on field `reason`, for a reason that says nothing, and for a release that
    was withdrawn before.
    """
    words = " ".join(reason.split())
    if not words or len(words) > LONGEST_REASON or not words.isprintable():
        raise Refusal(
            N_("Say in one line of at most %(most)s characters why the release is withdrawn: "
               "readers will see it."),
            field="reason",
            most=LONGEST_REASON,
        )  # fmt: skip
    if release.status == "withdrawn":
        raise Refusal(
            N_("Release %(id)s was withdrawn before, because: %(reason)s"),
            id=release.id,
            reason=release.withdrawn_reason,
        )
    release.status = "withdrawn"
    release.withdrawn_at = now
    release.withdrawn_reason = words
    session.flush()
