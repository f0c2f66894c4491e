"""The typefaces, taken from font packages and prepared once per process.

Each face is one weight of a family, cut with hb-subset (HarfBuzz) from the file that its
package carries; a variable font is pinned to the weight at the same time. Nothing is written
to disk. Prepare before worker processes fork or threads start, so that all of them share one.
"""

import gc
import importlib.util
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import uharfbuzz as hb

from hub.i18n import N_
from hub.sheets.languages import SCRIPTS, tongue
from hub.sheets.refusals import LanguageRefused

_ABSENT = N_(
    "The typeface package %(package)s is not installed, so this language cannot be printed. "
    "Add it with: pip install %(requirement)s"
)

REGULAR: Final = 400
BOLD: Final = 700

# Latin and Cyrillic with their marks, figures, punctuation, currency and a few arrows.
_LATIN_RANGES: Final = (
    (0x20, 0x7F),
    (0xA0, 0x250),
    (0x254, 0x260),
    (0x2B9, 0x2BD),
    (0x300, 0x330),
    (0x400, 0x530),
    (0x1E00, 0x1F00),
    (0x2010, 0x2028),
    (0x202F, 0x205F),
    (0x2070, 0x2095),
    (0x20A0, 0x20C0),
    (0x2122, 0x2123),
    (0x2190, 0x219A),
    (0x2212, 0x2213),
    (0x2260, 0x2266),
)
# Characters that steer the text and are never drawn.
INVISIBLE: Final = frozenset("\u200c\u200d\u2060\u2066\u2067\u2068\u2069\u00ad\u200b")

_UNWANTED_TABLES: Final = [
    "GSUB",
    "GPOS",
    "GDEF",
    "cmap",
    "name",
    "OS/2",
    "post",
    "STAT",
    "HVAR",
    "VVAR",
    "MVAR",
    "avar",
    "gasp",
    "DSIG",
    "BASE",
    "meta",
    "vhea",
    "vmtx",
]
# What differs from one sheet of an answer to the next: figures, names, codes, dates. With these
# in every file, sheets of one answer embed the same cut of a face, which is made once.
_OFTEN_LATIN: Final = (
    "0 1 2 3 4 5 6 7 8 9 A B C D E F G H I J K L M N O P Q R S T U V W X Y Z "
    "a b c d e f g h i j k l m n o p q r s t u v w x y z . , : ; - / ( ) ' % & + € ·"
)
_OFTEN_FIGURES: Final = "0 1 2 3 4 5 6 7 8 9"
_OFTEN_ARABIC: Final = (
    "0 1 2 3 4 5 6 7 8 9 . , : - / ( ) "
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر "
    "ژانویهٔ فوریهٔ آوریل مهٔ ژوئن ژوئیهٔ اوت سپتامبر اکتبر نوامبر دسامبر"
)


@dataclass(frozen=True, slots=True)
class Family:
    """Where a family comes from: package, files inside it, what pip needs, what is kept.

    Kept are `ranges` of characters and those of a `charset`, everything where neither is given.
    The words of `often` are embedded in every file. A family that is large and rarely needed
    is loaded `at_first_use`.
    """

    name: str
    package: str
    requirement: str
    files: tuple[str, str]
    ranges: tuple[tuple[int, int], ...] = ()
    charset: str = ""
    often: str = ""
    at_first_use: bool = False

    def characters(self) -> list[int]:
        """Give the code points to keep; none means all."""
        kept = [code for bounds in self.ranges for code in range(*bounds)]
        return kept + [ord(character) for character in _charset(self.charset)]


def _charset(name: str) -> list[str]:
    """Give every character of a double-byte character set."""
    pairs = (bytes((high, low)) for high in range(0xA1, 0xFF) for low in range(0xA1, 0xFF))
    found = [pair.decode(name, "ignore") for pair in pairs] if name else []
    return [character for character in found if character]


FAMILIES: Final = {
    "latin": Family(
        "NotoSans",
        "manimgx_fonts",
        "manimgx-fonts",
        ("NotoSans[wght].ttf",) * 2,
        _LATIN_RANGES,
        often=_OFTEN_LATIN,
    ),
    "ethiopic": Family(
        "NotoSansEthiopic", "manimgx_fonts", "manimgx-fonts", ("NotoSansEthiopic[wght].ttf",) * 2
    ),
    "devanagari": Family(
        "NotoSansDevanagari",
        "manimgx_fonts",
        "manimgx-fonts",
        ("NotoSansDevanagari[wght].ttf",) * 2,
        often=_OFTEN_FIGURES,
    ),
    "arabic": Family(
        "IBMPlexSansArabic",
        "fontpkg_ibm_plex_sans_arabic",
        "fontpkg-ibm-plex-sans-arabic",
        ("files/IBMPlexSansArabic-Regular.ttf", "files/IBMPlexSansArabic-Bold.ttf"),
        often=_OFTEN_ARABIC,
    ),
    "chinese": Family(
        "NotoSansSC",
        "justmytype_intl_cjk",
        "justmytype-intl-cjk==0.1.0",
        ("fonts/ofl/notosanssc/NotoSansSC[wght].ttf",) * 2,
        ((0x20, 0x7F), (0x2010, 0x2028)),
        charset="gb2312",
        often=_OFTEN_FIGURES,
        at_first_use=True,
    ),
}


