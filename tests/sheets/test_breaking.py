"""Lines end where readers expect it, and never inside what stands on a bill."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.sheets.breaking import (
    address_lines,
    cluster_places,
    figureless,
    is_address,
    segments,
    soft_places,
    takes_hyphen,
)


def words(text: str) -> list[str]:
    """Give the stretches of a text that stay on one line."""
    return [text[part.start : part.end] for part in segments(text) if not part.is_space]


@pytest.mark.parametrize(
    "whole",
    [
        "€ 145,50",
        "€\u00a01.882,04",
        "020-5551234",
        "06 12 34 56 78",
        "+31 20 555 12 34",
        "15 maart 2027",
        "15 de marzo de 2027",
        "15-03-2027",
        "10:00–13:00",
        "12-14",
        "5 %",
        "1.200 m³",
        "3.000 kWh",
        "info@energie-hub.nl",
        "https://hub.example.nl/s/4fz-9k2",
        "www.example.nl/a-b",
        "\u2068Karspeldreef 4, 1101 CJ\u2069",
    ],
)
def test_no_line_ends_inside(whole: str) -> None:
    assert words(f"voor {whole} na") == ["voor", whole, "na"]


def test_a_value_that_is_longer_than_an_address_may_be_broken() -> None:
    assert len(words(f"\u2068{'woord ' * 12}\u2069")) > 1


def test_a_line_may_end_after_a_hyphen_between_letters_but_not_beside_a_figure() -> None:
    assert words("warmte-levering") == ["warmte-", "levering"]
    assert words("A-4") == ["A-4"]


def test_a_line_may_end_after_a_slash_between_letters() -> None:
    assert words("en/of") == ["en/", "of"]


def test_a_soft_hyphen_allows_a_break() -> None:
    assert words("termijn\u00adbedrag") == ["termijn\u00ad", "bedrag"]


def test_a_no_break_space_holds_words_together() -> None:
    assert words("14\u00a0020 bellen") == ["14\u00a0020", "bellen"]


def test_the_ethiopic_word_space_ends_a_word() -> None:
    assert words("ሰላም፡ዓለም") == ["ሰላም", "ዓለም"]


def test_chinese_breaks_between_characters_but_not_before_a_full_stop() -> None:
    assert words("费用太高。您") == ["费", "用", "太", "高。", "您"]


def test_chinese_brackets_stay_with_what_they_hold() -> None:
    assert words("能（付款）帮") == ["能", "（付", "款）", "帮"]


@given(st.text(alphabet="ab12 -/€.,:(\u00ad\u2068\u2069费。ሰ፡", max_size=40))
def test_segments_cover_the_text_without_gap_or_overlap(text: str) -> None:
    parts = segments(text)
    assert "".join(text[part.start : part.end] for part in parts) == text
    assert all(one.end == two.start for one, two in itertools.pairwise(parts))


def test_a_letter_is_never_cut_from_its_marks() -> None:
    assert cluster_places("क्षि") == []
    assert cluster_places("e\u0301a") == [2]


def test_a_web_address_is_cut_after_its_punctuation_first() -> None:
    assert soft_places("a.nl/b") == [2, 5]


@pytest.mark.parametrize(
    ("text", "place", "hyphen"),
    [("warmte", 4, True), ("тепло", 3, True), ("nl/s", 3, False), ("ሰላም", 2, False)],
)
def test_only_latin_and_cyrillic_words_are_cut_with_a_hyphen(
    text: str, place: int, hyphen: bool
) -> None:
    assert takes_hyphen(text, place) is hyphen


@pytest.mark.parametrize("text", ["https://localhost/s/4f", "www.hub.nl", "hulp@hub.nl", "hub.nl"])
def test_an_address_is_known_as_one(text: str) -> None:
    assert is_address(text)
    assert not is_address("warmteleveringsovereenkomst")


def test_a_long_address_is_broken_before_its_last_part_and_after_a_sign() -> None:
    lines = address_lines(
        "https://balie.example.org/s/4fzq9-k2m7d-v3x8w", lambda text: len(text) < 29
    )
    assert lines == ["https://balie.example.org/s/", "4fzq9-k2m7d-v3x8w"]
    lines = address_lines(
        "https://balie.example.org/s/4fzq9-k2m7d-v3x8w", lambda text: len(text) < 15
    )
    assert lines == ["https://balie.", "example.org/s/", "4fzq9-k2m7d-", "v3x8w"]


@given(st.text(alphabet="abm019-_./:", min_size=1, max_size=60), st.integers(1, 60))
def test_an_address_in_lines_is_the_address(address: str, most: int) -> None:
    lines = address_lines(address, lambda text: len(text) <= most)
    assert "".join(lines) == address
    assert all(lines)


_PIECES = (
    "\u2066 \u2068 \u2069 € 145,50 15 maart 2027 1999 0800-9009 info@hub9.nl www.hub3.nl "
    "/ - . @ kWh 5 % a b 灯 ، ا"
)
_MIXED = st.lists(st.sampled_from([*_PIECES.split(), " ", "\u00a0"]), max_size=24).map("".join)


@given(_MIXED)
def test_the_figures_of_values_change_no_break(text: str) -> None:
    assert segments(figureless(text)) == segments(text)


@given(_MIXED)
def test_only_the_figures_of_values_are_made_alike(text: str) -> None:
    alike = figureless(text)
    assert len(alike) == len(text)
    assert all(one == other or one.isdigit() for one, other in zip(text, alike, strict=True))
