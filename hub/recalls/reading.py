"""What is recalled: all of it for the pages, and that of one day for what is printed or shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from hub.recalls.models import Recall
from hub.recalls.subjects import Subject, subject_of_text, subject_of_value, together


@dataclass(frozen=True, slots=True)
class Recalled:
    """What is recalled on the sheets of a day: ids of texts and of values."""

    texts: frozenset[int] = frozenset()
    values: frozenset[int] = frozenset()

    def concerns(self, text_id: int, value_ids: Iterable[int | None]) -> bool:
        """Tell whether a text, or one of the values in it, is recalled."""
        return text_id in self.texts or not self.values.isdisjoint(
            value_id for value_id in value_ids if value_id is not None
        )


# What a sheet that knows no recalls is made with.
NOTHING: Final = Recalled()


def standing(session: Session, *wanted: ColumnElement[bool]) -> Sequence[Recall]:
    """Give the recalls that were not lifted, the newest first."""
    lift = aliased(Recall)
    query = (
        select(Recall)
        .outerjoin(lift, lift.lifts_id == Recall.id)
        .where(Recall.lifts_id.is_(None), lift.id.is_(None), *wanted)
        .order_by(Recall.id.desc())
    )
    return session.scalars(query).all()


def every_recall(session: Session) -> list[tuple[Recall, Recall | None]]:
    """Give every recall with what lifted it, the newest first."""
    lift = aliased(Recall)
    query = (
        select(Recall, lift)
        .outerjoin(lift, lift.lifts_id == Recall.id)
        .where(Recall.lifts_id.is_(None))
        .order_by(Recall.id.desc())
    )
    return [(recall, lifted) for recall, lifted in session.execute(query)]


def standing_on(session: Session, day: date) -> Sequence[Recall]:
    """Give the recalls that hold for sheets of a day, the newest first."""
    return standing(
        session,
        or_(Recall.first_day.is_(None), Recall.first_day <= day),
        or_(Recall.last_day.is_(None), Recall.last_day >= day),
    )


def subject_of(session: Session, recall: Recall) -> Subject:
    """Give what a recall is about."""
    if recall.text_id is not None:
        return subject_of_text(session, recall.text_id)
    if recall.fact_value_id is not None:
        return subject_of_value(session, recall.fact_value_id)
    raise ValueError(f"recall {recall.id} lifts another")


def recalled_on(session: Session, day: date) -> Recalled:
    """Give what is recalled on sheets that were handed out on a day."""
    subjects = [subject_of(session, recall) for recall in standing_on(session, day)]
    return Recalled(*together(subjects))
