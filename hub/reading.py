"""Opening a file that a command was given, with progress on a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from hub.csv_file import Lines
from hub.i18n import N_
from hub.progress import progress
from hub.refusal import Refusal


class _Counted:
    """A file that tells how many bytes of it were read."""

    def __init__(self, stream: BufferedReader, told: Callable[[int], None]) -> None:
        self._stream = stream
        self._told = told

    def readline(self, size: int = -1, /) -> bytes:
        line = self._stream.readline(size)
        self._told(len(line))
        return line


@contextmanager
def opened(file: Path) -> Iterator[Lines]:
    """Open a file by lines. Raises Refusal, with its name, when it cannot be read."""
    try:
        with file.open("rb") as stream, progress(file.name, file.stat().st_size) as told:
            yield _Counted(stream, told)
    except OSError as error:
        raise Refusal(
            N_("%(file)s cannot be read: %(reason)s."), file=file, reason=error.strerror
        ) from error
