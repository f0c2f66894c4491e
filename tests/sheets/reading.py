"""Reading a printed sheet back, as a person's programs would."""

import re
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path

from hub.sheets.blocks import Sheet
from tests.support.machine import program

_DROPPED = {ord(c): None for c in "\u200b\u200c\u200d\u2060\u00ad\u2066\u2067\u2068\u2069"}
# pdftotext shows with these in which direction a stretch runs; they stand between words.
_STEERING = dict.fromkeys(range(0x202A, 0x202F), " ")
_EDGES = "()[]{}.,:;?!…·–-/،؛؟።፣፤፥፦፧।、。（）«»“”\"'"


def words_of(text: str) -> list[str]:
    """Give the words of a text in compatibility form.

    Without invisible characters, Arabic vowel marks and the punctuation at their edges:
    extractors give that back on either side of a right-to-left word.
    """
    folded = unicodedata.normalize("NFKC", text.translate(_STEERING)).translate(_DROPPED)
    folded = "".join(c for c in folded if not "\u064b" <= c <= "\u0652")
    # Chinese has no spaces: each character counts as a word.
    folded = re.sub("([\u3001-\u9fff])", r" \1 ", folded)
    stripped = (word.strip(_EDGES) for word in folded.replace("\ue000", " ").split())
    return [word for word in stripped if word]


def composed_words(sheet: Sheet) -> Counter[str]:
    """Give the words that a composed sheet says in its blocks."""
    words: Counter[str] = Counter()
    for part in sheet.parts:
        for block in part.blocks:
            for side in block.sides:
                if side:
                    words.update(words_of(f"{side.lead} {side.text}"))
    return words


def printed_words(file: bytes, folder: Path) -> Counter[str]:
    """Give the words that pdftotext reads from a file."""
    path = folder / "sheet.pdf"
    path.write_bytes(file)
    command = [program("pdftotext"), "-enc", "UTF-8", str(path), "-"]
    done = subprocess.run(command, check=True, capture_output=True)
    return Counter(words_of(done.stdout.decode("utf-8")))


def share_found(wanted: Counter[str], printed: Counter[str]) -> float:
    """Give the share of the wanted words that were printed."""
    return (wanted & printed).total() / wanted.total()
