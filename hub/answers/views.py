"""The library: all answers, one answer, one answer in a language beside the Dutch."""

from flask import Blueprint, render_template, request

from hub import access, clock
from hub.answers import filling, library, publishing
from hub.db import db
from hub.facts.register import Register, write_value
from hub.i18n import knows_language
from hub.locale import screen_language
from hub.refusal import NotFound
from hub.topics.listing import all_topics

answers = Blueprint("answers", __name__)

READERS = ("volunteer", "coordinator", "editor", "checker")
TIMEZONE = "Europe/Amsterdam"


@answers.get("/answers")
@access.needs(*READERS)
def answer_list() -> str:
    """All answers with their languages; `topic` narrows to one main topic."""
    listed = library.all_answers(db.session())
    topics = all_topics(db.session())
    chosen = request.args.get("topic", "")
    shown = [
        answer
        for answer in listed.values()
        if not chosen or any(code.startswith(chosen) for code in answer.topics)
    ]
    return render_template(
        "answers/list.html",
        listed=shown,
        topics=topics,
        mains=[topic for topic in topics.values() if topic.parent is None],
        chosen=chosen,
        reader=screen_language(),
    )


@answers.get("/answers/<slug>")
@access.needs(*READERS)
def answer_page(slug: str) -> str:
    """One answer in Dutch, with its topics, facts and languages."""
    return _page(slug, library.SOURCE_LANGUAGE)


@answers.get("/answers/<slug>/<language>")
@access.needs(*READERS)
def text_page(slug: str, language: str) -> str:
    """One answer in a language, beside the Dutch."""
    if not knows_language(language):
        raise NotFound("")
    return _page(slug, language)


def _page(slug: str, language: str) -> str:
    answer = library.one_answer(db.session(), slug)
    if language not in answer.texts:
        raise NotFound("")
    register = Register.read(db.session())
    day = clock.today(TIMEZONE)
    text = answer.texts[language]
    source = language == library.SOURCE_LANGUAGE
    return render_template(
        "answers/answer.html",
        answer=answer,
        text=text,
        beside=None if source else filling.fill_text(answer, text, register, day, {}),
        dutch=filling.fill_text(answer, answer.dutch, register, day, {}),
        facts=publishing.facts_of(answer.dutch, register, day),
        write_value=write_value,
        topics=all_topics(db.session()),
        careful=(answer.texts.get(screen_language()) or answer.dutch).body.get("do_not_say", []),
        reader=screen_language(),
    )
