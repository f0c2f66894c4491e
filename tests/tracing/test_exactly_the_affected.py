"""The sheets of something wrong are exactly those that carried it, on both databases."""

from collections import Counter
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from hub.recalls.subjects import Subject, subject_of_text, subject_of_value
from hub.sheets.models import SheetRecord
from hub.tracing.notices import stands_on
from hub.tracing.tracing import Sight, Span, count_sheets, list_sheets
from tests.support.cast import Cast
from tests.support.databases import both_databases
from tests.tracing.many_sheets import Given, Library, hand_out_many, more_versions

NUMBER = 1500
MARCH = Span(date(2026, 3, 3), date(2026, 3, 17))
SPANS = (Span(), MARCH, Span(None, date(2026, 2, 1)), Span(date(2026, 11, 1), None))


@pytest.fixture
def library(session: Session, cast: Cast) -> Library:
    return more_versions(session)


@pytest.fixture
def given(session: Session, cast: Cast, library: Library) -> list[Given]:
    return hand_out_many(session, library, sorted(cast.hubs.values()), NUMBER)


def _subjects(session: Session, library: Library) -> dict[str, Subject]:
    return {
        "a Dutch version": subject_of_text(session, library.texts["heat-tariff", "nl"][1]),
        "the newest Dutch": subject_of_text(session, library.texts["instalment", "nl"][2]),
        "an Arabic version": subject_of_text(session, library.texts["heat-tariff", "ar"][0]),
        "a value": subject_of_value(session, library.values[0][0]),
        "the value after it": subject_of_value(session, library.values[0][2]),
    }


def _everything(cast: Cast) -> Sight:
    return Sight(frozenset(cast.hubs.values()), frozenset())


@both_databases
def test_the_list_holds_exactly_the_sheets_that_carried_it(
    session: Session, cast: Cast, library: Library, given: list[Given]
) -> None:
    for name, subject in _subjects(session, library).items():
        for span in SPANS:
            wanted = {one.id for one in given if one.holds(subject) and one.within(span)}
            found = [one.sheet_id for one in list_sheets(session, subject, span, _everything(cast))]
            assert len(found) == len(set(found)), name
            assert set(found) == wanted, f"{name}, {span}"


@both_databases
def test_the_counts_by_language_and_hub_are_those_of_the_sheets(
    session: Session, cast: Cast, library: Library, given: list[Given]
) -> None:
    slugs = {hub_id: slug for slug, hub_id in cast.hubs.items()}
    names = {"k-buurt": "K-buurt", "gein": "Gein", "overvecht": "Overvecht"}
    for subject in _subjects(session, library).values():
        counted = count_sheets(session, subject, MARCH, _everything(cast))
        wanted = Counter(
            (one.language, f"Energiehub {names[slugs[one.hub_id]]}")
            for one in given
            if one.holds(subject) and one.within(MARCH)
        )
        assert dict(counted.cells) == wanted
        assert counted.total == wanted.total()
        assert counted.elsewhere == 0


def test_something_stood_on_enough_sheets_for_a_mistake_to_show(
    session: Session, library: Library, given: list[Given]
) -> None:
    for name, subject in _subjects(session, library).items():
        holding = sum(one.holds(subject) for one in given)
        assert 30 < holding < NUMBER - 30, name


def test_the_notice_at_the_desk_follows_the_same_rule_as_the_list(
    app: Flask, session: Session, library: Library, given: list[Given]
) -> None:
    subjects = _subjects(session, library)
    for one in given[:400]:
        record = session.get_one(SheetRecord, one.id)
        for name, subject in subjects.items():
            assert stands_on(record, subject) == one.holds(subject), f"{name}, sheet {one.id}"


def test_a_hub_that_is_not_to_be_seen_is_counted_elsewhere_and_not_listed(
    session: Session, cast: Cast, library: Library, given: list[Given]
) -> None:
    subject = _subjects(session, library)["a value"]
    here = cast.hubs["gein"]
    sight = Sight(frozenset({here}), frozenset({here}))
    counted = count_sheets(session, subject, Span(), sight)
    holding = [one for one in given if one.holds(subject)]
    assert counted.total == sum(one.hub_id == here for one in holding)
    assert counted.total + counted.elsewhere == len(holding)
    found = list(list_sheets(session, subject, Span(), sight))
    assert {one.hub for one in found} == {"Energiehub Gein"}
    assert all(one.return_code and one.visit_id for one in found)


def test_who_does_not_sit_at_the_desk_gets_no_visit_and_no_return_code(
    session: Session, cast: Cast, library: Library, given: list[Given]
) -> None:
    subject = _subjects(session, library)["a value"]
    for one in list_sheets(session, subject, Span(), _everything(cast)):
        assert one.visit_id is None
        assert one.return_code is None


def test_sheets_are_listed_by_day(session: Session, cast: Cast, library: Library) -> None:
    hand_out_many(session, library, sorted(cast.hubs.values()), 200)
    subject = _subjects(session, library)["a Dutch version"]
    days = [one.printed_on for one in list_sheets(session, subject, Span(), _everything(cast))]
    assert days == sorted(days)
    assert len(list(list_sheets(session, subject, Span(), _everything(cast), 5))) == 5
