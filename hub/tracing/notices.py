"""What the desk is told of a visit's sheets: which of them hold something that was recalled."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from hub.answers.library import SOURCE_LANGUAGE
from hub.recalls.about import About, about
from hub.recalls.reading import standing_on, subject_of
from hub.recalls.subjects import Subject
from hub.sheets.models import SheetRecord
from hub.sheets.records import of_visit


@dataclass(frozen=True, slots=True)
class Notice:
    """That a sheet of a visit holds something wrong; `number` counts the visit's sheets from 1."""

    number: int
    printed_on: date
    language: str
    about: About
    reason: str


def notices_of(session: Session, visit_id: UUID) -> list[Notice]:
    """Give a notice for each recall of each sheet of a visit, sheet by sheet."""
    return [
        Notice(number, record.printed_on, record.language, about(session, recall), recall.reason)
        for number, record in enumerate(of_visit(session, visit_id), 1)
        for recall in standing_on(session, record.printed_on)
        if stands_on(record, subject_of(session, recall))
    ]


def stands_on(record: SheetRecord, subject: Subject) -> bool:
    """Tell whether something stood on a sheet: the same rule as `tracing.sheets_with`."""
    in_dutch = SOURCE_LANGUAGE in (record.language, record.beside)
    return (
        any(text.answer_text_id in subject.texts for text in record.texts)
        or (in_dutch and any(text.dutch_text_id == subject.dutch for text in record.texts))
        or any(fact.fact_value_id in subject.values for fact in record.facts)
    )
