"""Reading the library: answers with the newest text of each language."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from hub.answers.models import Answer, AnswerText
from hub.i18n import N_
from hub.refusal import NotFound

SOURCE_LANGUAGE: Final = "nl"
SAFETY: Final = "safety"


@dataclass(frozen=True, slots=True)
class TextView:
    """One language of an answer as screens and sheets see it; `body` as in the files."""

    id: int
    slug: str
    language: str
    version: int
    source_version: int | None
    status: str
    body: dict[str, Any]
    checked_on: date | None

    @property
    def title(self) -> str:
        """The title of the text."""
        return str(self.body["title"])


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer with its newest texts by language."""

    slug: str
    number: str
    audience: str
    same_day: bool
    pictogram: str
    topics: tuple[str, ...]
    blanks: dict[str, dict[str, str]]
    texts: dict[str, TextView]

    @property
    def dutch(self) -> TextView:
        """The source text."""
        return self.texts[SOURCE_LANGUAGE]

    def text(self, language: str) -> TextView | None:
        """Give the text in a language, or None; `pap-CW` is served by `pap`."""
        return self.texts.get(language) or self.texts.get(language.split("-")[0])

    def beside_dutch(self, language: str) -> TextView | None:
        """Give the text that stands beside the Dutch for a conversation in a language.

        None for a conversation in Dutch, or when it was not asked. Where the language has no
        text yet it is the English one, and whoever shows it says so: compare `.language`.
        """
        if language.split("-")[0] in {SOURCE_LANGUAGE, "und"}:
            return None
        return self.text(language) or self.texts.get("en")


def _newest_texts(session: Session, slugs: Iterable[str] | None) -> Iterable[AnswerText]:
    newest = (
        select(
            AnswerText.answer_slug,
            AnswerText.language,
            func.max(AnswerText.version).label("version"),
        )
        .where(AnswerText.status != "retired")
        .group_by(AnswerText.answer_slug, AnswerText.language)
        .subquery()
    )
    query = select(AnswerText).join(
        newest,
        (AnswerText.answer_slug == newest.c.answer_slug)
        & (AnswerText.language == newest.c.language)
        & (AnswerText.version == newest.c.version),
    )
    if slugs is not None:
        query = query.where(AnswerText.answer_slug.in_(list(slugs)))
    return session.scalars(query)


def text_view(text: AnswerText) -> TextView:
    """Give a stored text as a plain value."""
    return TextView(
        id=text.id,
        slug=text.answer_slug,
        language=text.language,
        version=text.version,
        source_version=text.source_version,
        status=text.status,
        body=text.body,
        checked_on=text.checked_on,
    )


def all_answers(session: Session, slugs: Iterable[str] | None = None) -> dict[str, AnswerView]:
    """Give answers by slug, by number of the draft, with their newest texts.

    An answer without a Dutch text is left out: Dutch is the source of everything.
    """
    wanted = None if slugs is None else list(slugs)
    texts: dict[str, dict[str, TextView]] = defaultdict(dict)
    for text in _newest_texts(session, wanted):
        texts[text.answer_slug][text.language] = text_view(text)
    query = (
        select(Answer)
        .where(Answer.retired_at.is_(None))
        .options(selectinload(Answer.topics))
        .order_by(Answer.position, Answer.slug)
    )
    if wanted is not None:
        query = query.where(Answer.slug.in_(wanted))
    return {
        answer.slug: AnswerView(
            slug=answer.slug,
            number=answer.number,
            audience=answer.audience,
            same_day=answer.same_day,
            pictogram=answer.pictogram,
            topics=tuple(link.topic_code for link in answer.topics),
            blanks=answer.blanks,
            texts=texts[answer.slug],
        )
        for answer in session.scalars(query)
        if SOURCE_LANGUAGE in texts[answer.slug]
    }


def one_answer(session: Session, slug: str) -> AnswerView:
    """Give one answer. Raises NotFound on field `answer`."""
    found = all_answers(session, [slug]).get(slug)
    if found is None:
        raise NotFound(N_("There is no answer %(slug)s."), field="answer", slug=slug)
    return found


def by_topic(answers: Iterable[AnswerView]) -> dict[str, list[AnswerView]]:
    """Give the answers that serve each topic, those for which it is the main topic first."""
    served: dict[str, list[AnswerView]] = defaultdict(list)
    for answer in answers:
        for code in answer.topics:
            served[code].append(answer)
    for code, listed in served.items():
        listed.sort(key=lambda answer: (answer.topics.index(code), answer.number))
    return dict(served)


def text_by_id(session: Session, text_id: int) -> TextView:
    """Give a text by its id, whatever came after it; for reprints. Raises NotFound."""
    text = session.get(AnswerText, text_id)
    if text is None:
        raise NotFound(N_("This text is not there."))
    return text_view(text)
