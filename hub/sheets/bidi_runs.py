"""Resolving one isolating run sequence of the bidirectional algorithm: rules W1 to I2.

Source: Unicode Standard Annex #9. `bidi` builds the sequences and calls `resolve`.
"""

from dataclasses import dataclass

_NEUTRAL = frozenset({"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"})
_ISOLATE_MARKS = frozenset({"LRI", "RLI", "FSI", "PDI"})

# BidiBrackets.txt of Unicode 15: opening bracket, closing bracket.
_BRACKET_PAIRS = (
    "()[]{}\u0f3a\u0f3b\u0f3c\u0f3d\u169b\u169c\u2045\u2046\u207d\u207e\u208d\u208e"
    "\u2308\u2309\u230a\u230b\u2329\u232a\u2768\u2769\u276a\u276b\u276c\u276d\u276e\u276f"
    "\u2770\u2771\u2772\u2773\u2774\u2775\u27c5\u27c6\u27e6\u27e7\u27e8\u27e9\u27ea\u27eb"
    "\u27ec\u27ed\u27ee\u27ef\u2983\u2984\u2985\u2986\u2987\u2988\u2989\u298a\u298b\u298c"
    "\u298d\u2990\u298f\u298e\u2991\u2992\u2993\u2994\u2995\u2996\u2997\u2998\u29d8\u29d9"
    "\u29da\u29db\u29fc\u29fd\u2e22\u2e23\u2e24\u2e25\u2e26\u2e27\u2e28\u2e29\u2e55\u2e56"
    "\u2e57\u2e58\u2e59\u2e5a\u2e5b\u2e5c\u3008\u3009\u300a\u300b\u300c\u300d\u300e\u300f"
    "\u3010\u3011\u3014\u3015\u3016\u3017\u3018\u3019\u301a\u301b\ufe59\ufe5a\ufe5b\ufe5c"
    "\ufe5d\ufe5e\uff08\uff09\uff3b\uff3d\uff5b\uff5d\uff5f\uff60\uff62\uff63"
)
# U+2329 and U+232A are canonically equivalent to U+3008 and U+3009 (BD16).
_SAME = {"\u2329": "\u3008", "\u232a": "\u3009"}
_CLOSING_OF = {
    opening: _SAME.get(closing, closing)
    for opening, closing in zip(_BRACKET_PAIRS[::2], _BRACKET_PAIRS[1::2], strict=True)
}
_CLOSINGS = {closing: _SAME.get(closing, closing) for closing in _BRACKET_PAIRS[1::2]}
_MAX_OPEN_BRACKETS = 63


@dataclass(frozen=True, slots=True)
class RunSequence:
    """Character indices of one isolating run sequence, its level, and `sos` and `eos`."""

    members: list[int]
    level: int
    start: str
    end: str


def resolve(
    text: str, sequence: RunSequence, kinds: list[str], original: list[str], levels: list[int]
) -> None:
    """Write the resolved levels of the sequence into `levels`."""
    work = [kinds[index] for index in sequence.members]
    _nonspacing_marks(work, sequence.start)
    _numbers_after_arabic(work, sequence.start)
    _separators_and_terminators(work)
    _numbers_after_latin(work, sequence.start)
    _brackets(text, sequence, work, original)
    _neutrals(work, sequence)
    for index, kind in zip(sequence.members, work, strict=True):
        levels[index] = _implicit(sequence.level, kind)


def _nonspacing_marks(work: list[str], start: str) -> None:
    """W1."""
    previous = start
    for index, kind in enumerate(work):
        if kind == "NSM":
            work[index] = "ON" if previous in _ISOLATE_MARKS else previous
        previous = work[index]


def _numbers_after_arabic(work: list[str], start: str) -> None:
    """W2 and W3."""
    strong = start
    for index, kind in enumerate(work):
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            work[index] = "AN"
    for index, kind in enumerate(work):
        if kind == "AL":
            work[index] = "R"


