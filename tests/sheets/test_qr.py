"""The QR code is what the standard says, module by module, beside an encoder of others."""

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.sheets.qr_matrix import codewords, qr_rows
from hub.sheets.refusals import SheetRefused

# What the versions 1 to 9 hold at error correction M.
CAPACITIES = [14, 26, 42, 62, 84, 106, 122, 152, 180]


def _by_others(address: str) -> tuple[bytes, ...]:
    code = segno.make_qr(address.encode(), error="m", mask=3, mode="byte", boost_error=False)
    return tuple(b"".join(b"%d" % module for module in row) for row in code.matrix)


@pytest.mark.parametrize("capacity", CAPACITIES)
@settings(max_examples=25)
@given(data=st.data())
def test_a_full_code_is_the_same_as_another_encoder_makes(
    capacity: int, data: st.DataObject
) -> None:
    # Full ones only: where there is room left, that encoder pads with a zero too many.
    signs = st.text("abcxyz019-._~:/?#", min_size=capacity, max_size=capacity)
    address = data.draw(signs)
    assert qr_rows(address) == _by_others(address)


def test_what_is_left_over_is_filled_as_the_standard_says() -> None:
    # Mode 0100, length 00000001, the letter 01100001, terminator 0000, then EC and 11 in turn.
    words = b"\x40\x16\x10" + b"\xec\x11" * 6 + b"\xec"
    assert codewords(b"a", 1)[:16] == words


def test_an_address_that_is_too_long_is_refused() -> None:
    with pytest.raises(SheetRefused, match="too long"):
        qr_rows("x" * 181)
