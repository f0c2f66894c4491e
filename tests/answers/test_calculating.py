"""Calculators fill the blanks that nobody typed, from the facts of a day, and say how."""

import csv
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.answers.asking import typed_number
from hub.answers.blanks import read_number, write_blank
from hub.answers.calculating import (
    CHOICES,
    RULES,
    Calculated,
    calculate,
    carry,
    fields,
    is_calculated,
)
from hub.answers.filling import fill_text
from hub.answers.library import AnswerView, TextView
from hub.answers.placeholders import body_blanks
from hub.answers.publishing import UNCHECKED
from hub.facts.models import FactValue
from hub.facts.register import Register
from hub.resources import content

DAY = date(2026, 11, 22)
NBSP = "\u00a0"
USE = {"gas_m3": "850", "kwh": "2100"}
PRICES = {
    "gas_price": "1,30",
    "gas_price_vat": "all_in",
    "kwh_price": "0,26",
    "kwh_price_vat": "all_in",
    "fixed_costs": "860",
}


def shipped(*left_out: str) -> Register:
    """Give the shipped facts as a register, without some codes."""
    with content("facts.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["code"] not in left_out]
    return Register([_value(number, row) for number, row in enumerate(rows, 1)], {})


def _value(number: int, row: Mapping[str, str]) -> FactValue:
    def day(name: str) -> date | None:
        return date.fromisoformat(row[name]) if row[name] else None

    return FactValue(
        id=number, code=row["code"], part=row["part"], value=row["value"], unit=row["unit"],
        vat=row["vat"], valid_from=day("valid_from"), valid_until=day("valid_until"),
        source=row["source"], mark=row["mark"], at_expiry=row["at_expiry"],
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def described(slug: str) -> dict[str, dict[str, str]]:
    """Give the shipped description of an answer."""
    found = tomllib.loads(content(f"answers/{slug}/answer.toml").read_text("utf-8"))
    return dict(found)


def view(slug: str) -> AnswerView:
    """Give a shipped answer in Dutch as the library would."""
    about = described(slug)
    body = tomllib.loads(content(f"answers/{slug}/nl.toml").read_text("utf-8"))
    text = TextView(1, slug, "nl", 1, None, "machine_draft", body, None)
    return AnswerView(slug, "T00", "all", False, "euro", (), about["blanks"], {"nl": text})


REGISTER = shipped()


def at(slug: str, day: date = DAY, register: Register = REGISTER, **typed: str) -> Calculated:
    """Calculate an answer for what was typed."""
    return calculate(slug, typed, register, day)


def said(found: Calculated, language: str = "en") -> str:
    """Give all notes as one text with plain spaces."""
    return " ".join(note.text(language) for note in found.notes).replace(NBSP, " ")


def test_too_low_an_instalment_gets_its_gap_and_a_range() -> None:
    found = at("instalment", instalment="95", **USE, **PRICES)
    assert found.blanks == {"gap": "-742", "advice_low": "149", "advice_high": "165"}
    assert "too low: expect to pay about € 742,04" in said(found)
    assert "A year costs about € 1.882,04" in said(found)
    assert "€ 156,84 a month" in said(found)


def test_prices_that_nobody_typed_come_from_the_register_and_widen_the_range() -> None:
    found = at("instalment", instalment="95", fixed_costs="860", **USE)
    assert found.blanks == {"gap": "-742", "advice_low": "145", "advice_high": "169"}
    steps = ("low", "middle", "high")
    assert {f"{fact.code}.{fact.part}" for fact in found.facts} == {
        *(f"F-PRC.{unit}_{step}" for unit in ("gas", "kwh") for step in steps),
        "F-TAX-C.value",
    }


def test_somebody_alone_who_pays_210_pays_too_much() -> None:
    typed = {"instalment": "210", "gas_m3": "600", "kwh": "1500", "fixed_costs": "860"}
    found = at("instalment", **typed)
    assert "too high" in said(found)
    assert "€ 116,75 a month" in said(found)


def test_a_typed_price_waits_until_somebody_has_said_what_it_includes() -> None:
    found = at("instalment", fixed_costs="860", gas_price="0,58", **USE)
    assert found.blanks == {}
    assert found.wanting == ("instalment", "gas_price_vat")


@pytest.mark.parametrize(
    ("price", "kind", "gas"),
    [("1,30", "all_in", "1.105,00"), ("0,50", "incl", "1.042,78"), ("0,50", "excl", "1.132,03")],
)
def test_a_price_is_completed_with_tax_and_vat(price: str, kind: str, gas: str) -> None:
    typed = PRICES | {"gas_price": price, "gas_price_vat": kind}
    assert f"gas € {gas}" in said(at("instalment", **USE, **typed))


def test_an_unknown_choice_is_a_fault_of_its_field() -> None:
    typed = PRICES | {"gas_price_vat": "maybe"}
    found = at("instalment", **USE, **typed)
    assert set(found.faults) == {"gas_price_vat"}
    assert "all_in, incl, excl" in found.faults["gas_price_vat"].text("en")


def test_the_rest_of_a_year_is_counted_when_paid_and_months_left_are_typed() -> None:
    found = at("instalment", instalment="95", paid="855", months_left="3", **USE, **PRICES)
    assert found.blanks == {"gap": "-742", "advice_low": "325", "advice_high": "359"}
    assert "With € 342,35 a month for the last 3 months" in said(found)


@pytest.mark.parametrize("months", ["0", "13", "2,5"])
def test_months_left_are_whole_months_of_a_year(months: str) -> None:
    found = at("instalment", instalment="95", paid="855", months_left=months, **USE, **PRICES)
    assert set(found.faults) == {"months_left"}
    assert found.blanks == {}


def test_heat_alone_has_no_tax_credit() -> None:
    found = at("instalment", instalment="100", gj="10", price_gj="40", fixed_costs="800")
    assert "tax credit € 0,00" in said(found)
    assert found.blanks["gap"] == "0"


def test_the_tax_credit_comes_with_electricity_and_not_with_gas() -> None:
    gas = {name: value for name, value in PRICES.items() if not name.startswith("kwh")}
    power = {name: value for name, value in PRICES.items() if not name.startswith("gas")}
    assert "tax credit € 0,00" in said(at("instalment", gas_m3="850", **gas))
    assert "tax credit € 628,96" in said(at("instalment", kwh="2100", **power))


def test_the_months_to_come_begin_after_the_month_of_the_day() -> None:
    typed = {"paid": "855", "months_left": "1", "gas_m3": "1200", "gas_price": "1"}
    gas = typed | {"gas_price_vat": "all_in", "fixed_costs": "0"}
    assert "€ 206,00 of the year's cost is still to come" in said(at("instalment", **gas))
    june = at("instalment", date(2026, 6, 30), **gas)
    assert "€ 17,00 of the year's cost" in said(june)
    december = at("instalment", date(2026, 12, 31), **gas)
    assert "€ 221,00 of the year's cost" in said(december)


def test_fixed_costs_without_a_fact_are_named_and_can_be_typed() -> None:
    found = at("instalment", register=shipped("F-FIX"), instalment="95", **USE)
    assert found.blanks == {}
    assert "F-FIX.gas has no value for 22 November 2026" in said(found)
    assert "fixed_costs" in found.wanting


def test_a_statement_gets_its_difference_and_what_it_is_beside_its_use() -> None:
    typed = {"gas_m3": "1300", "kwh": "3200", "fixed_costs": "860", "cost": "2750", "paid": "2110"}
    found = at("annual-statement", **typed)
    assert found.blanks == {"difference": "640"}
    assert "€ 2.527 to € 2.979 a year; € 2.750 fits" in said(found)


def test_a_statement_far_from_its_use_is_named() -> None:
    found = at("annual-statement", cost="4000", fixed_costs="860", **USE)
    assert "does not fit" in said(found)


def test_a_statement_of_half_a_year_is_not_set_beside_a_year() -> None:
    typed = {"period_from": "01-01-2026", "period_to": "30-06-2026", "cost": "900"}
    found = at("annual-statement", fixed_costs="860", **typed, **USE)
    assert "fit" not in said(found)
    assert "within 6 weeks: by 11 August 2026" in said(found)


def test_ten_gigajoules_are_dearer_than_a_year_before() -> None:
    found = at("heat-tariff", gj="10")
    assert found.blanks == {"max_total": "1237,62", "delta_vs_last_year": "38,95"}
    assert "The most for 2026: 10 GJ × € 40,97 / GJ + € 827,92 fixed = € 1.237,62" in said(found)
    assert "The most for 2025 was € 1.198,67: now € 38,95 more" in said(found)


def test_a_large_user_pays_less_than_a_year_before() -> None:
    found = at("heat-tariff", gj="30")
    assert found.blanks["delta_vs_last_year"] == "-17,45"
    assert "€ 17,45 less" in said(found)


def test_after_new_year_the_tariff_is_not_calculated_and_the_fact_is_named() -> None:
    found = at("heat-tariff", date(2027, 1, 1), gj="10")
    assert found.blanks == {}
    assert "F-HEAT.gj has no value for 1 January 2027" in said(found)
    assert found.facts == ()


def test_a_year_without_the_one_before_has_no_comparison_but_a_maximum() -> None:
    found = at("heat-tariff", date(2024, 6, 1), gj="10")
    assert found.blanks == {"max_total": "1226,78"}
    assert "1 July 2023" in said(found)


def test_each_line_of_the_letter_is_set_beside_its_maximum() -> None:
    found = at("heat-tariff", gj="10", price_gj="42", fixed="800")
    assert "€ 42 per GJ is above the maximum of € 40,97" in said(found)
    assert "€ 800 of fixed costs is not above" in said(found)
    assert "asks € 1.220,00 a year for this use; the most is € 1.237,62" in said(found)


def test_twenty_hours_without_heat_give_95_euro_or_perhaps_nothing() -> None:
    found = at("heat-outage", hours="20")
    assert found.blanks == {"compensation": "95"}
    assert "Shorter than 24 hours and the first in 12 months: perhaps nothing" in said(found)


def test_thirty_hours_are_not_too_short() -> None:
    found = at("heat-outage", hours="30")
    assert found.blanks == {"compensation": "135"}
    assert "perhaps nothing" not in said(found)


def test_six_gigajoules_above_the_meter_are_246_euro() -> None:
    found = at("wrong-allocation", gj_meter="14,5", gj_billed="20,5")
    assert found.blanks == {"diff_gj": "6", "diff_eur": "246"}


def test_a_typed_difference_is_what_the_amount_is_counted_with() -> None:
    found = at("wrong-allocation", gj_meter="14", gj_billed="20", diff_gj="5")
    assert found.blanks == {"diff_eur": "205"}


def test_a_field_with_only_spaces_does_not_hide_what_was_calculated() -> None:
    found = at("wrong-allocation", gj_meter="14", gj_billed="20", diff_gj=" ")
    assert found.blanks == {"diff_gj": "6", "diff_eur": "246"}


def test_a_reminder_has_14_days_and_supply_42() -> None:
    found = at("cannot-pay", letter_date="15-11-2026")
    assert found.blanks == {"react_before": "29-11-2026"}
    assert "supply can end on 27 December 2026 at the earliest" in said(found)


def test_a_day_that_has_passed_is_said() -> None:
    found = at("cannot-pay", letter_date="01-11-2026")
    assert found.blanks == {"react_before": "15-11-2026"}
    assert "15 November 2026 has passed" in said(found)


def test_a_last_day_that_is_today_has_not_passed() -> None:
    assert "has passed" not in said(at("cannot-pay", letter_date="08-11-2026"))
    assert "has passed" in said(at("cannot-pay", letter_date="07-11-2026"))


def test_the_days_of_heating_costs() -> None:
    found = at("block-heating-costs", date(2026, 7, 6), year="2024", ask_date="06-07-2026")
    assert found.blanks == {"ask_plus_3w": "27-07-2026", "hc_deadline": "30-06-2027"}


def test_a_year_that_is_no_year_is_asked_for_again() -> None:
    found = at("block-heating-costs", year="2024/25")
    assert found.blanks == {}
    assert "year" in found.wanting


def test_a_defect_waits_six_weeks_to_a_working_day() -> None:
    found = at("damp-and-mould", report_date="14-11-2026")
    assert found.blanks == {"report_plus_6w": "28-12-2026"}
    assert "That is no working day, so 28 December 2026 counts" in said(found)


def test_a_sale_at_the_door_can_be_undone_for_14_days() -> None:
    found = at("doorstep-sale", date(2026, 9, 20), sale_date="17-09-2026")
    assert found.blanks == {"withdraw_until": "01-10-2026"}


@pytest.mark.parametrize(
    ("slug", "blank", "typed"),
    [
        ("heat-tariff", "gj", "veel"),
        ("heat-tariff", "gj", "-5"),
        ("heat-tariff", "gj", "9" * 40),
        ("cannot-pay", "letter_date", "31-02-2026"),
        ("cannot-pay", "letter_date", "0001-01-01"),
        ("doorstep-sale", "sale_date", "9999-12-31"),
    ],
)
def test_what_cannot_be_counted_with_is_a_fault_of_its_blank(
    slug: str, blank: str, typed: str
) -> None:
    found = at(slug, **{blank: typed})
    assert set(found.faults) == {blank}
    assert found.faults[blank].field == f"blank-{blank}"
    assert found.blanks == {}


def test_an_answer_without_a_calculator_gets_nothing() -> None:
    assert at("induction", zones="4") == Calculated({}, (), (), (), (), {})


def test_an_untouched_answer_says_only_what_it_wants() -> None:
    found = at("heat-tariff")
    assert (found.blanks, found.notes, found.wanting) == ({}, (), ("gj",))


ENOUGH = {
    "instalment": {"instalment": "95", **USE, **PRICES},
    "annual-statement": {"cost": "900", "paid": "800"},
    "heat-tariff": {"gj": "10"},
    "heat-outage": {"hours": "20"},
    "wrong-allocation": {"gj_meter": "14", "gj_billed": "20"},
    "cannot-pay": {"letter_date": "15-11-2026"},
    "block-heating-costs": {"year": "2024", "ask_date": "06-07-2026"},
    "damp-and-mould": {"report_date": "14-11-2026"},
    "doorstep-sale": {"sale_date": "17-09-2026"},
}


def filled_by(slug: str) -> Iterable[str]:
    """Give the blanks that the rules of an answer fill."""
    return [name for rule in RULES[slug] for name in rule.fills]


@pytest.mark.parametrize("slug", RULES)
def test_enough_typing_fills_every_calculated_blank_with_something_printable(slug: str) -> None:
    found = at(slug, **ENOUGH[slug])
    assert sorted(found.blanks) == sorted(filled_by(slug))
    for name, value in found.blanks.items():
        assert write_blank(described(slug)["blanks"][name], value, name, "ar")


@pytest.mark.parametrize("slug", RULES)
def test_what_was_typed_is_never_overwritten(slug: str) -> None:
    own = {"euro": "1", "number": "1", "date": "01-01-2027"}
    for name in filled_by(slug):
        mine = own[described(slug)["blanks"][name]["type"]]
        assert name not in at(slug, **ENOUGH[slug], **{name: mine}).blanks
        assert name in at(slug, **ENOUGH[slug], **{name: "  "}).blanks


@pytest.mark.parametrize("slug", RULES)
def test_a_blank_that_was_typed_brings_no_facts_to_the_sheet(slug: str) -> None:
    own = {"euro": "1", "number": "1", "date": "01-01-2027"}
    typed = {name: own[described(slug)["blanks"][name]["type"]] for name in filled_by(slug)}
    assert at(slug, **ENOUGH[slug], **typed).facts == ()


@pytest.mark.parametrize("slug", RULES)
def test_without_any_fact_nothing_is_made_up(slug: str) -> None:
    found = at(slug, register=Register([], {}), **ENOUGH[slug])
    assert set(found.blanks) <= {"difference", "diff_gj"}
    assert "F-" in said(found) or slug == "annual-statement"


def test_every_answer_that_names_a_calculator_has_rules_and_only_those() -> None:
    folders = [file.parent.name for file in content("answers").glob("*/answer.toml")]
    assert {slug for slug in folders if "calculator" in described(slug)} == set(RULES)


@pytest.mark.parametrize("slug", RULES)
def test_the_desk_shows_each_blank_once_and_the_calculated_ones_last(slug: str) -> None:
    answer = view(slug)
    shown = fields(answer)
    assert set(shown) == {*answer.blanks, *body_blanks(answer.dutch.body)}
    assert len(shown) == len(set(shown))
    last = [is_calculated(slug, name) for name in shown]
    assert last == sorted(last)


def test_an_answer_without_a_calculator_shows_the_blanks_of_its_text() -> None:
    answer = view("induction")
    assert fields(answer) == tuple(body_blanks(answer.dutch.body))


def test_every_blank_that_is_a_choice_has_words_for_its_choices() -> None:
    for slug in RULES:
        for name, kind in described(slug)["blanks"].items():
            if kind["type"] == "choice":
                assert kind["choices"].split() == list(CHOICES[name])


def test_the_sheet_carries_the_facts_behind_its_figures_and_their_mark() -> None:
    answer = view("instalment")
    found = at("instalment", instalment="95", fixed_costs="860", **USE)
    filled = fill_text(answer, answer.dutch, REGISTER, DAY, dict(found.blanks))
    assert (filled.facts, filled.marks) == ((), ())
    carried = carry(filled, found)
    assert carried.facts == found.facts
    assert carried.marks == (UNCHECKED,)
    assert carry(carried, found) == carried


def test_a_text_without_calculated_blanks_is_carried_as_it_is() -> None:
    answer = view("heat-tariff")
    filled = fill_text(answer, answer.dutch, REGISTER, DAY, {})
    assert carry(filled, at("heat-tariff")) == filled


def test_notes_are_written_in_the_language_of_the_screen() -> None:
    found = at("cannot-pay", letter_date="15-11-2026")
    assert "29 november 2026" in found.notes[0].text("nl").replace(NBSP, " ")


@given(st.decimals(-99_999, 99_999, places=3))
def test_a_calculated_number_is_read_as_it_was_meant(value: Decimal) -> None:
    typed = typed_number(value)
    assert abs(read_number(typed, "x") - value) <= Decimal("0.005")
    assert typed != "-0"


@given(st.sampled_from(sorted(RULES)), st.data())
def test_whatever_is_typed_nothing_is_raised(slug: str, data: st.DataObject) -> None:
    names = sorted(described(slug)["blanks"])
    words = st.one_of(
        st.sampled_from(["", "95", "-1", "1.882", "0,26", "excl", "2024", "15-11-2026", "12"]),
        st.text(max_size=12),
    )
    typed = data.draw(st.dictionaries(st.sampled_from(names), words, max_size=8))
    found = calculate(slug, typed, REGISTER, DAY)
    for note in found.notes:
        assert note.text("nl")
    assert not {name for name, value in typed.items() if value.strip()} & set(found.blanks)
