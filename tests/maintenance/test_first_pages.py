"""What is done before the workers part, so that no first page waits for it."""

from dataclasses import replace

from flask import Flask
from sqlalchemy.orm import Session

from hub.maintenance.first_pages import make_first_pages_ready
from tests.statistics.published import releases
from tests.statistics.shelf import shelve
from tests.statistics.visits import asked_of
from tests.support.cast import ANALYST, Cast
from tests.visits.desk import seated


def test_no_page_reads_a_file_of_a_release_that_was_there_at_the_start(
    app: Flask, cast: Cast, session: Session
) -> None:
    shelve(session, [replace(r, version="ready") for r in releases(("2026-05", "2026-06"))])
    make_first_pages_ready(app.jinja_env, session)
    with asked_of(session.get_bind()) as asked:
        page = seated(app, cast, ANALYST).get("/statistics/2026-06")
    assert page.status_code == 200
    assert asked
    assert not [statement for statement in asked if "release_file" in statement]


def test_an_altered_release_does_not_keep_the_desk_from_opening(
    app: Flask, cast: Cast, session: Session
) -> None:
    (release,) = releases(("2026-05",))
    shelve(session, [replace(release, version="altered before the start")], altered=True)
    make_first_pages_ready(app.jinja_env, session)
    assert seated(app, cast, ANALYST).get("/statistics").status_code == 500
