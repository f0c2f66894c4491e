"""Reading the register for its pages: every part with its state, one fact, what runs out."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.facts.models import Fact, FactAlias, FactValue
from hub.facts.register import FactOnDay, Register
from hub.facts.timeline import begins, covers, ends, goes_on_after
from hub.i18n import N_
from hub.refusal import NotFound

SOON: Final = 30  # days
SHOWS: Final = {
    "expiring": N_("expires within 30 days"),
    "expired": N_("expired"),
    "unchecked": N_("not checked"),
    "uncertain": N_("uncertain"),
    "review": N_("to be reviewed"),
}


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part of a fact on a day: what counts, what comes next, and what needs attention.

    `value` is the stored value that counts, or was the last to count, or will be the first;
    `shows` holds keys of SHOWS.
    """

    code: str
    part: str
    today: FactOnDay
    value: FactValue
    coming: FactValue | None
    shows: frozenset[str]


@dataclass(frozen=True, slots=True)
class Expiring:
    """A part whose value ends on a day, with none that goes on after it.

    `last_day` lies in the past for one that has ended; `stops` tells whether answers that use
    it no longer print then.
    """

    code: str
    part: str
    value_id: int
    last_day: date
    stops: bool


def current_values(session: Session, code: str | None = None) -> list[FactValue]:
    """Give the values that are not replaced, of one fact or of all, by code, part and day."""
    query = select(FactValue).where(FactValue.replaced_at.is_(None))
    if code is not None:
        query = query.where(FactValue.code == code)
    return sorted(session.scalars(query), key=lambda v: (v.code, v.part, begins(v), v.id))


def part_lines(session: Session, day: date) -> list[PartLine]:
    """Give every part that has a value, by code and part, as it stands on a day."""
    values: dict[tuple[str, str], list[FactValue]] = defaultdict(list)
    for value in current_values(session):
        values[value.code, value.part].append(value)
    register = Register([value for of_part in values.values() for value in of_part], {})
    return [
        _line(register.on_day(code, part, day), of_part, day)
        for (code, part), of_part in values.items()
    ]


def _line(today: FactOnDay, values: Sequence[FactValue], day: date) -> PartLine:
    to_come = [value for value in values if begins(value) > day]
    standing = next((v for v in values if v.id == today.value_id), values[0])
    relevant = [standing, *to_come] if today.state == "valid" else to_come or [standing]
    return PartLine(
        today.code,
        today.part,
        today,
        standing,
        to_come[0] if to_come and to_come[0] is not standing else None,
        _attention(today, standing, values, day)
        | {show for value in relevant for show in _doubts(value, day)},
    )


def _attention(
    today: FactOnDay, standing: FactValue, values: Sequence[FactValue], day: date
) -> frozenset[str]:
    if today.state == "expired":
        return frozenset({"expired"})
    if today.state == "valid" and _runs_out(standing, values, day, SOON):
        return frozenset({"expiring"})
    return frozenset()


def _runs_out(value: FactValue, values: Sequence[FactValue], day: date, days: int) -> bool:
    others = [other for other in values if other is not value]
    return ends(value) <= day + timedelta(days=days) and not goes_on_after(value, others)


def _doubts(value: FactValue, day: date) -> frozenset[str]:
    doubts = set()
    if value.checked_by is None:
        doubts.add("uncertain" if value.mark == "uncertain" else "unchecked")
        doubts.add("unchecked")
    if value.review_by is not None and value.review_by <= day + timedelta(days=SOON):
        doubts.add("review")
    return frozenset(doubts)


def matching(lines: Sequence[PartLine], query: str, show: str) -> list[PartLine]:
    """Give the lines in which every word of a query stands, and that need a kind of attention.

    An empty `show` gives all. Code, part, value and source are searched, in any case.
    """
    words = query.casefold().split()
    return [
        line
        for line in lines
        if (not show or show in line.shows) and all(word in _searched(line) for word in words)
    ]


def _searched(line: PartLine) -> str:
    value = line.value
    return " ".join(
        (value.code, f"{value.code}.{value.part}", value.value, value.source)
    ).casefold()


