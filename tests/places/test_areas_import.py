"""Areas from a file: CBS codes, project areas, and every fault by its line."""

import io
from datetime import date

import pytest
from flask import Flask

from hub.csv_file import FileRefused
from hub.db import db, unit_of_work
from hub.places import areas, areas_file, lookup
from hub.places.areas import Stored
from hub.places.models import Area, ProjectMember
from tests.support.cast import Cast
from tests.support.databases import both_databases

HEADER = "code,name,kind,parent,valid_from,valid_until"
GOOD = (
    "BU0363TH01,K-buurt Midden,neighbourhood,WK0363TH,2025-01-01,",
    "BU0363TH02,Kelbergen,neighbourhood,WK0363TH,,",
    "WK0363TH,K-buurt,district,,2025-01-01,2027-12-31",
    "PR-MIDDEN,K-buurt project,project,BU0363TH01 BU0363TH02,,",
)


def _read(app: Flask, *lines: str) -> list[areas.AreaEntry]:
    with app.app_context():
        data = "\n".join((HEADER, *lines)).encode()
        return areas_file.read(db.session(), io.BytesIO(data), "areas.csv")


def _import(app: Flask, *lines: str) -> Stored:
    entries = _read(app, *lines)
    with app.app_context(), unit_of_work() as work:
        return areas.store(work, entries)


@both_databases
def test_areas_are_stored_with_their_district_and_municipality(app: Flask, cast: Cast) -> None:
    assert _import(app, *GOOD) == Stored(added=4, changed=0, unchanged=0)
    with app.app_context():
        middle = db.session.get_one(Area, "BU0363TH01")
        assert (middle.district_code, middle.municipality_code) == ("WK0363TH", "GM0363")
        district = db.session.get_one(Area, "WK0363TH")
        assert (district.valid_from, district.valid_until) == (date(2025, 1, 1), date(2027, 12, 31))
        assert db.session.get_one(Area, "PR-MIDDEN").municipality_code == "GM0363"
        members = lookup.project_members(db.session(), ["PR-MIDDEN"])
    assert members == {"PR-MIDDEN": ["BU0363TH01", "BU0363TH02"]}


@both_databases
def test_the_same_file_twice_changes_nothing(app: Flask, cast: Cast) -> None:
    _import(app, *GOOD)
    assert _import(app, *GOOD) == Stored(added=0, changed=0, unchanged=4)


@both_databases
def test_a_newer_file_changes_what_it_names_and_keeps_the_rest(app: Flask, cast: Cast) -> None:
    _import(app, *GOOD)
    stored = _import(
        app,
        "BU0363TH02,Kelbergen-Zuid,neighbourhood,WK0363TH,,",
        "PR-MIDDEN,K-buurt project,project,BU0363TH02,,",
    )
    assert stored == Stored(added=0, changed=2, unchanged=0)
    with app.app_context():
        assert db.session.get_one(Area, "BU0363TH02").name == "Kelbergen-Zuid"
        assert db.session.get(Area, "BU0363TH01") is not None
        assert db.session.query(ProjectMember).filter_by(project_code="PR-MIDDEN").count() == 1


def test_imported_areas_replace_the_examples_on_offer(app: Flask, cast: Cast) -> None:
    with app.app_context():
        before = lookup.areas_on_offer(db.session(), "GM0363", date(2026, 11, 23))
        assert {area.code[:3] for area in before} == {"EX-"}
    _import(app, *GOOD)
    with app.app_context():
        offered = lookup.areas_on_offer(db.session(), "GM0363", date(2026, 11, 23))
        elsewhere = lookup.areas_on_offer(db.session(), "GM0344", date(2026, 11, 23))
    assert {area.code for area in offered} == {line.split(",")[0] for line in GOOD}
    assert {area.code[:3] for area in elsewhere} == {"EX-"}


