"""The return code: lets a resident continue a visit without a name.

Nine signs of an alphabet of 23, in which no two look alike: no 0 O Q, no 1 I L, no 5 S, no U V,
and of 2 Z, 8 B and 6 G only the digit, which is also understood when the letter is typed.
Eight signs are random (36 bits); the ninth checks: a
weighted sum modulo the prime 23 finds every single wrong sign and every two exchanged ones.
"""

import secrets
from collections.abc import Callable
from typing import Final

from hub.i18n import N_
from hub.refusal import Refusal

ALPHABET: Final = "2346789ACDEFHJKMNPRTWXY"
_READ_AS: Final = str.maketrans("ZBG", "286")
_PRIME: Final = len(ALPHABET)
LENGTH: Final = 9
_VALUES: Final = {sign: value for value, sign in enumerate(ALPHABET)}


def _check_sign(signs: str) -> str:
    total = sum(weight * _VALUES[sign] for weight, sign in enumerate(signs, 2))
    return ALPHABET[-total % _PRIME]


def new_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """Make a return code from the system's random source, or from another for invented visits."""
    signs = "".join(choose(ALPHABET) for _ in range(LENGTH - 1))
    return signs + _check_sign(signs)


def show(code: str) -> str:
    """Give a code in groups of three, as it is printed and read aloud."""
    return "-".join(code[at : at + 3] for at in range(0, len(code), 3))


def read(typed: str) -> str:
    """Give the stored form of a typed code. Raises Refusal on field `return_code`."""
    code = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_READ_AS)
    if len(code) != LENGTH or any(sign not in _VALUES for sign in code):
        raise Refusal(
            N_("A return code has nine letters and digits, as in %(example)s."),
            field="return_code",
            example="ACE-H3F-J4K",
        )
    if _check_sign(code[:-1]) != code[-1]:
        raise Refusal(
            N_("One sign of this return code is wrong, or two are exchanged. Read it once more."),
            field="return_code",
        )
    return code
