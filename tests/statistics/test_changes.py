"""The change between two counts and its span, held against exact sums of binomials."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.statistics.figures.changes import CONFIDENCE, Change

COUNTS = st.integers(0, 60)
TAIL = (1 - CONFIDENCE) / 2


def chance_of_at_least(now: int, of: int, share: Fraction) -> float:
    """How likely so many of the questions, or more, fall in the later period."""
    return float(sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(now, of + 1)))


def share_at(change: float) -> Fraction:
    """The later period's share of the questions when the rate has changed so."""
    ratio = Fraction(1 + change)
    return ratio / (1 + ratio)


@given(now=st.integers(1, 60), before=st.integers(1, 60))
def test_at_the_ends_of_the_span_chance_leaves_just_half_a_percent(now: int, before: int) -> None:
    span = Change(now, before).span
    assert span is not None and span.high is not None
    low, high = share_at(float(span.low)), share_at(float(span.high))
    assert chance_of_at_least(now, now + before, low) == pytest.approx(TAIL, rel=1e-6)
    most = 1 - chance_of_at_least(now + 1, now + before, high)
    assert most == pytest.approx(TAIL, rel=1e-6)


@given(now=COUNTS, before=COUNTS)
def test_the_span_holds_the_change_itself(now: int, before: int) -> None:
    change = Change(now, before)
    if change.growth is not None and change.span is not None:
        assert change.span.low <= change.growth
        assert change.span.high is None or change.growth <= change.span.high


@given(now=COUNTS, before=COUNTS)
def test_what_is_clearly_up_one_way_is_clearly_down_the_other(now: int, before: int) -> None:
    other_way = {"up": "down", "down": "up", "unclear": "unclear"}
    there, back = Change(now, before).direction, Change(before, now).direction
    if now and before:
        assert back == other_way[there]


@pytest.mark.parametrize(
    ("now", "before", "direction"),
    [(40, 10, "up"), (10, 40, "down"), (12, 10, "unclear"), (5, 5, "unclear"), (500, 400, "up")],
)
def test_a_change_is_clear_only_where_chance_does_not_explain_it(
    now: int, before: int, direction: str
) -> None:
    assert Change(now, before).direction == direction


@given(count=COUNTS)
def test_a_change_with_a_hidden_figure_is_hidden(count: int) -> None:
    for change in (Change(None, count), Change(count, None), Change(None, None)):
        assert (change.difference, change.growth, change.span) == (None, None, None)
        assert change.direction == "hidden"
