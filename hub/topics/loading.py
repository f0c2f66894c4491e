"""Loading the shipped list of topics, and the words people use for them."""

import csv
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.topics.models import Topic, TopicLabel, TopicWord


def load_topics(session: Session, topics_file: Path, words_file: Path) -> int:
    """Bring the shipped topics and words into the database; give how many topics there are.

    Safe to repeat: what is there is brought up to date, nothing is removed, because visits
    refer to it. A topic that a hub has retired stays retired.
    """
    with topics_file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    known = {topic.code: topic for topic in session.scalars(select(Topic))}
    for position, row in enumerate(rows):
        topic = known.get(row["code"])
        if topic is None:
            topic = known[row["code"]] = Topic(code=row["code"], position=position)
            session.add(topic)
        topic.parent_code = row["parent"] or None
        topic.position = position
        topic.default_urgency = row["default_urgency"] or "normal"
        topic.default_referral = row["default_referral"] or None
        labels = {label.language: label for label in topic.labels}
        for language in ("nl", "en"):
            text = row[f"label_{language}"]
            if language in labels:
                labels[language].label = text
            else:
                topic.labels.append(TopicLabel(language=language, label=text))
        session.flush()
    _load_words(session, words_file)
    return len(rows)


def _load_words(session: Session, words_file: Path) -> None:
    with words_file.open(encoding="utf-8", newline="") as stream:
        wanted = {
            (row["topic"], row["language"], word.strip())
            for row in csv.DictReader(stream)
            for word in row["words"].split(";")
            if word.strip()
        }
    there = {
        (word.topic_code, word.language, word.word) for word in session.scalars(select(TopicWord))
    }
    session.add_all(
        TopicWord(topic_code=topic, language=language, word=word)
        for topic, language, word in sorted(wanted - there)
    )
    session.flush()
