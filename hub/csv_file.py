"""Reading CSV files line by line: every faulty line is named, and junk costs little.

One physical line is one row. None of the desk's files has line breaks inside a field, so a
stray quotation mark spoils its own line and no other. Lines are read in bounded pieces; the
memory taken does not grow with the size of the file.
"""

import codecs
import csv
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from hub.i18n import N_, catalogue, translate
from hub.refusal import Refusal

LONGEST_LINE: Final = 10_000  # characters
IN_FULL: Final = 1_000  # errors that are written out; of the rest only the line number is kept
MOST_FAULTY: Final = 1_000_000  # faulty lines after which the file is given up
_PIECE: Final = 4 * LONGEST_LINE + 5  # bytes: four per character at most, BOM or line end
_SHOWN: Final = 40  # characters of a file's own words that an error repeats
_NOT_UTF8: Final = N_("This is not UTF-8. Save the file as “CSV UTF-8” and try again.")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")


class Lines(Protocol):
    """What a file must offer: binary lines, each read up to a number of bytes."""

    def readline(self, size: int = -1, /) -> bytes:
        """Give at most `size` bytes of the next line; nothing at the end."""
        ...


class FileRefused(Refusal):
    """A file with faulty lines; nothing of it was stored.

    `errors` holds the first errors in full, by line; `ranges` the numbers of the other faulty
    lines as pairs of first and last; `given_up_at` the line at which reading stopped because
    nearly nothing fitted.
    """

    def __init__(
        self,
        name: str,
        errors: Sequence[Refusal],
        ranges: Sequence[tuple[int, int]] = (),
        given_up_at: int | None = None,
    ) -> None:
        super().__init__(N_("Nothing was stored of %(name)s."), name=name)
        self.errors = tuple(errors)
        self.ranges = tuple(ranges)
        self.given_up_at = given_up_at

    def text(self, language: str) -> str:
        """Give all faulty lines, one below the other."""
        lines = [super().text(language)]
        lines += [_error_line(error, language) for error in self.errors]
        if self.ranges:
            numbers = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in self.ranges)
            lines.append(
                translate(language, N_("Also faulty: lines %(numbers)s."), numbers=numbers)
            )
        if self.given_up_at is not None:
            text = N_("Reading stopped at line %(line)s: this does not look like such a file.")
            lines.append(translate(language, text, line=self.given_up_at))
        count = len(self.errors) + sum(last - first + 1 for first, last in self.ranges)
        total = catalogue(language).ngettext("%(num)s error.", "%(num)s errors.", count)
        return "\n".join([*lines, total % {"num": count}])


