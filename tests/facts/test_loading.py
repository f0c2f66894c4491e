"""What is shipped arrives, again and again; what somebody entered stays as it is."""

import csv
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hub.csv_file import FileErrors, FileRefused
from hub.db import db, unit_of_work
from hub.facts import changing
from hub.facts.file_rows import COLUMNS, read_values
from hub.facts.importing import settle
from hub.facts.loading import load_facts
from hub.facts.models import FactValue
from hub.resources import content
from tests.facts.entries import NEXT_YEAR, NOW, TARIFF, TODAY, current, enter, entry, written

THIS_YEAR = {**TARIFF, "value": "40.97"}
COMING = {**THIS_YEAR, **NEXT_YEAR, "value": "42.10"}


class Shipment:
    """The shipped files of a version, and their loading."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self._app = app
        self._facts, self._aliases = folder / "facts.csv", folder / "aliases.csv"

    def load(self, *rows: dict[str, str]) -> int:
        with self._facts.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS, restval="")
            writer.writeheader()
            writer.writerows(rows)
        self._aliases.write_text("alias,code,on\nF-NEW-26,F-NEW,2026-07-01\n", "utf-8")
        with self._app.app_context(), unit_of_work() as work:
            return load_facts(work, self._facts, self._aliases, NOW)


@pytest.fixture
def shipment(app: Flask, tmp_path: Path) -> Shipment:
    return Shipment(app, tmp_path)


def origins(session: Session) -> list[str]:
    return [value.origin for value in current(session)]


def test_what_is_shipped_is_loaded_once(shipment: Shipment, session: Session) -> None:
    assert shipment.load(THIS_YEAR, COMING) == 2
    assert shipment.load(THIS_YEAR, COMING) == 0
    assert written(session) == ["40.97", "42.10"]
    assert {value.checked_by for value in current(session)} == {None}


def test_a_shipped_change_reaches_a_value_that_nobody_touched(
    shipment: Shipment, session: Session
) -> None:
    shipment.load(THIS_YEAR)
    (old,) = current(session)
    assert shipment.load({**THIS_YEAR, "value": "40.79"}) == 1
    assert written(session) == ["40.79"]
    assert current(session)[0].replaces_id == old.id


def test_a_shipped_change_does_not_touch_a_corrected_value(
    app: Flask, shipment: Shipment, session: Session
) -> None:
    shipment.load(THIS_YEAR)
    (value,) = current(session)
    with app.app_context(), unit_of_work() as work:
        changing.correct(work, value.id, entry(value="40,11"), None, NOW)
    assert shipment.load({**THIS_YEAR, "value": "40.79"}, COMING) == 1
    assert written(session) == ["40.11", "42.10"]


def test_a_value_that_was_moved_to_other_days_does_not_come_back(
    app: Flask, shipment: Shipment, session: Session
) -> None:
    shipment.load(THIS_YEAR)
    moved = entry(valid_from="2026-07-01", value="40,11")
    (value,) = current(session)
    with app.app_context(), unit_of_work() as work:
        changing.correct(work, value.id, moved, None, NOW)
    assert shipment.load(THIS_YEAR) == 0
    assert shipment.load({**THIS_YEAR, "valid_until": "2026-06-30"}) == 0
    assert written(session) == ["40.11"]


def test_a_value_that_was_ended_stays_ended(
    app: Flask, shipment: Shipment, session: Session
) -> None:
    shipment.load(THIS_YEAR)
    (value,) = current(session)
    with app.app_context(), unit_of_work() as work:
        changing.end(work, value.id, TODAY, NOW)
    assert shipment.load({**THIS_YEAR, "value": "40.79"}) == 0
    assert [value.valid_until for value in current(session)] == [TODAY]


def test_a_value_that_was_checked_stays_as_it_was_checked(
    app: Flask, shipment: Shipment, session: Session
) -> None:
    shipment.load(THIS_YEAR)
    (value,) = current(session)
    with app.app_context(), unit_of_work() as work:
        changing.check(work, value.id, TODAY, None, NOW)
    assert shipment.load({**THIS_YEAR, "value": "40.79"}) == 0
    assert written(session) == ["40.97"]
    assert current(session)[0].checked_on == TODAY


def test_a_value_that_was_taken_away_does_not_come_back(
    app: Flask, shipment: Shipment, session: Session
) -> None:
    shipment.load(THIS_YEAR)
    (value,) = current(session)
    with app.app_context(), unit_of_work() as work:
        changing.withdraw(work, value.id, NOW)
    assert shipment.load(THIS_YEAR) == 0
    assert written(session) == []


@pytest.mark.parametrize("first_day", ["2027-01-01", "2027-02-01"])
def test_next_years_value_of_the_desk_stands_against_the_shipped_one(
    app: Flask, shipment: Shipment, session: Session, first_day: str
) -> None:
    shipment.load(THIS_YEAR)
    enter(app, {**NEXT_YEAR, "value": "41,50", "valid_from": first_day})
    assert shipment.load(THIS_YEAR, COMING) == 0
    assert written(session) == ["40.97", "41.50"]


def test_a_shipped_value_that_begins_another_day_takes_the_place_of_the_old(
    shipment: Shipment, session: Session
) -> None:
    shipment.load({**THIS_YEAR, "valid_from": "", "valid_until": ""})
    (old,) = current(session)
    assert shipment.load(THIS_YEAR, COMING) == 2
    assert written(session) == ["40.97", "42.10"]
    assert current(session)[0].replaces_id == old.id
    assert shipment.load(THIS_YEAR, COMING) == 0


def test_a_shipped_value_that_lasts_longer_pushes_out_the_shipped_next_one(
    shipment: Shipment, session: Session
) -> None:
    shipment.load(THIS_YEAR, COMING)
    assert shipment.load({**THIS_YEAR, "valid_until": "2027-06-30"}) == 1
    assert [str(value.valid_until) for value in current(session)] == ["2027-06-30"]


def test_what_is_no_longer_shipped_stays(shipment: Shipment, session: Session) -> None:
    shipment.load(THIS_YEAR, COMING)
    assert shipment.load(COMING) == 0
    assert written(session) == ["40.97", "42.10"]
    assert set(origins(session)) == {"shipped"}


def test_a_faulty_shipment_loads_nothing(shipment: Shipment, session: Session) -> None:
    with pytest.raises(FileRefused):
        shipment.load(THIS_YEAR, {**COMING, "unit": ""})
    assert session.scalar(select(func.count()).select_from(FactValue)) == 0


def test_the_shipped_file_keeps_every_rule_of_the_register(app: Flask) -> None:
    with app.app_context(), content("facts.csv").open("rb") as stream:
        errors = FileErrors("facts.csv")
        values = read_values(stream, errors)
        errors.raise_any()
        with unit_of_work() as work:
            load_facts(work, content("facts.csv"), content("fact_aliases.csv"), NOW)
            settle(work, values, errors)
            errors.raise_any()
    assert len(values) > 200


@pytest.mark.usefixtures("content")
def test_a_shipped_doubt_stays_a_doubt(app: Flask) -> None:
    with app.app_context():
        doubts = list(db.session.scalars(select(FactValue).where(FactValue.mark == "uncertain")))
        assert len(doubts) > 50
        assert {value.checked_by for value in doubts} == {None}
        heat = [v for v in doubts if (v.code, v.part) == ("F-HEAT", "fixed")]
        assert [value.valid_until for value in heat] == [date(2026, 12, 31)]
