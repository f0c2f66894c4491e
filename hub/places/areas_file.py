"""Reading areas from CSV: neighbourhoods, districts and project areas, all or nothing.

Columns `code,name,kind,parent,valid_from,valid_until`. CBS codes carry their municipality:
BU0363… and WK0363… lie in GM0363. Codes that begin with EX- are examples and lie nowhere; a
project area lies where its neighbourhoods do.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.csv_file import FileErrors, Lines, Row, read_rows, shown
from hub.i18n import N_
from hub.places.areas import AreaEntry, store
from hub.places.models import Area
from hub.refusal import Refusal
from hub.resources import content

COLUMNS: Final = ("code", "name", "kind", "parent", "valid_from", "valid_until")
REQUIRED: Final = ("code", "name", "kind", "parent")
KINDS: Final = ("neighbourhood", "district", "project")
MOST_ROWS: Final = 200_000  # the country has some 18,000 districts and neighbourhoods
LONGEST_NAME: Final = 80
_SHAPES: Final = {
    "neighbourhood": re.compile(r"BU[0-9]{4}[0-9A-Z]{4}|EX-[0-9A-Z-]{1,17}"),
    "district": re.compile(r"WK[0-9]{4}[0-9A-Z]{2}|EX-[0-9A-Z-]{1,17}"),
    "project": re.compile(r"(?!BU[0-9]|WK[0-9])[A-Z][0-9A-Z-]{1,19}"),
}
_WRONG_SHAPE: Final = {
    "neighbourhood": N_("The code of a neighbourhood reads BU0363 and four more characters."),
    "district": N_("The code of a district reads WK0363 and two more characters."),
    "project": N_(
        "The code of a project area has 2 to 20 capitals, digits and hyphens, and does not "
        "begin as a CBS code does."
    ),
}


@dataclass(frozen=True, slots=True)
class _Place:
    """What has to be known of an area to judge another that refers to it."""

    kind: str
    municipality_code: str | None

    @classmethod
    def of(cls, entry: AreaEntry) -> "_Place":
        """Give what has to be known of an area of the file."""
        return cls(entry.kind, entry.municipality_code)


def read(session: Session, stream: Lines, name: str) -> list[AreaEntry]:
    """Read a file of areas; every row is good on its own and among the others.

    `name` is the file's, for the errors. Raises FileRefused with every faulty line.
    """
    errors = FileErrors(name)
    rows: dict[str, tuple[Row, AreaEntry]] = {}
    for row in read_rows(stream, COLUMNS, REQUIRED, errors):
        if len(rows) >= MOST_ROWS:
            raise errors.stop(_too_many(row))
        entry = _entry(row, errors)
        if entry is None:
            continue
        if entry.code in rows:
            errors.add(_double(row, rows[entry.code][0]))
            continue
        rows[entry.code] = row, entry
    stored = _stored(session)
    known = stored | {code: _Place.of(entry) for code, (_, entry) in rows.items()}
    for code, (row, _) in rows.items():
        if code in stored and stored[code].kind != known[code].kind:
            errors.add(_other_kind(row, stored[code].kind))
    settled = [_settle(row, entry, known, errors) for row, entry in rows.values()]
    errors.raise_any()
    return settled


def load_example_areas(session: Session) -> int:
    """Load the shipped example areas that are not there yet; give how many these were."""
    with content("areas.csv").open("rb") as stream:
        entries = read(session, stream, "areas.csv")
    there = set(session.scalars(select(Area.code)))
    return store(session, [entry for entry in entries if entry.code not in there]).added


def municipality_of(code: str) -> str | None:
    """Give the municipality that a CBS code of a district or neighbourhood names."""
    return f"GM{code[2:6]}" if code[:2] in {"BU", "WK"} else None


def _entry(row: Row, errors: FileErrors) -> AreaEntry | None:
    """Read one row by itself; note all that is wrong with it and give None then."""
    faults = list(_faults(row))
    if faults:
        for fault in faults:
            errors.add(fault)
        return None
    return AreaEntry(
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        municipality_code=municipality_of(row["code"]),
        parents=tuple(dict.fromkeys(row["parent"].split())),
        valid_from=row.day("valid_from"),
        valid_until=row.day("valid_until"),
    )


def _faults(row: Row) -> Iterator[Refusal]:
    for column in ("code", "name", "kind"):
        if not row[column]:
            yield row.refusal(column, N_("This field is empty; it has to be filled in."))
    if len(row["name"]) > LONGEST_NAME:
        yield row.refusal("name", N_("Use at most %(most)s characters."), most=LONGEST_NAME)
    kind = row["kind"]
    if kind and kind not in KINDS:
        yield row.refusal(
            "kind",
            N_("There is no kind “%(kind)s”. Use one of: %(kinds)s"),
            kind=shown(kind),
            kinds=", ".join(KINDS),
        )
    elif kind and row["code"] and not _SHAPES[kind].fullmatch(row["code"]):
        yield row.refusal("code", _WRONG_SHAPE[kind])
    yield from _date_faults(row)


def _date_faults(row: Row) -> Iterator[Refusal]:
    days: list[date | None] = []
    for column in ("valid_from", "valid_until"):
        try:
            days.append(row.day(column))
        except Refusal as fault:
            yield fault
            days.append(None)
    first, last = days
    if first is not None and last is not None and last < first:
        yield row.refusal(
            "valid_until",
            N_("This is before valid_from (%(first)s). Correct one of the two."),
            first=row["valid_from"],
        )


def _stored(session: Session) -> dict[str, _Place]:
    """Give the areas of the desk by code."""
    rows = session.execute(select(Area.code, Area.kind, Area.municipality_code))
    return {code: _Place(kind, municipality) for code, kind, municipality in rows}


def _settle(
    row: Row, entry: AreaEntry, known: Mapping[str, _Place], errors: FileErrors
) -> AreaEntry:
    """Judge an area's parents, and give a project area the municipality of its own."""
    try:
        if entry.kind == "district":
            _require_no_parent(row, entry)
        elif entry.kind == "neighbourhood":
            _require_district(row, entry, known)
        else:
            return entry.lying_in(_municipality_of_members(row, entry, known))
    except Refusal as fault:
        errors.add(fault)
    return entry


