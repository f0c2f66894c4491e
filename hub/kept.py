"""What a process keeps between requests, for as long as it is still true."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, TypeVar

Value = TypeVar("Value")

MOST: Final = 256


class Kept:
    """Values by key, each with the stamp of what it was made from.

    A value whose stamp is another one now is made anew; so whoever asks never gets what has
    been changed since, whichever process changed it. The oldest goes when there are too many.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._values: dict[Hashable, tuple[Hashable, Any]] = {}
        self._lock = Lock()

    def give(self, key: Hashable, stamp: Hashable, make: Callable[[], Value]) -> Value:
        """Give the value of a key; `make` makes it where there is none of this stamp.

        Two threads that miss the same value both make it; nobody waits for the other.
        """
        there = self._values.get(key)
        if there is not None and there[0] == stamp:
            value: Value = there[1]
            return value
        value = make()
        with self._lock:
            self._values.pop(key, None)
            while len(self._values) >= self._most:
                del self._values[next(iter(self._values))]
            self._values[key] = (stamp, value)
        return value
