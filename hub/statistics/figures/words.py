"""A release in a few sentences: how much, what rose and fell, where and in which language.

Only shown figures stand in them. The sentences are made in a language of the screen; page and
report say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hub.i18n import N_, translate
from hub.statistics.figures import known
from hub.statistics.figures.headlines import open_hours
from hub.statistics.figures.lookup import all_topics, codes, is_planned, main_of, value, visits
from hub.statistics.figures.movers import (
    Mover,
    Movers,
    code_movers,
    main_topic_movers,
    topic_movers,
)
from hub.statistics.figures.wording import listed, number, percent, period_name
from hub.statistics.plan import UNKNOWN, period_kind
from hub.statistics.protection import ALL
from hub.statistics.published import Published

NAMED: Final = 3
FEWER_HOURS: Final = Decimal("0.1")

BEFORE: Final = {
    "month": N_("the month before"),
    "quarter": N_("the quarter before"),
    "year": N_("the year before"),
}
YEAR_AGO: Final = {
    "month": N_("the same month a year ago"),
    "quarter": N_("the same quarter a year ago"),
    "year": N_("the year before"),
}
WHERE: Final = {
    "area": N_("By area, questions rose most in %(things)s."),
    "language": N_("By language, questions rose most in %(things)s."),
}
WHERE_OF_TOPIC: Final = {
    "area": N_("%(topic)s rose most in this area: %(things)s."),
    "language": N_("%(topic)s rose most in this language: %(things)s."),
}

MOST: Final = {
    "topic": N_("Of what is shown, most questions were about %(things)s."),
    "area": N_("Of the areas shown, most questions came from %(things)s."),
    "language": N_("Of the languages shown, most questions were asked in %(things)s."),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and what it is about: `total`, `since`, `hours`, `up`, `down`, `area`, …"""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Against:
    """The earlier release that a release is compared with, and how it is called."""

    release: Published
    name: str


def compared_with(
    now: Published, before: Published | None, year_ago: Published | None
) -> Sequence[Against]:
    """Give the earlier releases there are: the year-ago one first, for the season's sake."""
    kind = period_kind(now.period)
    found = [] if year_ago is None else [Against(year_ago, YEAR_AGO[kind])]
    if before is not None and before is not year_ago:
        found.append(Against(before, BEFORE[kind]))
    return found


def summary(now: Published, against: Sequence[Against], language: str) -> tuple[Sentence, ...]:
    """Give the sentences of a release.

    Args:
        now: the release.
        against: what it is compared with; rises and falls are told against the first.
        language: of the screen.
    """
    found = [Sentence("total", _how_much(now, language))]
    for earlier in against:
        found += _since(now, earlier, language)
    if not against:
        nothing = translate(language, N_("There is no earlier release to compare with."))
        return (*found, Sentence("since", nothing), *_most(now, language))
    first = against[0]
    found += _fewer_hours(now, first, language)
    topics = topic_movers(now, first.release)
    if not topics.risers:
        topics = main_topic_movers(now, first.release)
    then = translate(language, first.name)
    found.append(_risen(now, topics, then, language))
    found += _risen_where(now, first.release, topics, language)
    found += _fallen(now, topics, then, language)
    if not topics.risers:
        found += _most(now, language)
    return tuple(found)


def _most(now: Published, language: str) -> list[Sentence]:
    """Say what was asked most, of what is shown; a hidden figure may be larger, so it says that."""
    found = []
    for dimension, message in MOST.items():
        listed_codes = all_topics(now) if dimension == "topic" else codes(now, dimension)
        across = "" if dimension == "topic" else dimension
        shown = [
            (count, code)
            for code in listed_codes
            if code != UNKNOWN
            for count in (value(now, ALL, across, code) if across else value(now, code),)
            if count is not None
        ]
        shown.sort(key=lambda pair: -pair[0])
        things = [
            f"{now.label(dimension, code, language)} ({number(count, language)})"
            for count, code in shown[:NAMED]
        ]
        if things:
            text = translate(language, message, things=listed(things, language))
            found.append(Sentence(f"most {dimension}", text))
    return found


