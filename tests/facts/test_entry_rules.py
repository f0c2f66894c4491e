"""What is entered is refused at its field, with what to do instead."""

from datetime import date

import pytest

from hub.facts.entry import CONTENT, EntryRefused, read_entry
from tests.facts.entries import TARIFF, entry


def faults(**given: str) -> dict[str, str]:
    """Give the faults of the tariff with other fields laid over it, by field, in English."""
    try:
        read_entry({**TARIFF, **given})
    except EntryRefused as refused:
        return {fault.field or "": fault.text("en") for fault in refused.faults}
    return {}


def test_a_good_value_is_kept_in_its_plain_form() -> None:
    assert entry(value="1.234,5").value == "1234.5"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("code", "", "is not the code of a fact"),
        ("code", "f-heat", "as in F-HEAT"),
        ("code", "F-HEAT GJ", "is not the code of a fact"),
        ("code", "F-" + "A" * 19, "at most 20 signs"),
        ("part", "", "is not the name of a part"),
        ("part", "GJ", "small letters"),
        ("value", "", "has to be filled in"),
        ("value", "1.882", "1882 or as 1,8820"),
        ("value", "veel", "is not a number"),
        ("value", "1e5", "is not a number"),
        ("value", "1234567890", "larger than the register takes"),
        ("value", "1,1234567", "at most 6 decimals"),
        ("unit", "", "A value needs its unit"),
        ("unit", "guilder", "Use one of: euro"),
        ("vat", "half", "Use one of: none, incl, excl"),
        ("valid_from", "2026-02-30", "is not a day"),
        ("valid_from", "30-02-2026", "is not a day"),
        ("valid_from", "20260101", "is not a day"),
        ("valid_from", "0206-01-01", "The year 206 cannot be meant"),
        ("valid_until", "2025-12-31", "is before the first"),
        ("review_by", "soon", "is not a day"),
        ("source", "", "Name the source"),
        ("source", "x" * 501, "at most 500 characters"),
        ("mark", "certain", "Use one of: source"),
        ("at_expiry", "explode", "Use one of: stop, warn"),
    ],
)
def test_a_fault_is_said_at_its_field(field: str, typed: str, said: str) -> None:
    found = faults(**{field: typed})
    assert list(found) == [field]
    assert said in found[field]


@pytest.mark.parametrize("field", ["source", "value"])
@pytest.mark.parametrize(
    "typed",
    [
        "pay \u202e52 €", "pay \u2066here\u2069", "left\u200fright", "zero\u200bwidth", "a\x07b",
        "private \ue000", "<script>alert(1)</script>", "<b>bold", "< img src=x>", "{F-HEAT.gj}",
        "x\ufeffy",
    ],
)  # fmt: skip
def test_signs_that_hide_and_markup_are_refused(field: str, typed: str) -> None:
    assert list(faults(**{"unit": "text", "value": "a rule", field: typed})) == [field]


@pytest.mark.parametrize("typed", ["< 24 uur", "می‌خواهم", "15 °C", "€ 5 & meer", "2026/27"])
def test_ordinary_texts_pass(typed: str) -> None:
    assert entry(unit="text", value=typed).value == typed


@pytest.mark.parametrize(
    ("unit", "typed", "said"),
    [
        ("weeks", "6,5", "takes a whole number"),
        ("days", "-1", "less than nothing"),
        ("percent", "12,345", "12345 or as 12,3450"),
        ("percent", "12,3456", "at most 2 decimals"),
        ("date", "31-06-2027", "is not a day"),
        ("phone", "call us", "is not a telephone number"),
        ("url", "www.acm.nl", "is not a web address"),
        ("url", "javascript:alert(1)", "is not a web address"),
        ("url", "https://a@b.nl", "is not a web address"),
        ("choice", "maybe", "Use one of: open, not_open, closed, unknown"),
    ],
)
def test_a_value_that_is_not_of_its_unit_is_refused(unit: str, typed: str, said: str) -> None:
    found = faults(unit=unit, value=typed, valid_until="2026-01-08")
    assert list(found) == ["value"]
    assert said in found["value"]


@pytest.mark.parametrize(
    ("unit", "typed", "kept"),
    [
        ("euro", "742,04", "742.04"),
        ("euro", "€ 1.882,04", "1882.04"),
        ("euro", "5,50", "5.50"),
        ("euro", "-3", "-3"),
        ("euro_per_m3", "0,728", "0.728"),
        ("percent", "21", "21"),
        ("date", "15-03-2027", "2027-03-15"),
        ("phone", "020  255 2916", "020 255 2916"),
        ("phone", "112", "112"),
        ("url", "https://www.ep-online.nl", "https://www.ep-online.nl"),
        ("count", "٤٠٠٠", "4000"),
    ],
)
def test_a_value_is_understood_as_its_unit_is_typed(unit: str, typed: str, kept: str) -> None:
    assert entry(unit=unit, value=typed).value == kept


def test_every_fault_of_a_value_is_said_at_once() -> None:
    found = faults(code="x", value="", unit="", valid_from="never", mark="?", at_expiry="?")
    assert set(found) == {"code", "unit", "valid_from", "mark", "at_expiry"}


def test_what_is_left_empty_stands_for_the_careful_choice() -> None:
    bare = read_entry({"code": "F-NEW", "part": "gj", "value": "1", "unit": "euro"})
    assert [getattr(bare, name) for name in CONTENT] == [
        "1", "euro", "none", None, None, "", "uncertain", None, "stop",
    ]  # fmt: skip


def test_a_state_ends_after_seven_days_where_no_last_day_is_given() -> None:
    state = entry(unit="choice", value="open", valid_from="2026-12-01", valid_until="")
    assert state.valid_until == date(2026, 12, 8)


def test_a_state_without_the_day_on_which_it_was_looked_up_is_refused() -> None:
    found = faults(unit="choice", value="open", valid_from="", valid_until="")
    assert "looked up" in found["valid_from"]


def test_a_state_that_would_count_for_longer_is_refused_with_the_last_day_it_may_have() -> None:
    with pytest.raises(EntryRefused) as refused:
        entry(unit="choice", value="open", valid_from="2026-12-01", valid_until="2026-12-09")
    (fault,) = refused.value.faults
    assert fault.field == "valid_until"
    assert "8 dec 2026" in fault.text("nl")


def test_days_in_a_refusal_are_written_for_the_reader() -> None:
    with pytest.raises(EntryRefused) as refused:
        entry(valid_until="2025-12-31")
    assert "1 jan 2026" in refused.value.faults[0].text("nl")
