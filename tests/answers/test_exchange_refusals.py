"""A bad file of a translator is refused whole, with the entry named; a kill leaves nothing half."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hub.answers.commands import answers
from hub.answers.models import AnswerText
from tests.answers.texts import rewrite, take_out, text_of
from tests.answers.translator import Translator
from tests.house.code import ROOT
from tests.maintenance.commanding import run
from tests.support.databases import both_databases

TITLE = "instalment/title"


@pytest.fixture
def translator(app: Flask, content: None, tmp_path: Path) -> Translator:
    """A translator of Arabic who has changed a title for the better."""
    translator = Translator(app, tmp_path)
    translator.translate("safety/title", "خطر؟ تصرف الآن")
    return translator


def _count(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(AnswerText)) or 0


@pytest.mark.parametrize(
    ("context", "translation", "said"),
    [
        ("instalment/steps.1", "بلا فراغ", "The blanks and facts differ from the Dutch"),
        ("instalment/steps.1", "{instalment} {paid}", "The blanks and facts differ"),
        ("instalment/steps.1", "{instalment", "A curly bracket stands alone"),
        ("instalment/steps.1", "{instalment} {Paid}", "{Paid} is neither a blank nor a fact"),
        ("safety/referral", "هاتف {F-TEL.emergency}", "The blanks and facts differ"),
        (TITLE, "القسط \u202eمقلوب", "U+202E"),
        (TITLE, "القسط \x07", "U+0007"),
        (TITLE, "القسط 7", "The numbers differ"),
        (TITLE, "<script>x</script>", "This holds markup"),
        (TITLE, "القسط ☃", "No typeface of the sheets can draw “☃”"),
        (TITLE, "ا" * 401, "longer than 400 characters"),
    ],
)
def test_a_faulty_entry_refuses_the_whole_file_and_is_named(
    translator: Translator, session: Session, context: str, translation: str, said: str
) -> None:
    before = _count(session)
    translator.translate(context, translation)
    told = translator.refused()
    assert "Nothing was stored of ar.po." in told
    assert f"{context}: " in told
    assert said in told
    line = translator.text[: translator.text.index(f'msgctxt "{context}"')].count("\n") + 1
    assert f"Line {line}: " in told
    assert _count(session) == before


def test_a_file_made_of_older_dutch_is_refused_and_says_what_to_do(
    app: Flask, translator: Translator, session: Session
) -> None:
    rewrite(app, "nl", "title", "Klopt uw maandbedrag?", significance="typo")
    before = _count(session)
    told = translator.refused()
    assert f"{TITLE}: the Dutch has changed since this file was made" in told
    assert "msgmerge" in told
    assert _count(session) == before


def test_a_file_older_than_a_text_of_the_desk_does_not_cover_it(
    app: Flask, translator: Translator
) -> None:
    rewrite(app, "ar", "title", "عنوان جديد")
    translator.translate(TITLE, "عنوان آخر")
    told = translator.refused()
    assert "version 2 of this text was written at the desk" in told
    assert text_of(app, "ar").title == "عنوان جديد"


def test_a_file_older_than_a_retirement_does_not_undo_it(
    app: Flask, translator: Translator
) -> None:
    take_out(app, "ar", "safety")
    assert "taken out of use since this file was made" in translator.refused()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '"Language: ar\\n',
            '"Language: fa\\n',
            "The header says fa, but the file was made for ar",
        ),
        ('"Language: ar\\n', '"Language: nl\\n', "Dutch is the language that is translated from"),
        ('"Language: ar\\n', '"Language: xx-nowhere\\n', "xx-nowhere is not a language code"),
        ('"Language: ar\\n"\n', "", "The header names no language"),
        ("charset=utf-8", "charset=iso-8859-6", "another encoding (iso-8859-6)"),
        (f'msgctxt "{TITLE}"', 'msgctxt "instalment/steps.9"', "the library has no such entry"),
        (f'msgctxt "{TITLE}"', 'msgctxt "nowhere/title"', "nowhere/title: the library has no"),
        (f'msgctxt "{TITLE}"\n', "", "Klopt uw termijnbedrag?: the library has no such entry"),
        (f'msgctxt "{TITLE}"', 'msgctxt "safety/title"', "this entry stands twice"),
        (
            f'msgctxt "{TITLE}"',
            'msgctxt "safety/title"\nmsgid "Gevaar? Doe dit nu"\nmsgstr "x"\n\nmsgctxt "x"',
            "safety/title: this entry stands twice",
        ),
        ('msgid "Klopt uw termijnbedrag?"', 'msgid "Klopt uw termijnbedrag?', "no line of a PO"),
        ('msgid "Klopt uw termijnbedrag?"\n', "", "the Dutch has changed"),
        (
            'msgid "Klopt uw termijnbedrag?"\nmsgstr "',
            'msgid "Klopt uw termijnbedrag?"\nmsgid_plural "x"\nmsgstr[0] "',
            "no text of the desk has plural forms",
        ),
        ('msgid "Klopt uw termijnbedrag?"', 'mgsid "Klopt uw termijnbedrag?"', "no line of a PO"),
    ],
)
def test_a_damaged_file_is_refused_whole(
    translator: Translator, session: Session, old: str, new: str, said: str
) -> None:
    before = _count(session)
    translator.replace(old, new)
    assert said in translator.refused()
    assert _count(session) == before


def test_every_fault_of_a_file_is_told_at_once(translator: Translator) -> None:
    translator.translate(TITLE, "القسط 7")
    translator.translate("cannot-pay/title", "<b>")
    told = translator.refused()
    assert TITLE in told
    assert "cannot-pay/title" in told
    assert "errors." in told


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The header is missing"),
        (b"Dit is geen PO.\n", "no line of a PO"),
        ('msgid ""\nmsgstr "é"'.encode("latin-1"), "This is not UTF-8"),
        (b'msgid ""\n', "has no msgstr"),
        (b'"los"\n', "no line of a PO"),
        (b'msgctxt "a/b"\nmsgid "x"\nmsgstr "y"\n', "The header is missing"),
        (b"\x00\xff" * 9, "This is not UTF-8"),
        (b"#" * 8_000_001, "larger than any file of texts"),
    ],
)
def test_what_is_no_such_file_is_refused(translator: Translator, content: bytes, said: str) -> None:
    translator.file.write_bytes(content)
    assert said in translator.refused()


def test_a_file_that_is_cut_off_is_refused_or_leaves_what_it_lacks(
    app: Flask, translator: Translator
) -> None:
    whole = translator.text
    translator.file.write_text(whole[: whole.index(f'msgctxt "{TITLE}"') + 40], "utf-8")
    translator.refused()
    assert text_of(app, "ar", "safety").version == 1


def test_a_file_that_is_not_there_is_refused(app: Flask, content: None, tmp_path: Path) -> None:
    done = run(app, answers, "import", str(tmp_path / "nothing.po"))
    assert done.exit_code == 1
    assert "nothing.po cannot be read" in done.stderr


@pytest.mark.parametrize(("language", "said"), [("nl", "Dutch is"), ("xx-no", "not a language")])
def test_only_a_foreign_language_is_exported(
    app: Flask, content: None, tmp_path: Path, language: str, said: str
) -> None:
    out = tmp_path / "out.po"
    done = run(app, answers, "export", "--language", language, "--out", str(out))
    assert done.exit_code == 1
    assert said in done.stderr
    assert not out.exists()


def test_a_folder_that_is_not_there_leaves_no_half_export(
    app: Flask, content: None, tmp_path: Path
) -> None:
    out = tmp_path / "nowhere" / "ar.po"
    done = run(app, answers, "export", "--language", "ar", "--out", str(out))
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr


# --- a kill in the middle --------------------------------------------------------------------

# The import as a program of its own, which is killed when it has written its second text.
_KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from hub.answers.commands import answers
from hub.answers.models import AnswerText
from tests.maintenance.commanding import run
from tests.support.application import make_app
from tests.support.clock import SettableClock

written = []

def kill(_mapper, _connection, text):
    written.append(text)
    if len(written) == 2:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(AnswerText, "after_insert", kill)
app = make_app(sys.argv[1], Path(sys.argv[2]).parent, SettableClock())
run(app, answers, "import", sys.argv[2])
"""


@both_databases
def test_a_kill_in_the_middle_of_an_import_leaves_nothing_half(
    app: Flask, content: None, tmp_path: Path, database_url: str, session: Session
) -> None:
    translator = Translator(app, tmp_path)
    for slug in ("safety", "instalment", "cannot-pay"):
        translator.translate(f"{slug}/title", "عنوان جديد")
    before = _count(session)
    session.close()
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, database_url, str(translator.file)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert _count(session) == before
    session.close()
    assert "kept as drafts: 3" in translator.sent()
    assert _count(session) == before + 3
