"""What a recall is about, as a plain value for whoever says it in words."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.answers.library import text_by_id
from hub.answers.models import AnswerText
from hub.answers.publishing import in_use
from hub.facts.timeline import covers
from hub.recalls.models import Recall
from hub.recalls.subjects import one_text, one_value


@dataclass(frozen=True, slots=True)
class AboutText:
    """A version of a text: of which answer, in which language, under which title."""

    text_id: int
    slug: str
    language: str
    version: int
    title: str


@dataclass(frozen=True, slots=True)
class AboutValue:
    """A value of a part of a fact."""

    value_id: int
    code: str
    part: str
    value: str
    unit: str


About = AboutText | AboutValue


def about_text(session: Session, text_id: int) -> AboutText:
    """Say which version of which text. Raises NotFound."""
    text = one_text(session, text_id)
    return AboutText(
        text.id, text.answer_slug, text.language, text.version, str(text.body["title"])
    )


def about_value(session: Session, value_id: int) -> AboutValue:
    """Say which value of which fact. Raises NotFound."""
    value = one_value(session, value_id)
    return AboutValue(value.id, value.code, value.part, value.value, value.unit)


def about(session: Session, recall: Recall) -> About:
    """Say what a recall is about; one that lifts another is about nothing."""
    if recall.text_id is not None:
        return about_text(session, recall.text_id)
    if recall.fact_value_id is not None:
        return about_value(session, recall.fact_value_id)
    raise ValueError(f"recall {recall.id} lifts another")


def is_in_use(session: Session, what: About, day: date) -> bool:
    """Tell whether the desk prints something still: the newest text, the value of the day."""
    if isinstance(what, AboutValue):
        value = one_value(session, what.value_id)
        return value.replaced_at is None and covers(value, day)
    newer = select(AnswerText.id).where(
        AnswerText.answer_slug == what.slug,
        AnswerText.language == what.language,
        AnswerText.version > what.version,
    )
    return session.scalar(newer.limit(1)) is None and in_use(text_by_id(session, what.text_id))
