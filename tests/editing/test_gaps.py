"""The gap page: what was asked and could not be given, by demand, without anybody showing."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask, g
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from uuid6 import uuid7

from hub.answers.library import all_answers, by_topic
from hub.editing.gaps import Demand, Gaps, Scale, ended_months, running_months
from hub.editing.places import places_of
from hub.topics.listing import all_topics
from hub.visits.models import Question, Reception, Visit
from hub.visits.return_code import new_code
from hub.visits.vocabulary import REASONS
from tests.support.cast import (
    ANALYST,
    COORDINATOR,
    EDITOR,
    VOLUNTEER,
    Cast,
    Person,
)
from tests.support.databases import both_databases
from tests.visits.desk import seated

MONTHS = ["2026-09", "2026-10", "2026-11"]
EXACT, BANDS = Scale(None), Scale(5)


def ask(session: Session, hub_id: int, month: str, times: int, **fields: str | None) -> None:
    """Store so many visits of one question in a month."""
    language = fields.pop("language", "nl")
    day = datetime(int(month[:4]), int(month[5:]), 15, 12, tzinfo=UTC)
    unknown = dict.fromkeys(("area", "tenure", "heating", "home_type", "first_visit"), "unknown")
    for _ in range(times):
        visit_id = uuid7()
        session.add(Reception(visit_id=visit_id, hub_id=hub_id, digest="0" * 64, received_at=day))
        session.flush()
        session.add(
            Visit(
                id=visit_id,
                hub_id=hub_id,
                opened_at=day,
                posted_in=month,
                channel="counter",
                language=language,
                late_entry=False,
                return_code=new_code(),
                questions=[Question(number=1, urgency="normal", trigger="unknown", **fields)],
                **unknown,
            )
        )
    session.commit()


def gaps(session: Session, *hubs: int, scale: Scale = EXACT) -> Gaps:
    return Gaps(session, hubs, MONTHS, scale)


def order(session: Session) -> list[str]:
    return list(all_topics(session))


@both_databases
def test_topics_without_an_answer_stand_by_demand(session: Session, cast: Cast) -> None:
    here, there = cast.hubs["k-buurt"], cast.hubs["gein"]
    ask(session, here, "2026-11", 2, topic_code="OVR-01", outcome="referred")
    ask(session, here, "2026-10", 4, topic_code="OVR-02", outcome="answered")
    ask(session, here, "2026-10", 9, topic_code="REK-03", answer_slug="instalment")
    ask(session, there, "2026-10", 7, topic_code="OVR-99")
    ask(session, here, "2026-08", 7, topic_code="OVR-99")
    served = by_topic(all_answers(session).values())
    found = gaps(session, here).without_answer(served, order(session))
    assert [(gap.topic, gap.demand) for gap in found] == [
        ("OVR-02", Demand(4, 4)),
        ("OVR-01", Demand(2, 2)),
    ]


def test_a_topic_that_an_answer_serves_names_it(session: Session, cast: Cast) -> None:
    here = cast.hubs["k-buurt"]
    ask(session, here, "2026-11", 1, topic_code="REK-03")
    served = by_topic(all_answers(session).values())
    (gap,) = gaps(session, here).without_answer(served, order(session))
    assert "instalment" in gap.answers


@both_databases
def test_what_was_not_answered_comes_with_its_reasons(session: Session, cast: Cast) -> None:
    here = cast.hubs["k-buurt"]
    refused = {"topic_code": "WNT-01", "outcome": "not_answered"}
    ask(session, here, "2026-11", 6, reason="depends_on_decision", **refused)
    ask(session, here, "2026-11", 2, reason="language", **refused)
    ask(session, here, "2026-11", 1, topic_code="WNT-03", outcome="answered")
    (gap,) = gaps(session, here).not_answered(order(session), list(REASONS))
    assert gap.demand == Demand(8, 8)
    assert gap.reasons == (("depends_on_decision", Demand(6, 6)), ("language", Demand(2, 2)))
    (banded,) = gaps(session, here, scale=BANDS).not_answered(order(session), list(REASONS))
    assert banded.reasons == (("depends_on_decision", Demand(5, 9)),)


@both_databases
def test_languages_without_a_text_count_where_the_answer_was_given(
    session: Session, cast: Cast
) -> None:
    here = cast.hubs["k-buurt"]
    given_ = {"topic_code": "WNT-07", "answer_slug": "induction"}
    ask(session, here, "2026-11", 3, language="ti", **given_)
    ask(session, here, "2026-11", 5, language="pl", **given_)
    for spoken in ("nl", "und", "ar", "nl-BE", "ar-MA"):
        ask(session, here, "2026-11", 6, language=spoken, **given_)
    found = gaps(session, here).without_text(all_answers(session))
    assert [(gap.slug, gap.language, gap.demand.least) for gap in found] == [
        ("induction", "pl", 5),
        ("induction", "ti", 3),
    ]


@given(st.integers(min_value=0, max_value=5000), st.integers(min_value=5, max_value=30))
def test_a_band_holds_the_number_and_no_small_number_is_told(number: int, threshold: int) -> None:
    shown = Scale(threshold).show(number)
    assert shown.least <= number
    assert shown.most is None or number <= shown.most
    assert not shown.exact
    if number < threshold:
        assert shown == Demand(0, threshold - 1)
    else:
        assert shown.least >= threshold


def test_inside_a_band_topics_stand_in_the_order_of_the_list(session: Session, cast: Cast) -> None:
    here = cast.hubs["k-buurt"]
    ask(session, here, "2026-11", 4, topic_code="OVR-99")
    ask(session, here, "2026-11", 1, topic_code="OVR-01")
    ask(session, here, "2026-11", 12, topic_code="OVR-02")
    found = gaps(session, here, scale=BANDS).without_answer({}, order(session))
    assert [gap.topic for gap in found] == ["OVR-02", "OVR-01", "OVR-99"]


def test_months_run_up_to_today_or_end_ten_days_ago() -> None:
    assert running_months(date(2026, 1, 31), 3) == ["2025-11", "2025-12", "2026-01"]
    assert ended_months(date(2026, 11, 23), 3) == ["2026-08", "2026-09", "2026-10"]
    assert ended_months(date(2026, 11, 9), 3) == ["2026-07", "2026-08", "2026-09"]
    assert len(ended_months(date(2026, 11, 23), 12)) == 12


@pytest.fixture
def asked(session: Session, cast: Cast) -> None:
    """At two hubs somebody asked in Tigrinya; in the month that is running, somebody else."""
    given_ = {"topic_code": "WNT-07", "answer_slug": "induction"}
    ask(session, cast.hubs["k-buurt"], "2026-10", 2, language="ti", **given_)
    ask(session, cast.hubs["gein"], "2026-10", 1, language="ti", **given_)
    ask(session, cast.hubs["gein"], "2026-11", 1, language="ur", **given_)
    ask(session, cast.hubs["overvecht"], "2026-10", 30, language="so", **given_)


def _page(app: Flask, cast: Cast, who: Person, address: str = "/gaps") -> str:
    answer = seated(app, cast, who).get(address)
    assert answer.status_code == 200
    return answer.text.split("<main")[1]


@pytest.mark.usefixtures("asked")
def test_a_coordinator_sees_the_numbers_of_the_own_hub_alone(app: Flask, cast: Cast) -> None:
    page = _page(app, cast, COORDINATOR, "/gaps?at=gein")
    assert "Energiehub K-buurt" in page
    assert "Gein" not in page
    assert ">2<" in page
    assert "Tigrinya" in page
    assert "Somali" not in page
    assert "Urdu" not in page


@pytest.mark.usefixtures("asked")
def test_an_editor_sees_bands_of_all_hubs_together_in_months_that_have_ended(
    app: Flask, cast: Cast
) -> None:
    page = _page(app, cast, EDITOR, "/gaps?at=k-buurt&months=12")
    assert "Amsterdam" in page
    assert "Energiehub" not in page
    assert "Tigrinya" in page
    assert "fewer than 5" in page
    assert ">3<" not in page
    assert "Urdu" not in page
    assert "Somali" not in page


def test_a_single_hub_is_offered_to_its_desk_alone(
    app: Flask, session: Session, cast: Cast
) -> None:
    for who, names in ((EDITOR, ["GM0363"]), (COORDINATOR, ["k-buurt"])):
        client = seated(app, cast, who)
        with client:
            client.get("/gaps")
            places = places_of(session, g.principal)
        assert [place.name for place in places] == names
        assert [place.exact for place in places] == [who is COORDINATOR]


@pytest.mark.parametrize("who", [VOLUNTEER, ANALYST])
def test_the_page_is_for_editors_and_coordinators(who: Person, app: Flask, cast: Cast) -> None:
    assert seated(app, cast, who).get("/gaps").status_code == 403


@pytest.mark.parametrize("query", ["months=0", "months=x", "months=99999", "at=%00", "at=GM0344"])
def test_an_address_with_nonsense_shows_what_may_be_seen(
    query: str, app: Flask, cast: Cast
) -> None:
    assert "Amsterdam" in _page(app, cast, EDITOR, f"/gaps?{query}")
