"""The facts register, to read."""

from flask import Blueprint, render_template
from sqlalchemy import select

from hub import access, clock
from hub.db import db
from hub.facts.models import FactValue
from hub.facts.register import write_value
from hub.locale import screen_language

facts = Blueprint("facts", __name__)


@facts.get("/facts")
@access.needs("editor", "checker")
def fact_list() -> str:
    """Every current value with its dates, source and mark."""
    values = db.session.scalars(
        select(FactValue)
        .where(FactValue.replaced_at.is_(None))
        .order_by(FactValue.code, FactValue.part, FactValue.valid_from)
    )
    return render_template(
        "facts/list.html",
        values=list(values),
        today=clock.today("Europe/Amsterdam"),
        write_value=write_value,
        reader=screen_language(),
    )
