"""Reading postcodes from CSV: which area each lies in, all or nothing.

Columns `postcode,area,valid_from`. The list is public; no visit refers to it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from hub.csv_file import FileErrors, Lines, Row, read_rows, shown
from hub.i18n import N_
from hub.places.models import Area, PostcodeArea
from hub.refusal import Refusal

COLUMNS: Final = ("postcode", "area", "valid_from")
REQUIRED: Final = ("postcode", "area")
MOST_ROWS: Final = 1_000_000  # the country has some 470,000 postcodes
_POSTCODE: Final = re.compile(r"([1-9][0-9]{3}) ?([A-Z]{2})")
_BATCH: Final = 5_000

# postcode -> its area and since when
Postcodes = dict[str, tuple[str, date | None]]


@dataclass(frozen=True, slots=True)
class StoredPostcodes:
    """How many postcodes the file held, and how many of them are new to the desk."""

    total: int
    added: int


def read(session: Session, stream: Lines, name: str) -> Postcodes:
    """Read a file of postcodes; their areas have to be at the desk already.

    `name` is the file's, for the errors. Raises FileRefused with every faulty line.
    """
    errors = FileErrors(name)
    kinds = {row.code: row.kind for row in session.execute(select(Area.code, Area.kind))}
    codes = {code: code for code in kinds}  # one text per area, however many postcodes name it
    found: Postcodes = {}
    for row in read_rows(stream, COLUMNS, REQUIRED, errors):
        if len(found) >= MOST_ROWS:
            raise errors.stop(_too_many(row))
        try:
            postcode = _postcode(row, found)
            _require_area(row, kinds)
            found[postcode] = codes[row["area"]], row.day("valid_from")
        except Refusal as fault:
            errors.add(fault)
    errors.raise_any()
    return found


def store(session: Session, postcodes: Postcodes) -> StoredPostcodes:
    """Write postcodes; those that are there get the file's area, others stay as they are."""
    before = _count(session)
    rows = iter(
        {"postcode": postcode, "area_code": area, "valid_from": day}
        for postcode, (area, day) in postcodes.items()
    )
    while batch := list(islice(rows, _BATCH)):
        _write(session, batch)
    return StoredPostcodes(len(postcodes), _count(session) - before)


def _write(session: Session, batch: list[dict[str, Any]]) -> None:
    """Insert or change rows in one go; both databases know the same clause for it."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(PostcodeArea)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[PostcodeArea.postcode],
            set_={
                "area_code": statement.excluded.area_code,
                "valid_from": statement.excluded.valid_from,
            },
        ),
        batch,
    )


def _count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(PostcodeArea)) or 0


def _postcode(row: Row, found: Mapping[str, object]) -> str:
    typed = row.must("postcode")
    match = _POSTCODE.fullmatch(typed.upper())
    if match is None:
        raise row.refusal(
            "postcode",
            N_("“%(value)s” is not a postcode. It has four digits and two letters, as 1104AB."),
            value=shown(typed),
        )
    postcode = match[1] + match[2]
    if postcode in found:
        raise row.refusal(
            "postcode",
            N_("%(postcode)s stands in the file already. Remove one of the two lines."),
            postcode=postcode,
        )
    return postcode


def _require_area(row: Row, kinds: Mapping[str, str]) -> None:
    code = row.must("area")
    if code not in kinds:
        raise row.refusal(
            "area",
            N_("There is no area %(code)s at the desk. Import the areas first."),
            code=shown(code),
        )
    if kinds[code] == "project":
        raise row.refusal(
            "area",
            N_("%(code)s is a project area. Name the neighbourhood the postcode lies in."),
            code=code,
        )


def _too_many(row: Row) -> Refusal:
    return Refusal(
        N_("The file has more than %(most)s postcodes. Import it in parts."),
        line=row.line,
        most=MOST_ROWS,
    )
