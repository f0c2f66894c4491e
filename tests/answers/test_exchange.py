"""Texts go to translators as gettext files and come back; a round trip changes nothing."""

import re
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.answers.models import AnswerText
from hub.answers.po_reading import read_catalogue
from hub.answers.po_writing import _field
from hub.csv_file import FileErrors, FileRefused
from tests.answers.texts import check, rewrite, take_out, text_of
from tests.answers.translator import Translator
from tests.support.databases import both_databases
from tests.support.machine import program

LANGUAGES = (
    "en", "es", "pap", "srn", "fr", "pt", "tr", "pl", "ar", "fa", "uk", "ti", "am", "so", "tw",
    "hi", "zh-Hans",
)  # fmt: skip
TITLE = "instalment/title"


@pytest.fixture
def translator(app: Flask, content: None, tmp_path: Path) -> Translator:
    """A translator of Arabic with the file as it is exported."""
    return Translator(app, tmp_path)


def _texts(session: Session) -> list[tuple[object, ...]]:
    session.rollback()
    return [
        (row.id, row.version, row.written_as, row.digest)
        for row in session.scalars(select(AnswerText).order_by(AnswerText.id))
    ]


def _gettext(*arguments: str | Path) -> str:
    """Run one of gettext's programs; give what it said."""
    done = subprocess.run(
        [program(str(arguments[0])), *map(str, arguments[1:])],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout + done.stderr


# --- round trips -----------------------------------------------------------------------------


@both_databases
@pytest.mark.parametrize("language", ["en", "ar", "zh-Hans"])
def test_a_round_trip_changes_nothing(
    app: Flask, content: None, tmp_path: Path, session: Session, language: str
) -> None:
    before = _texts(session)
    translator = Translator(app, tmp_path, language)
    first = translator.text
    assert "kept as drafts: 0" in translator.sent()
    assert _texts(session) == before
    assert translator.get() == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_gettext_finds_no_fault_in_the_file_of(
    app: Flask, content: None, tmp_path: Path, language: str
) -> None:
    translator = Translator(app, tmp_path, language)
    machine = tmp_path / "out.mo"
    said = _gettext("msgfmt", "--check", "--verbose", "-o", machine, translator.file)
    assert "translated messages" in said
    assert "fuzzy" not in said


@pytest.mark.parametrize("language", ["en", "ar", "pap"])
def test_through_msgmerge_msgfmt_and_back_nothing_changes(
    app: Flask, content: None, tmp_path: Path, session: Session, language: str
) -> None:
    before = _texts(session)
    translator = Translator(app, tmp_path, language)
    merged, machine = tmp_path / "merged.po", tmp_path / "out.mo"
    _gettext("msgmerge", "--quiet", "-o", merged, translator.file, translator.file)
    translator.file.write_bytes(merged.read_bytes())
    assert "kept as drafts: 0" in translator.sent()
    _gettext("msgfmt", "--check", "-o", machine, merged)
    _gettext("msgunfmt", "-o", translator.file, machine)
    assert "kept as drafts: 0" in translator.sent()
    assert _texts(session) == before


def test_a_file_that_an_editor_wrote_anew_changes_nothing(
    translator: Translator, session: Session
) -> None:
    before = _texts(session)
    windows = "\ufeff" + translator.text.replace("\n", "\r\n") + '\r\n#~ msgid "oud"\r\n'
    translator.file.write_text(windows, "utf-8", newline="")
    assert "kept as drafts: 0" in translator.sent()
    assert _texts(session) == before


# --- what a translator gets ------------------------------------------------------------------


def test_every_string_has_its_context_its_kind_its_length_and_its_source(
    translator: Translator,
) -> None:
    entry = translator.entry("instalment/steps.1")
    assert "#. T02 Klopt uw termijnbedrag?" in entry
    assert "#. step; about 100 characters fit" in entry
    assert "#. version 1, machine draft" in entry
    assert "#: answers/instalment/nl:1" in entry
    assert "#, python-brace-format" in entry
    assert "{instalment}" in entry.partition("msgstr")[2]


def test_only_english_gets_what_not_to_say(app: Flask, content: None, tmp_path: Path) -> None:
    assert "do_not_say" in Translator(app, tmp_path, "en").text
    assert "do_not_say" not in Translator(app, tmp_path, "fr").text


def test_a_language_without_texts_gives_a_file_to_begin_with(
    app: Flask, content: None, tmp_path: Path
) -> None:
    translator = Translator(app, tmp_path, "bg")
    assert '"Language: bg\\n"' in translator.text
    assert translator.text.count('msgstr ""') > 400
    assert "kept as drafts: 0" in translator.sent()


def test_a_changed_dutch_string_is_fuzzy_with_what_it_was(
    app: Flask, translator: Translator, tmp_path: Path
) -> None:
    long = "Bel nu {supplier}. " + "Vraag dan rustig om een regeling die bij u past. " * 3
    rewrite(app, "nl", "steps.5", long, significance="wording")
    rewrite(app, "nl", "title", "Klopt wat u elke maand betaalt?", significance="wording")
    translator.get()
    entry = translator.entry(TITLE)
    assert "#, fuzzy" in entry
    assert '#| msgid "Klopt uw termijnbedrag?"' in entry
    assert 'msgid "Klopt wat u elke maand betaalt?"' in entry
    said = _gettext("msgfmt", "--check", "--verbose", "-o", tmp_path / "x.mo", translator.file)
    assert "2 fuzzy translations" in said


def test_gettext_itself_finds_the_changed_string_when_an_old_file_is_merged(
    app: Flask, translator: Translator, tmp_path: Path, session: Session
) -> None:
    old = tmp_path / "old.po"
    old.write_text(translator.text, "utf-8")
    rewrite(app, "nl", "title", "Klopt uw termijnbedrag nog?", significance="meaning")
    translator.get()
    merged = tmp_path / "merged.po"
    _gettext("msgmerge", "--quiet", "--previous", "-o", merged, old, translator.file)
    translator.file.write_bytes(merged.read_bytes())
    assert "#, fuzzy" in translator.entry(TITLE)
    said = translator.sent()
    assert "Left as they are, for entries are empty or fuzzy: instalment." in said


# --- what comes back -------------------------------------------------------------------------


@both_databases
def test_a_translation_comes_in_as_a_draft_that_nobody_checked(
    app: Flask, content: None, tmp_path: Path
) -> None:
    check(app, "ar")
    translator = Translator(app, tmp_path)
    translator.translate(TITLE, "هل القسط صحيح؟")
    assert "kept as drafts: 1, unchanged: 20" in translator.sent()
    text = text_of(app, "ar")
    assert (text.title, text.status, text.version) == ("هل القسط صحيح؟", "draft", 2)
    assert (text.checked_on, text.source_version) == (None, 1)


def test_the_same_file_twice_changes_nothing(translator: Translator, session: Session) -> None:
    translator.translate(TITLE, "هل القسط صحيح؟")
    translator.sent()
    once = _texts(session)
    assert "kept as drafts: 0" in translator.sent()
    assert _texts(session) == once


def test_the_name_of_the_translator_is_kept_and_the_address_is_not(
    app: Flask, translator: Translator, session: Session
) -> None:
    translator.translate(TITLE, "هل القسط صحيح؟")
    translator.replace("Last-Translator: Nobody yet", "Last-Translator: Noor H. <noor@example.nl>")
    translator.sent()
    assert "Last-Translator: Noor H.\\n" in translator.get()
    kept = session.scalars(select(AnswerText).where(AnswerText.origin == "file")).one()
    assert (kept.translator, kept.written_by) == ("Noor H.", "translator")
    assert "kept as drafts: 0" in translator.sent()


@pytest.mark.parametrize(
    "name", ["FULL NAME <EMAIL@ADDRESS>", "noor@example.nl", "Nobody yet", "", "<noor@example.nl>"]
)
def test_what_is_no_name_is_not_kept(translator: Translator, session: Session, name: str) -> None:
    translator.translate(TITLE, "هل القسط صحيح؟")
    translator.replace("Last-Translator: Nobody yet", f"Last-Translator: {name}")
    translator.sent()
    kept = session.scalars(select(AnswerText).where(AnswerText.origin == "file")).one()
    assert kept.translator is None


def test_an_answer_with_a_fuzzy_or_empty_entry_is_left_as_it_is_and_named(
    app: Flask, translator: Translator
) -> None:
    translator.translate(TITLE, "هل القسط صحيح؟")
    translator.translate("safety/title", "")
    said = translator.sent()
    assert "kept as drafts: 1" in said
    assert "empty or fuzzy: safety" in said
    assert text_of(app, "ar", "safety").version == 1


def test_a_fuzzy_entry_that_was_confirmed_follows_the_new_dutch(
    app: Flask, translator: Translator
) -> None:
    rewrite(app, "nl", "title", "Klopt uw maandbedrag?", significance="meaning")
    title = text_of(app, "ar").title
    assert text_of(app, "ar").status == "outdated"
    translator.get()
    assert "kept as drafts: 0" in translator.sent()
    translator.translate(TITLE, title)
    assert "kept as drafts: 1" in translator.sent()
    text = text_of(app, "ar")
    assert (text.status, text.source_version, text.title) == ("draft", 2, title)


def test_a_change_for_volunteers_alone_gives_other_languages_nothing_to_do(
    app: Flask, translator: Translator, session: Session
) -> None:
    rewrite(app, "nl", "do_not_say.1", "Zeg niet dat het zeker is.", significance="typo")
    before = _texts(session)
    assert "fuzzy" not in translator.get()
    assert "kept as drafts: 0" in translator.sent()
    assert _texts(session) == before


def test_a_new_language_comes_in_also_where_a_tool_has_dropped_our_own_headers(
    app: Flask, content: None, tmp_path: Path
) -> None:
    english = Translator(app, tmp_path, "en")
    blocks = [block for block in english.text.split("\n\n") if "do_not_say" not in block]
    text = re.sub(r'(?m)^"X-Desk-.*\n', "", "\n\n".join(blocks))
    english.file.write_text(text.replace("Language: en\\n", "Language: de_AT\\n"), "utf-8")
    assert "kept as drafts: 21" in english.sent()
    assert text_of(app, "de-AT").status == "draft"


def test_a_retired_text_is_not_sent_out_again(app: Flask, translator: Translator) -> None:
    take_out(app, "ar")
    translator.get()
    assert translator.entry(TITLE).endswith('msgstr ""')


def test_a_text_that_nobody_touched_in_the_file_leaves_a_newer_one_of_the_desk_alone(
    app: Flask, translator: Translator
) -> None:
    rewrite(app, "ar", "title", "عنوان جديد")
    translator.translate("safety/title", "خطر؟")
    assert "kept as drafts: 1, unchanged: 20" in translator.sent()
    assert text_of(app, "ar").title == "عنوان جديد"


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\x85"))
)
def test_any_string_is_read_as_it_was_written(text: str) -> None:
    lines = ['msgid ""', 'msgstr "Language: ar\\n"', "", *_field("msgctxt", "a/title")]
    lines += [*_field("msgid", f"x{text}"), *_field("msgstr", text)]
    entry = read_catalogue("\n".join(lines).encode(), FileErrors("x.po")).entries[0]
    assert (entry.msgid, entry.msgstr) == (f"x{text}", text)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    errors = FileErrors("x.po")
    with suppress(FileRefused):
        read_catalogue(content, errors)
