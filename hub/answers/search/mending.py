"""Words that were mistyped: one edit away from the beginning of a word, or with another ending.

One edit is a letter too many, too few, wrong, or two letters exchanged (Damerau 1964: four out
of five typing errors are one of these). It is forgiven in words of four letters and more.
"""

from collections.abc import Iterable
from typing import Final

LEAST_LETTERS: Final = 4
MOST_MENDED: Final = 24
# "And", "with", "to", "so", "as" are written as one letter before an Arabic word.
_PARTICLES: Final = "وبلفك"
_LEAST_AFTER_PARTICLE: Final = 3
_ETHIOPIC: Final = ("\u1200", "\u137f")


def long_enough(asked: str) -> bool:
    """Tell whether a word has the letters to be mended; an Ethiopic one writes two at once."""
    return sum(2 if _ETHIOPIC[0] <= c <= _ETHIOPIC[1] else 1 for c in asked) >= LEAST_LETTERS


def _shared(one: str, other: str) -> int:
    """Give with how many letters two words begin alike."""
    for at, (letter, counterpart) in enumerate(zip(one, other, strict=False)):
        if letter != counterpart:
            return at
    return min(len(one), len(other))


def near(asked: str, word: str) -> bool:
    """Tell whether `asked` is at most one edit away from a beginning of `word`."""
    same = _shared(asked, word)
    rest, tail = asked[same:], word[same:]
    if not rest:
        return True
    return (
        tail[1:].startswith(rest[1:])  # a wrong letter
        or tail.startswith(rest[1:])  # one too many
        or tail[1:].startswith(rest)  # one too few
        or (rest[:2] == tail[1::-1] and len(rest) > 1 and tail[2:].startswith(rest[2:]))
    )


def one_edit_away(asked: str, known: Iterable[str]) -> list[str]:
    """Give the known words with a beginning that is one edit away, the likeliest first.

    The first letter is believed: words that share it shut out those that do not.
    """
    # One edit leaves one half whole, whatever it is: that sorts out most words at once.
    half = len(asked) // 2
    head, tail = asked[:half], asked[half + 1 :]
    likely = (word for word in known if word.startswith(head) or tail in word)
    found = [word for word in likely if near(asked, word)]
    return _likeliest(asked, [word for word in found if word[0] == asked[0]] or found)


def behind_a_particle(asked: str, known: Iterable[str]) -> list[str]:
    """Give the known words that begin as an Arabic word does behind its particle."""
    rest = asked[1:]
    if asked[0] not in _PARTICLES or len(rest) < _LEAST_AFTER_PARTICLE:
        return []
    return _likeliest(rest, (word for word in known if word.startswith(rest)))


def sharing_a_beginning(asked: str, known: Iterable[str]) -> list[str]:
    """Give the known words that share the longest beginning with what was typed.

    It has at least four letters and half of what was typed: `faturam` finds `fatura`.
    """
    begun = asked[:LEAST_LETTERS]
    shared = {word: _shared(asked, word) for word in known if word.startswith(begun)}
    longest = max(shared.values(), default=0)
    if longest < max(LEAST_LETTERS, (len(asked) + 1) // 2):
        return []
    return _likeliest(asked, (word for word, letters in shared.items() if letters == longest))


def _likeliest(asked: str, words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (abs(len(word) - len(asked)), word))[:MOST_MENDED]
