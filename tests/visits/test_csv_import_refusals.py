"""`hub visits import`: every faulty line is named with its column, and nothing is stored."""

import tracemalloc
from pathlib import Path

import pytest
from flask import Flask

from hub.csv_file import FileErrors, FileRefused
from hub.db import db
from hub.visits import commands as visit_commands
from hub.visits.csv_columns import COLUMNS
from hub.visits.csv_import import read_knowledge, read_visits
from tests.support.cast import Cast
from tests.support.clock import SettableClock
from tests.support.databases import both_databases
from tests.visits.csv_files import ONE, TWO, Exchange, Row, as_text, faults, row


@pytest.fixture
def exchange(app: Flask, cast: Cast, tmp_path: Path) -> Exchange:
    return Exchange(app, tmp_path)


# What a row says, and how the line about it begins.
WRONG_VALUES = [
    ({"visit_id": ""}, "column visit_id: This field is empty"),
    ({"visit_id": "17"}, "column visit_id: “17” is not a UUID"),
    ({"visit_id": "{0190a1b2-c3d4-7e5f-8a6b-000000000001}"}, "column visit_id: “{0190a1b2"),
    ({"opened_at": ""}, "column opened_at: This field is empty"),
    ({"opened_at": "4 november"}, "column opened_at: “4 november” is not a day and time"),
    ({"opened_at": "2026-11-31T10:00:00+01:00"}, "column opened_at: “2026-11-31T10"),
    ({"opened_at": "2026-11-04T10:15:00"}, "column opened_at: The offset from UTC is missing"),
    ({"opened_at": "0001-01-01T00:00:00+14:00"}, "column opened_at: “0001-01-01T00"),
    ({"opened_at": "2014-12-31T12:00:00+01:00"}, "column opened_at: This is before 2015"),
    ({"opened_at": "2026-11-24T10:00:01+01:00"}, "column opened_at: This is more than 24 hours"),
    ({"channel": "post"}, "column channel: “post” is not one of: counter, appointment"),
    ({"language": "klingon"}, "column language: “klingon” is not a language tag"),
    ({"area": "BU99999999"}, "column area: “BU99999999” is not an area"),
    ({"area": "EX-P-KMIDDEN"}, "column area: “EX-P-KMIDDEN” is not an area"),
    ({"tenure": "squat"}, "column tenure: “squat” is not one of"),
    ({"heating": "sun"}, "column heating: “sun” is not one of"),
    ({"home_type": "boat"}, "column home_type: “boat” is not one of"),
    ({"first_visit": "maybe"}, "column first_visit: “maybe” is not one of: yes, no, unknown"),
    ({"late_entry": "unknown"}, "column late_entry: “unknown” is not yes or no"),
    ({"question": ""}, "column question: Give the number of the question, from 1 to 5"),
    ({"question": "0"}, "column question: Give the number"),
    ({"question": "6"}, "column question: Give the number"),
    ({"question": "１"}, "column question: Give the number"),
    ({"question": "12"}, "column question: Give the number"),
    ({"topic": "XYZ-01"}, "column topic: “XYZ-01” is not a topic"),
    ({"topic": "REK"}, "column topic: “REK” is not a topic"),
    ({"urgency": "now"}, "column urgency: “now” is not one of"),
    ({"trigger": "dream"}, "column trigger: “dream” is not one of"),
    ({"outcome": "unknown"}, "column outcome: “unknown” is not one of"),
    ({"outcome": "not_answered", "reason": "tired"}, "column reason: “tired” is not one of"),
    ({"outcome": "partly", "reason": "language"}, "column reason: A reason goes only with"),
    ({"reason": "language"}, "column reason: A reason goes only with"),
    ({"answer": "no-such-answer"}, "column answer: “no-such-answer” is not an answer"),
    ({"answer_language": "xx"}, "column answer_language: “xx” is not a language tag"),
    ({"sheet": "1"}, "column sheet: “1” is not yes or no"),
    ({"topic": "", "question": "1"}, "column question: There is no topic in this row"),
    ({"topic": "", "question": "", "outcome": "partly"}, "column outcome: There is no topic"),
    ({"tenure": "x" * 900}, f"column tenure: “{'x' * 40}…” is not one of"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "said"), WRONG_VALUES)
