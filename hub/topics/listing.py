"""Reading topics: the list with its labels, as plain values for screens and rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from hub.topics.models import Topic


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic as screens and rules see it; `parent` is None for a main topic."""

    code: str
    parent: str | None
    urgency: str
    referral: str | None
    labels: tuple[tuple[str, str], ...]
    retired_on: date | None

    def label(self, language: str) -> str:
        """Give the label in a language, else in English, else in Dutch."""
        labels = dict(self.labels)
        return labels.get(language) or labels.get("en") or labels.get("nl") or self.code


def all_topics(session: Session) -> dict[str, TopicView]:
    """Give every topic by its code, in the order of the list."""
    topics = session.scalars(
        select(Topic).options(selectinload(Topic.labels)).order_by(Topic.position)
    )
    return {
        topic.code: TopicView(
            code=topic.code,
            parent=topic.parent_code,
            urgency=topic.default_urgency,
            referral=topic.default_referral,
            labels=tuple((label.language, label.label) for label in topic.labels),
            retired_on=topic.retired_on,
        )
        for topic in topics
    }


def askable(topics: Iterable[TopicView], day: date) -> list[TopicView]:
    """Give the topics a question may have on a day: the sub-topics that are not retired."""
    return [
        topic
        for topic in topics
        if topic.parent is not None and (topic.retired_on is None or topic.retired_on > day)
    ]


def grouped(topics: dict[str, TopicView], day: date) -> list[tuple[TopicView, list[TopicView]]]:
    """Give each main topic with its askable topics, in the order of the list."""
    return [
        (main, [t for t in askable(topics.values(), day) if t.parent == main.code])
        for main in topics.values()
        if main.parent is None
    ]
