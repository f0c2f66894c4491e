"""Reading the library: answers with the newest text of each language."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, selectinload

from hub.answers.models import Answer, AnswerText, AnswerTextEvent
from hub.answers.standing import MEANING, RETIRED, Check, DutchVersion, change_since, status_of
from hub.i18n import N_
from hub.refusal import NotFound

SOURCE_LANGUAGE: Final = "nl"
SAFETY: Final = "safety"


@dataclass(frozen=True, slots=True)
class TextView:
    """One language of an answer as screens and sheets see it; `body` as in the files.

    `status`, `checked_on`, `checked_by` and `dutch_changed` are derived (see `standing`);
    `dutch_changed` is how much the Dutch changed after `source_version`, None for not at all.
    """

    id: int
    slug: str
    language: str
    version: int
    source_version: int | None
    status: str
    body: dict[str, Any]
    checked_on: date | None
    checked_by: str | None = None
    dutch_changed: str | None = None

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


class _Standing:
    """Checks, retirements and Dutch versions of some texts, read together."""

    def __init__(self, session: Session, texts: Sequence[AnswerText]) -> None:
        self._checks: dict[int, Check] = {}
        self._retired: set[int] = set()
        self._dutch: dict[str, list[DutchVersion]] = defaultdict(list)
        ids, slugs = [text.id for text in texts], {text.answer_slug for text in texts}
        for event in session.scalars(
            select(AnswerTextEvent).where(AnswerTextEvent.text_id.in_(ids))
        ):
            if event.kind == RETIRED:
                self._retired.add(event.text_id)
            else:
                self._checks[event.text_id] = Check(event.by_role, event.on)
        # The first version is nobody's change; most answers have no other.
        later = select(AnswerText.answer_slug, AnswerText.version, AnswerText.significance).where(
            AnswerText.language == SOURCE_LANGUAGE,
            AnswerText.version > 1,
            AnswerText.answer_slug.in_(slugs),
        )
        for slug, version, significance in session.execute(later):
            self._dutch[slug].append(DutchVersion(version, significance or MEANING))

    def view(self, text: AnswerText) -> TextView:
        """Give a stored text as a plain value, with what it is worth today."""
        check = self._checks.get(text.id)
        changed = change_since(text.source_version, self._dutch[text.answer_slug])
        return TextView(
            id=text.id,
            slug=text.answer_slug,
            language=text.language,
            version=text.version,
            source_version=text.source_version,
            status=status_of(
                text.written_as,
                checked=check is not None,
                retired=text.id in self._retired,
                dutch_changed=changed,
            ),
            body=text.body,
            checked_on=check.on if check else None,
            checked_by=check.by_role if check else None,
            dutch_changed=changed,
        )


def text_views(session: Session, texts: Sequence[AnswerText]) -> list[TextView]:
    """Give stored texts as plain values, in the same order."""
    standing = _Standing(session, texts)
    return [standing.view(text) for text in texts]


def newest_texts(session: Session, *wanted: ColumnElement[bool]) -> list[AnswerText]:
    """Give the newest version of each answer and language, retired ones too."""
    newest = (
        select(
            AnswerText.answer_slug,
            AnswerText.language,
            func.max(AnswerText.version).label("version"),
        )
        .group_by(AnswerText.answer_slug, AnswerText.language)
        .subquery()
    )
    query = select(AnswerText).join(
        newest,
        (AnswerText.answer_slug == newest.c.answer_slug)
        & (AnswerText.language == newest.c.language)
        & (AnswerText.version == newest.c.version),
    )
    return list(session.scalars(query.where(*wanted)))


def all_answers(
    session: Session, slugs: Iterable[str] | None = None, *, retired: bool = False
) -> dict[str, AnswerView]:
    """Give answers by slug, by number of the draft, with their newest texts.

    An answer without a Dutch text is left out: Dutch is the source of everything. A language
    whose newest text is retired has no text; an older version never comes back by itself.
    With `retired` those texts are given too, for the pages on which they are mended.
    """
    wanted = None if slugs is None else list(slugs)
    narrow = [] if wanted is None else [AnswerText.answer_slug.in_(wanted)]
    texts: dict[str, dict[str, TextView]] = defaultdict(dict)
    for text in text_views(session, newest_texts(session, *narrow)):
        if retired or text.status != RETIRED:
            texts[text.slug][text.language] = text
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


def one_answer(session: Session, slug: str, *, retired: bool = False) -> AnswerView:
    """Give one answer. Raises NotFound on field `answer`."""
    found = all_answers(session, [slug], retired=retired).get(slug)
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
    return text_views(session, [text])[0]
