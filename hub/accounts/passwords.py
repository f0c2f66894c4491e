"""Passwords: Argon2id in the OWASP profile, and one-time passwords that can be read aloud."""

import secrets
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hub.i18n import N_
from hub.refusal import Refusal

LEAST_LENGTH: Final = 12
MOST_LENGTH: Final = 200

# OWASP Password Storage Cheat Sheet: Argon2id, 19 MiB, two passes, one lane. The library's
# default costs six times as much, which on a small server is a way to bring it down.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

# What a name without account is checked against, so that the answer takes the same time.
_NOBODY: Final = _hasher.hash(secrets.token_hex(16))

_SYLLABLES: Final = [c + v for c in "bdfghjkmnprstvz" for v in "aeiou"]


def hash_password(password: str) -> str:
    """Give the Argon2id hash of a password."""
    return _hasher.hash(password)


def verify(password_hash: str | None, password: str) -> bool:
    """Tell whether the password fits; takes as long for None, which stands for no account."""
    try:
        return _hasher.verify(password_hash or _NOBODY, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(password_hash: str) -> bool:
    """Tell whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


def one_time_password() -> str:
    """Make a password of four spoken groups, such as `bakofe-rimuta-...` (75 bits)."""
    return "-".join("".join(secrets.choice(_SYLLABLES) for _ in range(3)) for _ in range(4))


def require_strong(password: str, name: str) -> None:
    """Refuse a password that is too short, too long, or holds the account's name.

    NIST SP 800-63B: length counts, composition rules do not help.
    """
    if len(password) < LEAST_LENGTH:
        raise Refusal(
            N_("Use at least %(least)s characters; a short sentence works well."),
            field="password",
            least=LEAST_LENGTH,
        )
    if len(password) > MOST_LENGTH:
        raise Refusal(N_("Use at most %(most)s characters."), field="password", most=MOST_LENGTH)
    if name.casefold() in password.casefold() or len(set(password)) < 5:
        raise Refusal(
            N_("This password is too easy to guess. Choose a short sentence without your name."),
            field="password",
        )


def require_other(password_hash: str, password: str) -> None:
    """Refuse a new password that is the present one."""
    if verify(password_hash, password):
        raise Refusal(N_("This is the present password. Choose another one."), field="password")