class Face:
    """One weight of one family, cut down and ready to shape and to embed.

    `advances` are glyph widths in thousandths of the body size, `ascent` and `descent` too.
    `resource` names it on the pages of every file, so that a line is written alike in all.
    `shaped` and `embedded` are kept by those who shape with it and embed it.
    """

    def __init__(self, family: Family, weight: int, source: Path, kept: list[int]) -> None:
        number = [known.name for known in FAMILIES.values()].index(family.name)
        self.resource = f"F{2 * number + (weight == BOLD)}"
        self.name = f"{family.name}-{'Bold' if weight == BOLD else 'Regular'}"
        self.often = family.often
        self.face = _cut(hb.Face(hb.Blob.from_file_path(str(source))), weight, kept)
        self.font = hb.Font(self.face)
        self.scale = 1000 / self.face.upem
        self.glyph_count: int = self.face.glyph_count
        self.advances = [
            round(self.font.get_glyph_h_advance(glyph) * self.scale, 2)
            for glyph in range(self.glyph_count)
        ]
        self.characters: frozenset[int] = frozenset(self.face.unicodes)
        extents = self.font.get_font_extents("ltr")
        self.ascent = round(extents.ascender * self.scale)
        self.descent = round(extents.descender * self.scale)
        self.shaped: dict[Any, Any] = {}
        self.embedded: dict[Any, Any] = {}

    def program(self, glyphs: Iterable[int]) -> bytes:
        """Give a TrueType program of just these glyphs, under their numbers in this face."""
        wanted = hb.SubsetInput()
        wanted.flags = (
            hb.SubsetFlags.NO_HINTING
            | hb.SubsetFlags.RETAIN_GIDS
            | hb.SubsetFlags.NOTDEF_OUTLINE
            | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        )
        wanted.glyph_set.update({0, *glyphs})
        for table in _UNWANTED_TABLES:
            wanted.drop_table_tag_set.add(int.from_bytes(table.ljust(4).encode(), "big"))
        data: bytes = hb.subset(self.face, wanted).blob.data
        return data


def _cut(source: Any, weight: int, kept: list[int]) -> Any:
    """Pin the weight and keep the given characters (all where none are given)."""
    wanted = hb.SubsetInput()
    if kept:
        wanted.unicode_set.update(kept)
        wanted.layout_feature_tag_set.clear()
        wanted.layout_feature_tag_set.invert()
    else:
        wanted.keep_everything()
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    if source.axis_infos:
        wanted.pin_all_axes_to_default(source)
        wanted.pin_axis_location(source, "wght", weight)
    return hb.subset(source, wanted)


_lock = threading.Lock()
_families: dict[str, tuple[Face, Face]] = {}


def installed(family: str) -> bool:
    """Tell whether the package of a family is there."""
    return importlib.util.find_spec(FAMILIES[family].package) is not None


def family_faces(family: str) -> tuple[Face, Face]:
    """Give the regular and the bold face of a family, loading them at first use.

    Raises `LanguageRefused`, saying how to add the package, where it is absent.
    """
    known = _families.get(family)
    if known is None:
        with _lock:
            known = _families.get(family) or _load(FAMILIES[family])
            _families[family] = known
    return known


def _load(family: Family) -> tuple[Face, Face]:
    spec = importlib.util.find_spec(family.package)
    if spec is None or spec.origin is None:
        raise LanguageRefused(
            _ABSENT, field="language", package=family.package, requirement=family.requirement
        )
    folder = Path(spec.origin).parent
    kept = family.characters()
    regular, bold = (
        Face(family, weight, folder / file, kept)
        for weight, file in zip((REGULAR, BOLD), family.files, strict=True)
    )
    return regular, bold


def prepare() -> None:
    """Load and cut every installed typeface; call it once, before worker processes fork.

    The Chinese one waits for its first use: it alone takes more memory than all the others.
    """
    for name, family in FAMILIES.items():
        if installed(name) and not family.at_first_use:
            family_faces(name)
    # What is here now stays: the collector need not look through it, nor a fork copy it.
    gc.collect()
    gc.freeze()


@lru_cache(maxsize=256)
def faces_of(language: str, bold: bool) -> tuple[Face, ...]:
    """Give the faces of a language in order of choice."""
    return tuple(family_faces(family)[bold] for family in tongue(language).families)


def missing_glyphs(text: str, language: str) -> set[str]:
    """Give the characters of `text` that no typeface of `language` can draw.

    Characters that steer the text (isolates, joiners, soft hyphens) and the writing line are
    not drawn and count as known. Raises `LanguageRefused` for a script that cannot be set.
    """
    known = known_characters(language)
    return {character for character in set(text) if character not in known}


@lru_cache(maxsize=256)
def known_characters(language: str) -> frozenset[str]:
    """Give every character that can stand in a text of this language."""
    codes: set[int] = set()
    for face in faces_of(language, bold=False):
        codes |= face.characters
    return frozenset(map(chr, codes)) | INVISIBLE | {"\ue000"}


def printable_scripts() -> list[str]:
    """Give the scripts whose typefaces are all installed."""
    return [name for name, script in SCRIPTS.items() if all(map(installed, script.families))]
