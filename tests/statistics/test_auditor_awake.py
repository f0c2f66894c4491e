"""Each step of the auditor is needed: with it off, the leak that it is there for goes unseen."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import test_auditor_planted_leaks as leaks

ROOM = "hub.statistics.auditor"
SUBTRACTION = ("audit", "_subtracted")
CONTRADICTIONS = ("audit", "_contradictions")
COMPARISON = ("audit", "_plain_findings")
SHAPE = ("audit", "crossings")
SUMS = ("knowledge", "_add_sums")
TIME = ("knowledge", "_add_time")
VISITS = ("knowledge", "_add_visit_rows")
PROGRAMS = ("reduction", "_groups")
DIGESTS = ("folders", "_digests")


@pytest.mark.parametrize(
    ("step", "leak"),
    [
        (SUBTRACTION, leaks.test_one_secondary_cell_published_gives_its_neighbour_away),
        (CONTRADICTIONS, leaks.test_a_total_corrected_by_one_contradicts_its_parts),
        (VISITS, leaks.test_more_questions_than_the_visits_can_hold_are_caught),
        (SUMS, leaks.test_a_project_area_that_is_a_district_less_one_neighbourhood_is_caught),
        (TIME, leaks.test_month_sums_against_a_quarter_are_caught),
        (COMPARISON, leaks.test_a_late_visit_counted_in_a_published_month_is_caught),
        (COMPARISON, leaks.test_a_cell_hidden_first_and_shown_later_is_caught),
        (SHAPE, leaks.test_two_crossed_dimensions_are_caught),
        (SHAPE, leaks.test_a_sub_topic_crossed_with_a_hub_is_caught),
        (COMPARISON, partial(leaks.test_a_published_count_below_five_is_caught, count=4)),
        (COMPARISON, leaks.test_a_published_number_of_visits_below_twenty_is_caught),
        (VISITS, leaks.test_questions_that_bound_the_visits_below_twenty_are_caught),
        (TIME, leaks.test_a_skipped_quarter_does_not_blind_the_auditor),
        (DIGESTS, leaks.test_a_wrong_digest_is_a_finding_and_does_not_stop_the_audit),
        (COMPARISON, leaks.test_a_published_figure_that_is_not_the_count_is_caught_inside_the_gate),
        (PROGRAMS, leaks.test_a_small_cell_that_cannot_be_zero_is_caught_inside_the_gate),
    ],
)
def test_without_its_step_a_planted_leak_goes_unseen(
    step: tuple[str, str],
    leak: Callable[[Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leak(tmp_path / "on")
    monkeypatch.setattr(sys.modules[f"{ROOM}.{step[0]}"], step[1], _off)
    with pytest.raises(AssertionError):
        leak(tmp_path / "off")


def _off(*_: Any, **__: Any) -> tuple[()]:
    """A step that is off finds nothing."""
    return ()
