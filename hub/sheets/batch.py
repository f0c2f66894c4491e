"""Many sheets in one ZIP file, sent while they are made.

The names of the files tell day, number, language and paper: nothing of a visit. A sheet that
must not be printed is left out, and `left-out.txt` says why.
"""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from sqlalchemy.orm import Session

from hub.answers.library import SOURCE_LANGUAGE, AnswerView
from hub.facts.register import Register
from hub.places.models import Hub
from hub.recalls.reading import Recalled
from hub.refusal import Refusal
from hub.sheets import handing_out, offers, records
from hub.sheets.blocks import Sheet
from hub.sheets.making import Choice
from hub.sheets.models import SheetRecord
from hub.sheets.render import render
from hub.visits.models import Visit
from hub.visits.return_code import show

T = TypeVar("T")

LEFT_OUT: Final = "left-out.txt"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the batch: its name, and the sheet or why there is none."""

    name: str
    sheet: Sheet | Refusal


def sheets_of_day(
    session: Session, hub: Hub, day: date, address: Callable[[str], str]
) -> list[Entry]:
    """Compose every sheet that a hub handed out on a day, as it was, without what was typed.

    `address` gives the address of a web twin for its code.
    """

    def again(record: SheetRecord) -> Sheet:
        visit = session.get_one(Visit, record.visit_id)
        handed = handing_out.hand_out_again(session, record)
        return handing_out.on_paper(handed, hub, show(visit.return_code), address(record.code))

    return [
        _entry(f"{day}-{number:03d}-{record.language}-{_paper(record)}.pdf", again, record)
        for number, record in enumerate(records.of_day(session, hub.id, day), 1)
    ]


def every_language(
    answer: AnswerView, register: Register, day: date, recalled: Recalled
) -> list[Entry]:
    """Compose the sheet of one answer in each language that it has a text in, without a visit."""

    def alone(language: str) -> Sheet:
        beside = None if language == SOURCE_LANGUAGE else answer.texts[language]
        choices = [Choice(answer, beside, answer.dutch, {})]
        chosen, handout = offers.choose(offers.USUAL, language, choices)
        return handing_out.without_visit(
            handing_out.hand_out(chosen, handout, register, day, None, recalled)
        )

    return [_entry(f"{answer.slug}-{code}.pdf", alone, code) for code in sorted(answer.texts)]


def _paper(record: SheetRecord) -> str:
    return "large" if record.large else record.paper


def _entry(name: str, make: Callable[[T], Sheet], of: T) -> Entry:
    try:
        return Entry(name, make(of))
    except Refusal as refusal:
        return Entry(name, refusal)


def zipped(entries: Iterable[Entry], day: date, reader: str) -> Iterator[bytes]:
    """Give a ZIP file piece by piece, one sheet after the other.

    The files bear the day; `reader` is the language of what `left-out.txt` says.
    """
    sink = _Sink()
    left_out = []
    with zipfile.ZipFile(sink, "w") as archive:
        for entry in entries:
            try:
                if isinstance(entry.sheet, Refusal):
                    raise entry.sheet
                _add(archive, entry.name, render(entry.sheet), day)
            except Refusal as refusal:
                left_out.append(f"{entry.name}: {refusal.text(reader)}")
            yield sink.drained()
        if left_out:
            _add(archive, LEFT_OUT, "\n".join([*left_out, ""]).encode(), day)
    yield sink.drained()


def _add(archive: zipfile.ZipFile, name: str, content: bytes, day: date) -> None:
    """Add a file; PDF files are compressed already."""
    archive.writestr(zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0)), content)


class _Sink(io.RawIOBase):
    """Takes what the archive writes and gives it on; there is no going back in it."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def write(self, piece: object) -> int:
        """Take a piece."""
        taken = bytes(piece)  # type: ignore[call-overload]
        self._pieces.append(taken)
        return len(taken)

    def drained(self) -> bytes:
        """Give what was taken since the last time."""
        given = b"".join(self._pieces)
        self._pieces.clear()
        return given
