"""What tests of texts write, and how they look at what came of it."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from hub.answers.bodies import body_of
from hub.answers.keeping import mark_checked, retire, write_text
from hub.answers.library import AnswerView, TextView, one_answer
from hub.answers.placeholders import strings_of
from hub.answers.text_rules import Known, judge
from hub.db import unit_of_work
from hub.facts.register import Register

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)

DUTCH = {
    "title": "Klopt uw termijnbedrag?",
    "gist": "U betaalt elke maand {instalment}. Klopt dat niet, bel dan.",
    "steps": ["Zoek de brief.", "Bel {supplier} binnen {F-DIS-3.days}.", "Schrijf 3 dingen op."],
    "bring": ["De brief"],
    "come_back": "Kom terug als het niet lukt.",
    "referral": "Geldfit helpt.",
    "first": {"who": "U", "what": "Bel {supplier}", "before": "Vandaag", "where": "Thuis"},
    "amounts": [{"label": "Nu", "value": "{instalment}"}],
    "do_not_say": ["Beloof niets."],
}
ENGLISH = {
    "title": "Is your instalment (termijnbedrag) right?",
    "gist": "You pay {instalment} each month. If that is wrong, call.",
    "steps": ["Find the letter.", "Call {supplier} within {F-DIS-3.days}.", "Note 3 things."],
    "bring": ["The letter"],
    "come_back": "Come back if it fails.",
    "referral": "Geldfit helps.",
    "first": {"who": "You", "what": "Call {supplier}", "before": "Today", "where": "At home"},
    "amounts": [{"label": "Now", "value": "{instalment}"}],
    "do_not_say": ["Promise nothing."],
}


def draws_all(_text: str, _language: str) -> Collection[str]:
    """Stand for a set of typefaces that has every character."""
    return ()


KNOWN = Known({"instalment", "supplier"}, lambda code, _part: code == "F-DIS-3", draws_all)


def with_string(body: dict[str, Any], place: str, text: str) -> dict[str, Any]:
    """Give a body with another string at a place."""
    return body_of({**dict(strings_of(body)), place: text})


def kept(app: Flask, slug: str = "instalment") -> AnswerView:
    """Give an answer as the database has it now, retired texts too."""
    with app.app_context(), unit_of_work() as work:
        return one_answer(work, slug, retired=True)


def text_of(app: Flask, language: str, slug: str = "instalment") -> TextView:
    """Give the newest text of an answer in a language."""
    return kept(app, slug).texts[language]


def rewrite(
    app: Flask,
    language: str,
    place: str,
    text: str,
    *,
    slug: str = "instalment",
    significance: str | None = None,
) -> None:
    """Write a new version of a text with another string at a place, following today's Dutch."""
    with app.app_context(), unit_of_work() as work:
        rewrite_in(work, language, place, text, slug=slug, significance=significance)


def rewrite_in(
    work: Session,
    language: str,
    place: str,
    text: str,
    *,
    slug: str = "instalment",
    significance: str | None = None,
) -> bool:
    """Do the same in a unit of work that is open."""
    answer = one_answer(work, slug, retired=True)
    newest = answer.texts[language]
    known = Known.of(answer, Register.read(work), draws_all)
    source = None if language == "nl" else (answer.dutch.version, answer.dutch.body)
    good = judge(with_string(newest.body, place, text), language, known, source)
    return write_text(
        work,
        slug,
        good,
        seen_version=newest.version,
        by_role="editor",
        now=NOW,
        significance=significance,
    )


def check(app: Flask, language: str, slug: str = "instalment") -> None:
    """Let a checker check the newest text in a language."""
    with app.app_context(), unit_of_work() as work:
        version = one_answer(work, slug).texts[language].version
        mark_checked(work, slug, language, version, "checker", TODAY)


def take_out(app: Flask, language: str, slug: str = "instalment") -> None:
    """Take the newest text in a language out of use."""
    with app.app_context(), unit_of_work() as work:
        version = one_answer(work, slug).texts[language].version
        retire(work, slug, language, version, "editor", TODAY)
