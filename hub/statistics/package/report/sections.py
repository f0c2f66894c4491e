"""The sections of the report, each made from figures that were derived from shown cells alone.

A hidden figure is `x` and has no bar. A dash stands where there is no figure: no earlier
release, no known hours.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from babel.numbers import format_decimal

from hub.i18n import N_, babel_locale
from hub.statistics.figures import known, wording
from hub.statistics.figures.changes import Span
from hub.statistics.figures.crossing import Bar, bars, referrals, topics_by, unanswered
from hub.statistics.figures.headlines import Headline, headlines, open_hours
from hub.statistics.figures.known import Value
from hub.statistics.figures.lookup import all_topics, codes, level, main_topics, value, visits
from hub.statistics.figures.movers import Mover, main_topic_movers, topic_movers
from hub.statistics.figures.periods import previous, year_before
from hub.statistics.figures.words import Against
from hub.statistics.package import words
from hub.statistics.package.report.blocks import Block, Column, Heading, Paragraph, Row, Table
from hub.statistics.package.table_files import HIDDEN
from hub.statistics.plan import NOT_ANSWERED, period_kind
from hub.statistics.protection import ALL
from hub.statistics.published import Published

NOTHING: Final = "–"
_MOST_MOVERS: Final = 6
_MOST_TOPICS: Final = 12
_MOST_ASKED: Final = 3
_PERIODS: Final = {"month": 13, "quarter": 9, "year": 6}

_KEY_FIGURES: Final = {
    "questions": N_("Questions"),
    "visits": N_("Visits"),
    "hours": N_("Open hours of the hubs"),
    "per_hour": N_("Visits per open hour"),
    NOT_ANSWERED: N_("Questions not answered"),
}
_OTHERS: Final = {
    "topic-trigger": ("trigger", N_("What made people come")),
    "topic-tenure": ("tenure", N_("Tenure")),
    "topic-heating": ("heating", N_("Heating")),
    "topic-channel": ("channel", N_("Channel")),
}
_QUESTIONS: Final = N_("Questions")
_SHARE: Final = N_("Share")
_DIFFERENCE: Final = N_("Difference")
_CHANGE: Final = N_("Difference from %(then)s")


@dataclass(frozen=True, slots=True)
class Matter:
    """What a report is about: the release, what it is compared with, and the language.

    `good` holds the release that stands for each earlier period and for this one.
    """

    release: Published
    good: Mapping[str, Published]
    against: Sequence[Against]
    language: str

    def say(self, message: str, /, **values: object) -> str:
        """Give a message in the language of the report."""
        return words.say(self.language, message, **values)

    def count(self, number: Value | Decimal) -> str:
        """Give a figure, or the sign of a hidden one."""
        return HIDDEN if number is None else wording.number(number, self.language)

    def share(self, part: Decimal | None) -> str:
        """Give a share of the whole, or a dash."""
        return NOTHING if part is None else wording.percent(part, self.language)

    def growth(self, now: Value | Decimal, before: Value | Decimal) -> str:
        """Give a change, or a dash."""
        change = known.growth(now, before)
        return NOTHING if change is None else self.signed(change)

    def signed(self, change: Decimal) -> str:
        """Give a change as a percentage with its sign; none where it rounds to nothing."""
        whole = change.quantize(Decimal("0.01"))
        return wording.signed_percent(whole, self.language) if whole else self.share(whole * 0)

    def tenths(self, number: Decimal | None) -> str:
        """Give hours, or a number per hour, to a tenth; a dash where they are not known."""
        if number is None:
            return NOTHING
        return format_decimal(number, "#,##0.0", locale=babel_locale(self.language))

    def name(self, dimension: str, code: str) -> str:
        """Give the name of a code."""
        return self.release.label(dimension, code, self.language)

    def then(self, earlier: Against) -> str:
        """Give how the period of an earlier release is called, such as `2e kwartaal 2026`."""
        return wording.period_name(earlier.release.period, self.language)


def key_figures(matter: Matter) -> Iterator[Block]:
    """The few figures that a reader takes along, beside those of earlier periods."""
    yield Heading(matter.say(N_("Key figures")))
    earlier = matter.against
    columns = [Column(matter.say(N_("Figure")), 30, "start"), Column(_now(matter), 14)]
    for one in earlier:
        columns += [Column(matter.then(one), 14), Column(matter.say(_DIFFERENCE), 11)]
    by_period = {one.release.period: one.release for one in earlier}
    year_ago = by_period.get(year_before(matter.release.period))
    before = by_period.get(previous(matter.release.period))
    rows = [
        _headline(matter, headline)
        for headline in headlines(matter.release, before, year_ago)
        if headline.name in _KEY_FIGURES
    ]
    yield Table(tuple(columns), tuple(rows))


def movers(matter: Matter) -> Iterator[Block]:
    """What has clearly risen and fallen, with both figures and how sure that is."""
    if not matter.against:
        return
    first = matter.against[0]
    found = topic_movers(matter.release, first.release)
    if not found.risers and not found.fallers:
        found = main_topic_movers(matter.release, first.release)
    moved = (*found.risers[:_MOST_MOVERS], *found.fallers[:_MOST_MOVERS])
    yield Heading(matter.say(N_("What rose and what fell")))
    if not moved:
        text = N_("Of the topics shown in both periods, none has clearly changed since %(then)s.")
        yield Paragraph(matter.say(text, then=matter.then(first)))
        return
    columns = (
        Column(matter.say(words.DIMENSIONS["topic"]), 40, "start"),
        Column(matter.then(first), 15),
        Column(_now(matter), 15),
        Column(matter.say(_DIFFERENCE), 11),
        Column(matter.say(N_("Between")), 22),
    )
    yield Table(columns, tuple(_mover(matter, one) for one in moved))
    note = N_(
        "Only topics whose figure is shown in both periods are compared, and only changes that "
        "chance does not explain are named. “Between” says how small or large the true change "
        "may be (99% confidence). Most changed topics come first."
    )
    yield Paragraph(matter.say(note), "small")


def over_time(matter: Matter) -> Iterator[Block]:
    """Questions and visits of the last periods of the same kind, with gaps where none is out."""
    kind = period_kind(matter.release.period)
    periods = [matter.release.period]
    while len(periods) < _PERIODS[kind]:
        periods.append(previous(periods[-1]))
    known_ones = [period for period in periods if period in matter.good]
    if len(known_ones) < 2:
        return
    periods = periods[: periods.index(known_ones[-1]) + 1][::-1]
    counts = {period: value(matter.good[period]) for period in known_ones}
    most = known.greatest(counts.values())
    yield Heading(matter.say(N_("Over time")))
    columns = (
        Column(matter.say(words.DIMENSIONS["period"]), 26, "start"),
        Column(matter.say(_QUESTIONS), 50, bars=True),
        Column(matter.say(N_("Visits")), 13),
        Column(matter.say(N_("Open hours")), 13),
    )
    yield Table(columns, tuple(_period(matter, period, counts, most) for period in periods))


def main_topics_section(matter: Matter) -> Iterator[Block]:
    """All main topics in the order of the list, with their share and their change."""
    release = matter.release
    first = matter.against[0] if matter.against else None
    columns = [
        Column(matter.say(words.DIMENSIONS["topic"]), 40, "start"),
        Column(matter.say(_QUESTIONS), 34, bars=True),
        Column(matter.say(_SHARE), 10),
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
        rows.append(Row(tuple(cells), None if total else _length(count, most), total))
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
        Column(matter.say(_QUESTIONS), 40, bars=True),
        Column(matter.say(_SHARE), 10),
    )
    rows = [
        Row(
            (
                matter.name("topic", topic),
                matter.count(count),
                matter.share(known.share(count, value(release))),
            ),
            _length(count, found[0][0]),
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
        Column(matter.say(_QUESTIONS), 14),
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
        columns.append(Column(matter.say(_QUESTIONS), 14))
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
        cells += [matter.count(came), matter.tenths(hours), _per_hour(matter, came, hours)]
        rows.append(Row(tuple(cells), strong=total))
    yield Heading(matter.say(N_("Hubs and their opening hours")))
    yield Table(tuple(columns), tuple(rows))


Section = Callable[[Matter], Iterator[Block]]
SECTIONS: Final[tuple[Section, ...]] = (
    key_figures,
    movers,
    over_time,
    main_topics_section,
    most_asked_topics,
    by_area,
    by_language,
    not_answered,
    other_breakdowns,
    by_hub,
)


def _now(matter: Matter) -> str:
    return wording.period_name(matter.release.period, matter.language)


def _headline(matter: Matter, headline: Headline) -> Row:
    def written(number: int | Decimal | None) -> str:
        if headline.name == "hours" or isinstance(number, Decimal):
            return matter.tenths(None if number is None else Decimal(number))
        return matter.count(number)

    cells = [matter.say(_KEY_FIGURES[headline.name]), written(headline.now)]
    for earlier in matter.against:
        is_before = earlier.release.period == previous(matter.release.period)
        then = headline.before if is_before else headline.year_ago
        cells += [written(then), matter.growth(headline.now, then)]
    return Row(tuple(cells), strong=headline.name == "questions")


def _mover(matter: Matter, mover: Mover) -> Row:
    change = mover.change
    return Row(
        (
            matter.name(mover.dimension, mover.code),
            matter.count(change.before),
            matter.count(change.now),
            matter.growth(change.now, change.before),
            _span(matter, change.span),
        )
    )


def _span(matter: Matter, span: Span | None) -> str:
    if span is None:
        return NOTHING
    low = matter.signed(span.low)
    if span.high is None:
        return matter.say(N_("%(low)s or more"), low=low)
    return matter.say(N_("%(low)s and %(high)s"), low=low, high=matter.signed(span.high))


def _period(matter: Matter, period: str, counts: Mapping[str, Value], most: int) -> Row:
    name = wording.period_name(period, matter.language)
    release = matter.good.get(period)
    if release is None:
        return Row((name, NOTHING, NOTHING, NOTHING))
    cells = (
        name,
        matter.count(counts[period]),
        matter.count(visits(release)),
        matter.tenths(open_hours(release)),
    )
    return Row(cells, _length(counts[period], most), strong=release is matter.release)


def _crossed(matter: Matter, table: str, dimension: str, title: str) -> Iterator[Block]:
    """A table by a dimension: all questions, and the main topics asked most of those shown."""
    grid = topics_by(matter.release, table, dimension)
    if grid is None:
        return
    most = known.greatest(grid.row_totals)
    rows = []
    for code, total, values in zip(grid.rows, grid.row_totals, grid.values, strict=True):
        shown = [(v, topic) for v, topic in zip(values, grid.columns, strict=True) if v is not None]
        first = sorted(shown, key=lambda pair: -pair[0])[:_MOST_ASKED]
        named = [f"{matter.name('topic', topic)} ({matter.count(v)})" for v, topic in first]
        cells = (matter.name(dimension, code), matter.count(total), ", ".join(named) or HIDDEN)
        rows.append(Row(cells, _length(total, most)))
    columns = (
        Column(matter.say(words.DIMENSIONS[dimension]), 27, "start"),
        Column(matter.say(_QUESTIONS), 24, bars=True),
        Column(matter.say(N_("Asked most, of what is shown")), 49, "start"),
    )
    yield Heading(matter.say(title))
    yield Table(columns, tuple(rows))


def _bar_table(matter: Matter, dimension: str, title: str, found: Sequence[Bar]) -> Table:
    most = known.greatest(bar.value for bar in found)
    columns = (
        Column(matter.say(title), 40, "start"),
        Column(matter.say(_QUESTIONS), 50, bars=True),
        Column(matter.say(_SHARE), 10),
    )
    rows = (
        Row(
            (matter.name(dimension, bar.code), matter.count(bar.value), matter.share(bar.share)),
            _length(bar.value, most),
        )
        for bar in found
    )
    return Table(columns, tuple(rows))


def _length(count: Value, most: int) -> float | None:
    return None if count is None or not most else count / most


def _per_hour(matter: Matter, came: Value, hours: Decimal | None) -> str:
    if came is None:
        return HIDDEN
    return matter.tenths(known.rate(came, hours))
