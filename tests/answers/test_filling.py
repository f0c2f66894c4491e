"""An answer is filled with the facts of a day and what was typed; what must not print is told."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.answers.filling import fill_text
from hub.answers.library import AnswerView, TextView
from hub.answers.placeholders import ISOLATE, POP, WRITING_LINE
from hub.answers.publishing import (
    EXPIRED,
    UNCHECKED,
    StopFact,
    facts_of,
    require_printable,
    stopped_by,
)
from hub.facts.models import FactValue
from hub.facts.register import Register
from hub.refusal import Refusal

DAY = date(2026, 11, 23)
LINE = f"{ISOLATE}{WRITING_LINE}{POP}"
NBSP = "\u00a0"
BODY = {
    "title": "Warmte",
    "gist": "Hoogstens {F-HEAT.gj}.",
    "steps": ["Betaal {amount} aan {supplier}.", "Bel {F-TEL.geldfit} voor {until}."],
    "bring": ["De brief van {supplier}"],
    "come_back": "",
    "referral": "",
    "first": {"who": "U", "what": "Bel {supplier}", "before": "Voor {until}", "where": "Thuis"},
    "amounts": [{"label": "Prijs per GJ", "value": "{F-HEAT.gj}"}],
}
BLANKS = {"amount": {"type": "euro"}, "supplier": {"type": "text"}, "until": {"type": "date"}}


def _fact(part: str = "gj", **given: Any) -> FactValue:
    fields = {
        "code": "F-HEAT", "part": part, "value": "40.97", "unit": "euro_per_gj", "vat": "incl",
        "valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31), "mark": "source",
        "at_expiry": "stop", "recorded_at": datetime(2026, 1, 1, tzinfo=UTC), "source": "",
        "checked_by": "Edith",
    } | given  # fmt: skip
    return FactValue(**fields)


def _register(**heat: Any) -> Register:
    telephone = _fact(
        "geldfit", code="F-TEL", value="0800-8115", unit="phone", valid_from=None,
        valid_until=None, at_expiry="warn",
    )  # fmt: skip
    return Register([_fact(**heat), telephone], {})


def _text(language: str = "nl", **body: Any) -> TextView:
    return TextView(1, "heat-tariff", language, 1, None, "checked", {**BODY, **body}, None)


def _answer(text: TextView) -> AnswerView:
    return AnswerView(
        slug="heat-tariff",
        number="T08",
        audience="all",
        same_day=False,
        pictogram="euro",
        topics=("WNT-03",),
        blanks=BLANKS,
        texts={"nl": text},
    )


def _filled(text: TextView, register: Register, **typed: str) -> dict[str, Any]:
    return fill_text(_answer(text), text, register, DAY, typed).body


def test_a_fact_stands_in_its_place_as_on_a_dutch_bill() -> None:
    assert f"€{NBSP}40,97 / GJ" in _filled(_text(), _register())["gist"]


def test_an_empty_blank_is_a_line_to_write_on() -> None:
    body = _filled(_text(), _register(), supplier="  ")
    assert body["steps"][0] == f"Betaal {LINE} aan {LINE}."


def test_a_typed_blank_stands_wherever_the_text_asks_for_it() -> None:
    body = _filled(_text(), _register(), supplier="Zon", until="3-12-2026")
    assert [body["steps"][0].count("Zon"), body["bring"][0].count("Zon")] == [1, 1]
    assert "Zon" in body["first"]["what"]
    assert "3 december 2026" in body["first"]["before"]


def test_a_day_is_written_in_the_language_of_the_text() -> None:
    assert "3 Aralık 2026" in _filled(_text("tr"), _register(), until="2026-12-03")["steps"][1]


def test_an_amount_is_written_as_on_the_bill_in_every_language() -> None:
    for language in ("nl", "en", "ar", "ti"):
        body = _filled(_text(language), _register(), amount="1.882,04")
        assert f"€{NBSP}1.882,04" in body["steps"][0]


def test_a_blank_that_cannot_be_read_names_its_field() -> None:
    with pytest.raises(Refusal) as caught:
        _filled(_text(), _register(), amount="veel")
    assert caught.value.field == "blank-amount"


def test_a_blank_that_the_text_does_not_ask_for_is_left_out() -> None:
    assert "stil" not in str(_filled(_text(), _register(), unasked="stil"))


def test_what_is_typed_is_never_taken_for_a_placeholder() -> None:
    with pytest.raises(Refusal):
        _filled(_text(), _register(), supplier="{F-HEAT.gj}")


@given(st.text("abc é٣ህ{}<>\u202e\n", max_size=12))
def test_whatever_is_typed_is_either_refused_or_stands_there_whole(typed: str) -> None:
    if set(typed) & set("{}<>\u202e"):
        with pytest.raises(Refusal, match="cannot be printed"):
            _filled(_text(), _register(), supplier=typed)
        return
    body = _filled(_text(), _register(), supplier=typed)
    wanted = " ".join(typed.split())
    inserted = f"{ISOLATE}{wanted}{POP}" if wanted else LINE
    assert body["bring"] == [f"De brief van {inserted}"]


def test_the_facts_of_a_text_are_told_with_their_state_on_the_day() -> None:
    states = {(f.code, f.part): f.state for f in facts_of(_text(), _register(), DAY)}
    assert states == {("F-HEAT", "gj"): "valid", ("F-TEL", "geldfit"): "valid"}


def test_a_stop_fact_keeps_its_text_from_being_printed_after_its_last_day() -> None:
    register = _register()
    require_printable(_text(), register, date(2026, 12, 31))
    with pytest.raises(StopFact, match="cannot be printed") as caught:
        require_printable(_text(), register, date(2027, 1, 1))
    assert "F-HEAT.gj" in caught.value.text("en")


def test_a_fact_that_the_register_does_not_know_stops_the_text() -> None:
    text = _text(gist="Hoogstens {F-NEW.value}.")
    assert [fact.code for fact in stopped_by(text, _register(), DAY)] == ["F-NEW"]


def test_a_stop_fact_that_expired_is_never_written() -> None:
    body = _filled(_text(), _register(valid_until=date(2026, 11, 22)))
    assert "40,97" not in str(body)
    assert body["gist"] == f"Hoogstens {LINE}."


def test_a_warn_fact_that_expired_is_written_with_a_mark() -> None:
    register = _register(valid_until=date(2026, 11, 22), at_expiry="warn")
    text = _text()
    require_printable(text, register, DAY)
    filled = fill_text(_answer(text), text, register, DAY, {})
    assert "40,97" in filled.body["gist"]
    assert EXPIRED in filled.marks


def test_a_fact_that_nobody_checked_is_written_with_a_mark() -> None:
    text = _text()
    unchecked = fill_text(_answer(text), text, _register(checked_by=None), DAY, {})
    checked = fill_text(_answer(text), text, _register(), DAY, {})
    assert (unchecked.marks, checked.marks) == ((UNCHECKED,), ())


def test_a_text_without_an_amounts_table_or_a_first_step_is_filled_too() -> None:
    body = _filled(TextView(1, "x", "nl", 1, None, "draft", {"title": "Kort"}, None), _register())
    assert (body["title"], body["steps"], body["first"], body["amounts"]) == ("Kort", [], None, [])


def test_filling_leaves_the_text_itself_as_it_was() -> None:
    text = _text()
    _filled(text, _register(), supplier="Zon")
    assert text.body == BODY