def _require_no_parent(row: Row, entry: AreaEntry) -> None:
    if entry.parents and entry.parents != (entry.municipality_code,):
        raise row.refusal("parent", N_("A district has no parent. Leave this field empty."))


def _require_district(row: Row, entry: AreaEntry, known: Mapping[str, _Place]) -> None:
    if not entry.parents:
        return
    if len(entry.parents) > 1:
        raise row.refusal("parent", N_("A neighbourhood lies in one district. Name that one."))
    _require_parent(row, entry.parents[0], "district", known)
    if known[entry.parents[0]].municipality_code != entry.municipality_code:
        raise row.refusal(
            "parent",
            N_("%(parent)s lies in another municipality than this neighbourhood."),
            parent=entry.parents[0],
        )


def _municipality_of_members(row: Row, entry: AreaEntry, known: Mapping[str, _Place]) -> str | None:
    if not entry.parents:
        raise row.refusal(
            "parent", N_("Name the neighbourhoods of this project area, separated by spaces.")
        )
    for parent in entry.parents:
        _require_parent(row, parent, "neighbourhood", known)
    codes = {known[parent].municipality_code for parent in entry.parents}
    if len(codes) > 1:
        raise row.refusal(
            "parent", N_("These neighbourhoods lie in different municipalities. Make two areas.")
        )
    return codes.pop()


def _require_parent(row: Row, code: str, kind: str, known: Mapping[str, _Place]) -> None:
    if code not in known or known[code].kind != kind:
        message = {
            "district": N_("There is no district %(code)s in this file or at the desk."),
            "neighbourhood": N_("There is no neighbourhood %(code)s in this file or at the desk."),
        }[kind]
        raise row.refusal("parent", message, code=shown(code))


def _double(row: Row, first: Row) -> Refusal:
    return row.refusal(
        "code",
        N_("%(code)s stands on line %(first)s already. Remove one of the two lines."),
        code=row["code"],
        first=first.line,
    )


def _other_kind(row: Row, kind: str) -> Refusal:
    return row.refusal(
        "kind",
        N_("%(code)s is a %(kind)s at the desk already, and a code keeps its kind."),
        code=row["code"],
        kind=kind,
    )


def _too_many(row: Row) -> Refusal:
    return Refusal(
        N_("The file has more than %(most)s areas. Import it in parts."),
        line=row.line,
        most=MOST_ROWS,
    )
