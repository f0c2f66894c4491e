"""Typefaces for the screen: the sheets' own, for scripts that many machines lack.

A browser asks for one only where a page holds its script and the machine has no typeface for
it (`static/css/typefaces.css`). So nothing on the desk is a row of boxes, and nothing comes
from another host.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import uharfbuzz as hb

from hub.sheets.faces import family_faces, installed

FAMILIES: Final = ("ethiopic", "devanagari", "chinese")
"""Latin, Cyrillic and Arabic are on every machine with a browser."""


@dataclass(frozen=True, slots=True)
class ScreenTypeface:
    """A TrueType file and the same compressed by gzip, with a digest of its content."""

    plain: bytes
    zipped: bytes
    digest: str


@lru_cache(maxsize=len(FAMILIES))
def screen_typeface(family: str) -> ScreenTypeface | None:
    """Give the regular face of a family, or None where it is not one of these or not installed.

    Of Chinese only the 3,755 most common characters (GB 2312, level 1) and its punctuation.
    """
    if family not in FAMILIES or not installed(family):
        return None
    face = family_faces(family)[0].face
    plain = bytes(_common(face).blob.data if family == "chinese" else face.blob.data)
    return ScreenTypeface(
        plain, gzip.compress(plain, 6, mtime=0), hashlib.sha256(plain).hexdigest()[:16]
    )


def _common(face: hb.Face) -> hb.Face:
    """Cut a Chinese face to punctuation and the characters in common use."""
    rows = [0xA1, 0xA3, *range(0xB0, 0xD8)]
    pairs = (bytes((high, low)) for high in rows for low in range(0xA1, 0xFF))
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(
        ord(text) for pair in pairs if (text := pair.decode("gb2312", "ignore"))
    )
    wanted.flags = hb.SubsetFlags.NO_HINTING
    return hb.subset(face, wanted)
