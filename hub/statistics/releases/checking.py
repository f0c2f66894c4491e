"""Looking through all releases and their ledger for rows that were altered."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.refusal import Refusal
from hub.statistics.models import FrozenMonth, Release
from hub.statistics.releases.freezing import frozen_months
from hub.statistics.releases.ledger import altered, verified_files


def altered_releases(session: Session) -> Iterator[Refusal]:
    """Give one refusal for each frozen month and each release that is not what it was."""
    sound: dict[tuple[str, str], str] = {}
    for municipality, month in session.execute(
        select(FrozenMonth.municipality_code, FrozenMonth.month)
    ).all():
        try:
            sound[municipality, month] = frozen_months(session, municipality, [month])[month].digest
        except Refusal as refusal:
            yield refusal
    for row in session.scalars(select(Release).order_by(Release.id)):
        try:
            verified_files(session, row)
        except Refusal as refusal:
            yield refusal
            continue
        if any(sound.get((row.municipality_code, m)) != d for m, d in row.counted.items()):
            yield altered(row.id, row.municipality_code, row.period)
