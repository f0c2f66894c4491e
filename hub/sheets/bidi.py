"""The Unicode bidirectional algorithm, from a paragraph to levels and visual order.

Source: Unicode Standard Annex #9, revision 48 (Unicode 15). Rule names (P2, X5c, L1 ...) are
those of the annex. This file holds the paragraph, the explicit levels and the reordering;
`bidi_runs` resolves what remains inside one isolating run sequence.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from hub.sheets.bidi_runs import RunSequence, resolve

MAX_DEPTH = 125
_ISOLATES = frozenset({"LRI", "RLI", "FSI"})
_EMBEDDINGS = frozenset({"RLE", "LRE", "RLO", "LRO"})
_RIGHT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
_RESET_AT_LINE_END = frozenset(
    {"WS", "FSI", "LRI", "RLI", "PDI", "BN", "LRE", "RLE", "LRO", "RLO", "PDF"}
)
_MAYBE_RIGHT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def may_need_bidi(text: str) -> bool:
    """Tell quickly whether a left-to-right paragraph could hold anything right-to-left."""
    return _MAYBE_RIGHT.search(text) is not None


def bidi_classes(text: str) -> list[str]:
    """Give the bidirectional class of each character; unassigned ones count as letters."""
    classes = [unicodedata.bidirectional(character) for character in text]
    return [kind or "L" for kind in classes] if "" in classes else classes


def first_strong(classes: Sequence[str], default: int = 0) -> int:
    """P2 and P3: the level of the first strong character outside isolates, else `default`."""
    depth = 0
    for kind in classes:
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            if depth:
                depth -= 1
        elif depth == 0 and kind in ("L", "R", "AL"):
            return 0 if kind == "L" else 1
    return default


def matching_isolates(classes: Sequence[str]) -> dict[int, int]:
    """BD9: each isolate initiator with the index of its PDI; unmatched ones are left out."""
    matches: dict[int, int] = {}
    waiting: list[int] = []
    for index, kind in enumerate(classes):
        if kind in _ISOLATES:
            waiting.append(index)
        elif kind == "PDI" and waiting:
            matches[waiting.pop()] = index
    return matches


@dataclass(frozen=True, slots=True)
class _Status:
    """One entry of the directional status stack (X1)."""

    level: int
    override: str
    isolate: bool


class _ExplicitLevels:
    """Rules X1 to X8 over one paragraph."""

    def __init__(self, classes: list[str], matches: dict[int, int], base: int) -> None:
        self.original = classes
        self.matches = matches
        self.base = base
        self.kinds = classes[:]
        self.levels = [base] * len(classes)
        self.stack = [_Status(base, "", False)]
        self.overflow_isolates = 0
        self.overflow_embeddings = 0
        self.valid_isolates = 0

    def run(self) -> None:
        for index, kind in enumerate(self.original):
            if kind in _EMBEDDINGS:
                self._embedding(index, kind)
            elif kind in _ISOLATES:
                self._isolate(index, kind)
            elif kind == "PDI":
                self._end_of_isolate(index)
            elif kind == "PDF":
                self._end_of_embedding(index)
            elif kind == "B":
                self.levels[index] = self.base
            elif kind == "BN":
                self.levels[index] = self.stack[-1].level
            else:
                self._place(index)

    def _place(self, index: int) -> None:
        """X6: the level of the stack's top, and its override where there is one."""
        top = self.stack[-1]
        self.levels[index] = top.level
        if top.override:
            self.kinds[index] = top.override

    def _next_level(self, right: bool) -> int:
        level = self.stack[-1].level
        return (level + 1) | 1 if right else (level + 2) & ~1

    def _has_room(self, level: int) -> bool:
        return level <= MAX_DEPTH and not self.overflow_isolates and not self.overflow_embeddings

    def _embedding(self, index: int, kind: str) -> None:
        """X2 to X5."""
        self.levels[index] = self.stack[-1].level
        self.kinds[index] = "BN"
        level = self._next_level(kind[0] == "R")
        if self._has_room(level):
            self.stack.append(_Status(level, kind[0] if kind[2] == "O" else "", False))
        elif not self.overflow_isolates:
            self.overflow_embeddings += 1

    def _isolate(self, index: int, kind: str) -> None:
        """X5a to X5c."""
        self._place(index)
        if kind == "FSI":
            inside = self.original[index + 1 : self.matches.get(index, len(self.original))]
            right = first_strong(inside) == 1
        else:
            right = kind == "RLI"
        level = self._next_level(right)
        if self._has_room(level):
            self.valid_isolates += 1
            self.stack.append(_Status(level, "", True))
        else:
            self.overflow_isolates += 1

    def _end_of_isolate(self, index: int) -> None:
        """X6a."""
        if self.overflow_isolates:
            self.overflow_isolates -= 1
        elif self.valid_isolates:
            self.overflow_embeddings = 0
            while not self.stack[-1].isolate:
                self.stack.pop()
            self.stack.pop()
            self.valid_isolates -= 1
        self._place(index)

    def _end_of_embedding(self, index: int) -> None:
        """X7."""
        if not self.overflow_isolates:
            if self.overflow_embeddings:
                self.overflow_embeddings -= 1
            elif not self.stack[-1].isolate and len(self.stack) > 1:
                self.stack.pop()
        self.levels[index] = self.stack[-1].level
        self.kinds[index] = "BN"


