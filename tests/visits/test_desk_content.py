"""What the desk shows is kept between requests, and is never out of date."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session
from wtforms import Form, SelectField
from wtforms.fields.choices import SelectChoice

from hub.kept import Kept
from hub.visits.desk_content import areas_on_offer, desk_content
from hub.visits.list_fields import ListField
from tests.support.cast import Cast
from tests.support.clock import START, SettableClock
from tests.support.databases import both_databases
from tests.visits.desk import question, register, seated

TODAY = START.date()
MUNICIPALITY = "GM0363"
# Past the session and its events, as another process or a person at the database would.
CHANGES = {
    "a label": "UPDATE topic_label SET label = 'Anders' WHERE topic_code = 'REK-03'",
    "a retired topic": "UPDATE topic SET retired_on = '2026-11-01' WHERE code = 'REK-03'",
    "a topic's answer": "DELETE FROM answer_topic WHERE answer_slug = 'instalment'",
    "an answer's blanks": "UPDATE answer SET blanks = '{}' WHERE slug = 'instalment'",
    "a text": (
        "INSERT INTO answer_text (answer_slug, language, version, written_as, body, origin,"
        " digest, written_at, note) SELECT answer_slug, language, 99, written_as, body, 'desk',"
        " digest, written_at, note FROM answer_text WHERE id = 1"
    ),
    "a check": (
        'INSERT INTO answer_text_event (text_id, kind, by_role, "on")'
        " VALUES (1, 'checked', 'checker', '2026-11-01')"
    ),
    "a fact taken away": "UPDATE fact_value SET replaced_at = '2026-11-01 10:00' WHERE id = 5",
    "a yearly code": "DELETE FROM fact_alias WHERE alias = (SELECT min(alias) FROM fact_alias)",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@both_databases
def test_whatever_changes_the_content_is_seen_at_once(
    session: Session, cast: Cast, change: str
) -> None:
    kept = Kept()
    before = desk_content(session, kept)
    assert desk_content(session, kept) is before

    session.execute(text(change))

    assert desk_content(session, kept) is not before


@both_databases
def test_what_is_kept_can_be_read_when_its_session_has_gone(session: Session, cast: Cast) -> None:
    kept = Kept()
    content = desk_content(session, kept)
    session.rollback()
    session.close()

    assert content.register.on_day("F-HEAT", "gj", TODAY).value
    assert content.answers["instalment"].dutch.title


@both_databases
def test_an_area_that_is_renamed_is_offered_under_its_new_name(
    session: Session, cast: Cast
) -> None:
    kept = Kept()
    before = areas_on_offer(session, kept, MUNICIPALITY, TODAY)
    assert areas_on_offer(session, kept, MUNICIPALITY, TODAY) is before

    session.execute(text("UPDATE area SET name = 'Nieuwbuurt' WHERE code = :code"),
                    {"code": before[0].code})  # fmt: skip

    assert "Nieuwbuurt" in {
        area.name for area in areas_on_offer(session, kept, MUNICIPALITY, TODAY)
    }


def test_an_area_is_no_longer_offered_on_the_day_after_its_last(
    session: Session, cast: Cast
) -> None:
    kept = Kept()
    code = areas_on_offer(session, kept, MUNICIPALITY, TODAY)[0].code
    session.execute(text("UPDATE area SET valid_until = :day WHERE code = :code"),
                    {"day": TODAY.isoformat(), "code": code})  # fmt: skip

    def offered(days: int) -> set[str]:
        day = TODAY + timedelta(days=days)
        return {area.code for area in areas_on_offer(session, kept, MUNICIPALITY, day)}

    assert code in offered(0)
    assert code not in offered(1)


def test_the_oldest_goes_when_too_much_is_kept() -> None:
    kept = Kept(most=2)
    for key in "abc":
        kept.give(key, 1, lambda key=key: key.upper())

    assert kept.give("c", 1, lambda: "made anew") == "C"
    assert kept.give("a", 1, lambda: "made anew") == "made anew"


def _asked(app: Flask, engine: Engine, cast: Cast) -> list[str]:
    """Give the statements that the desk's page sends when it is opened the second time."""
    client = seated(app, cast)
    client.get("/desk?fresh=1")
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    assert client.get("/desk?fresh=1").status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    return statements


def test_the_page_asks_as_little_with_many_visits_as_with_none(
    app: Flask, session: Session, cast: Cast
) -> None:
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    with_none = _asked(app, engine, cast)
    client = seated(app, cast)
    for topic in ("REK-03", "WNT-03", "ACH-01"):
        register(client, question(0, topic))
    with_some = _asked(app, engine, cast)

    assert with_some == with_none
    assert len(with_some) <= 8
    assert not [statement for statement in with_some if "FROM visit" in statement]


def test_the_tiles_follow_what_is_asked_within_minutes(
    app: Flask, clock: SettableClock, cast: Cast
) -> None:
    client = seated(app, cast)
    first = client.get("/desk?fresh=1").text
    unusual = "HUR-04"
    assert f'data-topic="{unusual}"' not in first
    register(client, question(0, unusual))

    clock.advance(minutes=6)

    page = client.get("/desk?fresh=1").text
    assert page.index(f'data-topic="{unusual}"') < page.index('data-topic="REK-03"')


def test_a_list_is_written_as_wtforms_writes_it_and_escaped() -> None:
    choices = [
        SelectChoice("", "Choose"),
        SelectChoice("a&b", "A < B", optgroup='"One" & more'),
        SelectChoice("c", "C", optgroup='"One" & more'),
        SelectChoice("d", "D", optgroup="Two"),
    ]

    class Both(Form):
        quick = ListField(choices=choices, name="list", id="list")
        usual = SelectField(choices=choices, name="list", id="list")

    form = Both(data={"quick": "c", "usual": "c"})

    assert form.quick(class_="input") == form.usual(class_="input")
    assert "A &lt; B" in form.quick()
