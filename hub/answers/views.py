"""The library: its addresses, and the list of all answers."""

from typing import cast

from flask import Blueprint, Flask, render_template, request
from flask.blueprints import BlueprintSetupState

from hub import access
from hub.answers import library
from hub.answers.change_views import keep_open_text, text_check, text_edit, text_new, text_retire
from hub.answers.reading_views import READERS, answer_page, may_write, text_page, version_page
from hub.answers.uses import uses_of_facts
from hub.db import db
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
    return render_template(
        "answers/list.html",
        listed=shown,
        topics=topics,
        mains=[topic for topic in topics.values() if topic.parent is None],
        chosen=chosen,
        may_write=may_write(),
        reader=screen_language(),
    )


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
