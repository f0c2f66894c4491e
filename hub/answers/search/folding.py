"""From writing to words that can be compared: without case, accents, and habits of spelling.

What is stored and what is asked pass through the same door, so it matters little how exact a
folding is as a matter of grammar; it matters that two spellings of one word meet.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

LONGEST_WORD: Final = 40  # letters; longer ones are cut, in what is stored and what is asked
_HAN_WINDOW: Final = 6


def _digit(character: str) -> int | None:
    return unicodedata.decimal(character, None)


_LETTERS: Final = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "ґ": "г"}
    # Arabic script: endings and letters that keyboards write in two ways; the stretching stroke.
    | {"ى": "ي", "ک": "ك", "ی": "ي", "ة": "ه", "ـ": None}
    # Ethiopic letters that sound alike are exchanged freely in Amharic, by some in Tigrinya.
    | {chr(0x1210 + n): chr(0x1200 + n) for n in range(8)}  # ሐ as ሀ
    | {chr(0x1280 + n): chr(0x1200 + n) for n in range(8)}  # ኀ as ሀ
    | {chr(0x1220 + n): chr(0x1230 + n) for n in range(8)}  # ሠ as ሰ
    | {chr(0x12D0 + n): chr(0x12A0 + n) for n in range(7)}  # ዐ as አ
    | {chr(0x1340 + n): chr(0x1338 + n) for n in range(7)}  # ፀ as ጸ
    # Digits of other scripts, up to where the scripts of Asia end.
    | {c: str(digit) for c in map(chr, range(0x80, 0x1A00)) if (digit := _digit(c)) is not None}
)
_ETHIOPIC_A: Final = str.maketrans({"ሃ": "ሀ", "ኣ": "አ"})
_JOINER: Final = re.compile("[-'’‘ʼ`\u2010\u2011\u200c\u200d]")
_HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
# Vowel signs belong to their word; the signs that are left after folding stand in these scripts.
_SIGNS: Final = "".join(
    c for c in map(chr, range(0x300, 0x1D00)) if unicodedata.category(c)[0] == "M"
)
_WORD: Final = re.compile(f"(?:[^\\W_]|[{_SIGNS}])+")
_DIGITS: Final = re.compile(r"([^\W\d_]*)0+(\d+)")
# The article, alone or behind "and", "with", "as", "so", "to": stripped where a word remains.
_ARTICLES: Final = ("وال", "بال", "كال", "فال", "لل", "ال")
_LEAST_REST: Final = 3


def normalise(text: str) -> str:
    """Give a text without case and accents, so that `Énergie` and `energie` are the same."""
    # Twice, because some signs have a small letter only after they are taken apart.
    apart = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", apart)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.translate(_LETTERS).translate(_ETHIOPIC_A)


def _joined(text: str) -> list[str]:
    """Give the words that joiners hold together, as one: `la'aan` also as `laaan`."""
    if not _JOINER.search(text):
        return []
    bound = (run for run in text.split() if _JOINER.search(run))
    return [word for run in bound for word in _WORD.findall(_JOINER.sub("", run))]


def _without_article(word: str) -> str | None:
    if word.startswith(_ARTICLES):
        for article in _ARTICLES:
            if word.startswith(article) and len(word) - len(article) >= _LEAST_REST:
                return word.removeprefix(article)
    return None


def _other_forms(word: str) -> list[str]:
    """Give further forms under which a stored word is found."""
    if word.isascii():
        numbered = _DIGITS.fullmatch(word)
        return [f"{numbered[1]}{numbered[2]}"] if numbered else []
    bare = _without_article(word)
    forms = [bare] if bare else []
    return [*forms, *_windows(word, 1)] if _HAN.search(word) else forms


def _windows(word: str, step: int) -> Iterator[str]:
    """Give the runs of a word: Chinese in windows that begin every so many characters."""
    edges = sorted({0, len(word), *(edge for run in _HAN.finditer(word) for edge in run.span())})
    for start, end in pairwise(edges):
        run = word[start:end]
        if _HAN.match(run):
            yield from (run[at : at + _HAN_WINDOW] for at in range(0, len(run), step))
        else:
            yield run


def stored_words(text: str) -> list[str]:
    """Give the words under which a text is found, in order, then their other forms; each once.

    Chinese writes no spaces, so every place in a run of its characters begins a word.
    """
    plain = normalise(text)
    words = [*_WORD.findall(plain), *_joined(plain)]
    forms = [form for word in words for form in _other_forms(word)]
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in [*words, *forms]))


def asked_words(query: str) -> list[tuple[str, ...]]:
    """Give the words of a query, each with the forms that would do as well, in order."""
    asked = []
    for word in _WORD.findall(normalise(query)):
        for run in _windows(word, _HAN_WINDOW):
            bare = _without_article(run)
            forms = (run, bare) if bare else (run,)
            asked.append(tuple(form[:LONGEST_WORD] for form in forms))
    return asked
