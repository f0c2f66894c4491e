"""Storing areas: what is new is added, what differs is changed, what is not named stays."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from hub.places.models import Area, ProjectMember

# An area is stored after those it refers to.
_ORDER: Final = ("district", "neighbourhood", "project")


@dataclass(frozen=True, slots=True)
class AreaEntry:
    """An area as a file gives it.

    `parents` are the district of a neighbourhood, or the neighbourhoods of a project area.
    """

    code: str
    name: str
    kind: str
    municipality_code: str | None
    parents: tuple[str, ...]
    valid_from: date | None
    valid_until: date | None

    def lying_in(self, municipality_code: str | None) -> "AreaEntry":
        """Give the same area in a municipality."""
        return replace(self, municipality_code=municipality_code)


@dataclass(frozen=True, slots=True)
class Stored:
    """How many areas were new, how many were changed, how many stood so already."""

    added: int
    changed: int
    unchanged: int


def store(session: Session, entries: Iterable[AreaEntry]) -> Stored:
    """Write areas that `areas_file.read` has judged; the same ones twice change nothing."""
    there = {area.code: area for area in session.scalars(select(Area))}
    members = _members(session)
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    for entry in sorted(entries, key=lambda e: _ORDER.index(e.kind)):
        area = there.get(entry.code)
        if area is None:
            session.add(Area(code=entry.code, **_columns(entry)))
        differs = area is not None and _update(area, entry)
        if entry.kind == "project" and members.get(entry.code, ()) != _sorted(entry):
            _set_members(session, entry)
            differs = True
        counts["added" if area is None else "changed" if differs else "unchanged"] += 1
    session.flush()
    return Stored(**counts)


def _columns(entry: AreaEntry) -> dict[str, str | date | None]:
    is_part = entry.kind == "neighbourhood" and entry.parents
    return {
        "name": entry.name,
        "kind": entry.kind,
        "municipality_code": entry.municipality_code,
        "district_code": entry.parents[0] if is_part else None,
        "valid_from": entry.valid_from,
        "valid_until": entry.valid_until,
    }


def _update(area: Area, entry: AreaEntry) -> bool:
    """Write what differs; tell whether anything did."""
    differing = {
        name: value for name, value in _columns(entry).items() if getattr(area, name) != value
    }
    for name, value in differing.items():
        setattr(area, name, value)
    return bool(differing)


def _sorted(entry: AreaEntry) -> tuple[str, ...]:
    return tuple(sorted(entry.parents))


def _members(session: Session) -> dict[str, tuple[str, ...]]:
    """Give the neighbourhoods of every project area, by code."""
    members: dict[str, tuple[str, ...]] = {}
    for row in session.scalars(select(ProjectMember).order_by(ProjectMember.neighbourhood_code)):
        members[row.project_code] = (
            *members.get(row.project_code, ()),
            row.neighbourhood_code,
        )
    return members


def _set_members(session: Session, entry: AreaEntry) -> None:
    session.flush()
    session.execute(delete(ProjectMember).where(ProjectMember.project_code == entry.code))
    session.add_all(
        ProjectMember(project_code=entry.code, neighbourhood_code=code) for code in entry.parents
    )