def _how_much(now: Published, language: str) -> str:
    period = period_name(now.period, language)
    questions, came = value(now), visits(now)
    if questions is None:
        message = N_("%(period)s: how many questions there were is not shown, to protect visitors.")
        return translate(language, message, period=period)
    asked = number(questions, language)
    if came is None:
        return translate(
            language, N_("%(period)s: %(questions)s questions."), period=period, questions=asked
        )
    return translate(
        language,
        N_("%(period)s: %(questions)s questions in %(visits)s visits."),
        period=period,
        questions=asked,
        visits=number(came, language),
    )


def _since(now: Published, earlier: Against, language: str) -> list[Sentence]:
    growth = known.growth(value(now), value(earlier.release))
    then = translate(language, earlier.name)
    before = value(earlier.release)
    if growth is None or before is None:
        return []
    if abs(growth) < Decimal("0.005"):
        text = N_("That is as many as in %(then)s.")
    elif growth > 0:
        text = N_("That is %(share)s more than in %(then)s (%(number)s).")
    else:
        text = N_("That is %(share)s fewer than in %(then)s (%(number)s).")
    share, count = percent(abs(growth), language), number(before, language)
    return [Sentence("since", translate(language, text, share=share, then=then, number=count))]


def _fewer_hours(now: Published, earlier: Against, language: str) -> list[Sentence]:
    """Say when the hubs were open less: then fewer visits are no sign of fewer questions."""
    change = known.growth(open_hours(now), open_hours(earlier.release))
    if change is None or change > -FEWER_HOURS:
        return []
    message = N_("Mind: the hubs were open %(share)s fewer hours than in %(then)s.")
    share, then = percent(-change, language), translate(language, earlier.name)
    return [Sentence("hours", translate(language, message, share=share, then=then))]


def _risen(now: Published, topics: Movers, then: str, language: str) -> Sentence:
    if not topics.risers:
        message = N_("Of the topics shown in both, none has clearly risen since %(then)s.")
        return Sentence("up", translate(language, message, then=then))
    things = _named(now, topics.risers, language)
    message = N_("Most risen since %(then)s: %(things)s.")
    return Sentence("up", translate(language, message, then=then, things=things))


def _fallen(now: Published, topics: Movers, then: str, language: str) -> list[Sentence]:
    if not topics.fallers:
        return []
    things = _named(now, topics.fallers, language)
    message = N_("Most fallen since %(then)s: %(things)s.")
    return [Sentence("down", translate(language, message, then=then, things=things))]


def _risen_where(
    now: Published, before: Published, topics: Movers, language: str
) -> list[Sentence]:
    """Say where and in which language questions rose: all of them, and of the first riser."""
    found = []
    for dimension, message in WHERE.items():
        risers = code_movers(now, before, dimension).risers
        if risers:
            text = translate(language, message, things=_named(now, risers, language))
            found.append(Sentence(dimension, text))
    for riser in topics.risers[:1]:
        for dimension, message in WHERE_OF_TOPIC.items():
            topic = riser.code
            if not is_planned(now, topic, dimension, next(iter(_codes(now, dimension)), ALL)):
                topic = main_of(now, topic)
            risers = code_movers(now, before, dimension, topic).risers
            if risers:
                name = now.label("topic", topic, language)
                things = _named(now, risers, language)
                text = translate(language, message, topic=name, things=things)
                found.append(Sentence(f"{dimension} of topic", text))
    return found


def _codes(now: Published, dimension: str) -> Sequence[str]:
    return now.children.get(dimension, {}).get(ALL, ())


def _named(now: Published, movers: Sequence[Mover], language: str) -> str:
    """Give the first few with both figures: `Heat tariff (from 12 to 48)`."""
    named = []
    for mover in movers[:NAMED]:
        before, after = mover.change.before, mover.change.now
        if before is None or after is None:
            continue  # a mover has both; the reader of types cannot know
        named.append(
            translate(
                language,
                N_("%(thing)s (from %(before)s to %(now)s)"),
                thing=now.label(mover.dimension, mover.code, language),
                before=number(before, language),
                now=number(after, language),
            )
        )
    return listed(named, language)