def _level_runs(indices: list[int], levels: list[int]) -> list[list[int]]:
    """BD7: runs of one level, with the characters that X9 removes left out."""
    runs: list[list[int]] = []
    for index in indices:
        if runs and levels[runs[-1][-1]] == levels[index]:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _sequences(explicit: _ExplicitLevels) -> list[RunSequence]:
    """X10: the isolating run sequences with their levels and the types at both ends."""
    levels, original, base = explicit.levels, explicit.original, explicit.base
    indices = [i for i, kind in enumerate(explicit.kinds) if kind != "BN"]
    position = {index: place for place, index in enumerate(indices)}
    runs = _level_runs(indices, levels)
    starting = {run[0]: run for run in runs}
    closing = set(explicit.matches.values())
    sequences = []
    for run in runs:
        if original[run[0]] == "PDI" and run[0] in closing:
            continue
        members = list(run)
        while original[members[-1]] in _ISOLATES and members[-1] in explicit.matches:
            members += starting[explicit.matches[members[-1]]]
        level = levels[members[0]]
        place = position[members[0]]
        before = levels[indices[place - 1]] if place else base
        place = position[members[-1]] + 1
        open_ended = original[members[-1]] in _ISOLATES
        after = base if open_ended or place >= len(indices) else levels[indices[place]]
        start, end = "LR"[max(level, before) & 1], "LR"[max(level, after) & 1]
        sequences.append(RunSequence(members, level, start, end))
    return sequences


def embedding_levels(text: str, base: int) -> list[int]:
    """Give the resolved level of each character of one paragraph.

    `base` is 0 for a left-to-right paragraph and 1 for a right-to-left one. Characters that X9
    removes take the level of the one before them.
    """
    original = bidi_classes(text)
    if base == 0 and _RIGHT.isdisjoint(original):
        return [0] * len(text)
    explicit = _ExplicitLevels(original, matching_isolates(original), base)
    explicit.run()
    for sequence in _sequences(explicit):
        resolve(text, sequence, explicit.kinds, original, explicit.levels)
    previous = base
    for index, kind in enumerate(explicit.kinds):
        if kind == "BN":
            explicit.levels[index] = previous
        else:
            previous = explicit.levels[index]
    return explicit.levels


def reset_line_end(text: str, levels: list[int], base: int) -> list[int]:
    """L1 for one line: separators, and white space before them or at the end, get the base."""
    result = levels[:]
    trailing = True
    for index in range(len(text) - 1, -1, -1):
        kind = unicodedata.bidirectional(text[index])
        if kind in ("S", "B"):
            trailing = True
        elif kind not in _RESET_AT_LINE_END:
            trailing = False
        if trailing:
            result[index] = base
    return result


def visual_order(levels: Sequence[int]) -> list[int]:
    """L2: the logical indices of a line in the order in which they stand on paper."""
    order = list(range(len(levels)))
    lowest_odd = min((level for level in levels if level & 1), default=None)
    if lowest_odd is None:
        return order
    for threshold in range(max(levels), lowest_odd - 1, -1):
        start = 0
        while start < len(order):
            if levels[order[start]] < threshold:
                start += 1
                continue
            end = start
            while end < len(order) and levels[order[end]] >= threshold:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end
    return order
