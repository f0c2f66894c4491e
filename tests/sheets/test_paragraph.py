"""Paragraphs keep within their width and keep their words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.sheets.faces import family_faces
from hub.sheets.measuring import measure
from hub.sheets.paragraph import Line, break_lines
from hub.sheets.shaping import shape

LATIN = "abcdefghij éëï 0123456789 €%-/.,():"
ALPHABETS = {
    "nl": LATIN,
    "ar": "ابتثجحخدذرز سشصض كلمنهوي 0123456789 ،.()€ abc",
    "fa": "پچژگک ابتث\u200cی 0123456789 ،.() abc",
    "ti": "ሀለሐመሠረ ሰሸቀበ ።፣ 0123456789 abc €",
    "hi": "कखगघचछज टठडढ ।0123456789 abc €",
    "uk": "абвгґдеєжз иії 0123456789 .,() €",
}


def seen(lines: tuple[Line, ...]) -> str:
    """Give the text of lines, word by word in the order of the eye."""
    return "|".join("".join(i.word.text if i.word else "_" for i in line.items) for line in lines)


def test_words_are_filled_into_lines_greedily() -> None:
    lines = break_lines("een twee drie vier", "nl", False, 5200, 0)
    assert seen(lines) == "een twee |drie vier"


def test_right_to_left_words_stand_from_right_to_left() -> None:
    (line,) = break_lines("اتصل بالرقم \u2066020-5551234\u2069", "ar", False, 90_000, 0)
    assert seen((line,)) == "020-5551234 بالرقم اتصل"


def test_a_word_wider_than_its_column_is_cut_with_a_hyphen() -> None:
    lines = break_lines("warmteleveringsovereenkomst", "nl", False, 6000, 0)
    assert len(lines) > 1
    assert seen(lines).replace("-|", "") == "warmteleveringsovereenkomst"


def test_a_soft_hyphen_is_seen_only_where_the_line_ends() -> None:
    assert seen(break_lines("termijn\u00adbedrag", "nl", False, 90_000, 0)) == "termijnbedrag"
    assert seen(break_lines("termijn\u00adbedrag", "nl", False, 4600, 0)) == "termijn-|bedrag"


def test_a_writing_line_has_the_width_it_is_given() -> None:
    (line,) = break_lines("\ue000", "nl", False, 90_000, 7000)
    assert line.width == 7000


def test_a_writing_line_is_never_wider_than_its_column() -> None:
    (line,) = break_lines("\ue000", "nl", False, 3000, 7000)
    assert line.width == 3000


def test_an_amount_beside_devanagari_stays_in_one_face() -> None:
    parts = measure("बिल €145,50 है", "hi", False)
    amount = next(part for part in parts if "145" in part.text)
    assert len(amount.items) == 1


def test_a_ligature_never_hides_letters_in_right_to_left_text() -> None:
    word = shape(family_faces("arabic")[0], "لا", True, "ar")
    assert word.plain is not None


@pytest.mark.parametrize("language", sorted(ALPHABETS))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_line_is_wider_than_its_column(language: str, data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet=ALPHABETS[language] + "\ue000", max_size=120))
    width = data.draw(st.integers(3000, 30_000))
    for line in break_lines(text, language, False, width, 2500):
        assert line.width <= width + 1


@pytest.mark.parametrize("language", sorted(ALPHABETS))
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_letter_is_lost_or_doubled_by_breaking(language: str, data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet=ALPHABETS[language].replace("-", ""), max_size=120))
    width = data.draw(st.integers(3000, 30_000))
    printed = seen(break_lines(text, language, False, width, 2500))
    wanted = text.replace(" ", "").replace("\u200c", "")
    for mark in " |-\u200c":
        printed = printed.replace(mark, "")
    assert sorted(printed) == sorted(wanted)
