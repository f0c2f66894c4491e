"""What the first pages after a start would wait for, done once before the workers part."""

from jinja2 import Environment
from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.refusal import Refusal
from hub.statistics.models import Release
from hub.statistics.releases.reading import published


def make_first_pages_ready(templates: Environment, session: Session) -> None:
    """Compile every template and read every release; all workers share them.

    A release whose stored files were altered does not keep the desk from opening: its pages
    say so, and `hub check` does.
    """
    for name in templates.list_templates():
        templates.get_template(name)
    for municipality_code in session.scalars(select(Release.municipality_code).distinct()):
        try:
            published(session, municipality_code)
        except Refusal:
            continue
