"""The return code finds slips of the pen, and tells nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.refusal import Refusal
from hub.visits import return_code
from hub.visits.return_code import ALPHABET, LENGTH

bodies = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)


def code_of(body: str) -> str:
    return next(body + sign for sign in ALPHABET if _reads(body + sign))


def _reads(code: str) -> bool:
    try:
        return_code.read(code)
    except Refusal:
        return False
    return True


def test_a_new_code_reads_as_itself() -> None:
    for _ in range(200):
        code = return_code.new_code()
        assert return_code.read(code) == code


def test_codes_do_not_follow_each_other() -> None:
    codes = {return_code.new_code() for _ in range(500)}
    assert len(codes) == 500
    assert len({code[:3] for code in codes}) > 400


def test_no_two_signs_of_the_alphabet_look_alike() -> None:
    for pair in ("0O", "0D", "1I", "1L", "IL", "2Z", "5S", "8B", "6G", "UV", "OQ"):
        assert not set(pair) <= set(ALPHABET), pair


@given(bodies, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_always_found(body: str, at: int, wrong: str) -> None:
    code = code_of(body)
    slip = code[:at] + wrong + code[at + 1 :]
    assert _reads(slip) is (slip == code)


@given(bodies, st.integers(0, LENGTH - 2))
def test_two_exchanged_neighbours_are_always_found(body: str, at: int) -> None:
    code = code_of(body)
    slip = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert _reads(slip) is (slip == code)


def test_a_code_reads_with_dashes_spaces_and_small_letters() -> None:
    code = return_code.new_code()
    assert return_code.read(f"  {return_code.show(code).lower()} ") == code


def test_a_letter_that_looks_like_a_digit_is_understood_as_the_digit() -> None:
    code = next(c for c in iter(return_code.new_code, "") if "2" in c)
    assert return_code.read(code.replace("2", "Z")) == code


@pytest.mark.parametrize("typed", ["", "ABC", "ACE-H3F-J4K-2", "ÄCE-H3F-J4K", "ACEH3FJ4O"])
def test_what_cannot_be_a_code_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        return_code.read(typed)
    assert refused.value.field == "return_code"
