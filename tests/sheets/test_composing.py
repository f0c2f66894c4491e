"""A sheet is composed purely: what stands on it, in which order, language and direction."""

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from hub.sheets import labels
from hub.sheets.blocks import Block, Sheet, Side
from hub.sheets.compose import compose
from hub.sheets.content import Format
from hub.sheets.labels import label
from tests.sheets import samples


def blocks(sheet: Sheet, role: str) -> list[Block]:
    """Give the blocks of a role."""
    return [block for part in sheet.parts for block in part.blocks if block.role == role]


def said(sheet: Sheet, language: str) -> list[str]:
    """Give everything a sheet says in a language, without isolates."""
    sides = [side for part in sheet.parts for block in part.blocks for side in block.sides if side]
    texts = [side.text for side in sides if side.language == language]
    return ["".join(c for c in text if not "\u2066" <= c <= "\u2069") for text in texts]


def test_a_sheet_is_a_frozen_value() -> None:
    sheet = samples.sheet("instalment", "ar")
    assert hash(sheet) == hash(samples.sheet("instalment", "ar"))
    with pytest.raises(FrozenInstanceError):
        sheet.title = "x"  # type: ignore[misc]


def test_the_resident_s_language_comes_first_and_dutch_beside_it() -> None:
    (title,) = blocks(samples.sheet("instalment", "ar"), "title")
    assert [(side.language, side.direction) for side in title.sides if side] == [
        ("ar", "rtl"),
        ("nl", "ltr"),
    ]


def test_what_is_read_first_stands_before_the_steps() -> None:
    sheet = samples.sheet("disconnection", "en")
    roles = [block.role for block in sheet.parts[1].blocks]
    assert roles.index("title") < roles.index("first") < roles.index("gist") < roles.index("step")
    assert roles.count("first") == 4


def test_steps_are_numbered() -> None:
    steps = blocks(samples.sheet("instalment", "en"), "step")
    assert [step.sides[0].lead for step in steps if step.sides[0]] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    "form", [Format("a5"), Format("receipt"), Format("a4", large=True)], ids=str
)
def test_narrow_formats_put_the_dutch_after_the_resident_s_language(form: Format) -> None:
    sheet = samples.sheet("instalment", "ar", form)
    assert {len(part.columns) for part in sheet.parts} == {1}
    order = [part.columns[0].language for part in sheet.parts]
    assert order == ["ar"] * (len(order) // 2) + ["nl"] * (len(order) // 2)


def test_each_half_of_a_stacked_sheet_begins_a_page_but_on_a_receipt() -> None:
    booklet = samples.sheet("instalment", "ar", Format("a5"))
    strip = samples.sheet("instalment", "ar", Format("receipt"))
    assert [part.new_page for part in booklet.parts].count(True) == 1
    assert not any(part.new_page for part in strip.parts)


def test_a_dutch_sheet_has_one_column() -> None:
    sheet = samples.sheet("instalment", "nl")
    assert {len(part.columns) for part in sheet.parts} == {1}
    assert sheet.language == "nl"


def test_an_answer_without_a_text_in_the_language_says_so_in_that_language() -> None:
    answer = replace(samples.answer("instalment", "ar"), resident=None)
    sheet = compose([answer], samples.frame("ar"), Format("a4"))
    assert label("ar", labels.NOT_AVAILABLE).text in said(sheet, "ar")
    assert samples.filled("instalment", "nl").title in said(sheet, "nl")


def test_beside_an_answer_with_a_text_the_one_without_keeps_its_dutch() -> None:
    without = replace(samples.answer("safety", "ar"), resident=None)
    sheet = compose(
        [samples.answer("instalment", "ar"), without], samples.frame("ar"), Format("a4")
    )
    assert label("ar", labels.NOT_AVAILABLE).text in said(sheet, "ar")
    assert samples.filled("safety", "nl").title in said(sheet, "nl")


@pytest.mark.parametrize("status", ["machine_draft", "draft", "outdated"])
def test_an_unchecked_text_is_marked_in_its_own_language_and_in_dutch(status: str) -> None:
    text = replace(samples.filled("instalment", "tr"), status=status)
    answer = replace(samples.answer("instalment", "tr"), resident=text)
    (mark,) = blocks(compose([answer], samples.frame("tr"), Format("a4")), "mark")
    assert [side.text for side in mark.sides if side] == [
        label("tr", labels.STATUS[status]).text,
        label("nl", labels.STATUS["machine_draft"]).text,
    ]


def test_a_checked_text_carries_no_mark() -> None:
    text = replace(samples.filled("instalment", "nl"), status="checked")
    answer = replace(samples.answer("instalment", "nl"), dutch=text)
    assert not blocks(compose([answer], samples.frame("nl"), Format("a4")), "mark")


def test_what_is_unsure_about_a_text_is_printed_after_its_status() -> None:
    text = replace(samples.filled("instalment", "nl"), marks=("Eén bedrag is niet gecontroleerd.",))
    answer = replace(samples.answer("instalment", "nl"), dutch=text)
    (mark,) = blocks(compose([answer], samples.frame("nl"), Format("a4")), "mark")
    assert mark.sides[0] is not None
    assert mark.sides[0].text.endswith("Eén bedrag is niet gecontroleerd.")


def test_dates_are_written_in_words_in_each_language() -> None:
    sheet = samples.sheet("instalment", "tr")
    assert any("1 Mart 2027" in text for text in said(sheet, "tr"))
    assert any("1 maart 2027" in text for text in said(sheet, "nl"))


def test_who_comes_back_reads_the_day_and_what_to_bring() -> None:
    sheet = samples.sheet("instalment", "en", call_back_on=date(2027, 3, 5))
    english = said(sheet, "en")
    assert "Come back to the desk on 5 March 2027. Bring your return code." in english
    assert labels.PRIVACY in english


def test_nothing_is_said_of_a_code_an_address_or_a_day_that_is_not_there() -> None:
    bare = {"return_code": None, "web_address": None, "valid_until": None, "hub": None}
    sheet = samples.sheet("instalment", "en", **bare)
    english = " ".join(said(sheet, "en"))
    assert sheet.parts[-1].aside is None
    assert labels.RETURN_CODE_USE not in english
    assert "Valid until" not in english


def test_a_demonstration_is_marked_before_anything_else() -> None:
    sheet = samples.sheet("instalment", "en", demonstration=True)
    assert sheet.parts[0].blocks[0].role == "demonstration"


def test_a_row_that_one_language_lacks_keeps_the_other_in_its_column() -> None:
    text = replace(samples.filled("instalment", "en"), bring=())
    answer = replace(samples.answer("instalment", "en"), resident=text)
    ticks = blocks(compose([answer], samples.frame("en"), Format("a4")), "tick")
    assert ticks
    assert all(tick.sides[0] is None and tick.sides[1] for tick in ticks)


def test_an_amount_that_is_not_known_becomes_a_writing_line() -> None:
    sheet = samples.own_sheet(samples.own_words("nl", amounts=(("Termijnbedrag", ""),)))
    (amount,) = blocks(sheet, "amount")
    assert amount.sides == (Side("nl", "ltr", "\ue000", "Termijnbedrag"),)
