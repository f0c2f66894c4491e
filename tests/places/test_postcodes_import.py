"""Postcodes from a file, and the postcode a volunteer types."""

import io

import pytest
from flask import Flask
from sqlalchemy import event

from hub.csv_file import FileRefused
from hub.db import db, unit_of_work
from hub.places import lookup, postcodes_file
from hub.places.models import PostcodeArea
from hub.places.postcodes_file import StoredPostcodes
from hub.refusal import Refusal
from tests.support.cast import Cast
from tests.support.databases import both_databases

HEADER = "postcode,area,valid_from"
GOOD = ("1104AA,EX-B-KMIDDEN,2025-01-01", "1104 ab,EX-B-KELBERGEN,", "1106AA,EX-W-GEIN,")


def _import(app: Flask, *lines: str) -> StoredPostcodes:
    data = "\n".join((HEADER, *lines)).encode()
    with app.app_context():
        found = postcodes_file.read(db.session(), io.BytesIO(data), "postcodes.csv")
        with unit_of_work() as work:
            return postcodes_file.store(work, found)


@both_databases
def test_postcodes_are_stored_and_the_same_file_twice_changes_nothing(
    app: Flask, cast: Cast
) -> None:
    assert _import(app, *GOOD) == StoredPostcodes(3, 3)
    assert _import(app, *GOOD) == StoredPostcodes(3, 0)
    with app.app_context():
        assert db.session.query(PostcodeArea).count() == 3


@both_databases
def test_a_newer_file_moves_a_postcode_and_keeps_the_others(app: Flask, cast: Cast) -> None:
    _import(app, *GOOD)
    _import(app, "1104AA,EX-B-GEIN,2026-01-01")
    with app.app_context():
        assert lookup.area_of_postcode(db.session(), "1104AA") == "EX-B-GEIN"
        assert lookup.area_of_postcode(db.session(), "1104AB") == "EX-B-KELBERGEN"


def test_more_postcodes_than_one_batch_are_stored(app: Flask, cast: Cast) -> None:
    letters = "ABCDEFGHJKLMNPRSTVWXZ"
    lines = [
        f"{number}{one}{two},EX-B-GEIN,"
        for number in range(1100, 1113)
        for one in letters
        for two in letters
    ]
    assert _import(app, *lines) == StoredPostcodes(len(lines), len(lines))
    assert len(lines) > 5_000


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        ("1104A,EX-B-GEIN,", "postcode", "1104A"),
        ("0104AA,EX-B-GEIN,", "postcode", "four digits"),
        ("1104AAA,EX-B-GEIN,", "postcode", "four digits"),
        (",EX-B-GEIN,", "postcode", "empty"),
        ("1104AA,EX-B-GEIN,", "postcode", "already"),
        ("1104 aa,EX-B-GEIN,", "postcode", "already"),
        ("1105AA,,", "area", "empty"),
        ("1105AA,BU0363XX01,", "area", "Import the areas first"),
        ("1105AA,outside,", "area", "no area outside"),
        ("1105AA,EX-P-KMIDDEN,", "area", "project area"),
        ("1105AA,EX-B-GEIN,soon", "valid_from", "soon"),
    ],
)
def test_a_fault_is_named_by_line_and_column_and_nothing_is_stored(
    app: Flask, cast: Cast, line: str, column: str, says: str
) -> None:
    with pytest.raises(FileRefused) as caught:
        _import(app, *GOOD, line)
    (error,) = caught.value.errors
    assert (error.line, error.field) == (5, column)
    assert says in error.text("en")
    with app.app_context():
        assert db.session.query(PostcodeArea).count() == 0


@pytest.mark.parametrize("typed", ["1104AA", "1104 aa", " 1104Aa ", "1104\u00a0AA"])
def test_a_typed_postcode_finds_its_area(app: Flask, cast: Cast, typed: str) -> None:
    _import(app, *GOOD)
    with app.app_context():
        assert lookup.area_of_postcode(db.session(), typed) == "EX-B-KMIDDEN"


@pytest.mark.parametrize("typed", ["", "1109", "1109A1", "Dolingadreef", "9999ZZ", "1109%%"])
def test_a_postcode_that_is_none_is_refused_without_repeating_it(
    app: Flask, cast: Cast, typed: str
) -> None:
    _import(app, *GOOD)
    with app.app_context(), pytest.raises(Refusal) as caught:
        lookup.area_of_postcode(db.session(), typed)
    assert caught.value.field == "postcode"
    assert not typed or typed not in caught.value.text("nl")


@both_databases
def test_the_database_is_never_asked_for_a_whole_postcode(app: Flask, cast: Cast) -> None:
    _import(app, *GOOD)
    asked: list[str] = []

    def listen(*call: object) -> None:
        asked.append(f"{call[2]} {call[3]}")

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", listen)
        assert lookup.area_of_postcode(db.session(), "1104AB") == "EX-B-KELBERGEN"
    assert any("1104" in statement for statement in asked)
    assert not any("1104AB" in statement for statement in asked)
