"""A month is counted by the database alone, and rightly."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import String, delete, func, select
from sqlalchemy.orm import Session

from hub.statistics.releases.codes import codes_now
from hub.statistics.releases.counting import Slot, count_month
from hub.statistics.releases.side_by_side import rows_of_both
from hub.visits.models import Question, Reception, Visit
from tests.statistics.visits import Asked, Came, asked_of, came, put
from tests.support.databases import both_databases, on_postgresql

MONTH = "2026-03"
_LANGUAGES = {"pap-CW": "pap", "zh": "other", "tlh": "other", "und": "unknown"}
_AREAS = {"EX-W-GEIN": "EX-W-GEIN-unknown", "gone": "unknown"}


def _by_hand(visits: list[Came]) -> dict[Slot, tuple[int, int]]:
    """Count visit by visit, as one would with pencil and paper."""
    seen: dict[Slot, list[int]] = defaultdict(list)
    for number, visit in enumerate(visits):
        for question in visit.questions:
            for topic in (question.topic, question.topic[:3], "ALL"):
                for slot in _slots(visit, question, topic):
                    seen[slot].append(number)
    return {slot: (len(numbers), len(set(numbers))) for slot, numbers in seen.items()}


def _slots(visit: Came, question: Asked, topic: str) -> Iterator[Slot]:
    yield Slot("", "ALL", topic)
    if topic != question.topic:
        yield Slot("hub", visit.hub, topic)
    yield Slot("area", _AREAS.get(visit.area, visit.area), topic)
    yield Slot("language", _LANGUAGES.get(visit.language, visit.language), topic)
    yield Slot("tenure", visit.tenure, topic)
    yield Slot("heating", visit.heating, topic)
    yield Slot("channel", visit.channel, topic)
    yield Slot("trigger", question.trigger, topic)
    yield Slot("outcome", question.end, topic)
    if question.outcome == "not_answered":
        yield Slot("outcome", "not_answered", topic)


def _empty(session: Session) -> None:
    for model in (Question, Visit, Reception):
        session.execute(delete(model))
    session.commit()


@both_databases
@pytest.mark.usefixtures("cast", "app")
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(visits=st.lists(came((MONTH, "2026-04")), max_size=25))
def test_counts_are_those_of_a_count_by_hand(session: Session, visits: list[Came]) -> None:
    _empty(session)
    put(session, visits)
    found = count_month(session, "GM0363", MONTH, codes_now(session, "GM0363", 2026))
    assert found == _by_hand([visit for visit in visits if visit.month == MONTH])


@both_databases
@pytest.mark.usefixtures("cast", "app")
def test_the_database_is_asked_for_sums_alone_and_each_once(session: Session) -> None:
    codes = codes_now(session, "GM0363", 2026)
    put(session, [Came(MONTH, (Asked("REK-01"), Asked("REK-02")))] * 30)
    with asked_of(session.get_bind()) as statements:
        count_month(session, "GM0363", MONTH, codes)
    touching = [s for s in statements if "visit" in s]
    assert len(touching) == (2 if session.get_bind().dialect.name == "postgresql" else 1)
    parts = [part for statement in touching for part in statement.split("UNION ALL")]
    assert all("GROUP BY" in part and ("count(*)" in part or "sum(" in part) for part in parts)


@on_postgresql
@pytest.mark.usefixtures("cast", "app")
def test_two_queries_at_once_see_the_same_moment(session: Session) -> None:
    engine = session.connection().engine
    moment = select(func.pg_current_snapshot().cast(String))
    (one,), (other,) = rows_of_both(engine, moment, moment)
    assert one == other
