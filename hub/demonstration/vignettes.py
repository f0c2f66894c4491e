"""The visits that the demonstration is made of, and when in the year people come with them."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod
from typing import Final

from hub.resources import content

# How often a vignette is told 0, 1 or 2 months away from its own month, and at other times.
_NEARNESS: Final = {0: 1.0, 1: 0.45, 2: 0.2}
_FAR: Final = 0.06


@dataclass(frozen=True, slots=True)
class Vignette:
    """One visit as it might be; `answers` has one slug or an empty string for each topic."""

    number: str
    language: str
    tenure: str
    home_type: str
    heating: str
    area: str
    month: int
    topics: tuple[str, ...]
    urgency: str
    outcome: str
    reason: str | None
    answers: tuple[str, ...]
    trigger: str


@dataclass(frozen=True, slots=True)
class Wave:
    """Days of the year, as month and day, in which some vignettes come `factor` times as often."""

    vignettes: frozenset[str]
    first: str
    last: str
    factor: float

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in the wave."""
        return self.first <= day.strftime("%m-%d") <= self.last


@dataclass(frozen=True, slots=True)
class Season:
    """How busy each month is, and the waves that come over it."""

    months: Mapping[int, float]
    waves: tuple[Wave, ...]

    def weights(self, vignettes: Sequence[Vignette], day: date) -> list[float]:
        """Give how often each vignette is told on a day.

        Together they make the month's own weight, and more on the days of a wave.
        """
        near = [_nearness(vignette.month, day.month) for vignette in vignettes]
        share = self.months[day.month] / sum(near)
        waves = [wave for wave in self.waves if wave.holds(day)]
        return [
            each * share * prod(w.factor for w in waves if vignette.number in w.vignettes)
            for vignette, each in zip(vignettes, near, strict=True)
        ]


def _nearness(month: int, other: int) -> float:
    distance = abs(month - other)
    return _NEARNESS.get(min(distance, 12 - distance), _FAR)


def _rows(name: str) -> list[dict[str, str]]:
    with content("demonstration").joinpath(name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read_vignettes() -> list[Vignette]:
    """Read the shipped vignettes, V01 to V42."""
    return [
        Vignette(
            number=row["number"],
            language=row["language"],
            tenure=row["tenure"],
            home_type=row["home_type"],
            heating=row["heating"],
            area=row["area"],
            month=int(row["month"]),
            topics=tuple(row["topics"].split()),
            urgency=row["urgency"],
            outcome=row["outcome"],
            reason=row["reason"] or None,
            answers=tuple(slug.strip("-") for slug in row["answers"].split()),
            trigger=row["trigger"],
        )
        for row in _rows("vignettes.csv")
    ]


def read_season() -> Season:
    """Read the pattern of the year: peaks from October to March, waves after letters."""
    return Season(
        {int(row["month"]): float(row["weight"]) for row in _rows("season.csv")},
        tuple(
            Wave(
                frozenset(row["vignettes"].split()),
                row["first"],
                row["last"],
                float(row["factor"]),
            )
            for row in _rows("waves.csv")
        ),
    )
