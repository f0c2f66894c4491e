"""The rule of early signs: what it flags, what it never flags, and that it is a fair comparison."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.special import pdtrc

from hub.early_signs.rule import BASELINE_WEEKS, SMALLEST, judge, poisson_tail

EVEN = [600] * BASELINE_WEEKS
_counts = st.lists(st.integers(0, 400), min_size=BASELINE_WEEKS, max_size=BASELINE_WEEKS)
_lengths = st.lists(st.integers(1, 3000), min_size=BASELINE_WEEKS, max_size=BASELINE_WEEKS)
_count = st.integers(0, 1000)
_minutes = st.integers(1, 3000)


@given(_count, _minutes, _counts, _lengths)
def test_one_visit_more_never_undoes_a_sign(
    count: int, minutes: int, counts: list[int], lengths: list[int]
) -> None:
    assume(judge(count, minutes, counts, lengths).sign)
    assert judge(count + 1, minutes, counts, lengths).sign


@given(st.integers(0, SMALLEST - 1), _minutes, _counts, _lengths)
def test_fewer_than_five_is_never_a_sign(
    count: int, minutes: int, counts: list[int], lengths: list[int]
) -> None:
    assert not judge(count, minutes, counts, lengths).sign


@given(_count, _minutes, _counts, _lengths, st.integers(2, 50))
def test_hours_told_in_another_unit_change_nothing(
    count: int, minutes: int, counts: list[int], lengths: list[int], times: int
) -> None:
    longer = [length * times for length in lengths]
    same = judge(count, minutes * times, counts, longer)
    assert same == judge(count, minutes, counts, lengths)


@given(_count, _minutes, _counts, _lengths, st.integers(2, 20))
def test_a_hub_open_so_many_times_as_long_expects_so_many_times_as_many(
    count: int, minutes: int, counts: list[int], lengths: list[int], times: int
) -> None:
    once = judge(count, minutes, counts, lengths)
    busier = judge(count * times, minutes * times, counts, lengths)
    assert busier.expected == once.expected * times
    assert busier.usual == once.usual * times
    # Three times a usual week stays three times a usual week, as far as five are there.
    assert busier.manifold or not once.manifold


@given(_count, _minutes, _counts, _lengths, st.permutations(range(BASELINE_WEEKS)))
def test_the_order_of_the_eight_weeks_does_not_matter(
    count: int, minutes: int, counts: list[int], lengths: list[int], order: list[int]
) -> None:
    mixed = judge(count, minutes, [counts[i] for i in order], [lengths[i] for i in order])
    assert mixed == judge(count, minutes, counts, lengths)


@given(st.integers(1, 3000), st.floats(0, 2000))
def test_the_chance_is_that_of_scipy(count: int, mean: float) -> None:
    other = float(pdtrc(count - 1, mean))
    assert poisson_tail(count, mean) == pytest.approx(other, rel=1e-6, abs=1e-12)


def test_the_chance_holds_for_counts_beyond_any_hub() -> None:
    assert poisson_tail(10**9, 10.0**9) == pytest.approx(0.5, abs=1e-4)
    assert poisson_tail(2 * 10**9, 10.0**9) == 0
    assert poisson_tail(1, 1e9) == 1


def test_a_usual_week_is_no_sign() -> None:
    verdict = judge(10, 600, [10, 9, 11, 10, 8, 12, 10, 10], EVEN)
    assert (verdict.expected, verdict.usual, verdict.sign) == (10, 10, False)


def test_a_rare_week_is_a_sign_before_it_is_three_times_as_high() -> None:
    verdict = judge(19, 600, [10] * 8, EVEN)
    assert (verdict.rare, verdict.manifold) == (True, False)
    assert not judge(18, 600, [10] * 8, EVEN).sign


def test_three_times_the_median_is_a_sign_where_one_wild_week_lifts_the_mean() -> None:
    verdict = judge(6, 600, [2, 2, 2, 2, 2, 2, 2, 18], EVEN)
    assert (verdict.rare, verdict.manifold) == (False, True)


def test_what_was_never_asked_in_eight_weeks_is_a_sign_from_five_on() -> None:
    assert judge(5, 600, [0] * 8, EVEN).rare
    assert not judge(4, 600, [0] * 8, EVEN).sign


def test_a_week_half_as_long_is_expected_to_have_half_as_many() -> None:
    assert judge(5, 300, [10] * 8, EVEN).expected == 5
    assert judge(12, 300, [10] * 8, EVEN).sign
    assert not judge(12, 600, [10] * 8, EVEN).sign


def test_short_weeks_of_the_baseline_weigh_by_their_hours() -> None:
    lengths = [600] * 7 + [60]
    assert judge(1, 600, [10] * 7 + [1], lengths).expected == 10
    assert judge(1, 600, [10] * 7 + [1], lengths).usual == Fraction(10)


@pytest.mark.parametrize(
    ("minutes", "lengths"), [(0, EVEN), (600, [*EVEN[:7], 0]), (600, EVEN[:7])]
)
def test_without_hours_or_eight_weeks_there_is_nothing_to_judge(
    minutes: int, lengths: list[int]
) -> None:
    with pytest.raises(ValueError, match="eight open weeks"):
        judge(9, minutes, [1] * len(lengths), lengths)
