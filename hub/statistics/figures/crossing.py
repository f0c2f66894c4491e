"""One table of a release as a grid: topics across, another thing down."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from hub.statistics.figures import known
from hub.statistics.figures.known import Value
from hub.statistics.figures.lookup import codes, level, main_topics, topics_below, value
from hub.statistics.plan import NOT_ANSWERED
from hub.statistics.protection import ALL
from hub.statistics.published import Published

BANDS: Final = 5
REFERRALS: Final = ("referred", "handed_over")


@dataclass(frozen=True)
class Grid:
    """Figures by row and column; None where hidden. Rows and columns keep the plan's order.

    Attributes:
        dimension: of the rows. rows: its codes. columns: topics.
        values: a row of figures for each row.
        row_totals: for each row. column_totals: for each column. total: of all.
    """

    dimension: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]
    row_totals: tuple[Value, ...]
    column_totals: tuple[Value, ...]
    total: Value

    @cached_property
    def steps(self) -> tuple[int, ...]:
        """The least figure of each band of colour above the first, from shown figures alone.

        Steps are round and roughly double, so that a band reads as "about twice as many".
        """
        greatest = known.greatest(v for row in self.values for v in row)
        round_steps = [n * 10**power for power in range(7) for n in (1, 2, 5)]
        return tuple([step for step in round_steps if 5 < step <= greatest][-(BANDS - 1) :])

    def band(self, value: Value) -> int:
        """Give the band of a figure: 1 for few up to 5 for many; 0 where it is hidden."""
        return 0 if value is None else 1 + bisect_right(self.steps, value)

    def shade(self, value: Value) -> str:
        """Give the class of the band; none where the figure is hidden."""
        return "" if value is None else f"heat-{self.band(value)}"


def grid(
    release: Published,
    table: str,
    dimension: str,
    rows: Sequence[str],
    columns: Sequence[str],
    over: str = ALL,
) -> Grid | None:
    """Give a table of the release; None where this period does not offer it.

    Args:
        release: the release.
        table: name of the table in the plan.
        dimension: of the rows. rows: its codes. columns: topics.
        over: the topic that is the total of the columns.
    """
    if not level(release, table):
        return None
    return Grid(
        dimension,
        tuple(rows),
        tuple(columns),
        tuple(tuple(value(release, t, dimension, row) for t in columns) for row in rows),
        tuple(value(release, over, dimension, row) for row in rows),
        tuple(value(release, topic) for topic in columns),
        value(release, over),
    )


def topics_by(
    release: Published, table: str, dimension: str, part: str = "", main: str = ""
) -> Grid | None:
    """Give a table with the main topics across, or the topics of one main topic.

    The topics of a main topic are given only where the release offers the table so fine; else
    the main topics are.
    """
    fine = main and level(release, table) == "topic" and topics_below(release, main)
    columns = topics_below(release, main) if fine else main_topics(release)
    rows = codes(release, dimension, part)
    return grid(release, table, dimension, rows, columns, main if fine else ALL)


def unanswered(release: Published) -> Grid | None:
    """Give the reasons why questions were not answered, by main topic."""
    reasons = release.children["outcome"].get(NOT_ANSWERED, ())
    return grid(release, "topic-outcome", "outcome", reasons, main_topics(release))


@dataclass(frozen=True, slots=True)
class Referral:
    """What became of the questions of one topic: referred, handed over, of all questions.

    `sent_on` is both together, and hidden where one of them is.
    """

    topic: str
    referred: Value
    handed_over: Value
    questions: Value

    @property
    def sent_on(self) -> Value:
        """Referred and handed over together."""
        return known.total((self.referred, self.handed_over))


def referrals(release: Published) -> tuple[Referral, ...]:
    """Give referrals per topic and type, at the finest level of the release's table.

    Main topics come first of their topics; nothing where the table is not offered.
    """
    found: list[Referral] = []
    for topic in (ALL, *_with_topics(release)) if level(release, "topic-outcome") else ():
        referred, handed_over = (value(release, topic, "outcome", kind) for kind in REFERRALS)
        found.append(Referral(topic, referred, handed_over, value(release, topic)))
    return tuple(found)


def _with_topics(release: Published) -> list[str]:
    fine = level(release, "topic-outcome") == "topic"
    return [
        topic
        for main in main_topics(release)
        for topic in (main, *(topics_below(release, main) if fine else ()))
    ]


@dataclass(frozen=True, slots=True)
class Bar:
    """One code of a dimension with all its questions, and its share of all."""

    code: str
    value: Value
    share: Decimal | None


def bars(release: Published, table: str, dimension: str) -> tuple[Bar, ...]:
    """Give all questions by the codes of a dimension; nothing where it is not offered."""
    if not level(release, table):
        return ()
    return tuple(
        Bar(code, count, known.share(count, value(release)))
        for code in codes(release, dimension)
        for count in (value(release, ALL, dimension, code),)
    )
