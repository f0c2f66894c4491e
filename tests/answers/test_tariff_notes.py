"""The tariffs behind a calculation are told with their value, their last day and their source."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from hub.answers.calculating import calculate, tariff_notes
from hub.db import Base
from hub.facts.loading import load_facts
from hub.facts.register import Register
from hub.resources import content

DAY = date(2026, 11, 22)


@pytest.fixture
def session() -> Session:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        now = datetime(2026, 11, 22, tzinfo=UTC)
        load_facts(opened, content("facts.csv"), content("fact_aliases.csv"), now)
        yield opened
    engine.dispose()


def told(session: Session, slug: str, **typed: str) -> list[str]:
    found = calculate(slug, typed, Register.read(session), DAY)
    notes = tariff_notes(session, found.tariffs)
    return [note.text("en").replace("\u00a0", " ") for note in notes]


def test_each_tariff_is_told_once_with_its_last_day_and_source(session: Session) -> None:
    lines = told(session, "heat-tariff", gj="10", price_gj="42")
    assert [line[:30] for line in lines] == [
        "F-HEAT.gj: € 40,97 / GJ, valid",
        "F-HEAT.fixed: € 827,92, valid ",
        "F-HEAT.gj: € 43,79 / GJ, valid",
        "F-HEAT.fixed: € 760,77, valid ",
    ]
    assert "valid until 31 December 2026. Source: hartvannederland.nl" in lines[0]


def test_a_tariff_without_a_last_day_is_told_without_one(session: Session) -> None:
    lines = told(session, "doorstep-sale", sale_date="17-11-2026")
    assert lines[0].startswith("F-COOL.days: 14 days. Source: ")


def test_nothing_calculated_tells_no_tariffs(session: Session) -> None:
    assert told(session, "heat-tariff") == []
