"""The sections that break the questions down: by topic, area, language, outcome, hub and more.

Each is made from figures that were derived from shown cells alone; a hidden figure has no bar.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from hub.i18n import N_
from hub.statistics.figures import known
from hub.statistics.figures.crossing import Bar, bars, referrals, topics_by, unanswered
from hub.statistics.figures.headlines import open_hours
from hub.statistics.figures.lookup import all_topics, codes, level, main_topics, value, visits
from hub.statistics.package import words
from hub.statistics.package.report.blocks import Block, Column, Heading, Paragraph, Row, Table
from hub.statistics.package.report.matter import Matter, length
from hub.statistics.package.table_files import HIDDEN
from hub.statistics.protection import ALL

_MOST_TOPICS: Final = 12
_MOST_ASKED: Final = 3
_OTHERS: Final = {
    "topic-trigger": ("trigger", N_("What made people come")),
    "topic-tenure": ("tenure", N_("Tenure")),
    "topic-heating": ("heating", N_("Heating")),
    "topic-channel": ("channel", N_("Channel")),
}
_CHANGE: Final = N_("Difference from %(then)s")


def main_topics_section(matter: Matter) -> Iterator[Block]:
    """All main topics in the order of the list, with their share and their change."""
    release = matter.release
    first = matter.against[0] if matter.against else None
    columns = [
        Column(matter.say(words.DIMENSIONS["topic"]), 40, "start"),
        Column(matter.say(words.QUESTIONS), 34, bars=True),
        Column(matter.say(words.SHARE), 10),
    ]
    if first:
        columns.append(Column(matter.say(_CHANGE, then=matter.then(first)), 20))
    most = known.greatest(value(release, topic) for topic in main_topics(release))
    rows = []
    for topic in (*main_topics(release), ALL):
        count = value(release, topic)
        total = topic == ALL
        name = matter.say(words.TOTAL) if total else matter.name("topic", topic)
        cells = [name, matter.count(count), matter.share(known.share(count, value(release)))]
        if first:
            cells.append(matter.growth(count, value(first.release, topic)))
        rows.append(Row(tuple(cells), None if total else length(count, most), total))
    yield Heading(matter.say(N_("Questions by main topic")))
    yield Table(tuple(columns), tuple(rows))


def most_asked_topics(matter: Matter) -> Iterator[Block]:
    """The topics that were asked most, of those whose figure is shown."""
    release = matter.release
    if level(release, "topic") != "topic":
        return
    shown = [(value(release, topic) or 0, topic) for topic in all_topics(release)]
    found = sorted((pair for pair in shown if pair[0]), key=lambda pair: -pair[0])[:_MOST_TOPICS]
    if not found:
        return
    columns = (
        Column(matter.say(words.DIMENSIONS["topic"]), 52, "start"),
        Column(matter.say(words.QUESTIONS), 40, bars=True),
        Column(matter.say(words.SHARE), 10),
    )
    rows = [
        Row(
            (
                matter.name("topic", topic),
                matter.count(count),
                matter.share(known.share(count, value(release))),
            ),
            length(count, found[0][0]),
        )
        for count, topic in found
    ]
    yield Heading(matter.say(N_("Topics that were asked most")))
    yield Table(columns, tuple(rows))


def by_area(matter: Matter) -> Iterator[Block]:
    """Questions by district, with what is asked there most."""
    yield from _crossed(matter, "topic-district", "area", N_("Questions by area"))


def by_language(matter: Matter) -> Iterator[Block]:
    """Questions by language of the conversation, with what is asked in it most."""
    yield from _crossed(matter, "topic-language", "language", N_("Questions by language"))


def not_answered(matter: Matter) -> Iterator[Block]:
    """How many questions could not be answered and why, and which were sent on to others."""
    grid = unanswered(matter.release)
    if grid is None:
        return
    yield Heading(matter.say(N_("Not answered, and why")))
    reasons = [
        Bar(code, count, known.share(count, value(matter.release)))
        for code, count in zip(grid.rows, grid.row_totals, strict=True)
    ]
    yield _bar_table(matter, "outcome", N_("Reason"), reasons)
    columns = (
        Column(matter.say(words.DIMENSIONS["topic"]), 40, "start"),
        Column(matter.say(N_("Referred")), 14),
        Column(matter.say(N_("Handed over")), 14),
        Column(matter.say(words.QUESTIONS), 14),
    )
    found = {one.topic: one for one in referrals(matter.release)}
    rows = [
        Row(
            (
                matter.say(words.TOTAL) if topic == ALL else matter.name("topic", topic),
                matter.count(found[topic].referred),
                matter.count(found[topic].handed_over),
                matter.count(found[topic].questions),
            ),
            strong=topic == ALL,
        )
        for topic in (*main_topics(matter.release), ALL)
    ]
    yield Heading(matter.say(N_("Referred and handed over")))
    yield Table(columns, tuple(rows))


def other_breakdowns(matter: Matter) -> Iterator[Block]:
    """What made people come, how they live and heat, and how they reached the hub."""
    for table, (dimension, title) in _OTHERS.items():
        found = bars(matter.release, table, dimension)
        if found:
            yield Heading(matter.say(title))
            yield _bar_table(matter, dimension, title, found)


def by_hub(matter: Matter) -> Iterator[Block]:
    """Questions, visits and open hours of each hub."""
    release = matter.release
    hubs = codes(release, "hub")
    offered = bool(level(release, "topic-hub"))
    columns = [Column(matter.say(words.DIMENSIONS["hub"]), 40, "start")]
    if offered:
        columns.append(Column(matter.say(words.QUESTIONS), 14))
    heads = (N_("Visits"), N_("Open hours"), N_("Visits per open hour"))
    columns += [Column(matter.say(head), 14) for head in heads]
    rows = []
    for hub in (*hubs, ALL):
        total = hub == ALL
        came, hours = visits(release, hub), open_hours(release, hub)
        cells = [matter.say(words.TOTAL) if total else matter.name("hub", hub)]
        if offered:
            asked = value(release) if total else value(release, ALL, "hub", hub)
            cells.append(matter.count(asked))
        cells += [matter.count(came), matter.tenths(hours), matter.per_hour(came, hours)]
        rows.append(Row(tuple(cells), strong=total))
    yield Heading(matter.say(N_("Hubs and their opening hours")))
    yield Table(tuple(columns), tuple(rows))


def _crossed(matter: Matter, table: str, dimension: str, title: str) -> Iterator[Block]:
    """A table by a dimension: all questions, and the main topics asked most of those shown.

    Codes of which nothing is shown are named below the table, so that it stays short.
    """
    grid = topics_by(matter.release, table, dimension)
    if grid is None:
        return
    most = known.greatest(grid.row_totals)
    rows, hidden = [], []
    for code, total, values in zip(grid.rows, grid.row_totals, grid.values, strict=True):
        shown = [(v, topic) for v, topic in zip(values, grid.columns, strict=True) if v is not None]
        if total is None and not shown:
            hidden.append(matter.name(dimension, code))
            continue
        first = sorted(shown, key=lambda pair: -pair[0])[:_MOST_ASKED]
        named = [f"{matter.name('topic', topic)} ({matter.count(v)})" for v, topic in first]
        cells = (matter.name(dimension, code), matter.count(total), ", ".join(named) or HIDDEN)
        rows.append(Row(cells, length(total, most)))
    yield Heading(matter.say(title))
    columns = (
        Column(matter.say(words.DIMENSIONS[dimension]), 27, "start"),
        Column(matter.say(words.QUESTIONS), 24, bars=True),
        Column(matter.say(N_("Asked most, of what is shown")), 49, "start"),
    )
    if rows:
        yield Table(columns, tuple(rows))
    if hidden:
        names = ", ".join(hidden)
        yield Paragraph(matter.say(N_("Not shown at all: %(names)s."), names=names), "small")


def _bar_table(matter: Matter, dimension: str, title: str, found: Sequence[Bar]) -> Table:
    most = known.greatest(bar.value for bar in found)
    columns = (
        Column(matter.say(title), 40, "start"),
        Column(matter.say(words.QUESTIONS), 50, bars=True),
        Column(matter.say(words.SHARE), 10),
    )
    rows = (
        Row(
            (matter.name(dimension, bar.code), matter.count(bar.value), matter.share(bar.share)),
            length(bar.value, most),
        )
        for bar in found
    )
    return Table(columns, tuple(rows))
