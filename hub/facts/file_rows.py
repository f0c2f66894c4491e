"""Facts as a CSV file: its columns, its rows judged one by one, and how it is written."""

import csv
from dataclasses import dataclass
from datetime import date
from typing import Final, TextIO

from sqlalchemy.orm import Session

from hub.csv_file import FileErrors, Lines, Row, read_rows
from hub.facts.entry import Entry, EntryRefused, read_entry
from hub.facts.reading import current_values
from hub.i18n import N_
from hub.refusal import Refusal
from hub.typed_values import read_date

COLUMNS: Final = (
    "code", "part", "value", "unit", "vat", "valid_from", "valid_until", "source", "mark",
    "checked_by", "checked_on", "review_by", "at_expiry",
)  # fmt: skip
REQUIRED: Final = ("code", "part", "value", "unit")
MOST_ROWS: Final = 10_000

# What makes two rows the same value: its part and the day on which it begins.
Key = tuple[str, str, date | None]


@dataclass(frozen=True, slots=True)
class FileValue:
    """A value of a file and the line it stands on; `line` is 0 for a value of the desk."""

    line: int
    entry: Entry

    @property
    def key(self) -> Key:
        """What makes it the same value as another."""
        return self.entry.code, self.entry.part, self.entry.valid_from

    @property
    def valid_from(self) -> date | None:
        """Its first day."""
        return self.entry.valid_from

    @property
    def valid_until(self) -> date | None:
        """Its last day."""
        return self.entry.valid_until


def read_values(stream: Lines, errors: FileErrors) -> list[FileValue]:
    """Read the rows of a facts file, each good on its own; faults go to `errors`.

    The columns `checked_by` and `checked_on` are understood and left out: a file checks nothing.
    """
    found: list[FileValue] = []
    for row in read_rows(stream, COLUMNS, REQUIRED, errors):
        if len(found) >= MOST_ROWS:
            message = N_("The file has more than %(most)s values. Import it in parts.")
            raise errors.stop(Refusal(message, line=row.line, most=MOST_ROWS))
        try:
            if row["checked_on"]:
                read_date(row["checked_on"], "checked_on")
            found.append(FileValue(row.line, read_entry(row.fields)))
        except EntryRefused as refused:
            for fault in refused.faults:
                errors.add(_at(row, fault))
        except Refusal as refusal:
            errors.add(_at(row, refusal))
    return found


def write_values(session: Session, stream: TextIO) -> int:
    """Write every current value, by code, part and first day; give how many.

    `stream` is text with newlines kept as they are written.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    values = current_values(session)
    writer.writerows([_field(getattr(v, name)) for name in COLUMNS] for v in values)
    return len(values)


def _field(value: str | date | None) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else value


def _at(row: Row, fault: Refusal) -> Refusal:
    fault.line = row.line
    return fault
