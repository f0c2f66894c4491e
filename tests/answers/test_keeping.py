"""Texts are added and never changed, and two who work on one text lose nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hub.answers.keeping import Overtaken, mark_checked, retire, write_text
from hub.answers.library import one_answer
from hub.answers.models import AnswerText, AnswerTextEvent
from hub.answers.text_rules import GoodText
from hub.db import unit_of_work
from hub.refusal import NotFound, Refusal
from tests.answers.texts import NOW, TODAY, check, rewrite, rewrite_in, text_of
from tests.support.databases import both_databases


def _rows(session: Session) -> dict[int, tuple[object, ...]]:
    session.rollback()
    columns = [column for column in AnswerText.__table__.columns if column.name != "body"]
    return {row.id: tuple(row) for row in session.execute(select(*columns))}


@both_databases
def test_an_edit_adds_a_row_and_changes_none(app: Flask, content: None, session: Session) -> None:
    before = _rows(session)
    rewrite(app, "nl", "title", "Klopt uw bedrag?", significance="meaning")
    check(app, "nl")
    rewrite(app, "ar", "title", "هل القسط صحيح؟")
    after = _rows(session)
    assert len(after) == len(before) + 2
    assert {key: after[key] for key in before} == before


@both_databases
def test_of_two_who_write_at_once_the_second_is_told_and_the_first_is_kept(
    app: Flask, content: None
) -> None:
    seen = text_of(app, "ar")

    def write(title: str) -> str:
        good = GoodText("ar", {**seen.body, "title": title}, seen.source_version)
        try:
            with app.app_context(), unit_of_work() as work:
                write_text(
                    work, "instalment", good, seen_version=seen.version, by_role="editor", now=NOW
                )
        except Overtaken as overtaken:
            return f"after {overtaken.current.title}"
        return "kept"

    titles = [f"عنوان {letter}" for letter in "ابتثج"]
    with ThreadPoolExecutor(5) as pool:
        said = list(pool.map(write, titles))
    assert said.count("kept") == 1
    first = titles[said.index("kept")]
    assert set(said) == {"kept", f"after {first}"}
    assert text_of(app, "ar").title == first
    assert text_of(app, "ar").version == seen.version + 1


@both_databases
def test_a_check_that_meets_a_newer_version_checks_neither(
    app: Flask, content: None, session: Session
) -> None:
    seen = text_of(app, "ar").version
    rewrite(app, "ar", "title", "هل القسط صحيح؟")
    with pytest.raises(Overtaken), app.app_context(), unit_of_work() as work:
        mark_checked(work, "instalment", "ar", seen, "checker", TODAY)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(AnswerTextEvent)) == 0


@both_databases
def test_the_same_check_twice_is_one_check(app: Flask, content: None, session: Session) -> None:
    check(app, "ar")
    check(app, "ar")
    session.rollback()
    assert session.scalar(select(func.count()).select_from(AnswerTextEvent)) == 1


def test_a_retirement_that_meets_a_newer_version_retires_neither(app: Flask, content: None) -> None:
    rewrite(app, "ar", "title", "هل القسط صحيح؟")
    with pytest.raises(Overtaken), app.app_context(), unit_of_work() as work:
        retire(work, "instalment", "ar", 1, "editor", TODAY)
    assert text_of(app, "ar").status == "draft"


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_the_same_words_again_are_no_new_version(app: Flask, content: None, language: str) -> None:
    before = text_of(app, language)
    with app.app_context(), unit_of_work() as work:
        title = one_answer(work, "instalment").texts[language].title
        assert rewrite_in(work, language, "title", f" {title} ", significance="typo") is False
    assert text_of(app, language) == before


def test_the_same_words_after_a_newer_dutch_say_that_they_still_hold(
    app: Flask, content: None
) -> None:
    rewrite(app, "nl", "do_not_say.1", "Zeg niet dat het zeker is.", significance="meaning")
    title = text_of(app, "ar").title
    rewrite(app, "ar", "title", title)
    text = text_of(app, "ar")
    assert (text.version, text.source_version, text.status) == (2, 2, "draft")


@pytest.mark.parametrize("significance", [None, "", "huge"])
def test_an_edit_of_the_dutch_says_how_much_it_changes(
    app: Flask, content: None, significance: str | None
) -> None:
    with pytest.raises(Refusal) as refused:
        rewrite(app, "nl", "title", "Klopt uw bedrag?", significance=significance)
    assert refused.value.field == "significance"
    assert text_of(app, "nl").version == 1


def test_a_first_text_of_a_language_begins_at_version_one(app: Flask, content: None) -> None:
    body = text_of(app, "en").body
    with app.app_context(), unit_of_work() as work:
        good = GoodText("de", body, 1)
        assert write_text(work, "instalment", good, seen_version=0, by_role="editor", now=NOW)
    assert (text_of(app, "de").version, text_of(app, "de").status) == (1, "draft")


def test_two_who_begin_the_same_language_are_told_too(app: Flask, content: None) -> None:
    good = GoodText("de", text_of(app, "en").body, 1)
    with app.app_context(), unit_of_work() as work:
        write_text(work, "instalment", good, seen_version=0, by_role="editor", now=NOW)
    with pytest.raises(Overtaken), app.app_context(), unit_of_work() as work:
        write_text(work, "instalment", good, seen_version=0, by_role="editor", now=NOW)


def test_a_text_of_an_answer_that_is_not_there_is_refused(app: Flask, content: None) -> None:
    good = GoodText("de", {}, 1)
    with pytest.raises(NotFound), app.app_context(), unit_of_work() as work:
        write_text(work, "nowhere", good, seen_version=0, by_role="editor", now=NOW)
    with pytest.raises(NotFound), app.app_context(), unit_of_work() as work:
        mark_checked(work, "instalment", "de", 1, "checker", TODAY)
