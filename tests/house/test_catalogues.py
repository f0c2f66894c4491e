"""Both screen languages say everything the code can say."""

from pathlib import Path

import pytest

from hub.i18n import SCREEN_LANGUAGES, catalogue
from scripts import strings


def _desk_with(root: Path, code: str, dutch: str = "") -> Path:
    """Make a tiny desk in a folder: one file of code, and a Dutch catalogue."""
    (root / "hub").mkdir()
    (root / "hub" / "room.py").write_text(code, "utf-8")
    (root / "babel.cfg").write_text("[python: hub/**.py]\n", "utf-8")
    path = strings.catalogue_file("nl", root)
    path.parent.mkdir(parents=True)
    path.write_text(dutch, "utf-8")
    return root


def test_the_catalogues_are_those_of_the_screen_languages() -> None:
    assert set(strings.LANGUAGES) == set(SCREEN_LANGUAGES)


@pytest.mark.parametrize("language", strings.LANGUAGES)
def test_a_catalogue_is_complete_and_in_step_with_the_code(language: str) -> None:
    found = strings.problems(language)
    assert not found, "\n".join(found)


def test_the_catalogue_file_speaks_at_run_time() -> None:
    told = catalogue("nl").gettext("Not found")
    assert told not in {"", "Not found"}


def test_updating_twice_changes_nothing(tmp_path: Path) -> None:
    root = _desk_with(tmp_path, "print(_('Good day'))\n")
    strings.update("nl", root)
    first = strings.catalogue_file("nl", root).read_bytes()
    strings.update("nl", root)
    assert strings.catalogue_file("nl", root).read_bytes() == first


def test_an_update_keeps_what_was_translated(tmp_path: Path) -> None:
    root = _desk_with(
        tmp_path,
        "print(_('Good day'), _('Good night'))\n",
        'msgid "Good day"\nmsgstr "Goedendag"\n',
    )
    strings.update("nl", root)
    assert strings.read("nl", root)[0] == {("Good day",): ("Goedendag",)}


def test_an_update_tells_which_translation_is_no_longer_used(tmp_path: Path) -> None:
    root = _desk_with(tmp_path, "", 'msgid "Good day"\nmsgstr "Goedendag"\n')
    assert strings.update("nl", root) == ["'Good day' = 'Goedendag'"]


def test_a_message_without_translation_is_named(tmp_path: Path) -> None:
    root = _desk_with(tmp_path, "print(_('Good day'))\n")
    strings.update("nl", root)
    assert strings.problems("nl", root) == ["not translated: 'Good day'"]


def test_a_stale_catalogue_is_named(tmp_path: Path) -> None:
    root = _desk_with(tmp_path, "", 'msgid "Good day"\nmsgstr "Goedendag"\n')
    assert any("not in step" in problem for problem in strings.problems("nl", root))


def test_a_fuzzy_translation_is_named(tmp_path: Path) -> None:
    root = _desk_with(
        tmp_path, "print(_('Good day'))\n", '#, fuzzy\nmsgid "Good day"\nmsgstr "Goedendag"\n'
    )
    assert "fuzzy: 'Good day'" in strings.problems("nl", root)


@pytest.mark.parametrize(
    ("message", "translation", "agrees"),
    [
        (("%(name)s is gone.",), ("%(name)s is weg.",), True),
        (("%(name)s is gone.",), ("%(naam)s is weg.",), False),
        (("%(name)s is gone.",), ("Weg.",), False),
        (("100%% of %(all)s",), ("100%% van %(all)s",), True),
        (("%(num)s visit", "%(num)s visits"), ("één bezoek", "%(num)s bezoeken"), True),
        (("%(num)s of %(all)s", "%(num)s of %(all)s"), ("één", "%(num)s van %(all)s"), False),
        (("<b>Now</b>",), ("<b>Nu</b>",), True),
        (("<b>Now</b>",), ("Nu",), False),
    ],
)
def test_blanks_and_tags_of_a_translation_agree_with_its_message(
    message: tuple[str, ...], translation: tuple[str, ...], agrees: bool
) -> None:
    assert (strings.disagreements(message, translation) == []) is agrees
