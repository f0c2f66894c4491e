"""Search at work on the shipped content: ranking, mending, and what keeps it up to date."""

from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from hub.answers.library import all_answers
from hub.answers.models import AnswerText, AnswerTextEvent
from hub.answers.search import build_index, write_entries
from hub.answers.search.engines import FTS5, NONE, TSVECTOR, engine_of
from hub.answers.search.folding import asked_words
from hub.answers.search.models import SearchEntry
from hub.content_loading import load_all
from hub.db import db, unit_of_work
from hub.topics.models import TopicLabel, TopicWord
from tests.support.clock import START
from tests.support.databases import both_databases

pytestmark = pytest.mark.usefixtures("content")

EACH_ON_THE_SAME_DATABASE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def topics(session: Session, query: str, most: int = 8) -> list[str]:
    return [hit.topic for hit in build_index(session).find(query, most=most)]


def rows(session: Session) -> dict[int, tuple[object, ...]]:
    return {row[0]: tuple(row) for row in session.execute(select(SearchEntry.__table__))}


# --- what comes first ----------------------------------------------------------------------


def test_nothing_typed_finds_nothing(session: Session) -> None:
    assert topics(session, "  !? ") == []


def test_a_topic_brings_its_answers_with_its_own_first(session: Session) -> None:
    (hit,) = build_index(session).find("REK-07")
    assert hit.answers == ("moving-and-meter",)
    (hit,) = build_index(session).find("HUR-02")
    assert hit.answers[0] == "heat-plan-and-vote"


def test_the_number_of_an_answer_finds_its_first_topic_first(session: Session) -> None:
    assert topics(session, "T05")[:3] == ["ACH-01", "ACH-02", "ACH-05"]


def test_a_word_typed_out_comes_before_one_that_only_begins_so(session: Session) -> None:
    assert topics(session, "licht")[0] == "BES-03"


def test_a_phrase_that_stands_together_comes_first(session: Session) -> None:
    assert topics(session, "te hoog")[0] == "REK-03"


def test_what_the_hub_is_asked_most_settles_what_is_close(session: Session) -> None:
    search = build_index(session)
    first, second = (hit.topic for hit in search.find("meter")[:2])
    assert search.find("meter", {second: 40})[0].topic == second
    assert search.find("meter", {first: 400, second: 1})[0].topic == first


def test_use_does_not_bury_what_was_typed_out(session: Session) -> None:
    assert build_index(session).find("schimmel", {"REK-01": 10_000})[0].topic == "ISO-06"


def test_an_answer_of_the_season_comes_before_an_equal_one(session: Session) -> None:
    search = build_index(session)
    in_season = {hit.topic: hit.score for hit in search.find("warm", month=1)}
    out_of_season = {hit.topic: hit.score for hit in search.find("warm", month=7)}
    assert in_season["WNT-06"] > out_of_season["WNT-06"]
    assert in_season["BES-02"] == out_of_season["BES-02"]


# --- what was not quite meant ----------------------------------------------------------------


def test_a_slip_is_mended_only_where_nothing_begins_so(session: Session) -> None:
    assert topics(session, "schimel")[0] == "ISO-06"
    assert "ISO-06" not in topics(session, "tocht")  # `vocht` is near, but `tocht` is there


def test_three_letters_are_not_mended(session: Session) -> None:
    assert topics(session, "xch") == []


def test_a_word_that_is_nowhere_hides_no_other(session: Session) -> None:
    assert topics(session, "slimme qqqqqq")[0] == "REK-07"


def test_a_word_written_apart_is_found(session: Session) -> None:
    assert topics(session, "deur waarder")[0] == "ACH-02"


def test_one_word_of_a_label_says_more_than_all_words_inside_of_texts(session: Session) -> None:
    assert topics(session, "rooster dicht")[0] == "ISO-05"


def test_an_arabic_word_is_found_behind_its_particle(session: Session) -> None:
    assert topics(session, "رسالة بقطع")[0] == "ACH-03"


def test_three_ethiopic_letters_are_enough_to_be_mended(session: Session) -> None:
    assert "REK-01" in topics(session, "ሕሳብ")[:3]


def test_the_letters_of_a_code_give_its_group_but_hide_no_word(session: Session) -> None:
    assert topics(session, "rek")[0] == "REK-01"
    assert topics(session, "hur")[0] == "HUR-04"
    assert topics(session, "hur 2")[0] == "HUR-02"


def test_a_sentence_finds_the_topic_of_most_of_its_words(session: Session) -> None:
    assert topics(session, "ik wil mijn schimmel laten zien")[0] == "ISO-06"


# --- the engines -----------------------------------------------------------------------------


@both_databases
def test_each_database_uses_its_own_engine(session: Session) -> None:
    connection = session.connection()
    expected, plan = {
        "sqlite": (FTS5, "EXPLAIN QUERY PLAN"),
        "postgresql": (TSVECTOR, "EXPLAIN"),
    }[connection.dialect.name]
    engine = engine_of(connection)
    assert engine is expected
    asked = engine.whole % (engine.word % "ter")
    told = connection.execute(text(f"{plan} {engine.statement}"), {"asked": asked})
    words = " ".join(str(value) for row in told for value in row)
    assert "VIRTUAL TABLE INDEX" in words or "Bitmap Index Scan on search_entry_fts" in words


