"""`hub visits export`: which visits, in which order, written how."""

from pathlib import Path

import pytest
from flask import Flask

from hub.visits.csv_columns import COLUMNS
from tests.support.cast import Cast
from tests.support.databases import both_databases
from tests.visits.csv_files import ONE, TWO, Exchange, row

HEADER = (
    "visit_id,opened_at,channel,language,area,tenure,heating,home_type,first_visit,late_entry,"
    "question,topic,urgency,trigger,outcome,reason,answer,answer_language,sheet\n"
)


@pytest.fixture
def exchange(app: Flask, cast: Cast, tmp_path: Path) -> Exchange:
    return Exchange(app, tmp_path)


def test_the_columns_are_those_of_the_contract() -> None:
    assert ",".join(COLUMNS) + "\n" == HEADER


@both_databases
def test_a_visit_is_written_in_full(exchange: Exchange) -> None:
    exchange.take([row(outcome="partly"), row(TWO, topic="")])
    assert exchange.give().decode() == HEADER + (
        f"{ONE},2026-11-04T10:15:00+01:00,counter,und,unknown,unknown,unknown,unknown,unknown,no,"
        "1,REK-03,normal,unknown,partly,,,,no\n"
        f"{TWO},2026-11-04T10:15:00+01:00,counter,und,unknown,unknown,unknown,unknown,unknown,no,"
        ",,,,,,,,\n"
    )


@both_databases
def test_rows_stand_by_moment_then_id_then_number(exchange: Exchange) -> None:
    exchange.take(
        [
            row(TWO, question="2"),
            row(TWO, question="1", topic="BRF-01"),
            row(ONE),
            row("0190a1b2-c3d4-7e5f-8a6b-00000000000f", opened_at="2026-11-04T10:14:59+01:00"),
        ]
    )
    assert [(each["visit_id"][-1], each["question"]) for each in exchange.rows()] == [
        ("f", "1"),
        ("1", "1"),
        ("2", "1"),
        ("2", "2"),
    ]


def test_a_visit_without_an_outcome_has_an_empty_one(exchange: Exchange) -> None:
    exchange.take([row()])
    assert exchange.rows()[0]["outcome"] == ""


def test_moments_carry_the_offset_of_the_hub_in_summer_and_winter(exchange: Exchange) -> None:
    exchange.take([row(opened_at="2026-07-01T08:00:00Z"), row(TWO)])
    assert [each["opened_at"] for each in exchange.rows()] == [
        "2026-07-01T10:00:00+02:00",
        "2026-11-04T10:15:00+01:00",
    ]


@both_databases
def test_both_days_are_included_in_the_hubs_time(exchange: Exchange) -> None:
    exchange.take(
        [
            row("0190a1b2-c3d4-7e5f-8a6b-00000000000a", opened_at="2026-10-31T23:59:59+01:00"),
            row("0190a1b2-c3d4-7e5f-8a6b-00000000000b", opened_at="2026-11-01T00:00:00+01:00"),
            row("0190a1b2-c3d4-7e5f-8a6b-00000000000c", opened_at="2026-11-02T22:59:59Z"),
            row("0190a1b2-c3d4-7e5f-8a6b-00000000000d", opened_at="2026-11-03T00:00:00+01:00"),
        ]
    )
    rows = exchange.rows(first="2026-11-01", last="2026-11-02")
    assert [each["visit_id"][-1] for each in rows] == ["b", "c"]


@pytest.mark.usefixtures("noise")
def test_visits_of_other_hubs_are_left_out(exchange: Exchange) -> None:
    exchange.take([row()])
    assert [each["visit_id"] for each in exchange.rows()] == [ONE]


def test_days_beyond_the_calendar_are_no_error(exchange: Exchange) -> None:
    exchange.take([row()])
    assert len(exchange.rows(first="0001-01-01", last="9999-12-31")) == 1
    assert exchange.rows(first="0001-01-01", last="0001-01-02") == []


def test_days_in_the_wrong_order_are_refused(exchange: Exchange, tmp_path: Path) -> None:
    out = tmp_path / "none.csv"
    result = exchange.run(
        *("export", "--hub", "k-buurt", "--from", "2026-11-02"),
        *("--to", "2026-11-01", "--out", str(out)),
    )
    assert result.exit_code == 1
    assert "--from 2026-11-02 is later than --to 2026-11-01" in result.stderr
    assert not out.exists()


def test_a_day_that_is_none_is_wrong_usage(exchange: Exchange) -> None:
    result = exchange.run(
        "export", "--hub", "k-buurt", "--from", "31-02-2026", "--to", "2026-11-01", "--out", "x"
    )
    assert result.exit_code == 2


def test_a_file_that_cannot_be_written_is_refused_and_nothing_is_left(
    exchange: Exchange, tmp_path: Path
) -> None:
    out = tmp_path / "absent" / "out.csv"
    result = exchange.run(
        *("export", "--hub", "k-buurt", "--from", "2026-11-01"),
        *("--to", "2026-11-02", "--out", str(out)),
    )
    assert result.exit_code == 1
    assert "cannot be written: No such file or directory." in result.stderr


def test_an_export_leaves_no_other_file_behind(exchange: Exchange, tmp_path: Path) -> None:
    exchange.take([row()])
    exchange.give()
    assert sorted(file.name for file in tmp_path.glob("*")) == ["out.csv", "visits.csv"]
    assert sorted(file.name for file in tmp_path.glob(".*")) == []
