"""The code lists of a municipality: as the desk has them now, and as a year keeps them.

Within a calendar year no code goes and none moves to another parent, so that a quarter is the
sum of its months and a year of its quarters. What is new joins from the month that is frozen
next; what was retired, closed or moved leaves with the next year. No list depends on visits.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from hub.places.lookup import owner_of_areas, project_members
from hub.places.models import Area, Hub
from hub.statistics.plan import BEYOND_DISTRICTS, NOT_ANSWERED, UNKNOWN, Codes
from hub.topics.models import Topic
from hub.visits.vocabulary import (
    CHANNELS,
    CONVERSATION_LANGUAGES,
    HEATINGS,
    OUTCOMES,
    REASONS,
    TENURES,
    TRIGGERS,
    UNDETERMINED,
)

OTHER: Final = "other"


def codes_now(session: Session, municipality_code: str, year: int) -> Codes:
    """Give the code lists for a calendar year as the desk has them now.

    Areas are those that hold on any day of the year; topics and hubs are listed also when they
    are retired or closed, because a late visit may still come in for them.
    """
    districts, projects = _areas(session, municipality_code, year)
    return Codes(
        topics=_topics(session),
        hubs=list(
            session.scalars(
                select(Hub.slug)
                .where(Hub.municipality_code == municipality_code)
                .order_by(Hub.slug)
            )
        ),
        districts=districts,
        projects=projects,
        languages=(*CONVERSATION_LANGUAGES, OTHER),
        tenures=_known(TENURES),
        heatings=_known(HEATINGS),
        outcomes=_known(OUTCOMES),
        reasons=_known(REASONS),
        channels=_known(CHANNELS),
        triggers=_known(TRIGGERS),
    )


def _known(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(code for code in labels if code != UNKNOWN)


def _topics(session: Session) -> dict[str, list[str]]:
    rows = session.execute(select(Topic.code, Topic.parent_code).order_by(Topic.position)).all()
    topics: dict[str, list[str]] = {code: [] for code, parent in rows if parent is None}
    for code, parent in rows:
        if parent is not None:
            topics[parent].append(code)
    return topics


def _areas(
    session: Session, municipality_code: str, year: int
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Districts with their neighbourhoods, and project areas with theirs.

    A neighbourhood without district is listed as a district of its own.
    """
    owner = owner_of_areas(session, municipality_code)
    areas = session.scalars(
        select(Area)
        .where(Area.municipality_code.is_not_distinct_from(owner))
        .where(or_(Area.valid_from.is_(None), Area.valid_from <= date(year, 12, 31)))
        .where(or_(Area.valid_until.is_(None), Area.valid_until >= date(year, 1, 1)))
        .order_by(Area.code)
    ).all()  # fmt: skip
    districts: dict[str, list[str]] = {a.code: [] for a in areas if a.kind == "district"}
    for area in areas:
        if area.kind == "neighbourhood":
            if area.district_code in districts:
                districts[area.district_code].append(area.code)
            else:
                districts[area.code] = []
    listed = {code for parts in districts.values() for code in parts}
    members = project_members(session, [a.code for a in areas if a.kind == "project"])
    return districts, _of_listed(members, listed)


def _of_listed(members: Mapping[str, Sequence[str]], listed: Iterable[str]) -> dict[str, list[str]]:
    """Keep of each project area the neighbourhoods that are listed; leave out what has none."""
    there = set(listed)
    kept = {project: [c for c in codes if c in there] for project, codes in members.items()}
    return {project: codes for project, codes in sorted(kept.items()) if codes}


def grown(before: Codes | None, now: Codes) -> Codes:
    """Give the lists of earlier in the year with what is new since; nothing goes or moves."""
    if before is None:
        return now
    districts = _grown_tree(before.districts, now.districts)
    listed = [code for parts in districts.values() for code in parts]
    return Codes(
        topics=_grown_tree(before.topics, now.topics),
        hubs=_grown_list(before.hubs, now.hubs),
        districts=districts,
        projects={**_of_listed(now.projects, listed), **before.projects},
        languages=(*_grown_list(_less_other(before.languages), _less_other(now.languages)), OTHER),
        tenures=_grown_list(before.tenures, now.tenures),
        heatings=_grown_list(before.heatings, now.heatings),
        outcomes=_grown_list(before.outcomes, now.outcomes),
        reasons=_grown_list(before.reasons, now.reasons),
        channels=_grown_list(before.channels, now.channels),
        triggers=_grown_list(before.triggers, now.triggers),
    )


def _less_other(languages: Sequence[str]) -> list[str]:
    return [code for code in languages if code != OTHER]


def _grown_list(before: Sequence[str], now: Sequence[str]) -> list[str]:
    return list(dict.fromkeys((*before, *now)))


def _grown_tree(
    before: Mapping[str, Sequence[str]], now: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    taken = set(before) | {code for parts in before.values() for code in parts}
    tree = {parent: list(parts) for parent, parts in before.items()}
    for parent, parts in now.items():
        if parent not in taken:
            tree[parent] = []
        if parent in tree:
            tree[parent] += [code for code in parts if code not in taken and code not in tree]
    return tree


def as_json(codes: Codes) -> dict[str, Any]:
    """Write code lists as a JSON object."""
    return {
        name: {parent: list(parts) for parent, parts in lists.items()}
        if isinstance(lists, Mapping)
        else list(lists)
        for name, lists in asdict(codes).items()
    }


def from_json(value: Mapping[str, Any]) -> Codes:
    """Read what `as_json` wrote."""
    return Codes(**value)


class Folding:
    """Which listed code a code on a visit counts under, per dimension."""

    def __init__(self, codes: Codes) -> None:
        self._main = {t: main for main, parts in codes.topics.items() for t in parts}
        self._main |= {main: main for main, parts in codes.topics.items() if not parts}
        self._areas = {code: code for parts in codes.districts.values() for code in parts}
        self._areas |= {district: f"{district}-{UNKNOWN}" for district in codes.districts}
        self._areas |= {code: code for code in BEYOND_DISTRICTS}
        self._lists = {
            "hub": frozenset(codes.hubs),
            "language": frozenset(codes.languages),
            "tenure": frozenset(codes.tenures),
            "heating": frozenset(codes.heatings),
            "channel": frozenset(codes.channels),
            "trigger": frozenset(codes.triggers),
            "outcome": frozenset(codes.outcomes),
        }
        self._lists["end"] = self._lists["outcome"] | {
            f"{NOT_ANSWERED}:{reason}" for reason in (*codes.reasons, UNKNOWN)
        }

    @property
    def topics(self) -> Mapping[str, str]:
        """Topic -> its main topic; a main topic without topics is its own."""
        return self._main

    def is_part(self, topic: str) -> bool:
        """Tell whether a code is a topic below a main topic."""
        return self._main.get(topic, topic) != topic

    def code(self, dimension: str, raw: str) -> str:
        """Give the listed code: a language by its base tag, an area below its district.

        What is not listed counts as unknown; a language as other.
        """
        if dimension == "area":
            return self._areas.get(raw, UNKNOWN)
        if dimension == "language":
            return self._language(raw)
        return raw if raw in self._lists[dimension] else UNKNOWN

    def _language(self, tag: str) -> str:
        if tag in ("", UNDETERMINED):
            return UNKNOWN
        while tag not in self._lists["language"]:
            tag = tag.rpartition("-")[0]
            if not tag:
                return OTHER
        return tag
