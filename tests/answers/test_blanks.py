"""Blanks are understood as a Dutch volunteer types them, and written for the reader."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.answers.blanks import read_text, write_blank
from hub.refusal import Refusal
from hub.typed_values import read_date, read_number


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("742,04", "742.04"),
        ("742.04", "742.04"),
        ("1.882,04", "1882.04"),
        ("€ 95", "95"),
        ("1.234.567", "1234567"),
        ("-12,5", "-12.5"),
        ("0,5", "0.5"),
        ("١٢", "12"),
    ],
)
def test_a_number_is_read_as_it_is_typed_in_the_netherlands(typed: str, value: str) -> None:
    assert read_number(typed, "instalment") == Decimal(value)


def test_a_number_with_two_readings_is_refused_and_both_are_offered() -> None:
    with pytest.raises(Refusal) as refused:
        read_number("1.882", "instalment")
    text = refused.value.text("en")
    assert "1882" in text
    assert "1,882" in text
    assert refused.value.field == "instalment"


@pytest.mark.parametrize("typed", ["", "veel", "12,3,4", "1.88.2", "1e5", "--3"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        read_number(typed, "instalment")


@given(st.decimals(min_value=0, max_value=99999, places=2))
def test_every_amount_survives_typing_with_a_comma(amount: Decimal) -> None:
    assert read_number(str(amount).replace(".", ","), "amount") == amount


def test_a_day_is_read_in_both_ways_of_writing() -> None:
    assert read_date("15-03-2027", "d") == read_date("2027-03-15", "d")


@pytest.mark.parametrize("typed", ["31-02-2027", "15-13-2027", "maart", "15-03-27"])
def test_an_impossible_day_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        read_date(typed, "d")


@pytest.mark.parametrize("typed", ["\u202eabc", "<b>x</b>", "{gas}", "a\x00b", "\ue000", "x" * 61])
def test_text_that_cannot_be_printed_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        read_text(typed, "supplier")


def test_an_amount_is_written_as_on_a_dutch_bill_in_every_language() -> None:
    for language in ("nl", "en", "ar", "ti"):
        assert write_blank({"type": "euro"}, "1.882,04", "a", language) == "€\u00a01.882,04"


def test_a_day_is_written_in_the_readers_language() -> None:
    assert write_blank({"type": "date"}, "15-03-2027", "d", "nl") == "15 maart 2027"
    assert write_blank({"type": "date"}, "15-03-2027", "d", "en") == "15 March 2027"
