"""The pages on which texts are read, written, checked and taken out of use."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.test import TestResponse

from tests.accounts.people import signed_in
from tests.answers.texts import check, rewrite, text_of
from tests.support.browser import axe_findings, sign_in_on
from tests.support.cast import CHECKER, COORDINATOR, EDITOR, VOLUNTEER, Cast, Person
from tests.support.clock import SettableClock
from tests.support.databases import both_databases
from tests.support.forms import fields_of, sign_in

PAGE = "/answers/instalment"


@pytest.fixture
def editor(app: Flask, cast: Cast) -> FlaskClient:
    """A browser in which an editor has signed in, in English."""
    return english(signed_in(app, EDITOR))


@pytest.fixture
def checker(app: Flask, cast: Cast) -> FlaskClient:
    """A browser in which a checker of Arabic has signed in, in English."""
    return english(signed_in(app, CHECKER))


def english(client: FlaskClient) -> FlaskClient:
    """Let a browser show the desk in English."""
    with client.session_transaction() as cookie:
        cookie["language"] = "en"
    return client


def form(client: FlaskClient, language: str, what: str = "edit") -> dict[str, str]:
    """Give the fields of a form as they stand on its page."""
    page = f"{PAGE}/{language}/edit" if what == "edit" else f"{PAGE}/{language}"
    return fields_of(client.get(page).text, f"{PAGE}/{language}/{what}")


def send(
    client: FlaskClient, language: str, fields: dict[str, str], action: str = "save"
) -> TestResponse:
    """Send the form of a text."""
    return client.post(f"{PAGE}/{language}/edit", data=fields | {"action": action})


# --- writing ---------------------------------------------------------------------------------


@both_databases
def test_an_editor_writes_a_new_version_of_the_dutch(app: Flask, editor: FlaskClient) -> None:
    changed = {"title": "Klopt uw bedrag?", "significance": "wording", "note": "korter"}
    assert send(editor, "nl", form(editor, "nl") | changed).status_code == 303
    text = text_of(app, "nl")
    assert (text.title, text.version, text.status) == ("Klopt uw bedrag?", 2, "draft")
    page = editor.get(f"{PAGE}/nl").text
    assert "korter" in page
    assert "it says the same in other words" in page


@both_databases
def test_the_form_sent_back_untouched_changes_nothing(app: Flask, editor: FlaskClient) -> None:
    for language in ("nl", "en", "ar", "zh-Hans"):
        before = text_of(app, language)
        assert send(editor, language, form(editor, language)).status_code == 303
        assert text_of(app, language) == before


def test_an_empty_step_of_the_dutch_falls_out(app: Flask, editor: FlaskClient) -> None:
    fields = form(editor, "nl") | {"steps_2": "", "significance": "meaning"}
    assert send(editor, "nl", fields).status_code == 303
    assert len(text_of(app, "nl").body["steps"]) == 4


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("title", "", "it has to be filled in"),
        ("steps_1", "Bel {supplier", "A curly bracket stands alone"),
        ("steps_1", "Bel {helper}", "This answer has no blank {helper}"),
        ("gist", "{F-NO.days}", "The register has no fact {F-NO.days}"),
        ("gist", "<script>alert(1)</script>", "This holds markup"),
        ("bring_1", "De \u202ebrief", "U+202E"),
        ("come_back", "Zoek ☃", "No typeface of the sheets can draw “☃”"),
        ("do_not_say", "Goed.\nZeg {", "Line 2: A curly bracket stands alone"),
        ("significance", "", "Say how much you changed"),
        ("significance", "huge", "Say how much you changed"),
        ("note", "n" * 301, "at most 300 characters"),
    ],
)
def test_a_fault_keeps_the_form_and_says_at_its_field(
    app: Flask, editor: FlaskClient, field: str, typed: str, said: str
) -> None:
    changed = {"referral": "Vraag het aan de balie.", "significance": "typo", field: typed}
    answer = send(editor, "nl", form(editor, "nl") | changed)
    assert answer.status_code == 422
    page = answer.text
    assert said in page
    assert f'id="{field}-error"' in page
    assert "Vraag het aan de balie." in page
    assert text_of(app, "nl").version == 1


def test_looking_first_says_how_it_reads_and_keeps_nothing(app: Flask, editor: FlaskClient) -> None:
    fields = form(editor, "nl") | {"gist": "Teneinde te betalen. " + "woord " * 40}
    answer = send(editor, "nl", fields, "look")
    assert answer.status_code == 200
    assert "Flesch-Douma" in answer.text
    assert "teneinde" in answer.text
    assert "characters; 150 fit well" in answer.text
    assert text_of(app, "nl").version == 1


def test_hard_dutch_is_shown_and_never_a_block(app: Flask, editor: FlaskClient) -> None:
    hard = "Teneinde onmiddellijke afsluiting te voorkomen dient u schriftelijk te verzoeken."
    fields = form(editor, "nl") | {"gist": hard, "significance": "wording"}
    assert send(editor, "nl", fields).status_code == 303
    assert text_of(app, "nl").body["gist"] == hard


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("steps_1", "ابحث عن الرسالة", "The blanks and facts differ from the Dutch"),
        ("title", "القسط ٣", "The numbers differ from the Dutch"),
        ("steps_2", "", "The Dutch has text here"),
    ],
)
def test_a_translation_that_departs_from_the_dutch_is_refused_at_its_field(
    app: Flask, checker: FlaskClient, field: str, typed: str, said: str
) -> None:
    answer = send(checker, "ar", form(checker, "ar") | {field: typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert text_of(app, "ar").version == 1


def test_a_key_word_that_is_lost_is_told_and_not_refused(app: Flask, checker: FlaskClient) -> None:
    fields = form(checker, "ar")
    fields |= {name: text.replace("(jaarafrekening)", "") for name, text in fields.items()}
    answer = send(checker, "ar", fields, "look")
    assert "“jaarafrekening” stands on letters" in answer.text
    assert send(checker, "ar", fields).status_code == 303


def test_a_new_language_is_begun_beside_the_dutch(app: Flask, editor: FlaskClient) -> None:
    begun = editor.get(f"{PAGE}/new?language=de")
    assert begun.location == f"{PAGE}/de/edit"
    english_text = {name: text for name, text in form(editor, "en").items() if name != "do_not_say"}
    fields = english_text | {"seen": "0"}
    assert send(editor, "de", fields).status_code == 303
    assert text_of(app, "de").source_version == 1


@pytest.mark.parametrize("language", ["", "xx-nowhere", "../facts"])
def test_a_language_that_nobody_knows_is_not_begun(editor: FlaskClient, language: str) -> None:
    assert editor.get(f"{PAGE}/new", query_string={"language": language}).location == PAGE


def test_a_translation_follows_the_dutch_that_its_writer_saw(
    app: Flask, checker: FlaskClient
) -> None:
    fields = form(checker, "ar") | {"title": "هل القسط صحيح؟"}
    rewrite(app, "nl", "title", "Betaal niets meer", significance="meaning")
    assert send(checker, "ar", fields).status_code == 303
    text = text_of(app, "ar")
    assert (text.version, text.source_version, text.status) == (2, 1, "outdated")


def test_a_version_of_the_dutch_that_is_not_there_cannot_be_followed(
    app: Flask, checker: FlaskClient
) -> None:
    fields = form(checker, "ar") | {"title": "هل القسط صحيح؟", "source_version": "99"}
    assert send(checker, "ar", fields).status_code == 303
    assert text_of(app, "ar").source_version == 1


# --- two at once -----------------------------------------------------------------------------


@both_databases
def test_of_two_editors_the_second_sees_both_texts_and_loses_nothing(
    app: Flask, editor: FlaskClient
) -> None:
    second = english(signed_in(app, EDITOR))
    mine, theirs = form(second, "nl"), form(editor, "nl")
    first = theirs | {"title": "Klopt wat u betaalt?", "significance": "wording"}
    assert send(editor, "nl", first).status_code == 303
    typed = mine | {"title": "Betaalt u te veel?", "significance": "meaning", "note": "scherper"}
    answer = send(second, "nl", typed)
    assert answer.status_code == 409
    assert "Somebody else wrote version 2" in answer.text
    again = fields_of(answer.text, f"{PAGE}/nl/edit")
    assert again["title"].strip() == "Betaalt u te veel?"
    assert again["note"] == "scherper"
    assert "<del>" in answer.text
    assert text_of(app, "nl").title == "Klopt wat u betaalt?"
    assert send(second, "nl", again).status_code == 303
    assert text_of(app, "nl").title == "Betaalt u te veel?"
    assert editor.get(f"{PAGE}/nl/versions/2").status_code == 200


def test_a_text_that_was_being_written_survives_the_sign_in(
    app: Flask, editor: FlaskClient, clock: SettableClock
) -> None:
    fields = form(editor, "nl") | {"title": "Klopt uw bedrag?", "significance": "typo"}
    clock.advance(hours=9)
    answer = send(editor, "nl", fields)
    assert answer.status_code == 303
    assert "/sign-in" in answer.location
    sign_in(editor, EDITOR, following=f"{PAGE}/nl/edit")
    page = english(editor).get(f"{PAGE}/nl/edit").text
    assert "You were signed out meanwhile" in page
    again = fields_of(page, f"{PAGE}/nl/edit")
    assert again["title"].strip() == "Klopt uw bedrag?"
    assert send(editor, "nl", again).status_code == 303
    assert text_of(app, "nl").title == "Klopt uw bedrag?"
    assert "You were signed out" not in editor.get(f"{PAGE}/nl/edit").text


# --- checking and retiring -------------------------------------------------------------------


@both_databases
def test_a_checker_checks_the_version_that_is_shown(app: Flask, checker: FlaskClient) -> None:
    fields = form(checker, "ar", "check")
    assert checker.post(f"{PAGE}/ar/check", data=fields).status_code == 303
    assert text_of(app, "ar").status == "checked"
    assert "prints by itself" in checker.get(f"{PAGE}/ar").text


def test_a_version_that_was_not_shown_is_not_checked(app: Flask, checker: FlaskClient) -> None:
    fields = form(checker, "ar", "check")
    rewrite(app, "ar", "title", "هل القسط صحيح؟")
    answer = checker.post(f"{PAGE}/ar/check", data=fields)
    assert answer.status_code == 409
    assert "A newer version was written since" in answer.text
    assert "هل القسط صحيح؟" in answer.text
    assert text_of(app, "ar").status == "draft"


def test_an_outdated_text_is_not_checked_and_says_why(app: Flask, checker: FlaskClient) -> None:
    fields = form(checker, "ar", "check")
    rewrite(app, "nl", "title", "Betaal niets meer", significance="meaning")
    answer = checker.post(f"{PAGE}/ar/check", data=fields)
    assert answer.status_code == 422
    assert "Bring this text up to date first" in answer.text


def test_a_retired_text_is_there_for_those_who_write_and_for_nobody_else(
    app: Flask, editor: FlaskClient
) -> None:
    fields = form(editor, "ar", "retire")
    assert editor.post(f"{PAGE}/ar/retire", data=fields).status_code == 303
    assert "taken out of use" in editor.get(f"{PAGE}/ar").text
    volunteer = signed_in(app, VOLUNTEER)
    assert volunteer.get(f"{PAGE}/ar").status_code == 404
    assert f"{PAGE}/ar" not in volunteer.get("/answers").text


@pytest.mark.parametrize("who", [VOLUNTEER, COORDINATOR], ids=lambda person: person.role)
@pytest.mark.parametrize("what", ["edit", "check", "retire"])
def test_who_only_reads_changes_nothing(app: Flask, cast: Cast, who: Person, what: str) -> None:
    client = signed_in(app, who)
    page = client.get(f"{PAGE}/ar")
    assert page.status_code == 200
    assert f"{PAGE}/ar/{what}" not in page.text
    token = fields_of(page.text, "/sign-out")
    assert client.post(f"{PAGE}/ar/{what}", data=token).status_code == 403


@pytest.mark.parametrize(("language", "what"), [
    ("tr", "edit"), ("tr", "check"), ("tr", "retire"), ("nl", "edit"), ("nl", "retire"),
])  # fmt: skip
def test_a_checker_decides_about_the_own_language_alone(
    checker: FlaskClient, language: str, what: str
) -> None:
    page = checker.get(f"{PAGE}/{language}")
    assert f"{PAGE}/{language}/{what}" not in page.text
    token = fields_of(page.text, "/sign-out")
    assert checker.post(f"{PAGE}/{language}/{what}", data=token).status_code == 404


def test_an_editor_writes_but_does_not_check(editor: FlaskClient) -> None:
    page = editor.get(f"{PAGE}/ar").text
    assert f"{PAGE}/ar/edit" in page
    assert f"{PAGE}/ar/check" not in page


# --- what is shown ---------------------------------------------------------------------------


def test_a_changed_wording_is_shown_side_by_side_and_leaves_the_check(
    app: Flask, editor: FlaskClient
) -> None:
    check(app, "ar")
    rewrite(app, "nl", "title", "Klopt uw maandbedrag?", significance="wording")
    page = editor.get(f"{PAGE}/ar").text
    assert "Dutch wording changed since" in page
    assert "<del>termijnbedrag?</del>" in page
    assert "<ins>maandbedrag?</ins>" in page
    assert "prints by itself" in page


@pytest.mark.parametrize("version", ["0", "2", "99999999999999999999"])
def test_a_version_that_is_not_there_is_not_found(editor: FlaskClient, version: str) -> None:
    assert editor.get(f"{PAGE}/nl/versions/{version}").status_code == 404


@pytest.mark.parametrize("address", [f"{PAGE}/xx", f"{PAGE}/de", "/answers/nowhere/nl"])
def test_a_text_that_is_not_there_is_not_found(editor: FlaskClient, address: str) -> None:
    assert editor.get(address).status_code == 404


def test_nothing_typed_into_a_text_becomes_part_of_the_page(
    app: Flask, editor: FlaskClient
) -> None:
    fields = form(editor, "nl") | {"title": "<img src=x onerror=alert(1)>", "note": "<b>x</b>"}
    assert "<img src=x" not in send(editor, "nl", fields | {"significance": "typo"}).text
    good = form(editor, "nl") | {"title": "Bedrag", "note": "<b>x</b>", "significance": "typo"}
    send(editor, "nl", good)
    assert "<b>x</b>" not in editor.get(f"{PAGE}/nl").text


@pytest.mark.browser
@pytest.mark.usefixtures("cast")
def test_a_text_is_written_with_the_keyboard_and_axe_finds_nothing(app: Flask, page: Page) -> None:
    sign_in_on(page, EDITOR)
    page.goto(f"{PAGE}/nl/edit")
    assert axe_findings(page) == []
    page.locator("#title").fill("Klopt uw maandbedrag?")
    page.locator("#significance-0").focus()
    page.keyboard.press("Space")
    page.locator("button[value=save]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PAGE}/nl")
    assert text_of(app, "nl").title == "Klopt uw maandbedrag?"
    for address in (f"{PAGE}/nl", f"{PAGE}/ar", f"{PAGE}/nl/versions/2", "/answers"):
        page.goto(address)
        assert axe_findings(page) == []
