"""The editor's home: what runs out, what waits, what stands where; and what the desk lacks."""

from datetime import date
from typing import Final

from flask import Blueprint, current_app, render_template, request

from hub import access, clock
from hub.accounts.principal import Principal
from hub.answers import library, rights
from hub.answers.standing import CHECKED, STATUSES
from hub.db import db
from hub.editing import gaps, home
from hub.editing.places import Place, places_of
from hub.facts import reading
from hub.facts.usage import uses
from hub.i18n import language_name
from hub.locale import screen_language
from hub.recalls.about import about
from hub.recalls.reading import standing, subject_of
from hub.topics.listing import all_topics
from hub.tracing.tracing import Span, count_sheets, sight_of
from hub.visits.vocabulary import REASONS

editing = Blueprint("editing", __name__)

# The library and the register are ones for the country, whose days these are.
TIMEZONE: Final = "Europe/Amsterdam"
LATEST: Final = 5  # recalls on the home page


@editing.get("/editing")
@access.needs("editor", "checker")
def editing_home() -> str:
    """What an editor or a checker has to look at; a checker's own languages come first."""
    session, principal, reader = db.session(), access.current(), screen_language()
    today = clock.today(TIMEZONE)
    answers = list(library.all_answers(session, retired=True).values())
    names = {tag: language_name(tag, reader) for one in answers for tag in one.texts}
    own = principal.languages()
    languages = home.languages_of(answers, own, names)
    lines = reading.part_lines(session, today)
    return render_template(
        "editing/home.html",
        expiring=reading.expiring(session, today),
        used=uses(session, current_app.extensions.get("uses_of_facts", ())),
        today=today,
        doubts={show: sum(show in line.shows for line in lines) for show in reading.SHOWS},
        shows=reading.SHOWS,
        outdated=home.outdated(answers, languages, own),
        waiting=home.waiting(answers, languages, own),
        coverage=home.Coverage(tuple(answers), tuple(languages)),
        recalled=_recalled(principal),
        checked=CHECKED,
        statuses=STATUSES,
        rights=rights,
        reader=reader,
    )


def _recalled(principal: Principal) -> list[tuple[object, object, int]]:
    """Give the latest recalls, each with what it is about and how many sheets are seen of it."""
    session = db.session()
    sight = sight_of(session, principal)
    return [
        (
            recall,
            about(session, recall),
            count_sheets(
                session,
                subject_of(session, recall),
                Span(recall.first_day, recall.last_day),
                sight,
            ).total,
        )
        for recall in standing(session)[:LATEST]
    ]


@editing.get("/gaps")
@access.needs("editor", "coordinator")
def gap_page() -> str:
    """Questions without an answer and languages without a text, by demand.

    `at` is a hub's short name or a municipality's code, `months` how many of them.
    """
    session, reader = db.session(), screen_language()
    places = places_of(session, access.current())
    place = next((one for one in places if one.name == request.args.get("at")), places[0])
    span = request.args.get("months", gaps.SPANS[0], type=int)
    span = span if span in gaps.SPANS else gaps.SPANS[0]
    months = _months(place, span, clock.today(TIMEZONE))
    threshold = None if place.exact else current_app.config["THRESHOLD"]
    found = gaps.Gaps(session, place.hubs, months, gaps.Scale(threshold))
    answers = library.all_answers(session)
    topics = all_topics(session)
    return render_template(
        "editing/gaps.html",
        places=places,
        place=place,
        span=span,
        spans=gaps.SPANS,
        months=months,
        threshold=threshold,
        unserved=found.without_answer(library.by_topic(answers.values()), list(topics)),
        refused=found.not_answered(list(topics), list(REASONS)),
        unspoken=found.without_text(answers),
        topics=topics,
        answers=answers,
        reasons=REASONS,
        may_write="editor" in access.current().roles,
        reader=reader,
    )


def _months(place: Place, number: int, today: date) -> list[str]:
    """Give the months that are counted: up to today for a desk of one's own."""
    return (gaps.running_months if place.exact else gaps.ended_months)(today, number)
