"""Visits drawn from the vignettes: as many as wanted, the same ones for the same seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from hub.demonstration.opening import Slot
from hub.demonstration.vignettes import Season, Vignette
from hub.visits.entry import QuestionEntry, VisitEntry

_CHANNELS: Final = {
    "counter": 78, "appointment": 8, "phone": 8, "message": 2, "home_visit": 1, "event": 3,
}  # fmt: skip
_FIRST_VISIT: Final = {"yes": 55, "no": 25, "unknown": 20}
_REASONS: Final = {
    "no_information": 4, "depends_on_decision": 3, "too_specialised": 4, "language": 5,
    "visitor_left": 1,
}  # fmt: skip
# Languages heard at the desk beside those of the vignettes.
_LANGUAGES: Final = {
    "nl": 46, "en": 14, "srn": 5, "es": 5, "ar": 6, "tr": 6, "pap": 4, "tw": 4, "fr": 3, "pt": 2,
    "ti": 2, "pl": 2, "so": 1, "am": 1, "ur": 1, "zh-Hans": 1, "fa": 1, "bg": 1, "uk": 1,
}  # fmt: skip
_ELSEWHERE: Final = {"unknown": 6, "elsewhere_in_city": 2, "outside": 1}

_OWN_LANGUAGE: Final = 0.7  # how often a visitor speaks the language of the vignette
_OWN_AREA: Final = 0.6
_AREA_TOLD: Final = 0.93
_NOT_ASKED: Final = 0.1  # for tenure, home and heating each
_OTHER_END: Final = 0.06
_TAKES_SHEET: Final = 0.65
_LATE: Final = 0.03
_OTHER_HUB: Final = 0.25  # weight of a vignette whose area lies around the other hub


@dataclass(frozen=True, slots=True)
class Visitor:
    """A visit to a hub and the moment at which it was registered."""

    slot: Slot
    entry: VisitEntry
    received_at: datetime


class Crowd:
    """Draws visitors. `languages` gives, for each answer that exists, those of its texts."""

    def __init__(
        self,
        vignettes: Sequence[Vignette],
        season: Season,
        languages: Mapping[str, frozenset[str]],
        random: Random,
    ) -> None:
        self._vignettes = vignettes
        self._season = season
        self._languages = languages
        self._random = random

    def draw(self, slots: Sequence[Slot], count: int, now: datetime) -> list[Visitor]:
        """Draw `count` visitors over the slots, in the order in which they came."""
        weights = [self._weights(slot) for slot in slots]
        busy = [
            sum(each) * slot.seconds * slot.stage.share
            for slot, each in zip(slots, weights, strict=True)
        ]
        drawn = self._random.choices(range(len(slots)), busy, k=count)
        moments = sorted(
            (slots[i].opens + timedelta(seconds=self._random.randrange(slots[i].seconds)), i)
            for i in drawn
        )
        return [
            self._visitor(
                slots[i], moment, self._random.choices(self._vignettes, weights[i])[0], now
            )
            for moment, i in moments
        ]

    def _weights(self, slot: Slot) -> list[float]:
        told = self._season.weights(self._vignettes, slot.day)
        return [
            weight * (1 if vignette.area in (*slot.stage.areas, "unknown") else _OTHER_HUB)
            for vignette, weight in zip(self._vignettes, told, strict=True)
        ]

    def _visitor(self, slot: Slot, moment: datetime, vignette: Vignette, now: datetime) -> Visitor:
        random = self._random
        late = random.random() < _LATE
        wait = timedelta(minutes=random.randrange(120, 300) if late else random.randrange(2, 20))
        language = vignette.language if random.random() < _OWN_LANGUAGE else self._pick(_LANGUAGES)
        entry = VisitEntry(
            visit_id=time_ordered_id(moment, random),
            opened_at=moment,
            channel=self._pick(_CHANNELS),
            language=language,
            area=self._area(slot, vignette),
            tenure=self._asked(vignette.tenure),
            heating=self._asked(vignette.heating),
            home_type=self._asked(vignette.home_type),
            first_visit=self._pick(_FIRST_VISIT),
            late_entry=late,
            questions=self._questions(slot, vignette, language),
        )
        return Visitor(slot, entry, min(moment + wait, now))

    def _pick(self, choices: Mapping[str, int]) -> str:
        return self._random.choices(list(choices), list(choices.values()))[0]

    def _asked(self, value: str) -> str:
        return "unknown" if self._random.random() < _NOT_ASKED else value

    def _area(self, slot: Slot, vignette: Vignette) -> str:
        random = self._random
        if random.random() > _AREA_TOLD:
            return self._pick(_ELSEWHERE)
        if vignette.area in slot.stage.areas and random.random() < _OWN_AREA:
            return vignette.area
        return random.choice(slot.stage.areas)

    def _questions(
        self, slot: Slot, vignette: Vignette, language: str
    ) -> tuple[QuestionEntry, ...]:
        outcome, reason = vignette.outcome, vignette.reason
        if self._random.random() < _OTHER_END:
            outcome, reason = "not_answered", self._pick(_REASONS)
        comes_back = None
        if outcome == "call_back":
            comes_back = slot.day + timedelta(days=7)
        return tuple(
            QuestionEntry(
                topic=topic,
                urgency=vignette.urgency,
                trigger=vignette.trigger,
                outcome=outcome,
                reason=reason,
                call_back_on=comes_back,
                **self._answer(answer, language, given=outcome != "not_answered"),  # type: ignore[arg-type]
            )
            for topic, answer in zip(vignette.topics, vignette.answers, strict=True)
        )

    def _answer(self, slug: str, language: str, *, given: bool) -> dict[str, object]:
        """Give the fields of an answer, if it exists, in the visitor's language or in Dutch."""
        texts = self._languages.get(slug)
        if texts is None or not given:
            return {}
        return {
            "answer": slug,
            "answer_language": language if language in texts else "nl",
            "sheet": self._random.random() < _TAKES_SHEET,
        }


def time_ordered_id(moment: datetime, random: Random) -> UUID:
    """Make a UUIDv7 (RFC 9562, section 5.7) of a moment, its random bits from `random`."""
    milliseconds = int(moment.astimezone(UTC).timestamp() * 1000)
    bits = milliseconds << 80 | random.getrandbits(80)
    bits = bits & ~(0xF << 76) | 0x7 << 76
    bits = bits & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=bits)
