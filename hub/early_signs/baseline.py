"""Which weeks a week is set against: the last eight in which the hub was open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from hub.early_signs.rule import BASELINE_WEEKS
from hub.early_signs.weeks import Week

# Further back lies another season; a hub that was closed for so long begins anew.
WEEKS_BACK: Final = 26


@dataclass(frozen=True, slots=True)
class Baseline:
    """The open weeks found, the latest first, and the weeks left out up to the last of them.

    `closed` had no opening hours; `silent` had, but not one visit was registered: a hub that
    forgot to say that it was closed would otherwise make every later week look busy.
    """

    weeks: tuple[Week, ...]
    closed: tuple[Week, ...]
    silent: tuple[Week, ...]

    @property
    def enough(self) -> bool:
        """Tell whether there are as many open weeks as the rule asks."""
        return len(self.weeks) == BASELINE_WEEKS


def choose(weeks: Sequence[Week], visits: Mapping[Week, int]) -> Baseline:
    """Choose among the weeks before, the latest first; `visits` gives how many each had."""
    weeks_open: list[Week] = []
    closed: list[Week] = []
    silent: list[Week] = []
    for week in weeks:
        if len(weeks_open) == BASELINE_WEEKS:
            break
        group = closed if not week.minutes else weeks_open if visits.get(week) else silent
        group.append(week)
    # Before its first visit a hub was not silent or closed; it was not there.
    first = weeks_open[-1].monday if weeks_open else date.max
    return Baseline(
        tuple(weeks_open),
        tuple(week for week in closed if week.monday > first),
        tuple(week for week in silent if week.monday > first),
    )
