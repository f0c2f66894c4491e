"""What the page of early signs shows: a hub's week beside its last eight open weeks.

For the hub itself only. Nothing here is published, and nothing says more of the cases of a sign
than which topics they had: no language, no visit, no time of day.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.early_signs import counting
from hub.early_signs.baseline import WEEKS_BACK, Baseline, choose
from hub.early_signs.rule import Verdict, judge
from hub.early_signs.signs import Counted, PerWeek, Row, Sign, add_up, find_signs, rows
from hub.early_signs.weeks import Times, Week, weeks_before
from hub.places.models import Area
from hub.topics.models import Topic

# What a visit says of its area where nobody asked.
NO_PLACE: Final = frozenset({"unknown"})
_ALL: Final = ""

# How many of a sign's visits had each topic, the most frequent first.
Cases = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """A week of a hub beside its open weeks; `visits` is the row of all its visits.

    `signs` come with the topics of their cases: of a topic, what its visits asked beside it; of
    a main topic, the topics under it; of an area, what was asked there.
    """

    week: Week
    baseline: Baseline
    baseline_visits: tuple[int, ...]
    visits: Row
    topics: list[Row]
    areas: list[Row]
    signs: list[tuple[Sign, Cases]]


@dataclass(frozen=True, slots=True)
class _Judge:
    week: Week
    baseline: Baseline

    def __call__(self, counts: PerWeek) -> Verdict | None:
        if not self.baseline.enough or not self.week.minutes:
            return None
        lengths = [week.minutes for week in self.baseline.weeks]
        return judge(counts[0], self.week.minutes, counts[1:], lengths)


def watch(session: Session, hub_id: int, times: Times, week: Week) -> Watch:
    """Count a week of a hub and judge it by topic, by area and by topic in an area."""
    before = list(weeks_before(week, times, WEEKS_BACK))
    per_week = counting.visits_by_week(session, hub_id, before)
    baseline = choose(before, dict(zip(before, per_week, strict=True)))
    counted = _count(session, hub_id, [week, *baseline.weeks])
    judged = _Judge(week, baseline)
    signs = find_signs(counted, judged, NO_PLACE)
    return Watch(
        week=week,
        baseline=baseline,
        baseline_visits=tuple(counted.visits[1:]),
        visits=Row(_ALL, None, counted.visits[0], judged(counted.visits)),
        topics=rows(counted.topics, counted.wider, judged),
        areas=rows(counted.areas, counted.wider, judged, NO_PLACE),
        signs=_with_cases(session, hub_id, week, counted, signs),
    )


def _count(session: Session, hub_id: int, weeks: list[Week]) -> Counted:
    wider = _mains(session) | _districts(session)
    areas = counting.visits_by_area(session, hub_id, weeks)
    mains = counting.visits_by_main_topic(session, hub_id, weeks)
    pairs = counting.visits_by_topic_and_area(session, hub_id, weeks)
    return Counted(
        visits=add_up(areas, lambda _: [_ALL]).get(_ALL, [0] * len(weeks)),
        topics=mains | add_up(pairs, lambda pair: [pair[0]]),
        areas=add_up(areas, lambda area: {area, wider.get(area, area)}),
        pairs=add_up(pairs, lambda pair: {pair, (pair[0], wider.get(pair[1], pair[1]))}),
        wider=wider,
    )


def _with_cases(
    session: Session, hub_id: int, week: Week, counted: Counted, signs: tuple[Sign, ...]
) -> list[tuple[Sign, Cases]]:
    topics = {sign.topic for sign in signs if sign.topic is not None}
    along = counting.asked_along(session, hub_id, week, topics) if topics else {}
    return [(sign, _cases(sign, counted, along)) for sign in signs]


def _cases(sign: Sign, counted: Counted, along: Mapping[tuple[str, str, str], int]) -> Cases:
    cases: Counter[str] = Counter()
    if sign.topic is None:
        cases.update({t: n[0] for (t, area), n in counted.pairs.items() if area == sign.area})
    else:
        under = (code for code in counted.topics if counted.wider.get(code) == sign.topic)
        cases.update({code: counted.topics[code][0] for code in under})
        for (topic, area, other), number in along.items():
            if topic == sign.topic and sign.area in {None, area, counted.wider.get(area)}:
                cases[other] += number
    return tuple(sorted((+cases).items(), key=lambda case: (-case[1], case[0])))


def _mains(session: Session) -> dict[str, str]:
    """Give the main topic of each topic."""
    found = select(Topic.code, Topic.parent_code).where(Topic.parent_code.is_not(None))
    return {code: main for code, main in session.execute(found) if main is not None}


def _districts(session: Session) -> dict[str, str]:
    """Give the district of each neighbourhood, also of those that are no longer on offer."""
    found = select(Area.code, Area.district_code).where(Area.district_code.is_not(None))
    return {code: district for code, district in session.execute(found) if district is not None}
