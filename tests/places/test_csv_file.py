"""Reading CSV: every faulty line by its number, and junk refused in little memory."""

import io
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.csv_file import IN_FULL, MOST_FAULTY, FileErrors, FileRefused, read_rows
from hub.refusal import Refusal

COLUMNS = ("code", "name")


def _read(data: bytes) -> list[tuple[int, str, str]]:
    errors = FileErrors("places.csv")
    rows = [
        (r.line, r["code"], r["name"])
        for r in read_rows(io.BytesIO(data), COLUMNS, ["code"], errors)
    ]
    errors.raise_any()
    return rows


def _refused(data: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        _read(data)
    return caught.value


@pytest.mark.parametrize(
    "data",
    [
        b"code,name\nA,Een\n",
        b"\xef\xbb\xbfcode,name\r\nA,Een\r\n",
        b"code,name\nA,Een",
        b'"code","name"\n"A","Een"\n',
        b"name,code\nEen,A\n",
        b" code , name \n A , Een \n",
        b"code,name\nA,Een\n\n  \n",
    ],
)
def test_common_ways_of_saving_mean_the_same(data: bytes) -> None:
    assert [row[1:] for row in _read(data)] == [("A", "Een")]


def test_a_comma_and_a_quotation_mark_stand_in_a_quoted_field() -> None:
    assert _read(b'code,name\nA,"Een, ""twee"""\n') == [(2, "A", 'Een, "twee"')]


def test_a_column_that_may_be_missing_is_empty() -> None:
    assert _read(b"code\nA\n") == [(2, "A", "")]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no header"),
        (b"\n", "no header"),
        (b"name\nEen\n", "“code” is missing"),
        (b"code,nom\nA,Een\n", "no column “nom”"),
        (b"code,code\nA,A\n", "stands twice"),
        (b"code;name\nA;Een\n", "semicolons"),
        ("code,name\nA,Een\n".encode("utf-16"), "not UTF-8"),
        (b"code,name\n".ljust(20_000, b"x").replace(b"\n", b""), "longer than"),
        (b"code,n\0me\n", "control character"),
        (b'code,"name\n', "quotation marks"),
        (b"\x89PNG\r\n\x1a\n", "not UTF-8"),
    ],
)
def test_a_wrong_header_is_refused_at_line_one(data: bytes, says: str) -> None:
    refused = _refused(data)
    assert says in str(refused)
    assert {error.line for error in refused.errors} == {1}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("B,Café".encode("latin-1"), "not UTF-8"),
        (b"B", "1 fields"),
        (b"B,Twee,Drie", "3 fields"),
        (b"B,Tw\0ee", "U+0000"),
        (b"B,Tw\x1bee", "U+001B"),
        (b'B,"Twee', "quotation marks"),
        (b'B,"Twee"drie', "quotation marks"),
        (b"B," + b"x" * 10_000, "longer than"),
        (b"B," + "é".encode() * 10_000, "longer than"),
        (b"B," + b"x" * 1_000_000, "longer than"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_a_faulty_line_is_named_and_spoils_no_other(line: bytes, says: str) -> None:
    refused = _refused(b"code,name\nA,Een\n" + line + b"\nC,Drie\nD\n")
    assert [error.line for error in refused.errors] == [3, 5]
    assert says in str(refused)


def test_a_line_of_ten_thousand_characters_is_read() -> None:
    assert len(_read(b"code,name\nA," + "é".encode() * 9_998 + b"\n")) == 1


def test_the_text_names_file_line_and_remedy() -> None:
    text = str(_refused(b"code,name\nA\n"))
    assert text.splitlines()[0] == "Nothing was stored of places.csv."
    assert text.splitlines()[1].startswith("Line 2: This line has 1 fields, the header has 2. Put")


def test_after_many_errors_the_other_lines_are_listed_as_ranges() -> None:
    faulty = [b"x"] * (IN_FULL + 5) + [b"A,Een", b"x", b"A,Een", b"x", b"x"]
    refused = _refused(b"code,name\n" + b"\n".join(faulty) + b"\n")
    assert len(refused.errors) == IN_FULL
    first = IN_FULL + 2
    assert refused.ranges == (
        (first, first + 4),
        (first + 6, first + 6),
        (first + 8, first + 9),
    )
    assert f"lines {first}-{first + 4}, {first + 6}, {first + 8}-{first + 9}" in str(refused)


class _Junk(io.RawIOBase):
    """A hundred megabytes of one piece repeated, made while it is read."""

    def __init__(self, head: bytes, piece: bytes, size: int = 100_000_000) -> None:
        self._pieces = self._make(head, piece, size)
        self._rest = b""

    @staticmethod
    def _make(head: bytes, piece: bytes, size: int) -> Iterator[bytes]:
        yield head
        for _ in range(size // len(piece)):
            yield piece

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._rest = self._rest or next(self._pieces, b"")
        part, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


@pytest.mark.slow
@pytest.mark.parametrize(
    "junk",
    [
        _Junk(b"", b"x" * 65_536),
        _Junk(b"code,name\n", b"x" * 65_536),
        _Junk(b"code,name\n", bytes(65_536)),
        _Junk(b"code,name\n", bytes(range(256)) * 256),
    ],
    ids=["no header", "one line", "zeros", "every byte"],
)
def test_a_hundred_megabytes_of_junk_take_little_memory(junk: _Junk) -> None:
    stream = io.BufferedReader(junk)
    errors = FileErrors("junk.csv")
    tracemalloc.start()
    try:
        with pytest.raises(FileRefused):
            _drain(stream, errors)
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


def _drain(stream: io.BufferedReader, errors: FileErrors) -> None:
    for _ in read_rows(stream, COLUMNS, ["code"], errors):
        pass
    errors.raise_any()


@pytest.mark.slow
def test_a_file_in_which_nothing_fits_is_given_up() -> None:
    stream = io.BufferedReader(_Junk(b"code,name\n", b"x\n" * 30_000))
    errors = FileErrors("junk.csv")
    with pytest.raises(FileRefused, match="Reading stopped at line") as caught:
        _drain(stream, errors)
    assert caught.value.given_up_at == IN_FULL + MOST_FAULTY + 1


@given(st.binary(max_size=400))
def test_any_bytes_are_rows_or_a_refusal(data: bytes) -> None:
    errors = FileErrors("places.csv")
    stream = io.BytesIO(b"code,name\n" + data)
    rows = [row.line for row in read_rows(stream, COLUMNS, ["code"], errors)]
    faulty = [error.line for error in _noted(errors)]
    assert not set(rows) & set(faulty)
    assert all(2 <= line <= data.count(b"\n") + 2 for line in (*rows, *faulty) if line)


def _noted(errors: FileErrors) -> tuple[Refusal, ...]:
    try:
        errors.raise_any()
    except FileRefused as refused:
        return refused.errors
    return ()


_field = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Zs"]), max_size=20
)


@given(st.lists(st.tuples(_field.filter(bool), _field), max_size=20))
def test_what_is_written_is_read_back_with_its_line(rows: list[tuple[str, str]]) -> None:
    quoted = [",".join('"' + f.replace('"', '""') + '"' for f in row) for row in rows]
    data = "\n".join(["code,name", *quoted]).encode()
    assert _read(data) == [(line, code, name) for line, (code, name) in enumerate(rows, start=2)]
