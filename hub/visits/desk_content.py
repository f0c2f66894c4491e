"""What the desk shows of topics, answers, facts and areas: read once, kept while it is true.

Reading it takes longer than all else that the page needs, and it changes a few times a month.
So each process keeps it, with a stamp that the database gives from the rows themselves: no way
of changing content, in whatever process, can be forgotten.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, String, bindparam, cast, func, literal, or_, select
from sqlalchemy.orm import Session

from hub.answers.library import AnswerView, all_answers, by_topic
from hub.answers.models import Answer, AnswerText, AnswerTextEvent, AnswerTopic
from hub.facts.models import FactAlias, FactValue
from hub.facts.register import Register
from hub.kept import Kept
from hub.places import lookup
from hub.places.models import Area, ProjectMember
from hub.topics.listing import TopicView, all_topics
from hub.topics.models import Topic, TopicLabel


@dataclass(frozen=True, slots=True)
class DeskContent:
    """Topics by code, answers by slug and by the topics they serve, and the facts of all days.

    It is shared by all requests of a process: nobody changes it.
    """

    topics: dict[str, TopicView]
    answers: dict[str, AnswerView]
    served: Mapping[str, list[AnswerView]]
    register: Register


def desk_content(session: Session, kept: Kept) -> DeskContent:
    """Give the content as it is now."""
    stamp = tuple(session.execute(_CONTENT_STAMP).one())
    return kept.give("desk content", stamp, lambda: _read(session))


def areas_on_offer(
    session: Session, kept: Kept, municipality_code: str, day: date
) -> list[lookup.AreaChoice]:
    """Give the areas that the desk of a municipality offers on a day."""
    stamp: Hashable = tuple(session.execute(_AREA_STAMP, {"municipality": municipality_code}).one())
    return kept.give(
        ("desk areas", municipality_code),
        (day, stamp),
        lambda: _read_areas(session, municipality_code, day),
    )


def _read(session: Session) -> DeskContent:
    # A session of its own on the same connection: what it read stays readable when it has gone.
    with Session(session.connection()) as reading:
        answers = all_answers(reading)
        return DeskContent(
            topics=all_topics(reading),
            answers=answers,
            served=by_topic(answers.values()),
            register=Register.read(reading),
        )


def _read_areas(session: Session, municipality_code: str, day: date) -> list[lookup.AreaChoice]:
    with Session(session.connection()) as reading:
        offered = lookup.areas_on_offer(reading, municipality_code, day)
        projects = [area.code for area in offered if area.kind == "project"]
        return lookup.area_choices(offered, lookup.project_members(reading, projects))


def _row(*columns: Any) -> Any:
    row: Any = literal("")
    for column in columns:
        row = row + func.coalesce(cast(column, String), "") + "|"
    return row


def _rows(*columns: Any) -> Select[tuple[str]]:
    """Give all rows of a table as one text, for tables of which any column may change."""
    return select(func.aggregate_strings(_row(*columns), "\n"))


def _newest(key: Any, *moments: Any) -> Select[tuple[str]]:
    """Give what tells a new row, and a moment that was filled in, where nothing else changes."""
    counted = [func.count(), func.max(key)]
    for moment in moments:
        counted += [func.count(moment), func.max(moment)]
    return select(_row(*counted)).select_from(key.class_)


def _stamp(*parts: Select[tuple[str]]) -> Select[Any]:
    return select(*(part.scalar_subquery() for part in parts))


_CONTENT_STAMP: Final = _stamp(
    _rows(
        Topic.code, Topic.parent_code, Topic.position, Topic.default_urgency,
        Topic.default_referral, Topic.retired_on,
    ),
    _rows(TopicLabel.topic_code, TopicLabel.language, TopicLabel.label),
    _rows(
        Answer.slug, Answer.number, Answer.position, Answer.audience, Answer.same_day,
        Answer.pictogram, Answer.blanks, Answer.retired_at,
    ),
    _rows(AnswerTopic.answer_slug, AnswerTopic.topic_code, AnswerTopic.position),
    _newest(AnswerText.id, AnswerText.written_at),
    _newest(AnswerTextEvent.id, AnswerTextEvent.on),
    _newest(FactValue.id, FactValue.recorded_at, FactValue.replaced_at),
    _rows(FactAlias.alias, FactAlias.code, FactAlias.on),
)  # fmt: skip
_AREA_STAMP: Final = _stamp(
    _rows(
        Area.code, Area.name, Area.kind, Area.municipality_code, Area.district_code,
        Area.valid_from, Area.valid_until,
    ).where(
        or_(Area.municipality_code.is_(None), Area.municipality_code == bindparam("municipality"))
    ),
    _rows(ProjectMember.project_code, ProjectMember.neighbourhood_code),
)  # fmt: skip
