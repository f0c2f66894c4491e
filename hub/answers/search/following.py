"""Whoever changes a topic, an answer or a text changes what is found, in the same transaction.

The rows of `search_entry` follow from others. So that no way of changing content can forget
them, they are brought up to date by the session itself, before it commits.
"""

from typing import Final

from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from hub.answers.models import Answer, AnswerText, AnswerTextEvent, AnswerTopic
from hub.answers.search.entries import write_answer_entries, write_topic_entries
from hub.topics.models import Topic, TopicLabel, TopicWord

_TOPICS: Final = "search: topics changed"
_ANSWERS: Final = "search: answers changed"


@event.listens_for(Session, "after_flush")
def note_changes(session: Session, _flush: UOWTransaction) -> None:
    """Note which topics and answers a flush wrote."""
    for changed in (*session.new, *session.dirty, *session.deleted):
        if isinstance(changed, Topic | TopicLabel | TopicWord):
            session.info[_TOPICS] = True
        elif isinstance(changed, Answer | AnswerText | AnswerTextEvent | AnswerTopic):
            session.info.setdefault(_ANSWERS, []).append(changed)


@event.listens_for(Session, "before_commit")
def write_what_changed(session: Session) -> None:
    """Bring the rows of what was changed up to date."""
    session.flush()
    if session.info.pop(_TOPICS, False):
        write_topic_entries(session)
    changed = session.info.pop(_ANSWERS, [])
    if changed:
        write_answer_entries(session, {_slug(session, one) for one in changed} - {""})


@event.listens_for(Session, "after_rollback")
def forget_changes(session: Session) -> None:
    """What was rolled back changed nothing."""
    session.info.pop(_TOPICS, None)
    session.info.pop(_ANSWERS, None)


def _slug(session: Session, changed: Answer | AnswerText | AnswerTextEvent | AnswerTopic) -> str:
    if isinstance(changed, Answer):
        return changed.slug
    if isinstance(changed, AnswerTextEvent):
        text = session.get(AnswerText, changed.text_id)
        return text.answer_slug if text else ""
    return changed.answer_slug