def test_a_wrong_value_is_named_with_line_and_column(
    exchange: Exchange, fields: Row, said: str
) -> None:
    lines = faults(exchange.take([row(TWO), {**row(), **fields}]))
    assert [line for line in lines if line.startswith(f"Line 3, {said}")], lines
    assert len(lines) == 1, lines
    assert exchange.counts() == (0, 0)


def test_every_faulty_line_is_named(exchange: Exchange) -> None:
    rows = [
        row(language="klingon", sheet="1"),
        row(topic="BRF-01", question="2", language="klingon"),
        row(TWO),
        row(TWO, topic="XYZ-01", question="2", outcome="gone"),
    ]
    assert [line.split(":")[0] for line in faults(exchange.take(rows))] == [
        "Line 2, column sheet",
        "Line 2, column language",
        "Line 3, column language",
        "Line 5, column topic",
        "Line 5, column outcome",
    ]


def test_a_question_is_led_back_to_its_own_line(exchange: Exchange) -> None:
    rows = [row(question="3", topic="XYZ-01"), row(question="1"), row(question="2", topic="XYZ-02")]
    assert [line[:22] for line in faults(exchange.take(rows))] == [
        "Line 2, column topic: ",
        "Line 4, column topic: ",
    ]


def test_the_rows_of_a_visit_agree(exchange: Exchange) -> None:
    other = row(topic="BRF-01", question="2", tenure="owner", opened_at="2026-11-04T09:16:00Z")
    lines = faults(exchange.take([row(tenure="room"), row(TWO), other]))
    assert lines[0].startswith("Line 4, column opened_at: This differs from line 2")
    assert lines[1].startswith("Line 4, column tenure: This differs from line 2")
    assert len(lines) == 2


def test_the_same_moment_in_another_offset_agrees(exchange: Exchange) -> None:
    other = row(topic="BRF-01", question="2", opened_at="2026-11-04T09:15:00Z")
    assert exchange.take([row(), other]).exit_code == 0


def test_a_number_stands_once_in_a_visit(exchange: Exchange) -> None:
    lines = faults(exchange.take([row(), row(topic="BRF-01")]))
    assert lines == [
        "Line 3, column question: Question 1 stands twice in this visit. Give each its own number."
    ]


def test_a_topic_stands_once_in_a_visit(exchange: Exchange) -> None:
    lines = faults(exchange.take([row(), row(question="2")]))
    assert [line[:21] for line in lines] == ["Line 3, column topic:"]


@pytest.mark.parametrize(
    "rows",
    [[row(topic=""), row()], [row(), row(topic="")], [row(topic=""), row(topic="")]],
    ids=["first", "last", "twice"],
)
def test_a_row_without_a_topic_is_alone(exchange: Exchange, rows: list[Row]) -> None:
    lines = faults(exchange.take(rows))
    assert [line[:21] for line in lines] == ["Line 3, column topic:"]


def test_a_row_without_a_topic_may_say_the_defaults(exchange: Exchange) -> None:
    rows = [row(topic="", urgency="normal", trigger="unknown", sheet="no")]
    assert exchange.take(rows).exit_code == 0


def test_an_id_with_other_content_refuses_the_file_with_its_line(exchange: Exchange) -> None:
    exchange.take([row()])
    lines = faults(exchange.take([row(TWO), row(outcome="partly")]))
    assert len(lines) == 1
    assert lines[0].startswith("Line 3, column visit_id: This visit is at the desk already")
    assert exchange.counts() == (1, 1)


def test_an_id_of_another_hub_refuses_the_file(exchange: Exchange) -> None:
    exchange.take([row()], hub="gein")
    assert faults(exchange.take([row()]))[0].startswith("Line 2, column visit_id: This visit is")


