"""How easy a Dutch text reads: a help for who writes it, never a block.

Flesch-Douma (W. H. Douma, 1960, after R. Flesch): 206.8 - 0.77 x syllables per 100 words
- 0.93 x words per sentence; 60 to 70 is normal, 80 and above easy. Such a formula counts; it
does not read.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hub.answers.hard_words import HardWord, hard_words_in
from hub.answers.placeholders import strings_of

# What an answer should reach: plain Dutch for everybody.
GOOD_SCORE: Final = 70
GOOD_AVERAGE: Final = 12
LONGEST_SENTENCE: Final = 18

# A value stands where a placeholder is; it reads as one word of two syllables.
_VALUE: Final = "waarde"
_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")
# A full stop ends a sentence when something new begins after it, and not inside 1.500
_END: Final = re.compile(r"(?<=[.!?…])[”’\")]*\s+(?=\W*[A-ZÀ-Þ0-9{])")
_WORD: Final = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’\-][^\W_]+)*")
# The strings that are read as sentences; a title and a list of things to bring are none.
_READ: Final = ("gist", "steps", "come_back", "referral")

# Letters that make one sound together, the longest first.
_VOWELS: Final = re.compile(
    r"aai|ooi|oei|eeu|ieu|eau|aa|ee|oo|uu|oe|ie|eu|ui|ij|ei|au|ou|ai|[aeiouyáéíóúàèìòùâêîôû]"
)
# A dieresis begins a new sound, which may be of two letters: be-ein-di-gen, na-ief.
_DIERESIS: Final = str.maketrans({"ä": "·a", "ë": "·e", "ï": "·i", "ö": "·o", "ü": "·u"})
_SOUNDS: Final = (
    (re.compile(r"(?<=[ts])i(?=ons?$|oen)"), "j"),  # sta-tion and pen-sioen, yet na-ti-o-naal
    (re.compile(r"i(?=eel)"), "i·"),  # fi-nan-ci-eel
    (re.compile(r"e(?=u[ms]$)"), "e·"),  # mu-se-um
    (re.compile(r"^y(?=[aeiou])"), "j"),  # yog-hurt
    (re.compile(r"(?<=q)u"), "w"),  # quo-tum
)
# Words that Dutch took over with an e that nobody hears.
_SILENT_E: Final = re.compile(r"(?:online|website|service|offline|update)")
# Letters that are spoken by their names: k-W-h, G-J, V-v-E.
_SPELLED: Final = re.compile(r"[A-Z]{2,4}|[A-Za-z][a-z]?[A-Z][a-z]?|[bcdfghjklmnpqrstvwxz]{2,}")


def syllables(word: str) -> int:
    """Give the number of syllables of a Dutch word, at least one.

    Counts vowel sounds: long vowels and the digraphs of Dutch are one, a dieresis begins a new
    one. A digit counts as one, an abbreviation by its letters.
    """
    return max(1, sum(_of_part(part) for part in re.split(r"['’.,\-]", word) if part))


def _of_part(part: str) -> int:
    if part.isdecimal():
        return len(part)
    if _SPELLED.fullmatch(part):
        return len(part)
    text = part.lower()
    silent = len(_SILENT_E.findall(text))
    text = text.translate(_DIERESIS)
    for pattern, sound in _SOUNDS:
        text = pattern.sub(sound, text)
    return len(_VOWELS.findall(text)) - silent


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its number of words."""

    text: str
    words: int

    @property
    def long(self) -> bool:
        """Whether it is longer than a sentence at the desk should be."""
        return self.words > LONGEST_SENTENCE


@dataclass(frozen=True, slots=True)
class Readability:
    """What was counted in a text. `score` is Flesch-Douma, whole; None without a sentence."""

    score: int | None
    words: int
    syllables: int
    sentences: tuple[Sentence, ...]
    hard_words: tuple[HardWord, ...]

    @property
    def average(self) -> float:
        """Words per sentence; 0 without a sentence."""
        return self.words / len(self.sentences) if self.sentences else 0.0

    @property
    def longest(self) -> Sentence | None:
        """The sentence with the most words, None without a sentence."""
        return max(self.sentences, key=lambda sentence: sentence.words, default=None)

    @property
    def plain(self) -> bool:
        """Whether score and sentences are as a text of the desk should be."""
        easy = self.score is not None and self.score >= GOOD_SCORE
        return easy and self.average <= GOOD_AVERAGE and not any(s.long for s in self.sentences)


def sentences(text: str) -> list[Sentence]:
    """Split a string into sentences; the end of the string ends one too."""
    pieces = _END.split(_PLACEHOLDER.sub(_VALUE, text))
    counted = [Sentence(piece.strip(), len(_WORD.findall(piece))) for piece in pieces]
    return [sentence for sentence in counted if sentence.words]


def flesch_douma(words: int, syllable_count: int, sentence_count: int) -> float | None:
    """Give the Flesch-Douma score; None for nothing to read."""
    if not words or not sentence_count:
        return None
    return 206.8 - 0.77 * (100 * syllable_count / words) - 0.93 * (words / sentence_count)


def readability(body: Mapping[str, Any]) -> Readability:
    """Count what is read as sentences in a Dutch body; hard words are sought everywhere."""
    return readability_of(
        [text for place, text in strings_of(body) if place.split(".")[0] in _READ],
        [text for place, text in strings_of(body) if not place.startswith("do_not_say")],
    )


def readability_of(strings: Iterable[str], searched: Sequence[str] = ()) -> Readability:
    """Count strings of Dutch; `searched` are those in which hard words are sought."""
    found = tuple(sentence for text in strings for sentence in sentences(text))
    words = [word for sentence in found for word in _WORD.findall(sentence.text)]
    count = sum(map(syllables, words))
    score = flesch_douma(len(words), count, len(found))
    return Readability(
        score=None if score is None else round(score),
        words=len(words),
        syllables=count,
        sentences=found,
        hard_words=tuple(hard_words_in(" . ".join(searched))),
    )