class FileErrors:
    """Collects what is wrong with a file, in little memory."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._full: list[Refusal] = []
        self._lines = array("Q")

    def __bool__(self) -> bool:
        return bool(self._full)

    def add(self, error: Refusal) -> None:
        """Note an error; raise FileRefused when there are more than makes sense."""
        if len(self._full) < IN_FULL:
            self._full.append(error)
            return
        self._lines.append(error.line or 1)
        if len(self._lines) >= MOST_FAULTY:
            raise self._refused(given_up_at=error.line)

    def stop(self, error: Refusal) -> FileRefused:
        """Give what to raise when reading cannot go on after this error."""
        self._full.append(error)
        return self._refused()

    def raise_any(self) -> None:
        """Raise FileRefused when anything was noted."""
        if self._full:
            raise self._refused()

    def _refused(self, given_up_at: int | None = None) -> FileRefused:
        full = sorted(self._full, key=lambda error: error.line or 0)
        told = {error.line for error in full}
        rest = (line for line in sorted(set(self._lines)) if line not in told)
        return FileRefused(self.name, full, _ranges(rest), given_up_at)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file: its number, the header being line 1, and its fields by column."""

    line: int
    fields: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Give a field without surrounding spaces; empty where the file lacks the column."""
        return self.fields.get(column, "")

    def must(self, column: str) -> str:
        """Give a field that has to be filled in. Raises Refusal when it is empty."""
        value = self[column]
        if not value:
            raise self.refusal(column, N_("This field is empty; it has to be filled in."))
        return value

    def day(self, column: str) -> date | None:
        """Give a field that holds a day (ISO 8601), None when it is empty. Raises Refusal."""
        value = self[column]
        if not value:
            return None
        try:
            if _DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise self.refusal(
            column,
            N_("“%(value)s” is not a day of the calendar. Write it as 2026-11-23."),
            value=shown(value),
        )

    def refusal(self, column: str, message: str, **values: object) -> Refusal:
        """Make the error of one field of this line."""
        return Refusal(message, field=column, line=self.line, **values)


def shown(value: str) -> str:
    """Shorten a value of a file for the error that repeats it."""
    return value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"


def read_rows(
    stream: Lines, columns: Sequence[str], required: Sequence[str], errors: FileErrors
) -> Iterator[Row]:
    """Read a CSV file (UTF-8 with or without BOM, comma, header) row by row.

    `columns` are all columns the file may have, in any order; `required` those its header
    must have. Faulty lines go to `errors` and are left out; empty lines are passed over. The
    caller ends with `errors.raise_any()`. Raises FileRefused at once when the header is
    wrong, since then no line can be understood.
    """
    lines = _text_lines(stream, errors)
    header = _read_header(next(lines, (1, "")), columns, required, errors)
    for number, line in lines:
        if not line.strip():
            continue
        fields = _split(number, line, errors)
        if fields is None:
            continue
        if len(fields) != len(header):
            errors.add(
                Refusal(
                    N_(
                        "This line has %(found)s fields, the header has %(wanted)s. "
                        "Put a field with a comma in it between quotation marks."
                    ),
                    line=number,
                    found=len(fields),
                    wanted=len(header),
                )
            )
            continue
        yield Row(number, dict(zip(header, fields, strict=True)))


def _error_line(error: Refusal, language: str) -> str:
    values = {"line": error.line, "column": error.field, "text": error.text(language)}
    if error.line is None:
        return error.text(language)
    if error.field is None:
        return translate(language, N_("Line %(line)s: %(text)s"), **values)
    return translate(language, N_("Line %(line)s, column %(column)s: %(text)s"), **values)


def _ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Join ascending numbers into pairs of first and last."""
    ranges: list[tuple[int, int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return ranges


def _text_lines(stream: Lines, errors: FileErrors) -> Iterator[tuple[int, str]]:
    """Give number and text of each line that is text of a sane length.

    The header, line 1, is given whatever it is: as an empty text when it is not readable.
    """
    number = 0
    while raw := stream.readline(_PIECE):
        number += 1
        whole = raw.endswith(b"\n") or len(raw) < _PIECE
        if not whole:
            _skip_line(stream)
        if number == 1:
            raw = raw.removeprefix(codecs.BOM_UTF8)
            if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise errors.stop(Refusal(_NOT_UTF8, line=1))
        text = _as_text(number, raw.rstrip(b"\r\n"), whole, errors)
        if text is not None or number == 1:
            yield number, text or ""


def _as_text(number: int, raw: bytes, whole: bool, errors: FileErrors) -> str | None:
    """Decode a line; note what is wrong with it and give None when it is no text."""
    try:
        text = raw.decode("utf-8") if whole else ""
    except UnicodeDecodeError:
        errors.add(Refusal(_NOT_UTF8, line=number))
        return None
    if not whole or len(text) > LONGEST_LINE:
        errors.add(
            Refusal(
                N_("This line is longer than %(most)s characters; no row of this file can be."),
                line=number,
                most=LONGEST_LINE,
            )
        )
        return None
    control = _CONTROL.search(text)
    if control is None:
        return text
    errors.add(
        Refusal(
            N_(
                "There is a control character (U+%(code)s) at position %(position)s. "
                "This is not a text file, or it was damaged; export it again."
            ),
            line=number,
            code=f"{ord(control[0]):04X}",
            position=control.start() + 1,
        )
    )
    return None


def _skip_line(stream: Lines) -> None:
    """Read to the end of a line that is too long, in pieces."""
    while piece := stream.readline(_PIECE):
        if piece.endswith(b"\n"):
            return


def _split(number: int, line: str, errors: FileErrors) -> list[str] | None:
    if '"' not in line:
        return [field.strip() for field in line.split(",")]
    try:
        return [field.strip() for field in next(csv.reader([line], strict=True))]
    except csv.Error:
        errors.add(
            Refusal(
                N_(
                    "The quotation marks of this line do not match. A field between quotation "
                    "marks doubles each one inside it."
                ),
                line=number,
            )
        )
        return None


def _read_header(
    first: tuple[int, str], columns: Sequence[str], required: Sequence[str], errors: FileErrors
) -> list[str]:
    number, line = first
    if not line:
        errors.raise_any()
        raise errors.stop(
            Refusal(
                N_("The file has no header. Its first line should read: %(columns)s"),
                line=1,
                columns=",".join(columns),
            )
        )
    header = _split(number, line, errors) or []
    errors.raise_any()
    _refuse_other_separator(line, columns, errors)
    _refuse_columns(header, columns, required, errors)
    return header


def _refuse_other_separator(line: str, columns: Sequence[str], errors: FileErrors) -> None:
    """Say so when the file is separated by semicolons, as a Dutch spreadsheet does."""
    if ";" in line and "," not in line and set(line.split(";")) & set(columns):
        raise errors.stop(
            Refusal(
                N_("The columns are separated by semicolons. Save the file with commas."), line=1
            )
        )


def _refuse_columns(
    header: Sequence[str], columns: Sequence[str], required: Sequence[str], errors: FileErrors
) -> None:
    for column in dict.fromkeys(header):
        if column not in columns:
            errors.add(
                Refusal(
                    N_(
                        "There is no column “%(column)s” in this kind of file. It may have: "
                        "%(columns)s"
                    ),
                    line=1,
                    column=shown(column),
                    columns=",".join(columns),
                )
            )
        elif header.count(column) > 1:
            errors.add(Refusal(N_("The column “%(column)s” stands twice."), line=1, column=column))
    for column in required:
        if column not in header:
            errors.add(Refusal(N_("The column “%(column)s” is missing."), line=1, column=column))
    errors.raise_any()
