"""Shipped texts come in once, change by new versions, and never cover what a hub has edited."""

import shutil
from pathlib import Path

import pytest
from flask import Flask

from hub.answers.history import versions
from hub.answers.loading import load_answers
from hub.db import unit_of_work
from hub.resources import content
from hub.topics.loading import load_topics
from tests.answers.texts import NOW, check, rewrite, text_of
from tests.support.databases import both_databases


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of the folder of the answers, to change."""
    folder = tmp_path / "answers"
    shutil.copytree(content("answers"), folder)
    return folder


def _load(app: Flask, folder: Path) -> int:
    with app.app_context(), unit_of_work() as work:
        return load_answers(work, folder, NOW)


def _change(folder: Path, language: str, **lines: str) -> None:
    """Put other lines in the place of those of a shipped text, or before all others."""
    path = folder / "instalment" / f"{language}.toml"
    kept = path.read_text("utf-8").splitlines()
    names = {name: f"{name} = {value}" for name, value in lines.items()}
    rest = [line for line in kept if line.partition(" = ")[0] not in names]
    path.write_text("\n".join([*names.values(), *rest]), "utf-8")


@both_databases
def test_loading_again_changes_nothing(app: Flask, content: None, shipped: Path) -> None:
    assert _load(app, shipped) == 0


@both_databases
def test_a_changed_dutch_file_outdates_translations_by_what_it_says_of_itself(
    app: Flask, content: None, shipped: Path
) -> None:
    check(app, "ar")
    _change(shipped, "nl", title='"Betaalt u goed?"', version="2", significance='"wording"')
    assert _load(app, shipped) == 1
    assert text_of(app, "ar").status == "checked"
    _change(shipped, "nl", title='"Betaal niets"', version="3", significance='"meaning"')
    assert _load(app, shipped) == 1
    assert text_of(app, "nl").version == 3
    assert text_of(app, "ar").status == "outdated"


def test_a_changed_dutch_file_that_says_nothing_counts_as_another_meaning(
    app: Flask, content: None, shipped: Path
) -> None:
    _change(shipped, "nl", title='"Betaal niets"')
    _load(app, shipped)
    assert text_of(app, "ar").status == "outdated"


def test_a_translation_that_comes_with_the_new_dutch_follows_it(
    app: Flask, content: None, shipped: Path
) -> None:
    _change(shipped, "nl", title='"Betaal niets"', version="2", significance='"meaning"')
    _change(shipped, "en", title='"Pay nothing"', version="2", source_version="2")
    assert _load(app, shipped) == 2
    assert (text_of(app, "en").status, text_of(app, "en").source_version) == ("machine_draft", 2)
    assert text_of(app, "ar").status == "outdated"


def test_on_a_new_desk_a_translation_of_older_dutch_is_outdated_at_once(
    app: Flask, shipped: Path
) -> None:
    _change(shipped, "nl", title='"Betaal niets"', version="2", significance='"meaning"')
    with app.app_context(), unit_of_work() as work:
        load_topics(work, content("topics.csv"), content("topic_words.csv"))
    _load(app, shipped)
    assert text_of(app, "nl").version == 2
    assert text_of(app, "ar").status == "outdated"


def test_what_a_hub_has_edited_is_never_covered(app: Flask, content: None, shipped: Path) -> None:
    rewrite(app, "nl", "title", "Ons eigen woord", significance="wording")
    _change(shipped, "nl", title='"Betaal niets"', version="2")
    assert _load(app, shipped) == 0
    assert text_of(app, "nl").title == "Ons eigen woord"


def test_a_shipped_translation_does_not_pass_for_one_of_the_hubs_own_dutch(
    app: Flask, content: None, shipped: Path
) -> None:
    rewrite(app, "nl", "title", "Betaal niets", significance="meaning")
    _change(shipped, "nl", title='"Betaal toch"', version="2")
    _change(shipped, "en", title='"Pay anyway"', version="2", source_version="2")
    assert _load(app, shipped) == 1
    text = text_of(app, "en")
    assert (text.title, text.source_version, text.status) == ("Pay anyway", 1, "outdated")


def test_a_shipped_text_was_written_by_no_role_of_the_desk(app: Flask, content: None) -> None:
    with app.app_context(), unit_of_work() as work:
        (first,) = versions(work, "instalment", "nl")
    assert (first.written_by, first.significance, first.origin) == (None, "meaning", "shipped")
