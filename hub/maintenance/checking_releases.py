"""What `hub check` looks at in the releases: whether they are what was published."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from hub.i18n import N_
from hub.maintenance.findings import Finding, good, wrong
from hub.statistics.models import Release
from hub.statistics.releases.checking import altered_releases

_RELEASES: Final = N_("Releases")


def check_releases(engine: Engine) -> Iterator[Finding]:
    """Compare files, seals and frozen counts; nothing where the database cannot be used."""
    try:
        with Session(engine) as session:
            faults = list(altered_releases(session))
            number = session.scalar(select(func.count()).select_from(Release)) or 0
    except SQLAlchemyError:
        return  # said already by what looks at the database
    for fault in faults:
        yield wrong(_RELEASES, fault.message, **fault.values)
    if not faults:
        yield good(_RELEASES, N_("%(count)s, as they were published"), count=number)
