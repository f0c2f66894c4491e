"""The desk without script: every button sends the form, and the page comes back with it."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.support.cast import Cast
from tests.visits.desk import (
    Fields,
    in_form,
    only_visit,
    page_form,
    question,
    seated,
    send,
)


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    """A volunteer at the desk, in English."""
    return seated(app, cast)


def _press(client: FlaskClient, form: Fields, **button: str) -> TestResponse:
    answer = client.post("/desk", data=form | button)
    assert answer.status_code == 200, answer.status_code
    return answer


def _topics(form: Fields) -> list[str]:
    listed = [form.get(f"questions-{slot}-topic", "") for slot in range(5)]
    return [topic for topic in listed if topic]


def _hits(page: str, kind: str) -> list[str]:
    return re.findall(rf'name="{kind}" value="([^"]+)"', page[page.index('id="hits"') :])


def test_a_tile_adds_its_topic_with_the_answer_beside_it(client: FlaskClient) -> None:
    page = _press(client, page_form(client), add="REK-03")
    form = in_form(page)
    assert (form["questions-0-topic"], form["questions-0-answer"]) == ("REK-03", "instalment")
    assert 'data-answer="instalment"' in page.text


def test_a_topic_is_not_added_twice(client: FlaskClient) -> None:
    form = in_form(_press(client, page_form(client), add="REK-03"))
    assert _topics(in_form(_press(client, form, add="REK-03"))) == ["REK-03"]


def test_a_sixth_topic_finds_no_room(client: FlaskClient) -> None:
    form = page_form(client)
    for topic in ("REK-01", "REK-02", "REK-03", "REK-04", "REK-05", "REK-06"):
        form = in_form(_press(client, form, add=topic))
    assert _topics(form) == ["REK-01", "REK-02", "REK-03", "REK-04", "REK-05"]


def test_what_was_typed_stays_through_every_button(client: FlaskClient) -> None:
    form = in_form(_press(client, page_form(client), add="REK-03"))
    form |= {"questions-0-blank-instalment": "95", "tenure": "owner", "opened_at": "gisteren"}
    for button in ({"add": "WNT-06"}, {"search": "boiler"}, {"use_language": "ti"}):
        form = in_form(_press(client, form, **button))
        kept = [form["questions-0-blank-instalment"], form["tenure"], form["opened_at"]]
        assert kept == ["95", "owner", "gisteren"], button


def _three(client: FlaskClient) -> Fields:
    form = page_form(client)
    for slot, topic in enumerate(("REK-03", "ACH-03", "WNT-06")):
        form = in_form(_press(client, form, add=topic))
        form |= {f"questions-{slot}-outcome": ("answered", "handed_over", "partly")[slot]}
    return form | {"questions-0-blank-instalment": "95", "questions-1-blank-supplier": "Zon"}


@pytest.mark.parametrize("removed", [0, 1, 2])
def test_a_removed_question_leaves_the_others_as_they_were(
    removed: int, client: FlaskClient
) -> None:
    before = _three(client)
    after = in_form(_press(client, before, remove=str(removed)))
    topics = ["REK-03", "ACH-03", "WNT-06"]
    assert _topics(after) == [t for slot, t in enumerate(topics) if slot != removed]
    for slot in {0, 1, 2} - {removed}:
        for name in ("topic", "outcome", "answer", "blank-instalment", "blank-supplier"):
            field = f"questions-{slot}-{name}"
            assert after.get(field) == before.get(field), field


def test_all_questions_can_be_removed_one_by_one(client: FlaskClient) -> None:
    form = _three(client)
    for slot in (0, 1, 2):
        form = in_form(_press(client, form, remove=str(slot)))
    assert _topics(form) == []


def test_a_topic_can_be_added_after_one_was_removed(client: FlaskClient, session: Session) -> None:
    form = in_form(_press(client, _three(client), remove="0"))
    form = in_form(_press(client, form, add="SUB-01"))
    assert sorted(_topics(form)) == ["ACH-03", "SUB-01", "WNT-06"]
    assert send(client, form | {"action": "finish"}).status_code == 303
    stored = {q.topic_code: q.outcome for q in only_visit(session).questions}
    assert stored == {"ACH-03": "handed_over", "SUB-01": None, "WNT-06": "partly"}


def test_search_offers_a_language_that_is_typed_out_first(client: FlaskClient) -> None:
    page = _press(client, page_form(client), search="tigrinya").text
    assert _hits(page, "use_language") == ["ti"]


def test_a_found_language_is_taken_with_one_button(client: FlaskClient) -> None:
    form = page_form(client) | {"search": "tigrinya"}
    assert in_form(_press(client, form, use_language="ti"))["language"] == "ti"


def test_search_offers_areas(client: FlaskClient) -> None:
    page = _press(client, page_form(client), search="kantersh").text
    assert "EX-B-KANTERSHOF" in _hits(page, "use_area")


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("termijnbedrag", "REK-03"),
        ("instalment", "REK-03"),
        ("قطع", "ACH-03"),
        ("taksit", "REK-03"),
        ("REK-03", "REK-03"),
        ("AFSLUITING", "ACH-03"),
    ],
)
def test_search_finds_a_topic_in_every_language(
    typed: str, topic: str, client: FlaskClient
) -> None:
    page = _press(client, page_form(client), search=typed).text
    assert topic in _hits(page, "add")[:3]


def test_what_is_not_found_says_what_to_do(client: FlaskClient) -> None:
    page = _press(client, page_form(client), search="qqqq").text
    assert "Nothing found. Try another word" in unescape(page)


def test_what_is_typed_in_the_search_is_shown_as_text(client: FlaskClient) -> None:
    page = _press(client, page_form(client), search="<script>x</script>").text
    assert "<script>x" not in page


def test_another_answer_to_the_topic_can_be_chosen(client: FlaskClient) -> None:
    form = in_form(_press(client, page_form(client), add="REK-03"))
    form |= {"questions-0-answer": "annual-statement"}
    page = _press(client, form)
    assert 'data-answer="annual-statement"' in page.text


def test_a_blank_that_cannot_be_read_is_told_at_its_field(client: FlaskClient) -> None:
    form = in_form(_press(client, page_form(client), add="REK-03"))
    page = _press(client, form, **{"questions-0-blank-instalment": "1.882"})
    assert "can be read as 1882 or as 1,8820" in page.text
    assert in_form(page)["questions-0-blank-instalment"] == "1.882"


def test_the_answer_follows_the_language_of_the_conversation(client: FlaskClient) -> None:
    form = in_form(_press(client, page_form(client), add="REK-03"))
    page = _press(client, form, use_language="ar").text
    assert re.search(r'lang="ar" dir="rtl"', page)


def test_a_same_day_topic_opens_the_safety_card(client: FlaskClient) -> None:
    calm = _press(client, page_form(client), add="REK-03").text
    urgent = _press(client, page_form(client), add="ACH-03").text
    assert re.search(r'id="safety" open', urgent)
    assert not re.search(r'id="safety" open', calm)


def test_a_sparse_form_keeps_each_question_in_its_slot(client: FlaskClient) -> None:
    form = {n: v for n, v in page_form(client).items() if not n.startswith("questions-0-")}
    form |= question(2, "REK-03", answer="instalment") | {"questions-2-blank-instalment": "95"}
    kept = in_form(_press(client, form))
    assert kept["questions-2-topic"] == "REK-03"
    assert kept["questions-2-blank-instalment"] == "95"
