"""What the desk page is made of: lists, tiles, search, the answers beside the questions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from hub.answers.asking import Note
from hub.answers.calculating import Calculated, calculate, carry, fields, tariff_notes
from hub.answers.filling import Filled, fill_text
from hub.answers.library import SAFETY, AnswerView, TextView
from hub.answers.publishing import stopped_by
from hub.answers.search import normalise
from hub.facts.register import FactOnDay, Register
from hub.i18n import language_name, own_name
from hub.kept import Kept
from hub.places.lookup import AreaChoice
from hub.refusal import Refusal
from hub.topics.listing import TopicView
from hub.visits import vocabulary
from hub.visits.reading import asked_most, came_from

TILES: Final = 12
CHIPS: Final = 6
_LATELY: Final = timedelta(days=56)
_SEASON: Final = timedelta(days=28)
_YEAR: Final = timedelta(days=365)
_MOST_COUNTED: Final = 1_000
_COUNTED_ANEW: Final = timedelta(minutes=5)

# What a new hub is asked most, until it has visits of its own (dossier 1.1).
_USUAL: Final = (
    "REK-01", "REK-03", "WNT-03", "BRF-01", "ACH-01", "ACH-03", "SUB-01", "WNT-06", "ISO-06",
    "ISO-01", "WNT-01", "REK-02",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Panel:
    """The answer beside a question: resident's language and Dutch, blanks, what stands in the way.

    `stopped` are facts that keep the answer from being printed; `others` are further answers
    to the same topic, (slug, title) each; `typed` is what stands in the blanks; `counted` what
    the desk calculates from them, and `tariffs` the dated values behind that.
    """

    answer: AnswerView
    resident: Filled | None
    dutch: Filled
    asked_language: str
    stopped: tuple[FactOnDay, ...]
    blanks: tuple[str, ...]
    typed: Mapping[str, str]
    faults: Mapping[str, Refusal]
    counted: Calculated
    tariffs: tuple[Note, ...]
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Usual:
    """What a hub is asked lately and was asked in the same weeks a year ago; where people came
    from lately. Both by code, with how often."""

    topics: Mapping[str, int]
    areas: Mapping[str, int]


def usual(session: Session, kept: Kept, hub_id: int, now: datetime) -> Usual:
    """Count what is usual at a hub; each process counts anew every few minutes.

    So the order of the tiles follows the season, does not jump at each visit, and costs next
    to nothing. No more than the last `_MOST_COUNTED` visits of each time count.
    """
    since = int(now.timestamp() // _COUNTED_ANEW.total_seconds())
    return kept.give(("usual", hub_id), since, lambda: _count_usual(session, hub_id, now))


def _count_usual(session: Session, hub_id: int, now: datetime) -> Usual:
    times = ((now - _LATELY, now), (now - _YEAR - _SEASON, now - _YEAR + _SEASON))
    topics: Counter[str] = Counter()
    for since, until in times:
        topics.update(asked_most(session, hub_id, since, until, _MOST_COUNTED))
    return Usual(topics, came_from(session, hub_id, *times[0], _MOST_COUNTED))


def chips_of_areas(areas: Sequence[AreaChoice], counts: Mapping[str, int]) -> list[AreaChoice]:
    """Give the areas to choose with one tap: the most visited, filled up in list order."""
    ranked = sorted(areas, key=lambda area: -counts.get(area.code, 0))
    single = {area.code: area for area in reversed(ranked)}
    named = {single[area.code].name: single[area.code] for area in reversed(ranked)}
    return sorted(named.values(), key=lambda area: -counts.get(area.code, 0))[:CHIPS]


def tiles(counts: Mapping[str, int], askable: Sequence[TopicView]) -> list[TopicView]:
    """Give the topics for the grid: the hub's most asked, filled up with the usual ones."""
    open_now = {topic.code: topic for topic in askable}
    ranked = sorted(counts, key=lambda code: (-counts[code], code))
    wanted = [*ranked, *_USUAL]
    return [open_now[code] for code in dict.fromkeys(wanted) if code in open_now][:TILES]


def panel(
    session: Session,
    answer: AnswerView,
    language: str,
    register: Register,
    day: date,
    typed: Mapping[str, str],
    others: Sequence[AnswerView] = (),
) -> Panel:
    """Put an answer beside a question, in the resident's language and in Dutch.

    A blank that cannot be read is named in `faults` and left as a line to write on.
    """
    text = answer.beside_dutch(language)
    shown = text or answer.dutch
    counted = calculate(answer.slug, typed, register, day)
    good, faults = _readable(answer, shown, register, day, typed)

    def filled(one: TextView) -> Filled:
        return carry(fill_text(answer, one, register, day, {**counted.blanks, **good}), counted)

    return Panel(
        answer=answer,
        resident=filled(text) if text else None,
        dutch=filled(answer.dutch),
        asked_language=language,
        stopped=tuple(stopped_by(answer.dutch, register, day)),
        blanks=fields(answer),
        typed=typed,
        faults={**counted.faults, **faults},
        counted=counted,
        tariffs=tariff_notes(session, counted.tariffs),
        others=tuple((other.slug, other.dutch.title) for other in others if other != answer),
    )


def _readable(
    answer: AnswerView, text: TextView, register: Register, day: date, typed: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, Refusal]]:
    good: dict[str, str] = {}
    faults: dict[str, Refusal] = {}
    for name, value in typed.items():
        try:
            fill_text(answer, text, register, day, {name: value})
        except Refusal as refusal:
            faults[name] = refusal
        else:
            good[name] = value
    return good, faults


def safety_panel(
    session: Session,
    answers: Mapping[str, AnswerView],
    language: str,
    register: Register,
    day: date,
) -> Panel | None:
    """Give the safety card, or None where it is not loaded."""
    card = answers.get(SAFETY)
    return panel(session, card, language, register, day, {}) if card else None


def find_language(query: str, reader: str) -> list[tuple[str, str]]:
    """Find conversation languages whose name begins as typed: (tag, name) each, at most 2."""
    asked = normalise(query).strip()
    if len(asked) < 3:
        return []
    found = []
    for tag in vocabulary.CONVERSATION_LANGUAGES:
        names = (language_name(tag, reader), own_name(tag), language_name(tag, "en"), tag)
        if any(normalise(name).startswith(asked) for name in names):
            found.append((tag, language_name(tag, reader)))
    return found[:2]


def find_area(query: str, areas: Sequence[AreaChoice]) -> list[AreaChoice]:
    """Find areas with a word that begins as typed, at most 2."""
    asked = normalise(query).strip()
    if len(asked) < 3:
        return []
    return [
        area
        for area in areas
        if normalise(area.name).startswith(asked)
        or any(word.startswith(asked) for word in normalise(area.name).split())
    ][:2]
