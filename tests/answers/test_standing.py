"""The status of a text follows from what was written, what happened to it, and the Dutch."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from hub.answers.keeping import mark_checked
from hub.answers.library import all_answers
from hub.answers.standing import (
    SIGNIFICANCES,
    STATUSES,
    DutchVersion,
    change_since,
    status_of,
)
from hub.db import unit_of_work
from hub.refusal import Refusal
from tests.answers.texts import TODAY, check, kept, rewrite, take_out, text_of
from tests.support.databases import both_databases

_DUTCH = st.lists(st.sampled_from(sorted(SIGNIFICANCES)), max_size=6).map(
    lambda kinds: [DutchVersion(number, kind) for number, kind in enumerate(kinds, 1)]
)


@given(_DUTCH, st.integers(0, 6))
def test_only_dutch_versions_after_the_one_followed_count(
    dutch: list[DutchVersion], followed: int
) -> None:
    later = {one.significance for one in dutch if one.version > followed}
    found = change_since(followed, dutch)
    assert found in later if later else found is None
    assert ("meaning" in later) == (found == "meaning")


@given(
    st.sampled_from(["draft", "machine_draft"]),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, *SIGNIFICANCES]),
)
def test_no_text_is_without_status_and_none_looks_better_than_it_is(
    written_as: str, checked: bool, retired: bool, changed: str | None
) -> None:
    status = status_of(written_as, checked=checked, retired=retired, dutch_changed=changed)
    assert status in STATUSES
    assert (status == "checked") == (checked and not retired and changed != "meaning")


@both_databases
def test_a_text_that_nobody_checked_is_what_it_was_written_as(app: Flask, content: None) -> None:
    assert text_of(app, "ar").status == "machine_draft"
    rewrite(app, "ar", "steps.1", "ابحث عن الرسالة: {instalment}.")
    assert text_of(app, "ar").status == "draft"


@both_databases
def test_a_checked_text_says_when_and_by_which_role(app: Flask, content: None) -> None:
    check(app, "ar")
    text = text_of(app, "ar")
    assert (text.status, text.checked_on, text.checked_by) == ("checked", TODAY, "checker")


@pytest.mark.parametrize("significance", ["typo", "wording"])
def test_another_wording_of_the_dutch_leaves_a_checked_text_checked_and_says_so(
    app: Flask, content: None, significance: str
) -> None:
    check(app, "ar")
    rewrite(app, "nl", "title", "Klopt het termijnbedrag?", significance=significance)
    text = text_of(app, "ar")
    assert (text.status, text.dutch_changed) == ("checked", significance)


@both_databases
def test_another_meaning_of_the_dutch_makes_every_translation_outdated(
    app: Flask, content: None
) -> None:
    check(app, "ar")
    rewrite(app, "nl", "title", "Betaal niets meer", significance="meaning")
    answer = kept(app)
    assert {t.status for tag, t in answer.texts.items() if tag != "nl"} == {"outdated"}
    assert answer.dutch.status == "draft"


def test_a_typing_error_after_a_change_of_meaning_hides_nothing(app: Flask, content: None) -> None:
    rewrite(app, "nl", "title", "Betaal niets meer", significance="meaning")
    rewrite(app, "nl", "title", "Betaal niets meer.", significance="typo")
    assert text_of(app, "ar").status == "outdated"


def test_a_translation_brought_up_to_date_is_a_draft_again(app: Flask, content: None) -> None:
    check(app, "ar")
    rewrite(app, "nl", "title", "Betaal niets meer", significance="meaning")
    rewrite(app, "ar", "title", "لا تدفع بعد الآن")
    text = text_of(app, "ar")
    assert (text.status, text.dutch_changed, text.source_version) == ("draft", None, 2)


def test_an_edit_of_checked_dutch_is_a_draft_until_somebody_checks_it(
    app: Flask, content: None
) -> None:
    check(app, "nl")
    assert text_of(app, "nl").status == "checked"
    rewrite(app, "nl", "title", "Klopt uw bedrag?", significance="typo")
    assert text_of(app, "nl").status == "draft"


@both_databases
def test_a_retired_text_leaves_the_desk_and_no_older_version_comes_back(
    app: Flask, content: None
) -> None:
    rewrite(app, "ar", "title", "هل القسط صحيح؟")
    take_out(app, "ar")
    with app.app_context(), unit_of_work() as work:
        desk = all_answers(work)["instalment"]
    assert "ar" not in desk.texts
    assert desk.beside_dutch("ar") == desk.texts["en"]
    assert text_of(app, "ar").status == "retired"


def test_with_its_dutch_the_whole_answer_leaves_the_desk(app: Flask, content: None) -> None:
    take_out(app, "nl")
    with app.app_context(), unit_of_work() as work:
        assert "instalment" not in all_answers(work)


def test_a_new_version_brings_a_retired_text_back_even_with_the_same_words(
    app: Flask, content: None
) -> None:
    before = text_of(app, "ar")
    take_out(app, "ar")
    rewrite(app, "ar", "title", before.title)
    text = text_of(app, "ar")
    assert (text.status, text.version) == ("draft", before.version + 1)


@pytest.mark.parametrize("what", ["outdated", "retired"])
def test_a_text_that_may_be_wrong_cannot_be_checked(app: Flask, content: None, what: str) -> None:
    if what == "outdated":
        rewrite(app, "nl", "title", "Betaal niets meer", significance="meaning")
    else:
        take_out(app, "ar")
    version = text_of(app, "ar").version
    with pytest.raises(Refusal, match="check it"), app.app_context(), unit_of_work() as work:
        mark_checked(work, "instalment", "ar", version, "checker", TODAY)
    assert text_of(app, "ar").status == what


def test_the_safety_card_cannot_be_taken_out_of_use(app: Flask, content: None) -> None:
    with pytest.raises(Refusal, match="safety card stays"):
        take_out(app, "nl", "safety")