def fact_code(session: Session, code: str) -> str:
    """Give the code of a fact without its year. Raises NotFound for one that is not there."""
    alias = session.get(FactAlias, code)
    if alias is not None:
        return alias.code
    if session.get(Fact, code) is None:
        raise NotFound(N_("There is no fact %(code)s."), field="code", code=code)
    return code


def one_value(session: Session, code: str, value_id: int) -> FactValue:
    """Give a value of a fact, replaced or not. Raises NotFound."""
    value = session.get(FactValue, value_id)
    if value is None or value.code != code:
        raise NotFound(N_("This value is not there."))
    return value


def last_value(session: Session, code: str, part: str) -> FactValue | None:
    """Give the current value of a part that counts last, None for a part without one."""
    of_part = [value for value in current_values(session, code) if value.part == part]
    return of_part[-1] if of_part else None


def all_values(session: Session, code: str, day: date) -> dict[str, list[FactValue]]:
    """Give every value a fact ever had, replaced ones too, by part; the newest day first.

    Parts that count on the day, or are still to come, stand before those that are past.
    """
    values: dict[str, list[FactValue]] = defaultdict(list)
    for value in session.scalars(select(FactValue).where(FactValue.code == code)):
        values[value.part].append(value)
    return {
        part: sorted(of_part, key=lambda v: (begins(v), v.version), reverse=True)
        for part, of_part in sorted(
            values.items(), key=lambda item: (_is_past(item[1], day), item[0])
        )
    }


def _is_past(values: Sequence[FactValue], day: date) -> bool:
    return not any(stand_of(value, day) in {"now", "coming"} for value in values)


def expiring(session: Session, day: date, days: int = SOON) -> list[Expiring]:
    """Give the parts whose value ends within so many days, or has ended; the soonest first.

    A part that has a value for the day after is left out: somebody has seen to it. So is a
    part that has not begun.
    """
    found = []
    for line in part_lines(session, day):
        last_day = line.value.valid_until
        others = [line.coming] if line.coming else []
        if last_day is None or line.today.state == "missing":
            continue
        if line.today.state == "expired" or _runs_out(line.value, others, day, days):
            stops = line.value.at_expiry == "stop"
            found.append(Expiring(line.code, line.part, line.value.id, last_day, stops))
    return sorted(found, key=lambda e: (e.last_day, e.code, e.part))


def same_printed(session: Session, value_id: int) -> frozenset[int]:
    """Give the ids of all rows of one value that print the same; for recalls.

    A check or a new last day makes a new row of the same value. A sheet that carries any of
    these rows shows what the given row shows. Raises NotFound.
    """
    wanted = session.get(FactValue, value_id)
    if wanted is None:
        raise NotFound(N_("This value is not there."))
    rows = session.scalars(
        select(FactValue).where(FactValue.code == wanted.code, FactValue.part == wanted.part)
    )
    by_id = {row.id: row for row in rows}
    after = {row.replaces_id: row.id for row in by_id.values() if row.replaces_id is not None}
    found = {value_id}
    for step in ({id_: row.replaces_id for id_, row in by_id.items()}, after):
        at = step.get(value_id)
        while at is not None and _prints_as(by_id[at], wanted):
            found.add(at)
            at = step.get(at)
    return frozenset(found)


def _prints_as(one: FactValue, other: FactValue) -> bool:
    return (one.value, one.unit) == (other.value, other.unit)


def counts_on(session: Session, code: str, day: date) -> list[FactOnDay]:
    """Give what the register says of each part of a fact on a day, by part."""
    register = Register.read(session)
    parts = sorted({value.part for value in current_values(session, code)})
    return [register.on_day(code, part, day) for part in parts]


def stand_of(value: FactValue, day: date) -> str:
    """Say whether a value is `past`, `now` or `coming` on a day, or was `replaced`."""
    if value.replaced_at is not None:
        return "replaced"
    if covers(value, day):
        return "now"
    return "past" if ends(value) < day else "coming"
