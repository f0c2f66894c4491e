"""Every rule a text must meet, refused at its place with the remedy."""

from collections.abc import Collection
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.answers.placeholders import strings_of
from hub.answers.text_rules import (
    GoodText,
    Known,
    TextRefused,
    faults_beside,
    judge,
    numbers_in,
)
from tests.answers.texts import DUTCH, ENGLISH, KNOWN, with_string


def refused(body: dict[str, Any], language: str = "nl", **given: Any) -> dict[str, str]:
    """Give the faults of a body by place, in English."""
    try:
        judge(body, language, given.pop("known", KNOWN), **given)
    except TextRefused as error:
        return {fault.field or "": fault.text("en") for fault in error.faults}
    return {}


def test_a_good_text_passes() -> None:
    assert judge(DUTCH, "nl", KNOWN) == GoodText("nl", DUTCH, None)


def test_a_good_translation_passes_and_names_the_dutch_it_follows() -> None:
    assert judge(ENGLISH, "en", KNOWN, (4, DUTCH)).source_version == 4


@pytest.mark.parametrize(
    ("place", "text", "said"),
    [
        ("title", "", "it has to be filled in"),
        ("gist", "", "it has to be filled in"),
        ("steps.2", "", "it has to be filled in"),
        ("steps.1", "Bel {supplier", "A curly bracket stands alone"),
        ("steps.1", "Bel supplier}", "A curly bracket stands alone"),
        ("steps.1", "Bel {{supplier}}", "A curly bracket stands alone"),
        ("steps.1", "Bel {Supplier}", "{Supplier} is neither a blank nor a fact"),
        ("steps.1", "Bel {}", "{} is neither a blank nor a fact"),
        ("steps.1", "Betaal {F-DIS-3}", "{F-DIS-3} is neither a blank nor a fact"),
        ("steps.1", "Bel {helper}", "no blank {helper}. It has: instalment, supplier"),
        ("steps.1", "Betaal {F-NO.days}", "The register has no fact {F-NO.days}"),
        ("bring.1", "De \u202ebrief", "a sign that nobody can see (U+202E)"),
        ("bring.1", "De \u2066brief", "a sign that nobody can see (U+2066)"),
        ("bring.1", "De\u200bbrief", "a sign that nobody can see (U+200B)"),
        ("bring.1", "De\x07brief", "a sign that nobody can see (U+0007)"),
        ("bring.1", "De\x1fbrief", "a sign that nobody can see (U+001F)"),
        ("bring.1", "De \ue000", "a sign that nobody can see (U+E000)"),
        ("title", "<script>alert()</script>", "This holds markup"),
        ("title", "Lees < b>dit", "This holds markup"),
        ("title", "Gas &amp; stroom", "This holds markup"),
        ("come_back", "a" * 401, "longer than 400 characters"),
        ("first.where", "", "The box has four parts"),
        ("amounts.1.value", "", "it has to be filled in"),
        ("do_not_say.1", "Zeg {x", "A curly bracket stands alone"),
    ],
)
def test_a_fault_is_refused_at_its_place(place: str, text: str, said: str) -> None:
    found = refused(with_string(DUTCH, place, text))
    assert list(found) == [place]
    assert said in found[place]


@pytest.mark.parametrize("text", ["5 < 6 GJ", "Warm & droog", "70 % stemt vóór", "\u00a0€ 5"])
def test_plain_signs_are_no_markup(text: str) -> None:
    assert refused(with_string(DUTCH, "title", text)) == {}


def test_joiners_of_persian_are_letters_own() -> None:
    body = {"title": "می\u200cخواهید", "gist": "خانه گرم", "steps": ["زنگ بزنید"]}
    assert refused(body, "fa") == {}


def test_more_than_five_steps_are_refused_at_the_sixth() -> None:
    found = refused({**DUTCH, "steps": ["Bel."] * 6})
    assert list(found) == ["steps.6"]


def test_an_answer_without_a_step_is_refused() -> None:
    assert "steps.1" in refused({**DUTCH, "steps": []})


