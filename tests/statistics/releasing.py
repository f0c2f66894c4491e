"""Making releases in tests, as the command does, and a municipality small enough to be quick."""

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.db import db, unit_of_work
from hub.places.models import Area, Hub, Municipality
from hub.statistics.models import ReleaseFile
from hub.statistics.releases.making import Order, make_release
from hub.topics.models import Topic, TopicLabel

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOME = "GM0363"
_TOPICS = ("REK", "WNT", "REK-01", "REK-02", "REK-03", "WNT-01", "WNT-06")
_LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


@contextmanager
def looking() -> Iterator[Session]:
    """A session to read with."""
    with Session(db.engine) as session:
        yield session


def make(
    app: Flask,
    period: str,
    *,
    municipality: str = HOME,
    threshold: int = 5,
    seed: bytes = b"tests",
    now: datetime = NOW,
) -> int:
    """Make a release; give its number."""
    with app.app_context():
        order = Order(municipality, period, threshold, seed, "0.0")
        return make_release(order, unit_of_work, looking, now)


def village(session: Session) -> None:
    """Put a municipality of two hubs, two main topics and two districts into a bare database."""
    session.add(Municipality(code=HOME, name="Klein Dorp"))
    session.flush()
    for slug in ("k-buurt", "gein"):
        session.add(
            Hub(
                slug=slug,
                name=slug,
                municipality_code=HOME,
                created_at=_LONG_AGO,
            )
        )
    for position, code in enumerate(
        ("REK", "WNT", "REK-01", "REK-02", "REK-03", "WNT-01", "WNT-06")
    ):
        parent = code[:3] if len(code) > 3 else None
        session.add(
            Topic(
                code=code,
                parent_code=parent,
                position=position,
                labels=[TopicLabel(language="nl", label=code)],
            )
        )
        session.flush()
    for code in ("EX-W-GEIN", "EX-W-KBUURT"):
        session.add(Area(code=code, name=code, kind="district"))
    session.flush()
    for code, district in (("EX-B-GEIN", "EX-W-GEIN"), ("EX-B-GRUNDER", "EX-W-KBUURT")):
        session.add(Area(code=code, name=code, kind="neighbourhood", district_code=district))
    session.commit()


@dataclass(frozen=True)
class Exported:
    """The two files of a release by which an outsider reads it."""

    cells: str
    meta: str

    def values(self) -> Mapping[tuple[str, ...], str]:
        """The cells as they stand in the file: measure and ten codes -> value."""
        rows = list(csv.reader(io.StringIO(self.cells)))[1:]
        return {tuple(row[:-1]): row[-1] for row in rows}


def exported(session: Session, release_id: int) -> Exported:
    """Read the stored files of a release."""
    session.rollback()
    content = {
        name: bytes(text).decode()
        for name, text in session.execute(
            select(ReleaseFile.name, ReleaseFile.content).where(
                ReleaseFile.release_id == release_id
            )
        )
        if name in ("cells.csv", "meta.json")
    }
    return Exported(content["cells.csv"], content["meta.json"])
