"""Hard Dutch words with plain ones beside them, and which of them stand on letters."""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache

from hub.resources import content


@dataclass(frozen=True, slots=True)
class HardWord:
    """A hard word or phrase, what could be said instead, and whether letters use it."""

    word: str
    plain: str
    on_letters: bool


@lru_cache(maxsize=1)
def hard_words() -> tuple[HardWord, ...]:
    """Give the shipped list, longest words first."""
    with content("hard_words.csv").open(encoding="utf-8", newline="") as stream:
        rows = [
            HardWord(row["word"], row["plain"], row["on_letters"] == "yes")
            for row in csv.DictReader(stream)
        ]
    return tuple(sorted(rows, key=lambda row: (-len(row.word), row.word)))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    # An ending may follow: indiene does not exist, but verschuldigde and facturen do.
    every = "|".join(re.escape(one.word) for one in hard_words())
    return re.compile(rf"(?<!\w)({every})(?:e|s|en)?(?!\w)")


def hard_words_in(text: str) -> list[HardWord]:
    """Give the hard words of a Dutch text, each once, in the order in which they stand."""
    known = {one.word: one for one in hard_words()}
    found = dict.fromkeys(match[1] for match in _pattern().finditer(text.casefold()))
    return [known[word] for word in found]


def letter_words(text: str) -> list[str]:
    """Give the words of a Dutch text that stand on letters, each once."""
    return [one.word for one in hard_words_in(text) if one.on_letters]