def test_every_fault_is_told_at_once() -> None:
    body = with_string(with_string(DUTCH, "title", ""), "steps.1", "{x}")
    assert set(refused(body)) == {"title", "steps.1"}


def test_a_character_that_no_typeface_draws_is_named_with_its_code() -> None:
    def missing(text: str, _language: str) -> Collection[str]:
        return {sign for sign in text if sign == "☃"}

    known = Known(KNOWN.blanks, KNOWN.fact, missing)
    found = refused(with_string(DUTCH, "steps.1", "Zoek ☃"), known=known)
    assert "“☃” (U+2603)" in found["steps.1"]


def test_a_text_in_the_script_of_another_language_is_refused() -> None:
    found = refused(ENGLISH, "ar", source=(1, DUTCH))
    assert "not in the script" in found["title"]
    assert refused(ENGLISH, "en", source=(1, DUTCH)) == {}


@pytest.mark.parametrize(
    ("place", "text", "said"),
    [
        ("steps.2", "Call {supplier}.", "there {F-DIS-3.days} {supplier}"),
        ("steps.1", "Find the letter of {supplier}.", "here {supplier}, there –"),
        ("steps.3", "Note 4 things.", "here 4, there 3"),
        ("steps.3", "Note three things.", "here –, there 3"),
        ("steps.1", "Find 1 letter.", "here 1, there –"),
        ("steps.2", "", "The Dutch has text here"),
        ("come_back", "", "The Dutch has text here"),
        ("first.who", "", "The Dutch has text here"),
        ("steps.4", "One more.", "The Dutch has nothing here"),
        ("bring.2", "Your pass", "The Dutch has nothing here"),
        ("amounts.1.label", "", "The Dutch has text here"),
    ],
)
def test_a_translation_that_departs_from_the_dutch_is_refused_at_its_place(
    place: str, text: str, said: str
) -> None:
    body = with_string(ENGLISH, place, text)
    found = {f.field: f.text("en") for f in faults_beside(body, DUTCH, "en")}
    assert list(found) == [place]
    assert said in found[place]


def test_only_english_gives_the_volunteer_what_not_to_say() -> None:
    without = {name: part for name, part in ENGLISH.items() if name != "do_not_say"}
    assert list(faults_beside(without, DUTCH, "fr")) == []
    assert [fault.field for fault in faults_beside(without, DUTCH, "en")] == ["do_not_say.1"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("bel 112, of 0900 1234", ["0900", "112", "1234"]),
        ("€ 1.250,50 en 1,250.50", ["125050", "125050"]),
        ("{F-DIS-3.days} of {x}", []),
        ("خلال ٣ أيام", ["3"]),
        ("३ दिन", ["3"]),
    ],
)
def test_numbers_are_seen_in_any_digits(text: str, numbers: list[str]) -> None:
    assert numbers_in(text) == numbers


_PLACES = sorted(place for place, text in strings_of(DUTCH) if not place.startswith("do_not_say"))


@given(st.sampled_from(_PLACES), st.text(st.characters(codec="utf-8"), max_size=40))
def test_whatever_is_typed_either_passes_every_rule_or_is_refused_by_name(
    place: str, text: str
) -> None:
    body = with_string(ENGLISH, place, text)
    found = refused(body, "en", source=(1, DUTCH))
    said = dict(strings_of(body))
    if said[place] == dict(strings_of(ENGLISH))[place]:
        assert found == {}
    for named in found.values():
        assert "%(" not in named
    if not found:
        assert _braced(said[place]) == _braced(dict(strings_of(DUTCH))[place])


def _braced(text: str) -> set[str]:
    return set(text.replace("}", "{").split("{")[1::2])


@given(st.permutations(["{supplier}", "{F-DIS-3.days}", "call", "within"]))
def test_placeholders_may_stand_in_any_order(words: list[str]) -> None:
    body = with_string(ENGLISH, "steps.2", " ".join(words))
    assert list(faults_beside(body, DUTCH, "en")) == []