def test_a_parent_may_be_at_the_desk_already(app: Flask, cast: Cast) -> None:
    _import(app, GOOD[2])
    assert _import(app, GOOD[0]).added == 1


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        (",Kelbergen,neighbourhood,,,", "code", "empty"),
        ("BU0363TH09,,neighbourhood,,,", "name", "empty"),
        ("BU0363TH09,Kelbergen,,,,", "kind", "empty"),
        ("BU0363TH09,Kelbergen,buurt,,,", "kind", "neighbourhood, district, project"),
        (f"BU0363TH09,{'x' * 81},neighbourhood,,,", "name", "at most 80"),
        ("BU363,Kelbergen,neighbourhood,,,", "code", "BU0363"),
        ("WK0363TX,Kelbergen,neighbourhood,,,", "code", "BU0363"),
        ("BU0363TH09,Kelbergen,district,,,", "code", "WK0363"),
        ("bu0363th09,Kelbergen,neighbourhood,,,", "code", "BU0363"),
        ("BU0363TH09,Kelbergen,project,BU0363TH01,,", "code", "does not begin as a CBS code"),
        ("elsewhere_in_city,X,project,BU0363TH01,,", "code", "capitals"),
        ("BU0363TH01,Kelbergen,neighbourhood,WK0363TH,,", "code", "line 2"),
        ("BU0363TH09,Kelbergen,neighbourhood,WK0363ZZ,,", "parent", "no district WK0363ZZ"),
        ("BU0363TH09,Kelbergen,neighbourhood,BU0363TH01,,", "parent", "no district"),
        ("BU0363TH09,Kelbergen,neighbourhood,WK0363TH WK0363TG,,", "parent", "one district"),
        ("BU0344AA01,Overvecht,neighbourhood,WK0363TH,,", "parent", "another municipality"),
        ("WK0363TG,Ganzenhoef,district,WK0363TH,,", "parent", "no parent"),
        ("PR-X,Project,project,,,", "parent", "Name the neighbourhoods"),
        ("PR-X,Project,project,WK0363TH,,", "parent", "no neighbourhood WK0363TH"),
        ("PR-X,Project,project,BU0363TH01 BU9999AA01,,", "parent", "no neighbourhood BU9999AA01"),
        ("PR-X,Project,project,BU0363TH01 EX-B-GEIN,,", "parent", "different municipalities"),
        ("BU0363TH09,Kelbergen,neighbourhood,,2025-02-30,", "valid_from", "2025-02-30"),
        ("BU0363TH09,Kelbergen,neighbourhood,,01-02-2025,", "valid_from", "2026-11-23"),
        ("BU0363TH09,Kelbergen,neighbourhood,,20250101,", "valid_from", "20250101"),
        ("BU0363TH09,Kelbergen,neighbourhood,,2025-01-02,2025-01-01", "valid_until", "before"),
        ("EX-B-GEIN,Gein,district,,,", "kind", "keeps its kind"),
        ("BU0363TH09,Kelbergen", None, "2 fields"),
    ],
)
def test_a_fault_is_named_by_line_and_column_and_nothing_is_stored(
    app: Flask, cast: Cast, line: str, column: str | None, says: str
) -> None:
    with pytest.raises(FileRefused) as caught:
        _read(app, *GOOD, line)
    (error,) = caught.value.errors
    assert (error.line, error.field) == (6, column)
    assert says in error.text("en")


def test_all_faults_of_all_lines_are_told_at_once(app: Flask, cast: Cast) -> None:
    with pytest.raises(FileRefused) as caught:
        _read(app, "BU1,,buurt,,2025-13-01,x", GOOD[0], "PR-X,P,project,BU0000AA00,,")
    told = [(error.line, error.field) for error in caught.value.errors]
    assert told == [
        (2, "name"),
        (2, "kind"),
        (2, "valid_from"),
        (2, "valid_until"),
        (3, "parent"),
        (4, "parent"),
    ]
    assert "areas.csv" in str(caught.value)
    assert "Line 4, column parent: " in str(caught.value)


def test_the_shipped_examples_are_loaded_once_and_overwrite_nothing(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit_of_work() as work:
        work.get_one(Area, "EX-B-GEIN").name = "Gein, as the hub says"
        assert areas_file.load_example_areas(work) == 0
    with app.app_context():
        assert db.session.get_one(Area, "EX-B-GEIN").name == "Gein, as the hub says"
        assert db.session.get_one(Area, "EX-B-GEIN").municipality_code is None
        members = lookup.project_members(db.session(), ["EX-P-KMIDDEN-KANT"])
    assert members == {"EX-P-KMIDDEN-KANT": ["EX-B-KANTERSHOF", "EX-B-KMIDDEN"]}