def test_other_content_is_named_beside_other_faults(exchange: Exchange) -> None:
    exchange.take([row()])
    lines = faults(exchange.take([row(tenure="room"), row(TWO, tenure="squat")]))
    assert [line.split(":")[0] for line in lines] == [
        "Line 2, column visit_id",
        "Line 3, column tenure",
    ]


@both_databases
def test_a_visit_that_comes_in_by_another_way_meanwhile_stops_the_whole_file(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange.take([row(TWO)])
    monkeypatch.setattr(visit_commands, "new_visits", lambda _work, _hub, read, _errors: read)
    taken = exchange.take([row(ONE), row(TWO)])
    assert taken.exit_code == 1
    assert "came in by another way just now. Import the file once more." in taken.stderr
    assert exchange.counts() == (1, 1)


def test_an_unknown_column_is_refused_by_name(exchange: Exchange) -> None:
    lines = faults(exchange.take(as_text([row()], (*COLUMNS, "name"))))
    assert lines[0].startswith("Line 1: There is no column “name” in this kind of file.")


def test_missing_columns_are_refused_by_name(exchange: Exchange) -> None:
    file = "visit_id,language\n"
    assert [line.split(":", 1)[1].strip() for line in faults(exchange.take(file))] == [
        "The column “opened_at” is missing.",
        "The column “question” is missing.",
        "The column “topic” is missing.",
    ]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"", "Line 1: The file has no header"),
        (as_text([row()]).encode("utf-16"), "Line 1: This is not UTF-8"),
        (as_text([row(tenure="é")]).encode("latin-1"), "Line 2: This is not UTF-8"),
        (as_text([row(tenure="\0")]).encode(), "Line 2: There is a control character (U+0000)"),
        (as_text([row()]).replace(",", ";").encode(), "Line 1: The columns are separated by"),
        (as_text([row()]).replace("+01:00", "+01:00,").encode(), "Line 2: This line has 20 fields"),
    ],
    ids=["empty", "utf-16", "latin-1", "nul", "semicolons", "a field too many"],
)
def test_a_file_of_another_kind_is_refused_with_its_line(
    exchange: Exchange, file: bytes, said: str
) -> None:
    assert faults(exchange.take(file))[0].startswith(said)
    assert exchange.counts() == (0, 0)


def test_a_hub_that_is_not_there_is_refused(exchange: Exchange) -> None:
    taken = exchange.take([row()], hub="nowhere")
    assert taken.exit_code == 1
    assert "There is no hub nowhere." in taken.stderr


def test_a_file_that_is_not_there_is_refused(exchange: Exchange) -> None:
    taken = exchange.run("import", "/nowhere/visits.csv", "--hub", "k-buurt")
    assert taken.exit_code == 1
    assert "/nowhere/visits.csv cannot be read: No such file or directory." in taken.stderr


def test_junk_takes_little_memory_however_much_there_is(
    app: Flask, cast: Cast, clock: SettableClock
) -> None:
    with app.app_context():
        known = read_knowledge(db.session(), clock())
    peaks = []
    for lines in (3_000, 12_000):
        tracemalloc.start()
        errors = FileErrors("junk.csv")
        read_visits(_Junk(lines), known, errors)
        with pytest.raises(FileRefused) as refused:
            errors.raise_any()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert "Also faulty: lines 1002-" in refused.value.text("en")
    assert peaks[1] < 1.5 * peaks[0]


class _Junk:
    """A good header and then lines of words, each with as many commas as there should be."""

    def __init__(self, lines: int) -> None:
        self.lines = lines
        self.given = -1

    def readline(self, _size: int = -1, /) -> bytes:
        self.given += 1
        if self.given == 0:
            return ",".join(COLUMNS).encode() + b"\n"
        return b"" if self.given > self.lines else b"%d" % self.given + b",junk" * 18 + b"\n"


def test_a_visit_of_another_id_may_have_the_same_content(exchange: Exchange) -> None:
    assert exchange.take([row(ONE), row(TWO)]).exit_code == 0
    assert exchange.counts() == (2, 2)
