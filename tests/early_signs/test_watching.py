"""A hub's week, counted on both databases: the right visits, in the right week, and no more."""

from datetime import date, datetime, timedelta

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from hub.early_signs.watching import Watch, watch
from hub.early_signs.weeks import Times, week_from
from hub.places.hours import parse
from tests.early_signs.hub_weeks import (
    BILL,
    MONDAY,
    OUTAGE,
    eight_quiet_weeks,
    store,
    weeks_ago,
)
from tests.support.cast import Cast
from tests.support.databases import both_databases

HOURS = parse("ma-vr 10-13")
NOON = datetime.fromisoformat("2026-11-23T12:00+01:00")


def _seen(
    session: Session, cast: Cast, now: datetime = NOON, closed: frozenset[date] = frozenset()
) -> Watch:
    times = Times("Europe/Amsterdam", HOURS, closed)
    week = week_from(date(2026, 11, 23), times, now)
    assert week is not None
    return watch(session, cast.hubs["k-buurt"], times, week)


@both_databases
def test_a_rise_is_a_sign_with_the_topics_of_its_cases(session: Session, cast: Cast) -> None:
    hub = cast.hubs["k-buurt"]
    eight_quiet_weeks(session, hub)
    cold = ([OUTAGE, "BRF-01"], "EX-B-KELBERGEN")
    store(session, hub, MONDAY, *[cold] * 6, ([OUTAGE], "unknown"), ([BILL], "outside"))
    seen = _seen(session, cast)
    told = {(sign.topic, sign.area): (sign.verdict.count, cases) for sign, cases in seen.signs}
    assert told[OUTAGE, None] == (7, (("BRF-01", 6),))
    assert told["BRF-01", None] == (6, ((OUTAGE, 6),))
    assert told[None, "EX-B-KELBERGEN"] == (6, (("BRF-01", 6), (OUTAGE, 6)))
    within = {sign.topic: sign.within for sign, _ in seen.signs}
    assert [area for area, _ in within[OUTAGE]] == ["EX-B-KELBERGEN"]


@both_databases
def test_the_week_so_far_is_compared_by_the_hours_until_now(session: Session, cast: Cast) -> None:
    hub = cast.hubs["k-buurt"]
    eight_quiet_weeks(session, hub)
    store(session, hub, MONDAY, ([BILL], "unknown"))
    seen = _seen(session, cast)
    assert seen.week.minutes == 120
    assert seen.visits.verdict is not None
    # Two visits in 15 hours, eight times over; two hours have passed.
    assert float(seen.visits.verdict.expected) == 2 * 2 / 15
    assert seen.baseline_visits == (2,) * 8


@both_databases
def test_weeks_are_cut_at_midnight_of_the_place_and_now(session: Session, cast: Cast) -> None:
    hub = cast.hubs["k-buurt"]
    eight_quiet_weeks(session, hub)
    midnight = datetime.fromisoformat("2026-11-23T00:00+01:00")
    store(session, hub, midnight - timedelta(seconds=1), ([OUTAGE], "unknown"))
    store(session, hub, midnight, ([BILL], "unknown"))
    store(session, hub, NOON, ([OUTAGE], "unknown"))
    seen = _seen(session, cast)
    assert [(row.code, row.count) for row in seen.topics if row.wider] == [(BILL, 1)]
    assert seen.baseline_visits == (3, *[2] * 7)


@both_databases
def test_a_visit_counts_once_in_its_main_topic_and_in_its_district(
    session: Session, cast: Cast
) -> None:
    both = (["REK-01", "REK-03"], "EX-B-KMIDDEN")
    store(session, cast.hubs["k-buurt"], MONDAY, both, (["REK-03"], "EX-W-KBUURT"))
    seen = _seen(session, cast)
    assert {row.code: row.count for row in seen.topics} == {"REK": 2, "REK-01": 1, "REK-03": 2}
    assert {row.code: row.count for row in seen.areas} == {"EX-W-KBUURT": 2, "EX-B-KMIDDEN": 1}
    assert seen.visits.count == 2


@both_databases
def test_visits_of_other_hubs_are_not_counted(session: Session, cast: Cast, noise: None) -> None:
    eight_quiet_weeks(session, cast.hubs["gein"])
    store(session, cast.hubs["gein"], MONDAY, *[([OUTAGE], "unknown")] * 9)
    seen = _seen(session, cast)
    assert (seen.visits.count, seen.topics, seen.areas, seen.signs) == (0, [], [], [])
    assert seen.baseline.weeks == ()


@both_databases
def test_a_closed_week_is_passed_over_for_the_open_one_before_it(
    session: Session, cast: Cast
) -> None:
    hub = cast.hubs["k-buurt"]
    eight_quiet_weeks(session, hub, beginning=2)
    last = date(2026, 11, 16)
    seen = _seen(session, cast, closed=frozenset(last + timedelta(days=n) for n in range(7)))
    assert seen.baseline.enough
    assert [week.monday for week in seen.baseline.closed] == [last]
    assert seen.baseline.weeks[-1].monday == date(2026, 9, 21)


@both_databases
def test_with_seven_open_weeks_counts_are_told_and_nothing_is_judged(
    session: Session, cast: Cast
) -> None:
    hub = cast.hubs["k-buurt"]
    for week in range(1, 8):
        store(session, hub, weeks_ago(week), ([BILL], "unknown"))
    store(session, hub, MONDAY, *[([OUTAGE], "unknown")] * 9)
    seen = _seen(session, cast)
    assert (seen.visits.count, seen.visits.verdict, seen.signs) == (9, None, [])


@both_databases
def test_no_row_of_a_visit_leaves_the_database(app: Flask, session: Session, cast: Cast) -> None:
    hub = cast.hubs["k-buurt"]
    eight_quiet_weeks(session, hub)
    store(session, hub, MONDAY, *[([OUTAGE, BILL], "EX-B-KMIDDEN")] * 40)
    said: list[str] = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *told: said.append(told[2]))
    _seen(session, cast)
    of_visits = [statement for statement in said if "FROM visit" in statement]
    assert len(of_visits) == 5
    for statement in of_visits:
        assert "count(" in statement
        assert "GROUP BY" in statement
        assert "visit.language" not in statement
