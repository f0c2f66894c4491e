"""What can be wrong: a version of a text, or a value. And where it stands in other words.

A wrong Dutch text is wrong in every translation that was made of that version. A wrong value is
wrong in every row of the register that prints the same: a check makes a new row of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.answers.library import SOURCE_LANGUAGE
from hub.answers.models import AnswerText
from hub.facts.models import FactValue
from hub.facts.reading import same_printed
from hub.i18n import N_
from hub.refusal import NotFound


@dataclass(frozen=True, slots=True)
class Subject:
    """What a recall is about, with all its rows.

    `texts` are the ids of the texts that are wrong where they stand beside the Dutch, or alone;
    `dutch` is the id of the Dutch version that is wrong, None for a translation alone; `values`
    are the ids of values. For a text `values` is empty, for a value the other two.
    """

    texts: frozenset[int] = frozenset()
    dutch: int | None = None
    values: frozenset[int] = frozenset()


def subject_of_text(session: Session, text_id: int) -> Subject:
    """Give a version of a text, with the translations of a Dutch one. Raises NotFound."""
    text = session.get(AnswerText, text_id)
    if text is None:
        raise NotFound(N_("This text is not there."))
    if text.language != SOURCE_LANGUAGE:
        return Subject(texts=frozenset({text_id}))
    translations = session.scalars(
        select(AnswerText.id).where(
            AnswerText.answer_slug == text.answer_slug,
            AnswerText.language != SOURCE_LANGUAGE,
            AnswerText.source_version == text.version,
        )
    )
    return Subject(texts=frozenset({text_id, *translations}), dutch=text_id)


def subject_of_value(session: Session, value_id: int) -> Subject:
    """Give a value with every row that prints the same. Raises NotFound."""
    return Subject(values=same_printed(session, value_id))


def one_text(session: Session, text_id: int) -> AnswerText:
    """Give a version of a text. Raises NotFound."""
    text = session.get(AnswerText, text_id)
    if text is None:
        raise NotFound(N_("This text is not there."))
    return text


def one_value(session: Session, value_id: int) -> FactValue:
    """Give a value, replaced or not. Raises NotFound."""
    value = session.get(FactValue, value_id)
    if value is None:
        raise NotFound(N_("This value is not there."))
    return value


def together(subjects: Iterable[Subject]) -> tuple[frozenset[int], frozenset[int]]:
    """Give the ids of all texts, and of all values, of some subjects."""
    listed = list(subjects)
    return (
        frozenset().union(*(subject.texts for subject in listed)),
        frozenset().union(*(subject.values for subject in listed)),
    )
