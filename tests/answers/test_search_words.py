"""Words meet although they are written differently; a slip of the finger is forgiven."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.answers.search.folding import LONGEST_WORD, asked_words, normalise, stored_words
from hub.answers.search.mending import near, one_edit_away, sharing_a_beginning

LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyzقبدعሀለቆ")


def finds(query: str, text: str) -> bool:
    """Tell whether every word of a query begins a stored word of a text."""
    stored = stored_words(text)
    return all(
        any(word.startswith(form) for word in stored for form in forms)
        for forms in asked_words(query)
    )


def test_case_and_accents_do_not_matter() -> None:
    assert normalise("ÉNERGÍE Şimdi") == normalise("energie simdi")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("IŞIK", "ışık"),
        ("dlug", "Dług"),
        ("فاتوره", "الفاتورة"),
        ("الفاتورة", "فاتورة"),
        ("بالفاتورة", "فاتورة"),
        ("کنتور", "كنتور"),
        ("کلاهبرداری", "كلاهبرداري"),
        ("أعمال", "اعمال"),
        ("ሠላም", "ሰላም"),
        ("ሒሳብ", "ሂሳብ"),
        ("ዓመታዊ", "ኣመታዊ"),
        ("पानी", "गरम पानी"),
        ("бій", "БІЙ"),
        ("laaan", "heshiis la'aan"),
        ("la’aan", "heshiis la'aan"),
        ("نمیتوانم", "نمی\u200cتوانم"),
        ("feedin", "feed-in costs"),
        ("wnt3", "WNT-03"),
        ("wnt 3", "WNT-03"),
        ("WNT-03", "WNT-03"),
        ("t6", "T06"),
        ("٣", "3"),
        ("付", "每月预付款"),
        ("预付款", "每月预付款"),
        ("更换电表每月预付款", "更换电表每月预付款"),
    ],
)
def test_two_spellings_of_a_word_meet(query: str, text: str) -> None:
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"), [("nota", "jaarnota"), ("जल", "बिजली"), ("的", "हिसाब"), ("الف", "قسط")]
)
def test_what_begins_no_word_is_not_found(query: str, text: str) -> None:
    assert not finds(query, text)


@given(st.text(st.characters(), max_size=80))
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    for forms in asked_words(text):
        assert asked_words(forms[0])[0][0] == forms[0]


@given(st.text(max_size=80))
def test_every_text_is_found_by_its_own_words(text: str) -> None:
    assert finds(text, text)


@given(st.text(st.characters(), max_size=120))
def test_folded_words_hold_nothing_that_could_mean_something_to_an_engine(text: str) -> None:
    folded = [*stored_words(text), *(form for forms in asked_words(text) for form in forms)]
    for word in folded:
        assert word
        assert len(word) <= LONGEST_WORD
        assert not set(word) & set("\"'*:&|!()<>\\^+-{}%_ \t\n\0")


@given(st.text(LETTERS, min_size=4, max_size=12), st.data())
def test_one_slip_is_near(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(LETTERS)
    slips = (
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    )
    for slip in slips:
        assert near(slip, word + data.draw(st.text(LETTERS, max_size=3))) or slip[-1:] == letter
        assert near(slip, word)


@pytest.mark.parametrize(
    ("asked", "word"),
    [("schmimmle", "schimmel"), ("tocht", "kacht"), ("abcd", "badc"), ("voorschot", "voorts")],
)
def test_two_slips_are_not_near(asked: str, word: str) -> None:
    assert not near(asked, word)


def test_the_likeliest_words_come_first() -> None:
    known = ["schimmels", "schimmel", "schimmelplekken", "tocht"]
    assert one_edit_away("schimel", known) == ["schimmel", "schimmels", "schimmelplekken"]


def test_another_ending_is_forgiven_where_half_of_it_is_known() -> None:
    assert sharing_a_beginning("faturam", ["fatura", "faturalar", "fat"]) == ["fatura", "faturalar"]
    assert sharing_a_beginning("fatbike", ["fatura"]) == []
    assert sharing_a_beginning("faturalarimizdan", ["fatura"]) == []


@given(
    st.text(LETTERS, min_size=4, max_size=9),
    st.lists(st.text(LETTERS, min_size=1, max_size=10), max_size=9),
)
def test_no_word_that_is_near_is_sorted_out_beforehand(asked: str, known: list[str]) -> None:
    words = {f"{asked[0]}{word}" for word in (*known, asked[1:], asked[2:], asked[:0:-1])}
    assert set(one_edit_away(asked, words)) == {word for word in words if near(asked, word)}


def test_the_first_letter_is_believed() -> None:
    assert one_edit_away("tocht", ["zocht", "tochtig", "dacht"]) == ["tochtig"]
    assert one_edit_away("yocht", ["zocht", "dacht"]) == ["zocht"]