@both_databases
def test_an_engine_finds_exactly_the_rows_with_a_word_that_begins_so(session: Session) -> None:
    there = {row[0]: str(row[-1]) for row in rows(session).values()}
    words = sorted({word for line in there.values() for word in line.split()})
    engine = engine_of(session.connection())
    beginnings = {word[:letters] for word in words[::29] for letters in (1, 2, 3, 5, 40)}
    for beginning in sorted(beginnings):
        found = {one.id for one in engine.beginning_with(session.connection(), [beginning])}
        assert found == {
            number for number, line in there.items() if f" {beginning}" in f" {line}"
        }, beginning


def test_without_fts5_the_same_is_found(session: Session) -> None:
    queries = ("ter", "schimel", "قسط", "no puedo pagar", "T06", "slimme m", "电表")
    with_engine = [build_index(session).find(query) for query in queries]
    for part in ("TRIGGER search_entry_fts_new", "TRIGGER search_entry_fts_gone",
                 "TRIGGER search_entry_fts_changed", "TABLE search_entry_fts"):  # fmt: skip
        session.execute(text(f"DROP {part}"))
    assert engine_of(session.connection()) is NONE
    assert [build_index(session).find(query) for query in queries] == with_engine


@EACH_ON_THE_SAME_DATABASE
@given(
    st.one_of(
        st.text(st.characters(), max_size=60),
        st.text(st.sampled_from("\"'*:&|!()<>-+^~{}\\%_;\0\n abet"), max_size=60),
        st.lists(
            st.sampled_from(
                ["OR", "AND", "NOT", "NEAR(", "words:", "'; DROP TABLE topic; --", '"', "meter*",
                 "{words}", "^ter", "\u202e", "\ud800", "warm:*", "<->", "!!", "a" * 3000]
            )
        ).map(" ".join),
    )
)  # fmt: skip
@both_databases
def test_no_query_raises_or_means_anything_but_its_words(session: Session, query: str) -> None:
    search = build_index(session)
    hits = search.find(query)
    plain = " ".join(forms[0] for forms in asked_words(query[:100]))
    assert hits == search.find(plain)
    if not plain:
        assert hits == []


@both_databases
def test_a_query_as_long_as_a_book_is_answered(session: Session) -> None:
    assert topics(session, "schimmel " * 50_000)[0] == "ISO-06"


# --- up to date ------------------------------------------------------------------------------


@both_databases
def test_loading_again_writes_nothing(app: Flask, session: Session) -> None:
    before = rows(session)
    session.commit()
    with app.app_context(), unit_of_work() as work:
        load_all(work, START)
        assert write_entries(work) == 0
    assert rows(session) == before


@both_databases
def test_what_is_missing_or_stale_is_mended_by_loading(app: Flask, session: Session) -> None:
    before = {row[1:] for row in rows(session).values()}
    session.execute(delete(SearchEntry).where(SearchEntry.place == "title"))
    session.add(SearchEntry(topic_code="ISO-06", language="nl", place="word", words="stale"))
    session.commit()
    with app.app_context(), unit_of_work() as work:
        load_all(work, START)
    session.commit()
    assert {row[1:] for row in rows(session).values()} == before


@both_databases
def test_a_new_text_is_found_and_the_old_one_no_longer(session: Session) -> None:
    old = all_answers(session, ["induction"])["induction"].dutch
    new = AnswerText(
        answer_slug="induction", language="nl", version=old.version + 1, written_as="draft",
        body=old.body | {"title": "Zwieberlampen"}, origin="desk", digest="0" * 64,
        written_at=START, significance="wording",
    )  # fmt: skip
    session.add(new)
    session.commit()
    assert topics(session, "zwieberl")[0] == "WNT-07"
    titles = select(SearchEntry.words).where(
        SearchEntry.answer_slug == "induction",
        SearchEntry.language == "nl",
        SearchEntry.place == "title",
    )
    assert session.scalars(titles).all() == ["zwieberlampen"]


@both_databases
def test_a_retired_text_is_not_found(session: Session) -> None:
    turkish = all_answers(session, ["disconnection"])["disconnection"].texts["tr"]
    mine = (
        select(func.count())
        .select_from(SearchEntry)
        .where(SearchEntry.answer_slug == "disconnection", SearchEntry.language == "tr")
    )
    assert session.scalar(mine) == 2
    session.add(
        AnswerTextEvent(text_id=turkish.id, kind="retired", by_role="editor", on=START.date())
    )
    session.commit()
    assert session.scalar(mine) == 0


@both_databases
def test_a_word_and_a_label_that_an_editor_adds_are_found(session: Session) -> None:
    session.add(TopicWord(topic_code="WNT-07", language="nl", word="kwispelplaat"))
    session.add(TopicLabel(topic_code="WNT-07", language="tr", label="Kwozelocak"))
    session.commit()
    assert topics(session, "kwispel") == ["WNT-07"]
    assert topics(session, "kwozel") == ["WNT-07"]


def test_what_is_rolled_back_is_not_found(session: Session) -> None:
    session.add(TopicWord(topic_code="WNT-07", language="nl", word="kwispelplaat"))
    session.flush()
    session.rollback()
    session.commit()
    assert topics(session, "kwispelplaat") == []


def test_a_visit_writes_no_entries(app: Flask, session: Session) -> None:
    before = rows(session)
    session.commit()
    with app.app_context(), unit_of_work():
        assert db.session().info == {}
    assert rows(session) == before


def test_what_a_volunteer_must_not_say_is_not_found(session: Session) -> None:
    text_of: Callable[[str], str] = lambda place: " ".join(  # noqa: E731
        session.scalars(
            select(SearchEntry.words).where(
                SearchEntry.answer_slug == "disconnection",
                SearchEntry.language == "nl",
                SearchEntry.place == place,
            )
        )
    )
    assert "beloof" not in text_of("text").split()
    assert "vraag" in text_of("text").split()
