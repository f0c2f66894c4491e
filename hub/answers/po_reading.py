"""Reading a gettext PO file strictly: a file that is not whole is not guessed at.

Babel's reader passes over half a string, joins entries of the same name and stops at a date it
cannot read; a file that comes from outside deserves a line number and a remedy.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.parser import HeaderParser
from typing import Final

from babel.messages.pofile import unescape

from hub.csv_file import FileErrors
from hub.i18n import N_
from hub.refusal import Refusal

LARGEST: Final = 8_000_000  # bytes; all texts of one language are about 100,000
_FIELD: Final = re.compile(
    r'(?P<name>msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d+\])\s*(?P<text>"(?:[^"\\]|\\.)*")'
)
_TEXT: Final = re.compile(r'"(?:[^"\\]|\\.)*"')


@dataclass(slots=True)
class PoEntry:
    """An entry of a file: where it begins, its context, Dutch and translation."""

    line: int
    context: str | None = None
    msgid: str = ""
    msgstr: str = ""
    fuzzy: bool = False
    plural: bool = False
    last: str = ""


@dataclass(frozen=True, slots=True)
class PoFile:
    """A file that could be read: its header in small letters, and its entries."""

    headers: dict[str, str]
    header_line: int
    entries: tuple[PoEntry, ...]


@dataclass(slots=True)
class _Reader:
    """Puts lines together to entries; faulty lines go to `errors`."""

    errors: FileErrors
    done: list[PoEntry] = field(default_factory=list)
    open: PoEntry | None = None
    fuzzy: bool = False

    def take(self, number: int, line: str) -> None:
        """Take one line of the file."""
        if not line or line.startswith("#"):
            self._comment(line)
        elif match := _FIELD.fullmatch(line):
            self._field(number, match["name"], unescape(match["text"]))
        elif _TEXT.fullmatch(line) and self.open is not None and self.open.last:
            self._more(unescape(line))
        else:
            self.errors.add(
                Refusal(
                    N_(
                        "This is no line of a PO file: a string has a quotation mark at both ends, "
                        "after msgctxt, msgid or msgstr."
                    ),
                    line=number,
                )
            )

    def _comment(self, line: str) -> None:
        if self.open is not None and self.open.last.startswith("msgstr"):
            self.finish()
        if line.startswith("#,"):
            self.fuzzy = "fuzzy" in [flag.strip() for flag in line[2:].split(",")]

    def _field(self, number: int, name: str, text: str) -> None:
        begins = name in {"msgctxt", "msgid"}
        if begins and self.open is not None and self.open.last != "msgctxt":
            self.finish()
        if self.open is None:
            self.open = PoEntry(number, fuzzy=self.fuzzy)
            self.fuzzy = False
        self.open.last = name
        if name == "msgctxt":
            self.open.context = ""
        if name == "msgid_plural" or "[" in name:
            self.open.plural = True
        self._more(text)

    def _more(self, text: str) -> None:
        entry = self.open
        if entry is None:
            return
        if entry.last == "msgctxt":
            entry.context = (entry.context or "") + text
        elif entry.last == "msgid":
            entry.msgid += text
        elif entry.last == "msgstr":
            entry.msgstr += text

    def finish(self) -> None:
        """Close the entry that is open."""
        if self.open is None:
            return
        if not self.open.last.startswith("msgstr"):
            self.errors.add(
                Refusal(N_("This entry has no msgstr. The file is cut off."), line=self.open.line)
            )
        else:
            self.done.append(self.open)
        self.open = None


def read_catalogue(content: bytes, errors: FileErrors) -> PoFile:
    """Read a PO file. Raises FileRefused with every faulty line."""
    if len(content) > LARGEST:
        raise errors.stop(
            Refusal(N_("This is larger than any file of texts. Look whether it is the right one."))
        )
    reader = _Reader(errors)
    for number, line in _lines(content, errors):
        reader.take(number, line)
    reader.finish()
    errors.raise_any()
    head = next((entry for entry in reader.done if entry.context is None and not entry.msgid), None)
    if head is None:
        raise errors.stop(
            Refusal(N_("The header is missing: an entry with an empty msgid."), line=1)
        )
    found = HeaderParser().parsestr(head.msgstr)
    headers = {key.lower(): str(value) for key, value in found.items()}
    _require_utf8(headers, head.line, errors)
    return PoFile(headers, head.line, tuple(entry for entry in reader.done if entry is not head))


def _lines(content: bytes, errors: FileErrors) -> Iterator[tuple[int, str]]:
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        try:
            yield number, raw.decode("utf-8").strip(" \t\r")
        except UnicodeDecodeError:
            raise errors.stop(
                Refusal(N_("This is not UTF-8. Save the file as UTF-8."), line=number)
            ) from None


def _require_utf8(headers: dict[str, str], line: int, errors: FileErrors) -> None:
    kind = headers.get("content-type", "")
    charset = kind.lower().partition("charset=")[2].strip(" \"'") or "utf-8"
    if charset.replace("-", "") not in {"utf8", "ascii", "usascii"}:
        raise errors.stop(
            Refusal(
                N_("The header names another encoding (%(charset)s). Save the file as UTF-8."),
                line=line,
                charset=charset[:40],
            )
        )
