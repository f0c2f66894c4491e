"""What cannot be printed rightly is refused, with the place and the remedy."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from hub.refusal import Refusal
from hub.sheets import faces
from hub.sheets.compose import compose
from hub.sheets.content import FilledText, Format
from hub.sheets.layout.pages import set_sheet
from hub.sheets.refusals import CharacterRefused, FormatRefused, LanguageRefused, SheetRefused
from hub.sheets.render import render
from tests.sheets import samples
from tests.sheets.geometry import faults


def refused(text: FilledText) -> CharacterRefused:
    """Give the refusal of a text."""
    with pytest.raises(CharacterRefused) as caught:
        samples.own_sheet(text)
    return caught.value


@pytest.mark.parametrize("character", ["😀", "☎", "ሀ", "電", "\U0001f1f3"])
def test_a_character_without_a_typeface_is_named_with_its_place(character: str) -> None:
    refusal = refused(samples.own_words("nl", step=f"Bel {character} nu"))
    assert refusal.character == character
    assert f"U+{ord(character):04X}" in str(refusal)
    assert "instalment (nl), steps 1" in str(refusal)
    assert "Remove it" in str(refusal)


@pytest.mark.parametrize("character", list("\u202a\u202b\u202c\u202d\u202e\u200f\u200e"))
def test_a_character_that_turns_the_text_round_is_refused(character: str) -> None:
    refusal = refused(samples.own_words("ar", step=f"اتصل {character}123"))
    assert f"U+{ord(character):04X}" in str(refusal)


@pytest.mark.parametrize("text", ["a \u2066b", "a\u2069 b", "a \u2068b\u2069\u2069"])
def test_an_isolate_that_does_not_close_once_is_refused(text: str) -> None:
    assert "order" in str(refused(samples.own_words("nl", step=text)))


@pytest.mark.parametrize("text", ["\u0301", "bel \u0301nu", "12 \u094d"])
def test_a_mark_without_a_letter_is_refused(text: str) -> None:
    language = "hi" if "\u094d" in text else "nl"
    assert "without a letter" in str(refused(samples.own_words(language, step=text)))


def test_a_mark_on_a_letter_is_composed() -> None:
    sheet = samples.own_sheet(samples.own_words("nl", step="e\u0301en"))
    steps = [b for part in sheet.parts for b in part.blocks if b.role == "step"]
    assert steps[0].sides[0] is not None
    assert steps[0].sides[0].text == "éen"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\ue001", "\u2028"])
def test_a_control_character_is_refused(character: str) -> None:
    assert "control" in str(refused(samples.own_words("nl", step=f"a{character}b")))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: replace(text, title="😀"),
        lambda text: replace(text, gist="😀"),
        lambda text: replace(text, bring=("😀",)),
        lambda text: replace(text, come_back="😀"),
        lambda text: replace(text, referral="😀"),
        lambda text: replace(text, first=replace(text.first, what="😀")),
        lambda text: replace(text, amounts=(("😀", "1"),)),
        lambda text: replace(text, amounts=(("a", "😀"),)),
        lambda text: replace(text, marks=("😀",)),
    ],
)
def test_every_field_is_checked(change: Callable[[FilledText], FilledText]) -> None:
    refused(change(samples.own_words("nl")))


def test_the_frame_is_checked_too() -> None:
    with pytest.raises(CharacterRefused, match="hub"):
        samples.sheet("safety", "nl", hub=replace(samples.HUB, name="Hub 😀"))


def test_a_language_whose_script_is_not_known_is_refused() -> None:
    with pytest.raises(LanguageRefused, match="“xx”"):
        compose([samples.answer("safety", "nl")], samples.frame("xx"), Format("a4"))


def test_a_typeface_that_is_not_installed_is_refused_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gone = replace(faces.FAMILIES["arabic"], package="no_such_typeface", requirement="plex==1")
    monkeypatch.setitem(faces.FAMILIES, "arabic", gone)
    monkeypatch.delitem(faces._families, "arabic", raising=False)
    faces.faces_of.cache_clear()
    faces.known_characters.cache_clear()
    with pytest.raises(LanguageRefused, match="pip install plex==1"):
        faces.missing_glyphs("ا", "ar")


def test_chinese_says_how_to_add_it_where_it_is_not_there() -> None:
    if faces.installed("chinese"):
        assert faces.missing_glyphs("能源", "zh-Hans") == set()
    else:
        with pytest.raises(LanguageRefused, match="justmytype-intl-cjk"):
            faces.missing_glyphs("能源", "zh-Hans")


@pytest.mark.parametrize(
    "form",
    [
        Format("a4", points=3),
        Format("a4", points=90),
        Format("a4", large=True, points=12),
        Format("letter"),  # type: ignore[arg-type]
    ],
    ids=str,
)
def test_a_format_that_cannot_be_printed_is_refused(form: Format) -> None:
    with pytest.raises(FormatRefused):
        samples.sheet("safety", "nl", form)


def test_a_sheet_without_an_answer_is_refused() -> None:
    with pytest.raises(SheetRefused, match="at least one answer"):
        compose([], samples.frame("nl"), Format("a4"))


def test_an_answer_without_a_title_is_refused() -> None:
    with pytest.raises(SheetRefused, match="no title"):
        samples.own_sheet(samples.own_words("nl", title="  "))


def test_an_unknown_pictogram_is_refused_by_name() -> None:
    answer = replace(samples.answer("safety", "nl"), pictogram="unicorn", safety=False)
    with pytest.raises(SheetRefused, match="unicorn"):
        compose([answer], samples.frame("nl"), Format("a4"))


def test_every_refusal_is_one_that_the_desk_can_show() -> None:
    assert issubclass(SheetRefused, Refusal)


@pytest.mark.parametrize("form", [Format("a4"), Format("receipt"), Format("a4", points=16)])
@pytest.mark.parametrize("language", ["nl", "ar", "ti", "hi"])
def test_a_word_of_two_hundred_letters_is_broken_and_stays_on_the_page(
    language: str, form: Format
) -> None:
    letter = {"nl": "warmte", "ar": "حرارة", "ti": "ሙቐት", "hi": "ऊर्जा"}[language]
    text = samples.own_words(language, step=(letter * 200)[:200], title=(letter * 200)[:200])
    result = set_sheet(samples.own_sheet(text, form))
    assert faults(result) == []


def test_forty_steps_run_over_pages_and_keep_their_numbers() -> None:
    steps = tuple(f"Stap met woorden en nog meer woorden, nummer {n}." for n in range(1, 41))
    result = set_sheet(samples.own_sheet(samples.own_words("nl", steps=steps)))
    placed = [row for page in result.pages for part in page.parts for row in part.rows]
    leads = [row.row.block.sides[0] for row in placed if row.row.block.role == "step"]
    assert [side.lead for side in leads if side] == [str(n) for n in range(1, 41)]
    assert faults(result) == []


def test_a_step_longer_than_a_page_goes_on_overleaf() -> None:
    text = samples.own_words("nl", step="Een heel lange stap. " * 400)
    result = set_sheet(samples.own_sheet(text, Format("a5")))
    assert len(result.pages) > 2
    assert faults(result) == []
    assert render(samples.own_sheet(text, Format("a5")))


def test_empty_texts_leave_no_empty_blocks() -> None:
    text = samples.own_words(
        "nl", gist="", steps=("", " "), bring=(), come_back="", referral="", amounts=(), first=None
    )
    sheet = samples.own_sheet(text)
    roles = {block.role for block in sheet.parts[1].blocks}
    assert roles == {"kicker", "title", "mark"}
    assert faults(set_sheet(sheet)) == []
