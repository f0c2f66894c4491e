"""Shaping with HarfBuzz: one word in one face becomes glyphs, ready to be written to a page.

The result does not depend on the size, so a word is shaped once and kept in a bounded cache of
its face. Extraction decides its form (measured in docs/sheets.md): a left-to-right word whose
glyphs and characters are not one to one carries its text as one ActualText; a right-to-left
word is written in visual order with ActualText round single clusters only, itself in visual
order, because programs that read PDF files reverse such runs blindly. The reading order of
right-to-left text stands on its structure element.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import uharfbuzz as hb

from hub.sheets.faces import Face

_MAX_WORDS: Final = 4_000
# Optional ligatures gain nothing on a sheet and would break the text that is copied from it.
_FEATURES_RTL: Final = {"liga": False, "dlig": False}
# Signs that end a PDF string, or are not read back from it as they are (ISO 32000-1, 7.3.4.2).
STRING_ESCAPES: Final = str.maketrans(
    {"\\": "\\\\", "(": "\\(", ")": "\\)", "\r": "\\r", "\n": "\\n"}
)
_UNHEARD: Final = dict.fromkeys(map(ord, "\u200c\u200d"))


class GlyphMissingError(LookupError):
    """The face has no glyph for something in this word."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Glyphs that stand for `actual` (None: the glyphs speak for themselves).

    `parts` are pairs of rise, in thousandths of the body size, and the inside of a TJ array.
    """

    actual: str | None
    parts: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class ShapedWord:
    """A shaped word: its width in thousandths of the body size, and what to write.

    `meanings` map a glyph to the text that it alone stands for; `hints` do so for glyphs that
    share their text with others. `plain` is the TJ array of a word that needs nothing else.
    """

    text: str
    advance: float
    pieces: tuple[Piece, ...]
    meanings: dict[int, str]
    hints: dict[int, str]
    plain: str | None


def number(value: float) -> str:
    """Write a number for a page: two decimals at most, no trailing zeros."""
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shape(face: Face, text: str, right_to_left: bool, language: str) -> ShapedWord:
    """Shape one word of one direction in one face.

    Raises `GlyphMissingError` rather than give a box.
    """
    key = (text, right_to_left, language)
    known: ShapedWord | None = face.shaped.get(key)
    if known is None:
        known = _shape(face, text, right_to_left, language)
        if len(face.shaped) >= _MAX_WORDS:
            face.shaped.clear()
        face.shaped[key] = known
    return known


def _shape(face: Face, text: str, right_to_left: bool, language: str) -> ShapedWord:
    buffer = _run_harfbuzz(face, text, right_to_left, language)
    infos = buffer.glyph_infos
    glyphs = [info.codepoint for info in infos]
    if 0 in glyphs:
        raise GlyphMissingError(f"{text!a} in {face.name}")
    clusters = [info.cluster for info in infos]
    alone = len(text) == len(glyphs) == len(set(clusters))  # a glyph for each character
    texts = dict(enumerate(text)) if alone else _cluster_texts(text, clusters)
    meanings, simple = _meanings(glyphs, clusters, texts, right_to_left, alone)
    groups = _groups(text, clusters, texts, right_to_left, simple)
    pieces, advance = _write(face, glyphs, buffer.glyph_positions, groups)
    plain = None
    if simple and len(pieces) == 1 and len(pieces[0].parts) == 1 and not pieces[0].parts[0][0]:
        plain = pieces[0].parts[0][1]
    hints = {}
    if not alone:
        hints = {
            glyph: texts[cluster]
            for glyph, cluster in zip(glyphs, clusters, strict=True)
            if glyph not in meanings
        }
    return ShapedWord(text, advance, tuple(pieces), meanings, hints, plain)


def _run_harfbuzz(face: Face, text: str, right_to_left: bool, language: str) -> Any:
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_GRAPHEMES
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    buffer.language = language
    hb.shape(face.font, buffer, _FEATURES_RTL if right_to_left else None)
    return buffer


def _cluster_texts(text: str, clusters: list[int]) -> dict[int, str]:
    """Give the characters that each cluster stands for, without invisible joiners."""
    starts = sorted(set(clusters))
    ends = [*starts[1:], len(text)] if starts else []
    return {
        start: text[start:end].translate(_UNHEARD) for start, end in zip(starts, ends, strict=True)
    }


def _meanings(
    glyphs: list[int],
    clusters: list[int],
    texts: dict[int, str],
    right_to_left: bool,
    alone: bool,
) -> tuple[dict[int, str], bool]:
    """Give the text of each glyph that stands alone, and whether all of them do.

    `alone` tells that there is a glyph for each character, each in a cluster of its own.
    """
    meanings: dict[int, str] = {}
    simple = True
    for glyph, cluster in zip(glyphs, clusters, strict=True):
        if not alone and clusters.count(cluster) > 1:
            simple = False
            continue
        text = texts[cluster]
        if right_to_left and len(text) > 1:
            text = text[::-1]
        if meanings.setdefault(glyph, text) != text:
            simple = False
    return meanings, simple


_Group = tuple[str | None, list[int]]


def _groups(
    text: str, clusters: list[int], texts: dict[int, str], right_to_left: bool, simple: bool
) -> list[_Group]:
    """Split the glyphs into stretches that are written together."""
    everything = list(range(len(clusters)))
    if simple:
        return [(None, everything)]
    if not right_to_left:
        return [(text, everything)]
    groups: list[_Group] = []
    for members in _clusters(clusters):
        actual = texts[clusters[members[0]]][::-1] if len(members) > 1 else None
        if actual is None and groups and groups[-1][0] is None:
            groups[-1][1].extend(members)
        else:
            groups.append((actual, members))
    return groups


def _clusters(clusters: list[int]) -> Iterator[list[int]]:
    """Give the glyph positions of each cluster in turn."""
    start = 0
    for end in range(1, len(clusters) + 1):
        if end == len(clusters) or clusters[end] != clusters[start]:
            yield list(range(start, end))
            start = end


def _write(
    face: Face, glyphs: list[int], positions: Any, groups: list[_Group]
) -> tuple[list[Piece], float]:
    """Write each group as TJ arrays, moving the pen where HarfBuzz does."""
    scale, advances = face.scale, face.advances
    pen = 0.0  # where HarfBuzz is, in thousandths of the body size
    reached = 0.0  # where the widths of the glyphs written so far lead
    pieces = []
    for actual, members in groups:
        parts: list[tuple[float, list[int | str]]] = []
        height = None
        for member in members:
            position, glyph = positions[member], glyphs[member]
            rise = position.y_offset * scale
            if rise != height:
                height = rise
                row: list[int | str] = []
                parts.append((rise, row))
            move = pen + position.x_offset * scale - reached
            if abs(move) > 0.005:
                row.append(number(-move))
                reached += move
            row.append(glyph)
            reached += advances[glyph]
            pen += position.x_advance * scale
        pieces.append((actual, parts))
    if abs(pen - reached) > 0.005:
        pieces[-1][1][-1][1].append(number(reached - pen))
    return [
        Piece(actual, tuple((rise, _array(row)) for rise, row in parts)) for actual, parts in pieces
    ], pen


def _array(row: list[int | str]) -> str:
    """Join glyph numbers and moves to the inside of a TJ array, one character for each byte."""
    out: list[str] = []
    run = ""
    for entry in row:
        if isinstance(entry, int):
            run += chr(entry >> 8) + chr(entry & 0xFF)
            continue
        if run:
            out.append(f"({run.translate(STRING_ESCAPES)})")
            run = ""
        out.append(entry)
    if run:
        out.append(f"({run.translate(STRING_ESCAPES)})")
    return "".join(out)
