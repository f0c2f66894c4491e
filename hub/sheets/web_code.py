"""The code of a web twin, as a person types it from paper.

Twenty-six random signs of thirty-two (130 bits), in groups that a line may end after. Letters
are small, and there is no i, l, o or u: 1 and 0 are also understood when their look-alikes are
typed. Hyphens, spaces and capitals make no difference. The alphabet is Douglas Crockford's.
"""

import hashlib
import secrets
from collections.abc import Callable
from itertools import islice
from typing import Final

ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
GROUPS: Final = (5, 5, 5, 5, 6)
LENGTH: Final = sum(GROUPS)
_READ_AS: Final = str.maketrans("oil", "011", "- ")


def new_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """Make a code of the system's random source, and of nothing else."""
    return _grouped("".join(choose(ALPHABET) for _ in range(LENGTH)))


def _grouped(signs: str) -> str:
    taken = iter(signs)
    return "-".join("".join(islice(taken, size)) for size in GROUPS)


def digest(code: str) -> str:
    """Give the SHA-256 digest by which a code is looked up, however it was typed.

    Sheets from before had codes of 22 signs in which capitals and hyphens count; these are
    taken as they are.
    """
    signs = code.lower().translate(_READ_AS)
    written = _grouped(signs) if len(signs) == LENGTH else code
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
