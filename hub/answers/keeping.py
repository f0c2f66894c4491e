"""Keeping texts: a new version, a check, a retirement. Rows are added, never changed.

Each function locks its answer first, so that two who work on one answer come one after the
other, and looks behind the lock at what is newest now. None commits.
"""

from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.answers.bodies import body_digest, same_words
from hub.answers.library import SAFETY, SOURCE_LANGUAGE, TextView, text_views
from hub.answers.models import Answer, AnswerText, AnswerTextEvent
from hub.answers.standing import CHECKED, DRAFT, RETIRED, SIGNIFICANCES
from hub.answers.text_rules import GoodText
from hub.i18n import N_
from hub.refusal import Conflict, NotFound, Refusal

LONGEST_NOTE: Final = 300


class Overtaken(Conflict):
    """Somebody else wrote a newer version since the page was opened; `current` is it."""

    def __init__(self, current: TextView) -> None:
        super().__init__(N_("Somebody else changed this text since you opened the page."))
        self.current = current


def lock_newest(session: Session, slug: str, language: str) -> TextView | None:
    """Lock an answer until the end of the transaction and give its newest text in a language.

    None where the language has none yet; a retired text counts. Raises NotFound.
    """
    if session.get(Answer, slug, with_for_update=True) is None:
        raise NotFound(N_("There is no answer %(slug)s."), field="answer", slug=slug)
    newest = session.scalar(
        select(AnswerText)
        .where(AnswerText.answer_slug == slug, AnswerText.language == language)
        .order_by(AnswerText.version.desc())
        .limit(1)
    )
    return text_views(session, [newest])[0] if newest else None


def write_text(
    session: Session,
    slug: str,
    text: GoodText,
    *,
    seen_version: int,
    by_role: str,
    now: datetime,
    significance: str | None = None,
    note: str = "",
    origin: str = "desk",
    translator: str | None = None,
) -> bool:
    """Add a version of a text, as a draft; tell whether anything was new.

    `seen_version` is the newest version that the writer saw, 0 for none. The same words that
    follow the same Dutch change nothing, unless the text was retired. A Dutch version says how
    much it changes: `significance`; the first one changes the meaning. Raises NotFound,
    Overtaken, and Refusal on field `significance`.
    """
    newest = lock_newest(session, slug, text.language)
    if newest is not None and newest.version != seen_version:
        raise Overtaken(newest)
    if newest is not None and newest.status != RETIRED and _is_same(newest, text):
        return False
    session.add(
        AnswerText(
            answer_slug=slug,
            language=text.language,
            version=newest.version + 1 if newest else 1,
            source_version=text.source_version,
            written_as=DRAFT,
            body=text.body,
            origin=origin,
            digest=body_digest(text.body),
            written_at=now,
            written_by=by_role,
            translator=translator,
            significance=_significance(text, newest, significance),
            note=_note(note),
        )
    )
    session.flush()
    return True


def _is_same(newest: TextView, text: GoodText) -> bool:
    return newest.source_version == text.source_version and same_words(newest.body, text.body)


def _significance(text: GoodText, newest: TextView | None, chosen: str | None) -> str | None:
    if text.language != SOURCE_LANGUAGE:
        return None
    if newest is None:
        return list(SIGNIFICANCES)[-1]
    if chosen not in SIGNIFICANCES:
        raise Refusal(
            N_("Say how much you changed: it decides which translations are outdated."),
            field="significance",
        )
    return chosen


def _note(note: str) -> str:
    if len(note) > LONGEST_NOTE:
        raise Refusal(N_("Use at most %(most)s characters."), field="note", most=LONGEST_NOTE)
    return note


def mark_checked(
    session: Session, slug: str, language: str, seen_version: int, by_role: str, on: date
) -> None:
    """Record that a reader has checked a text: the version that was shown, and no other.

    The same check again changes nothing. Raises NotFound, Overtaken where there is a newer
    version, and Refusal for a text that is outdated or retired.
    """
    newest = _shown(session, slug, language, seen_version)
    if newest.status not in _CHECKABLE:
        raise Refusal(_NOT_CHECKABLE[newest.status], field="text")
    if newest.status != CHECKED:
        _happened(session, newest, CHECKED, by_role, on)


_NOT_CHECKABLE: Final = {
    "outdated": N_(
        "The meaning of the Dutch has changed since. Bring this text up to date first, then "
        "check it."
    ),
    "retired": N_("This text was taken out of use. Write a new version first, then check it."),
}
_CHECKABLE: Final = frozenset({"draft", "machine_draft", CHECKED})


def retire(
    session: Session, slug: str, language: str, seen_version: int, by_role: str, on: date
) -> None:
    """Take a text out of use; with the Dutch the whole answer. A new version brings it back.

    The same again changes nothing. Raises NotFound, Overtaken, and Refusal for the Dutch of
    the safety card, without which no same-day matter can be helped.
    """
    newest = _shown(session, slug, language, seen_version)
    if slug == SAFETY and language == SOURCE_LANGUAGE:
        raise Refusal(N_("The safety card stays: correct it instead."), field="text")
    if newest.status != RETIRED:
        _happened(session, newest, RETIRED, by_role, on)


def _shown(session: Session, slug: str, language: str, seen_version: int) -> TextView:
    newest = lock_newest(session, slug, language)
    if newest is None:
        raise NotFound(N_("This text is not there."))
    if newest.version != seen_version:
        raise Overtaken(newest)
    return newest


def _happened(session: Session, text: TextView, kind: str, by_role: str, on: date) -> None:
    session.add(AnswerTextEvent(text_id=text.id, kind=kind, by_role=by_role, on=on))
    session.flush()
