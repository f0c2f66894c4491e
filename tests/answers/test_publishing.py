"""What prints plainly, what prints with a mark, what does not print: decided in one place."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from hub.answers.filling import fill_text
from hub.answers.library import TextView, one_answer
from hub.answers.placeholders import WRITING_LINE
from hub.answers.publishing import (
    EXPIRED,
    UNCHECKED,
    RetiredText,
    StopFact,
    publication,
    require_printable,
)
from hub.answers.standing import STATUSES
from hub.db import unit_of_work
from hub.facts.models import FactValue
from hub.facts.register import Register

DAY = date(2026, 11, 23)
BODY = {"title": "Titel", "gist": "{F-X.value}", "steps": ["Bel."]}


def _value(**given: object) -> FactValue:
    about = {
        "id": 7, "code": "F-X", "part": "value", "value": "3", "unit": "days", "vat": "none",
        "valid_from": None, "valid_until": None, "at_expiry": "stop", "checked_by": "editor",
        "mark": "source",
    }  # fmt: skip
    return FactValue(**{**about, **given})


def _text(language: str = "ar", status: str = "checked") -> TextView:
    return TextView(1, "slug", language, 1, 1, status, BODY, None)


def _register(**given: object) -> Register:
    return Register([_value(**given)], {})


def test_a_checked_text_with_checked_facts_prints_by_itself() -> None:
    assert publication(_text(), _register(), DAY).plain


@pytest.mark.parametrize("status", ["draft", "machine_draft", "outdated"])
def test_any_other_translation_prints_only_beside_the_dutch_and_with_its_mark(
    status: str,
) -> None:
    found = publication(_text(status=status), _register(), DAY)
    assert (found.prints, found.needs_dutch, found.mark) == (True, True, status)


def test_the_dutch_stands_alone_with_its_mark() -> None:
    found = publication(_text("nl", "machine_draft"), _register(), DAY)
    assert (found.prints, found.needs_dutch, found.mark) == (True, False, "machine_draft")


def test_a_retired_text_does_not_print_and_says_who_can_mend_it() -> None:
    text = _text(status="retired")
    assert not publication(text, _register(), DAY).prints
    with pytest.raises(RetiredText, match="An editor can write a new version"):
        require_printable(text, _register(), DAY)


@pytest.mark.parametrize(
    "given_value",
    [{"valid_until": date(2026, 11, 22)}, {"valid_from": date(2026, 11, 24)}, {"part": "other"}],
    ids=["expired", "still to come", "missing"],
)
def test_a_text_whose_stop_fact_has_no_value_for_the_day_names_it_and_who_can_mend_it(
    given_value: dict[str, object],
) -> None:
    register = _register(**given_value)
    assert [fact.code for fact in publication(_text(), register, DAY).stopped] == ["F-X"]
    with pytest.raises(StopFact, match=r"F-X\.value .* An editor can enter it"):
        require_printable(_text(), register, DAY)


def test_the_last_day_of_a_fact_still_prints() -> None:
    assert publication(_text(), _register(valid_until=DAY), DAY).plain


def test_an_expired_fact_that_only_warns_prints_with_a_mark() -> None:
    register = _register(valid_until=date(2026, 11, 22), at_expiry="warn")
    found = publication(_text(), register, DAY)
    assert (found.prints, found.fact_marks, found.plain) == (True, (EXPIRED,), False)


def test_a_fact_that_nobody_checked_prints_with_a_mark() -> None:
    found = publication(_text(), _register(checked_by=None), DAY)
    assert (found.prints, found.fact_marks) == (True, (UNCHECKED,))


@given(
    st.sampled_from(STATUSES),
    st.sampled_from(["nl", "ar"]),
    st.sampled_from(["stop", "warn"]),
    st.booleans(),
    st.booleans(),
)
def test_nothing_doubtful_ever_prints_plainly(
    status: str, language: str, at_expiry: str, expired: bool, checked: bool
) -> None:
    until = date(2026, 11, 22) if expired else None
    register = _register(
        at_expiry=at_expiry, valid_until=until, checked_by="editor" if checked else None
    )
    found = publication(_text(language, status), register, DAY)
    assert found.plain == (status == "checked" and checked and not expired)
    assert found.prints == (status != "retired" and not (expired and at_expiry == "stop"))


def test_a_value_that_may_not_print_leaves_a_line_and_never_an_older_value(
    app: Flask, content: None
) -> None:
    with app.app_context(), unit_of_work() as work:
        answer = one_answer(work, "instalment")
    text = replace(_text("nl"), body=BODY)
    filled = fill_text(answer, text, _register(valid_until=date(2026, 1, 1)), DAY, {})
    assert WRITING_LINE in filled.body["gist"]
    assert "3" not in filled.body["gist"]
