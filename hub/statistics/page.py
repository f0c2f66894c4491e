"""The page of a release, composed as one value from `Published` values alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hub.statistics.figures import comparison, crossing, movers, words
from hub.statistics.figures.comparison import Comparison
from hub.statistics.figures.crossing import Bar, Grid, Referral
from hub.statistics.figures.headlines import Headline, headlines
from hub.statistics.figures.hours import HubHours, hub_hours
from hub.statistics.figures.lookup import main_topics
from hub.statistics.figures.movers import Movers
from hub.statistics.figures.periods import (
    good_releases,
    months_until,
    previous,
    quarters_until,
    year_before,
)
from hub.statistics.figures.trend import Line, trend
from hub.statistics.figures.words import Against, Sentence
from hub.statistics.plan import period_kind
from hub.statistics.published import Published

MONTHS_SHOWN: Final = 15
QUARTERS_SHOWN: Final = 9
FEWEST_QUARTERS: Final = 3
ONE_THING: Final = (
    ("topic-trigger", "trigger"),
    ("topic-tenure", "tenure"),
    ("topic-heating", "heating"),
    ("topic-channel", "channel"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader chose: all empty is the page as it opens.

    Attributes:
        against: `year` or `before`: the release to compare with.
        by: `month` or `quarter`: the steps of the trend.
        topic: a main topic whose topics the tables show.
        first: what to compare, as `hub:k-buurt` or `area:EX-W-GEIN`. second: with what.
    """

    against: str = ""
    by: str = ""
    topic: str = ""
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """Rises and falls against one earlier release."""

    against: Against
    mains: Movers
    topics: Movers
    areas: Movers
    languages: Movers


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the page of a release shows. What the period does not offer is None or empty.

    Attributes:
        release: the release.
        withdrawn: earlier releases of the same period that were withdrawn.
        against: the earlier releases there are to compare with. moved: against the chosen one.
        steps: `month` or `quarter`, of the trend.
        others: neighbouring releases: `previous`, `next` and the longer `whole`.
    """

    release: Published
    withdrawn: tuple[Published, ...]
    sentences: tuple[Sentence, ...]
    headlines: tuple[Headline, ...]
    against: tuple[Against, ...]
    moved: Moved | None
    steps: str
    lines: tuple[Line, ...]
    main: str
    districts: Grid | None
    neighbourhoods: Grid | None
    projects: Grid | None
    languages: Grid | None
    hubs: Grid | None
    unanswered: Grid | None
    referrals: tuple[Referral, ...]
    bars: tuple[tuple[str, str, tuple[Bar, ...], Grid | None], ...]
    hours: tuple[HubHours, ...]
    comparable: Mapping[str, Sequence[str]]
    comparison: Comparison | None
    others: Mapping[str, str]


def compose(releases: Sequence[Published], period: str, asked: Asked, language: str) -> Page | None:
    """Compose the page of a period; None where it has no release that stands.

    Args:
        releases: all releases of the municipality, withdrawn ones included.
        period: the period, such as `2026-Q1`.
        asked: what the reader chose; what does not fit is passed over.
        language: of the screen.
    """
    good = good_releases(releases)
    release = good.get(period)
    if release is None:
        return None
    before, year_ago = good.get(previous(period)), good.get(year_before(period))
    against = words.compared_with(release, before, year_ago)
    steps = _steps(good, period, asked.by)
    main = asked.topic if asked.topic in main_topics(release) else ""
    months = months_until(period, MONTHS_SHOWN)
    stretch = months if steps == "month" else quarters_until(period, QUARTERS_SHOWN)
    along = _from_first_release(stretch, good)
    return Page(
        release=release,
        withdrawn=tuple(r for r in releases if r.period == period and r.withdrawn),
        sentences=words.summary(release, against, language),
        headlines=headlines(release, before, year_ago),
        against=tuple(against),
        moved=_moved(release, against, asked.against),
        steps=steps,
        lines=trend(good, along, release),
        main=main,
        districts=crossing.topics_by(release, "topic-district", "area", "district", main),
        neighbourhoods=crossing.topics_by(
            release, "topic-neighbourhood", "area", "neighbourhood", main
        ),
        projects=crossing.topics_by(release, "topic-project", "area", "project", main),
        languages=crossing.topics_by(release, "topic-language", "language", "", main),
        hubs=crossing.topics_by(release, "topic-hub", "hub"),
        unanswered=crossing.unanswered(release),
        referrals=crossing.referrals(release),
        bars=tuple(
            (table, dimension, bars, crossing.topics_by(release, table, dimension))
            for table, dimension in ONE_THING
            for bars in (crossing.bars(release, table, dimension),)
            if bars
        ),
        hours=hub_hours(good, release, months),
        comparable=comparison.comparable(release),
        comparison=_compared(release, asked.first, asked.second),
        others=_others(good, period),
    )


def _steps(good: Mapping[str, Published], period: str, wanted: str) -> str:
    """Choose the steps of the trend: a month's page goes by months, others by quarters."""
    if wanted in ("month", "quarter"):
        return wanted
    quarters = [p for p in good if period_kind(p) == "quarter"]
    by_month = period_kind(period) == "month" or len(quarters) < FEWEST_QUARTERS
    return "month" if by_month else "quarter"


def _from_first_release(along: Sequence[str], good: Mapping[str, Published]) -> Sequence[str]:
    """Leave the periods before the first release away, but for one: a line has two ends."""
    first = next((at for at, period in enumerate(along) if period in good), len(along))
    return along[min(first, len(along) - 2) :]


def _moved(release: Published, against: Sequence[Against], wanted: str) -> Moved | None:
    if not against:
        return None
    chosen = against[-1 if wanted == "before" else 0]
    earlier = chosen.release
    return Moved(
        chosen,
        movers.main_topic_movers(release, earlier),
        movers.topic_movers(release, earlier),
        movers.code_movers(release, earlier, "area"),
        movers.code_movers(release, earlier, "language"),
    )


def _compared(release: Published, first: str, second: str) -> Comparison | None:
    """Compare two things of one kind; None where the choice does not name two of them."""
    (kind, _, one), (other_kind, _, other) = first.partition(":"), second.partition(":")
    listed = comparison.comparable(release).get(kind, [])
    if kind != other_kind or one == other or one not in listed or other not in listed:
        return None
    return comparison.compare(release, kind, one, other)


def _others(good: Mapping[str, Published], period: str) -> dict[str, str]:
    """Give the neighbours of a period that are released: before, after, and what contains it."""
    same = sorted(p for p in good if period_kind(p) == period_kind(period))
    at = same.index(period)
    found = {}
    if at > 0:
        found["previous"] = same[at - 1]
    if at + 1 < len(same):
        found["next"] = same[at + 1]
    return found
