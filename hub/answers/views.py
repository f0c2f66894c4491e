"""The library: its addresses, and the list of all answers with their coverage."""

from typing import cast

from flask import Blueprint, Flask, render_template, request
from flask.blueprints import BlueprintSetupState

from hub import access
from hub.answers import library, rights
from hub.answers.change_views import keep_open_text, text_check, text_edit, text_new, text_retire
from hub.answers.library import SOURCE_LANGUAGE, AnswerView
from hub.answers.reading_views import READERS, answer_page, may_write, text_page, version_page
from hub.answers.standing import STATUSES
from hub.answers.uses import uses_of_facts
from hub.db import db
from hub.i18n import language_name
from hub.locale import screen_language
from hub.topics.listing import all_topics

answers = Blueprint("answers", __name__)


@answers.record_once
def _tell_the_rooms(state: BlueprintSetupState) -> None:
    """Tell the register below which answers use facts, and keep texts when a session ends."""
    state.app.extensions.setdefault("uses_of_facts", []).append(uses_of_facts)
    access.keep_forms(cast(Flask, state.app), "answers.text_edit", keep_open_text)


@answers.get("/answers")
@access.needs(*READERS)
def answer_list() -> str:
    """All answers with their languages; `topic` narrows to one main topic."""
    listed = library.all_answers(db.session(), retired=may_write())
    topics = all_topics(db.session())
    chosen = request.args.get("topic", "")
    shown = [
        answer
        for answer in listed.values()
        if not chosen or any(code.startswith(chosen) for code in answer.topics)
    ]
    languages = _languages(shown)
    return render_template(
        "answers/list.html",
        listed=shown,
        topics=topics,
        mains=[topic for topic in topics.values() if topic.parent is None],
        chosen=chosen,
        languages=languages,
        statuses=STATUSES,
        counted={language: _counted(shown, language) for language in languages},
        may_write=may_write(),
        principal=access.current(),
        rights=rights,
        reader=screen_language(),
    )


def _languages(listed: list[AnswerView]) -> list[str]:
    """Give the languages of some answers: Dutch, English, then by name."""
    found = {language for answer in listed for language in answer.texts}
    first = [language for language in (SOURCE_LANGUAGE, "en") if language in found]
    rest = sorted(found - set(first), key=lambda tag: language_name(tag, screen_language()))
    return [*first, *rest]


def _counted(listed: list[AnswerView], language: str) -> dict[str, int]:
    """Count the texts of a language by status."""
    statuses = [answer.texts[language].status for answer in listed if language in answer.texts]
    return {status: statuses.count(status) for status in STATUSES}


answers.add_url_rule("/answers/<slug>", view_func=answer_page)
answers.add_url_rule("/answers/<slug>/<language>", view_func=text_page)
answers.add_url_rule(
    "/answers/<slug>/<language>/versions/<int(max=999999):version>", view_func=version_page
)
answers.add_url_rule("/answers/<slug>/new", view_func=text_new)
answers.add_url_rule(
    "/answers/<slug>/<language>/edit", view_func=text_edit, methods=["GET", "POST"]
)
answers.add_url_rule("/answers/<slug>/<language>/check", view_func=text_check, methods=["POST"])
answers.add_url_rule("/answers/<slug>/<language>/retire", view_func=text_retire, methods=["POST"])
