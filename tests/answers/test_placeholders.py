"""Placeholders are found, filled and isolated; stray braces are noticed."""

from hypothesis import given
from hypothesis import strategies as st

from hub.answers.placeholders import (
    ISOLATE,
    POP,
    FactReference,
    blanks_in,
    facts_in,
    fill,
    stray_braces,
)


def test_blanks_and_facts_are_told_apart() -> None:
    text = "Bel {supplier} binnen {F-DIS-3.days}; {F-HEAT-26.gj} telt."
    assert blanks_in(text) == ["supplier"]
    assert facts_in(text) == [FactReference("F-DIS-3", "days"), FactReference("F-HEAT-26", "gj")]


def test_every_value_is_put_in_isolated() -> None:
    filled = fill("a {x} b", lambda _fact: "", lambda _name: "020-5551234")
    assert filled == f"a {ISOLATE}020-5551234{POP} b"


def test_braces_without_a_placeholder_are_noticed() -> None:
    assert stray_braces("pay {amount")
    assert stray_braces("pay {Amount}")
    assert not stray_braces("pay {amount} by {F-X.days}")


@given(st.text(st.characters(exclude_characters="{}")))
def test_text_without_placeholders_stays_as_it_is(text: str) -> None:
    assert fill(text, lambda _fact: "F", lambda _name: "B") == text