def _separators_and_terminators(work: list[str]) -> None:
    """W4, W5 and W6."""
    for index in range(1, len(work) - 1):
        before, kind, after = work[index - 1 : index + 2]
        if before == after and (
            (kind == "ES" and before == "EN") or (kind == "CS" and before in ("EN", "AN"))
        ):
            work[index] = before
    start = 0
    while start < len(work):
        if work[start] != "ET":
            start += 1
            continue
        end = start
        while end < len(work) and work[end] == "ET":
            end += 1
        if (start and work[start - 1] == "EN") or (end < len(work) and work[end] == "EN"):
            work[start:end] = ["EN"] * (end - start)
        start = end
    for index, kind in enumerate(work):
        if kind in ("ES", "ET", "CS"):
            work[index] = "ON"


def _numbers_after_latin(work: list[str], start: str) -> None:
    """W7."""
    strong = start
    for index, kind in enumerate(work):
        if kind in ("R", "L"):
            strong = kind
        elif kind == "EN" and strong == "L":
            work[index] = "L"


def _bracket_pairs(text: str, members: list[int], work: list[str]) -> list[tuple[int, int]]:
    """BD16: the pairs of brackets, as positions in the sequence, by opening bracket."""
    waiting: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, kind in enumerate(work):
        if kind != "ON":
            continue
        character = text[members[place]]
        if character in _CLOSING_OF:
            if len(waiting) == _MAX_OPEN_BRACKETS:
                return []
            waiting.append((_CLOSING_OF[character], place))
        elif character in _CLOSINGS:
            _close(_CLOSINGS[character], place, waiting, pairs)
    return sorted(pairs)


def _close(
    closing: str, place: int, waiting: list[tuple[str, int]], pairs: list[tuple[int, int]]
) -> None:
    for depth in range(len(waiting) - 1, -1, -1):
        if waiting[depth][0] == closing:
            pairs.append((waiting[depth][1], place))
            del waiting[depth:]
            return


def _strong(kind: str) -> str:
    """Numbers count as right-to-left for brackets and neutrals."""
    return "R" if kind in ("EN", "AN", "R") else kind


def _brackets(text: str, sequence: RunSequence, work: list[str], original: list[str]) -> None:
    """N0."""
    embedding = "LR"[sequence.level & 1]
    for opening, closing in _bracket_pairs(text, sequence.members, work):
        inside = {_strong(kind) for kind in work[opening + 1 : closing]} & {"L", "R"}
        if not inside:
            continue
        direction = embedding
        if embedding not in inside:
            context = _strong_before(work, opening, sequence.start)
            direction = context if context != embedding else embedding
        for place in (opening, closing):
            work[place] = direction
            _marks_follow(place, direction, sequence.members, work, original)


def _strong_before(work: list[str], place: int, start: str) -> str:
    """The direction of the context before a bracket (N0 c)."""
    for kind in reversed(work[:place]):
        if _strong(kind) in ("L", "R"):
            return _strong(kind)
    return start


def _marks_follow(
    place: int, direction: str, members: list[int], work: list[str], original: list[str]
) -> None:
    """Nonspacing marks after a bracket take its new direction (N0)."""
    following = place + 1
    while following < len(work) and original[members[following]] == "NSM":
        work[following] = direction
        following += 1


def _neutrals(work: list[str], sequence: RunSequence) -> None:
    """N1 and N2."""
    embedding = "LR"[sequence.level & 1]
    start = 0
    while start < len(work):
        if work[start] not in _NEUTRAL:
            start += 1
            continue
        end = start
        while end < len(work) and work[end] in _NEUTRAL:
            end += 1
        before = _strong(work[start - 1]) if start else sequence.start
        after = _strong(work[end]) if end < len(work) else sequence.end
        work[start:end] = [before if before == after else embedding] * (end - start)
        start = end


def _implicit(level: int, kind: str) -> int:
    """I1 and I2."""
    if level & 1:
        return level + (kind in ("L", "EN", "AN"))
    if kind == "R":
        return level + 1
    return level + 2 if kind in ("AN", "EN") else level
