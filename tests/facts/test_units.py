"""The plain form of a value reads as itself, whatever was typed."""

from datetime import date
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from hub.facts.units import UNITS, read_value
from hub.refusal import Refusal

NUMBERS = sorted(unit for unit in UNITS if unit not in {"date", "choice", "phone", "url", "text"})


@example(unit="euro", typed="0001,882")
@example(unit="gj", typed="1,8820")
@given(st.sampled_from(sorted(UNITS)), st.text(max_size=12) | st.from_regex(r"-?[\d.,]{1,9}"))
def test_what_the_register_keeps_it_reads_as_the_same_again(unit: str, typed: str) -> None:
    try:
        kept = read_value(typed, unit)
    except Refusal:
        return
    assert read_value(kept, unit) == kept


@given(st.decimals(min_value=-999_999, max_value=999_999, places=6))
def test_an_amount_keeps_every_decimal(amount: Decimal) -> None:
    typed = format(amount, "f").replace(".", ",")
    assert Decimal(read_value(typed, "euro_per_kwh")) == amount


@given(st.sampled_from(NUMBERS), st.integers(0, 999_999_999))
def test_every_whole_number_is_taken_by_every_unit_of_number(unit: str, number: int) -> None:
    assert read_value(str(number), unit) == str(number)


@given(st.dates(date(1950, 1, 1), date(2149, 12, 31)))
def test_a_day_is_the_same_in_both_ways_of_typing(day: date) -> None:
    assert read_value(day.strftime("%d-%m-%Y"), "date") == read_value(day.isoformat(), "date")
