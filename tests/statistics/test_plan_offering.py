"""Which tables a period has, at which level."""

import pytest

from hub.statistics.plan import Codes, PlanError, offered_tables, period_kind, plan_facts

CODES = Codes(
    topics={"REK": ["REK-01", "REK-02", "REK-03"], "ACH": ["ACH-01", "ACH-02"]},
    hubs=["west", "oost"],
    districts={"W1": ["B1", "B2"], "W2": ["B3"]},
    projects={"P": ["B1", "B3"]},
    languages=["nl", "en", "ar", "other"],
    tenures=["social_rent", "owner"],
    heatings=["block"],
    outcomes=["answered", "referred", "not_answered"],
    reasons=["language"],
    channels=["counter", "phone"],
    triggers=["letter"],
)


def levels(period: str, last_year: int | None, own: int = 0) -> dict[str, str]:
    offered = offered_tables(period, CODES, last_year=last_year, own=own)
    return {o.table.name: o.level for o in offered}


def test_a_month_has_main_topics_of_the_municipality_whatever_is_expected() -> None:
    assert levels("2026-03", 0) == {"topic": "main"}


def test_a_quarter_has_main_topics_by_language_and_district_whatever_is_expected() -> None:
    assert levels("2026-Q1", 0) == {
        "topic": "main",
        "topic-district": "main",
        "topic-language": "main",
    }


def test_topics_are_shown_in_a_month_from_five_questions_per_cell() -> None:
    """Five topics: 25 questions a month are 300 a year."""
    assert levels("2026-03", 300)["topic"] == "topic"
    assert levels("2026-03", 299)["topic"] == "main"


def test_a_table_that_is_too_fine_for_a_month_waits_for_the_quarter() -> None:
    """Two main topics x two hubs: 20 questions, 240 a year by the month, 80 by the quarter."""
    assert "topic-hub" not in levels("2026-03", 239)
    assert "topic-hub" in levels("2026-Q1", 239)
    assert "topic-hub" in levels("2026-03", 240)


def test_hubs_are_never_crossed_with_topics() -> None:
    assert levels("2026", 10**9)["topic-hub"] == "main"


def test_a_busy_year_has_every_table_of_the_plan() -> None:
    assert set(levels("2026", 10**6)) == {
        "topic",
        "topic-hub",
        "topic-district",
        "topic-language",
        "topic-tenure",
        "topic-heating",
        "topic-outcome",
        "topic-channel",
        "topic-trigger",
        "topic-neighbourhood",
        "topic-project",
    }


def test_project_areas_are_never_finer_than_neighbourhoods() -> None:
    """One project would do with 25 questions by topic; its five neighbourhoods ask 125."""
    assert "topic-project" not in levels("2026", 49)
    assert levels("2026", 60)["topic-project"] == "main"
    assert levels("2026", 125)["topic-project"] == "topic"


def test_a_first_year_goes_by_its_own_total_rounded_down_to_a_power_of_two() -> None:
    assert levels("2026-03", None, own=31) == levels("2026-03", None, own=16)
    assert levels("2026-03", None, own=32)["topic"] == "topic"


def test_the_plan_of_a_release_names_version_tables_and_levels() -> None:
    facts = plan_facts(offered_tables("2026-03", CODES, last_year=0, own=0))
    assert facts == {
        "version": "1",
        "tables": [{"name": "topic", "dimension": "", "part": "", "level": "main"}],
    }


@pytest.mark.parametrize("text", ["2026-13", "2026-Q5", "26", "2026-3", "2026-W01"])
def test_a_text_that_is_no_period_is_named(text: str) -> None:
    with pytest.raises(PlanError, match=text):
        period_kind(text)
