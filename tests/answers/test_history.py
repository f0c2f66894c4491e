"""Versions of a text and how two of them differ, word by word."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from hub.answers.history import differences, version_of, versions
from hub.answers.placeholders import strings_of
from hub.db import unit_of_work
from hub.refusal import NotFound
from tests.answers.texts import DUTCH, rewrite, with_string

_WORDS = st.text(st.sampled_from("ab {}x.\u4e2d\u6587ع "), max_size=30)


def test_a_change_shows_the_words_that_went_and_those_that_came() -> None:
    found = list(differences(DUTCH, with_string(DUTCH, "steps.1", "Zoek nu de rekening.")))
    assert [change.place for change in found] == ["steps.1"]
    assert [(p.kind, p.text) for p in found[0].before if p.kind == "gone"] == [("gone", "brief.")]
    new = [p.text.strip() for p in found[0].after if p.kind == "new"]
    assert new == ["nu", "rekening."]


def test_a_placeholder_changes_as_a_whole() -> None:
    found = list(differences(DUTCH, with_string(DUTCH, "gist", "U betaalt elke maand {paid}.")))
    gone = [piece.text for piece in found[0].before if piece.kind == "gone"]
    assert any("{instalment}" in text for text in gone)


def test_a_step_that_came_or_went_is_a_difference() -> None:
    longer = with_string(DUTCH, "steps.4", "Nog een.")
    assert [one.place for one in differences(DUTCH, longer)] == ["steps.4"]
    assert [one.place for one in differences(longer, DUTCH)] == ["steps.4"]


def test_the_same_text_has_no_differences() -> None:
    assert list(differences(DUTCH, DUTCH)) == []


@given(_WORDS, _WORDS)
def test_both_sides_of_a_difference_say_what_was_written(before: str, after: str) -> None:
    one, other = with_string(DUTCH, "gist", before), with_string(DUTCH, "gist", after)
    for change in differences(one, other):
        assert "".join(piece.text for piece in change.before) == dict(strings_of(one))["gist"]
        assert "".join(piece.text for piece in change.after) == dict(strings_of(other))["gist"]
        assert not [piece for piece in change.before if piece.kind == "new"]
        assert not [piece for piece in change.after if piece.kind == "gone"]


def test_every_version_stays_and_the_newest_comes_first(app: Flask, content: None) -> None:
    rewrite(app, "nl", "title", "Klopt uw bedrag?", significance="wording")
    with app.app_context(), unit_of_work() as work:
        found = versions(work, "instalment", "nl")
        first = version_of(work, "instalment", "nl", 1)
    assert [one.text.version for one in found] == [2, 1]
    assert [one.written_by for one in found] == ["editor", None]
    assert found[0].significance == "wording"
    assert first.title == "Klopt uw termijnbedrag?"


def test_a_version_that_is_not_there_is_refused(app: Flask, content: None) -> None:
    with pytest.raises(NotFound), app.app_context(), unit_of_work() as work:
        version_of(work, "instalment", "nl", 9)
