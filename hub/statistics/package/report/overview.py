"""The first sections of the report: key figures, what moved, and the course of time.

Each is made from figures that were derived from shown cells alone; a hidden figure has no bar.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from hub.i18n import N_
from hub.statistics.figures import known, wording
from hub.statistics.figures.changes import Span
from hub.statistics.figures.headlines import Headline, headlines, open_hours
from hub.statistics.figures.known import Value
from hub.statistics.figures.lookup import value, visits
from hub.statistics.figures.movers import Mover, main_topic_movers, topic_movers
from hub.statistics.figures.periods import previous, year_before
from hub.statistics.package import words
from hub.statistics.package.report.blocks import Block, Column, Heading, Paragraph, Row, Table
from hub.statistics.package.report.matter import NOTHING, Matter, length
from hub.statistics.plan import NOT_ANSWERED, period_kind

_MOST_MOVERS: Final = 6
_PERIODS: Final = {"month": 13, "quarter": 9, "year": 6}
_KEY_FIGURES: Final = {
    "questions": N_("Questions"),
    "visits": N_("Visits"),
    "hours": N_("Open hours of the hubs"),
    "per_hour": N_("Visits per open hour"),
    NOT_ANSWERED: N_("Questions not answered"),
}
_DIFFERENCE: Final = N_("Difference")


def key_figures(matter: Matter) -> Iterator[Block]:
    """The few figures that a reader takes along, beside those of earlier periods."""
    yield Heading(matter.say(N_("Key figures")))
    earlier = matter.against
    columns = [Column(matter.say(N_("Figure")), 30, "start"), Column(matter.now(), 14)]
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
        Column(matter.now(), 15),
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
        Column(matter.say(words.QUESTIONS), 50, bars=True),
        Column(matter.say(N_("Visits")), 13),
        Column(matter.say(N_("Open hours")), 13),
    )
    yield Table(columns, tuple(_period(matter, period, counts, most) for period in periods))


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
    return Row(cells, length(counts[period], most), strong=release is matter.release)
