"""A release in words: what rose, where and in which language; only shown figures stand in it."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from hub.statistics.figures.periods import good_releases
from hub.statistics.figures.wording import signed_percent
from hub.statistics.figures.words import compared_with, summary
from hub.statistics.published import Published
from tests.statistics.asked import Wave
from tests.statistics.published import releases

WAVE = Wave("2026-05", 150, "WNT-03", "EX-B-GRUNDER", "ar")
PERIODS = ("2025-Q2", "2026-Q2")


@pytest.fixture(scope="module")
def quarters() -> tuple[Published, Published]:
    """A quarter with a wave of heat bills in one area and one language, and the year before."""
    then, now = releases(PERIODS, waves=(WAVE,))
    return then, now


def told(now: Published, then: Published | None, language: str) -> dict[str, str]:
    sentences = summary(now, compared_with(now, None, then), language)
    return {sentence.about: sentence.text for sentence in sentences}


def test_it_says_what_rose_where_and_in_which_language(
    quarters: tuple[Published, Published],
) -> None:
    then, now = quarters
    said = told(now, then, "en")
    assert "Heat network" in said["up"]
    assert "K-buurt" in said["area"]
    assert "Arabic" in said["language"]
    assert said["area of topic"].startswith("Heat network")


def test_it_says_the_same_in_dutch(quarters: tuple[Published, Published]) -> None:
    then, now = quarters
    said = told(now, then, "nl")
    assert said["total"].startswith("2e kwartaal 2026: ")
    assert "Warmtenet" in said["up"]
    assert "Arabisch" in said["language"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_count_in_it_is_a_shown_one(
    quarters: tuple[Published, Published], language: str
) -> None:
    then, now = quarters
    shown = {v for r in quarters for v in r.values.values() if v is not None}
    for about, text in told(now, then, language).items():
        plain = re.sub(r"[12](st|nd|e) \w+ 2026|\d+ ?%", "", text)
        found = re.findall(r"\d[\d.,]*\d|\d", plain)
        counts = {int(count.replace(".", "").replace(",", "")) for count in found}
        assert counts <= shown, (about, text)


def test_a_hidden_total_is_called_hidden_and_compared_with_nothing(
    quarters: tuple[Published, Published],
) -> None:
    then, now = quarters
    blank = replace(now, values=dict.fromkeys(now.values))
    said = told(blank, then, "en")
    assert "not shown, to protect visitors" in said["total"]
    assert "since" not in said
    assert said["up"].startswith("Of the topics shown in both, none")
    assert not {"area", "language", "down"} & set(said)


def test_the_first_release_has_nothing_to_be_compared_with(
    quarters: tuple[Published, Published],
) -> None:
    said = told(quarters[1], None, "en")
    assert said["since"] == "There is no earlier release to compare with."


def test_fewer_open_hours_are_mentioned_so_that_a_closed_hub_does_not_look_like_success(
    quarters: tuple[Published, Published],
) -> None:
    then, now = quarters
    assert "hours" not in told(now, then, "en")
    closed = {hub: dict.fromkeys(months, Decimal(0)) for hub, months in now.open_hours.items()}
    half = {**now.open_hours, "hub-1": closed["hub-1"]}
    assert "50% fewer hours" in told(replace(now, open_hours=half), then, "en")["hours"]


def test_a_withdrawn_release_stands_for_no_period(quarters: tuple[Published, Published]) -> None:
    then, now = quarters
    assert set(good_releases([then, replace(now, withdrawn=object())])) == {"2025-Q2"}  # type: ignore[arg-type]


def test_a_year_ago_comes_before_the_period_before_because_of_the_season(
    quarters: tuple[Published, Published],
) -> None:
    then, now = quarters
    before = replace(then, period="2026-Q1")
    names = [against.name for against in compared_with(now, before, then)]
    assert names == ["the same quarter a year ago", "the quarter before"]


def test_without_a_rise_it_says_what_was_asked_most_of_what_is_shown(
    quarters: tuple[Published, Published],
) -> None:
    said = told(quarters[1], None, "en")
    assert said["most topic"].startswith("Of what is shown, most questions were about ")
    assert "Arabic" in said["most language"]
    assert "K-buurt" in said["most area"]
    blank = replace(quarters[1], values=dict.fromkeys(quarters[1].values))
    assert not [about for about in told(blank, None, "en") if about.startswith("most")]


@pytest.mark.parametrize(
    ("change", "text"),
    [("0.235", "+24%"), ("-0.235", "−24%"), ("-0.004", "0%"), ("0.004", "0%"), ("0", "0%")],
)
def test_a_change_of_less_than_half_a_percent_has_no_sign(change: str, text: str) -> None:
    assert signed_percent(Decimal(change), "en") == text
