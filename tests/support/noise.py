"""Rows that concern nobody: visits at the next hub and in another municipality."""

from datetime import datetime, timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from hub.db import unit_of_work
from hub.topics.models import Topic
from hub.visits.models import Question, Reception, Visit
from tests.support.cast import Cast

_MONTHS_BACK = (0, 1, 2, 13)


def make_noise(app: Flask, cast: Cast, now: datetime) -> None:
    """Add eight visits at the hubs `gein` and `overvecht`, with one question each."""
    with app.app_context(), unit_of_work() as session:
        topic = session.scalars(
            select(Topic.code).where(Topic.parent_code.is_not(None)).order_by(Topic.code)
        ).first()
        for number, (slug, months) in enumerate(
            (slug, months) for slug in ("gein", "overvecht") for months in _MONTHS_BACK
        ):
            opened = now - timedelta(days=30 * months)
            session.add(
                Reception(
                    visit_id=_visit_id(number),
                    hub_id=cast.hubs[slug],
                    digest=f"{number:064x}",
                    received_at=opened,
                )
            )
            session.flush()
            session.add(_visit(number, cast.hubs[slug], opened, topic))


def _visit_id(number: int) -> UUID:
    return UUID(f"0190a000-0000-7000-8000-{number:012d}")


def _visit(number: int, hub_id: int, opened: datetime, topic: str | None) -> Visit:
    question = Question(
        number=1, topic_code=topic, urgency="normal", trigger="unknown", outcome="answered"
    )
    return Visit(
        id=_visit_id(number),
        hub_id=hub_id,
        opened_at=opened,
        posted_in=opened.strftime("%Y-%m"),
        channel="counter",
        language="nl",
        area="unknown",
        tenure="unknown",
        heating="unknown",
        home_type="unknown",
        first_visit="unknown",
        late_entry=False,
        return_code=f"NOISE{number:04d}",
        questions=[question],
    )
