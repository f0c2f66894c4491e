"""Bringing all shipped content into the database, for `hub init`."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from hub.answers.loading import load_answers
from hub.facts.loading import load_facts
from hub.places.areas_file import load_example_areas
from hub.resources import content
from hub.topics.loading import load_topics


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much content there is, or was new."""

    topics: int
    facts: int
    texts: int


def load_all(session: Session, now: datetime) -> Loaded:
    """Load topics, facts, answers and example areas; safe to repeat, overwrites no edit."""
    topics = load_topics(session, content("topics.csv"), content("topic_words.csv"))
    facts = load_facts(session, content("facts.csv"), content("fact_aliases.csv"), now)
    texts = load_answers(session, content("answers"), now)
    load_example_areas(session)
    return Loaded(topics, facts, texts)
