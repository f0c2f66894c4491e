"""The pages on which texts are read: one text beside the Dutch, one version of it."""

from typing import Final

from flask import render_template

from hub import access, clock
from hub.accounts.principal import Principal
from hub.accounts.roles import ROLE_NAMES
from hub.answers import filling, history, library, publishing, rights
from hub.answers.forms import PLACES, ShownForm
from hub.answers.languages import OFFERED
from hub.answers.library import SOURCE_LANGUAGE, AnswerView, TextView
from hub.answers.placeholders import strings_of
from hub.answers.readability import readability
from hub.answers.standing import SIGNIFICANCES
from hub.db import db
from hub.facts.register import Register, write_value
from hub.i18n import language_name
from hub.locale import screen_language
from hub.refusal import NotFound
from hub.topics.listing import all_topics

# The library is one for the country, whose days these are.
TIMEZONE: Final = "Europe/Amsterdam"
READERS: Final = ("volunteer", "coordinator", "editor", "checker")
WRITERS: Final = frozenset({"editor", "checker"})

readers = access.needs(*READERS)


def may_write() -> bool:
    """Tell whether who is signed in writes texts at all, in whatever language."""
    return bool(access.current().roles & WRITERS)


@readers
def answer_page(slug: str) -> str:
    """One answer in Dutch, with its topics, facts and languages."""
    return show_text(slug, SOURCE_LANGUAGE)


@readers
def text_page(slug: str, language: str) -> str:
    """One answer in a language, beside the Dutch."""
    return show_text(slug, language)


@readers
def version_page(slug: str, language: str, version: int) -> str:
    """One version of a text as it was written, and how it differs from the one before."""
    answer = library.one_answer(db.session(), slug, retired=True)
    text = history.version_of(db.session(), slug, language, version)
    every = history.versions(db.session(), slug, language)
    before = next((one.text for one in every if one.text.version < version), None)
    return render_template(
        "answers/version.html",
        answer=answer,
        text=text,
        version=next(one for one in every if one.text.version == version),
        newest=every[0].text.version,
        before=before,
        changes=list(history.differences(before.body, text.body)) if before else [],
        strings=[(place, said) for place, said in strings_of(text.body) if said],
        labels=PLACES,
        **_words(),
    )


def _words() -> dict[str, object]:
    return {
        "significances": SIGNIFICANCES,
        "role_names": ROLE_NAMES,
        "reader": screen_language(),
    }


def show_text(slug: str, language: str) -> str:
    """Give the page of a text. Raises NotFound; a retired text is there for writers only."""
    answer = library.one_answer(db.session(), slug, retired=may_write())
    text = answer.texts.get(language)
    if text is None:
        raise NotFound("")
    register = Register.read(db.session())
    day = clock.today(TIMEZONE)
    source = language == SOURCE_LANGUAGE
    return render_template(
        "answers/answer.html",
        answer=answer,
        text=text,
        beside=None if source else filling.fill_text(answer, text, register, day, {}),
        dutch=filling.fill_text(answer, answer.dutch, register, day, {}),
        verdict=publishing.publication(text, register, day),
        facts=publishing.facts_of(answer.dutch, register, day),
        write_value=write_value,
        topics=all_topics(db.session()),
        careful=(answer.texts.get(screen_language()) or answer.dutch).body.get("do_not_say", []),
        changes=_dutch_changes(text),
        versions=history.versions(db.session(), slug, language),
        reading=readability(text.body) if source and may_write() else None,
        shown=ShownForm(formdata=None, seen=str(text.version)),
        may=_rights(access.current(), language),
        free_languages=_free_languages(answer, access.current()),
        labels=PLACES,
        **_words(),
    )


def _dutch_changes(text: TextView) -> list[history.Difference]:
    """Give how the Dutch differs from the version that a translation follows."""
    if text.dutch_changed is None or text.source_version is None:
        return []
    followed = history.version_of(db.session(), text.slug, SOURCE_LANGUAGE, text.source_version)
    newest = history.versions(db.session(), text.slug, SOURCE_LANGUAGE)[0].text
    return list(history.differences(followed.body, newest.body))


def _rights(principal: Principal, language: str) -> dict[str, bool]:
    return {
        "write": rights.writing_role(principal, language) is not None,
        "check": rights.checking_role(principal, language) is not None,
        "retire": rights.retiring_role(principal, language) is not None,
    }


def _free_languages(answer: AnswerView, principal: Principal) -> list[str]:
    """Give the languages that an answer lacks and the account may write, by name."""
    return [
        language
        for language in sorted(OFFERED, key=lambda tag: language_name(tag, screen_language()))
        if language not in answer.texts and rights.writing_role(principal, language)
    ]
