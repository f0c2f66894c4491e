"""Tells the facts register which answers print which parts; see hub/facts/usage.py."""

from collections import defaultdict

from sqlalchemy.orm import Session

from hub.answers.library import all_answers
from hub.answers.placeholders import body_facts
from hub.facts.usage import Use


def uses_of_facts(session: Session) -> dict[tuple[str, str], list[Use]]:
    """Give the answers whose newest texts print each part, by (code as written, part)."""
    found: dict[tuple[str, str], list[Use]] = defaultdict(list)
    for answer in all_answers(session).values():
        languages: dict[tuple[str, str], list[str]] = defaultdict(list)
        for language, text in sorted(answer.texts.items()):
            for reference in body_facts(text.body):
                languages[reference.code, reference.part].append(language)
        titles = {language: text.title for language, text in answer.texts.items()}
        for part, of_part in languages.items():
            found[part].append(Use(answer.slug, answer.number, titles, tuple(of_part)))
    return dict(found)
