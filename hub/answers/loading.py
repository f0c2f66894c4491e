"""Loading the shipped answers and their texts."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hub.answers.bodies import body_digest
from hub.answers.library import SOURCE_LANGUAGE
from hub.answers.models import Answer, AnswerText, AnswerTopic
from hub.answers.standing import MEANING

_BODY: Final = (
    "title", "gist", "steps", "bring", "come_back", "referral", "first", "amounts", "do_not_say",
)  # fmt: skip


def load_answers(session: Session, folder: Path, now: datetime) -> int:
    """Bring the shipped answers into the database; give how many texts were new or changed.

    Safe to repeat. A shipped text that changed becomes a new version, unless the newest
    version was written at the desk: what a hub has edited is never overwritten. A changed
    Dutch file says how much it changed (`significance`); where it does not, its meaning.
    """
    changed = 0
    for file in sorted(folder.glob("*/answer.toml")):
        described = tomllib.loads(file.read_text("utf-8"))
        answer = _load_answer(session, described)
        # The Dutch comes first: the others name its version.
        texts = [path for path in sorted(file.parent.glob("*.toml")) if path != file]
        for text_file in sorted(texts, key=lambda path: path.stem != SOURCE_LANGUAGE):
            shipped = tomllib.loads(text_file.read_text("utf-8"))
            changed += _load_text(session, answer.slug, shipped, now)
    session.flush()
    return changed


def _load_answer(session: Session, described: dict[str, Any]) -> Answer:
    slug, number = described["slug"], described["number"]
    answer = session.get(Answer, slug)
    if answer is None:
        answer = Answer(slug=slug)
        session.add(answer)
    answer.number = number
    answer.position = int(number[1:]) if number[1:].isdigit() else 0
    answer.audience = described.get("audience", "all")
    answer.same_day = described.get("same_day", False)
    answer.pictogram = described.get("pictogram", "letter")
    answer.season = described.get("season", [])
    answer.blanks = described.get("blanks", {})
    there = {link.topic_code: link for link in answer.topics}
    for position, code in enumerate(described.get("topics", [])):
        if code in there:
            there[code].position = position
        else:
            answer.topics.append(AnswerTopic(topic_code=code, position=position))
    session.flush()
    return answer


def _load_text(session: Session, slug: str, shipped: dict[str, Any], now: datetime) -> int:
    body: dict[str, Any] = {name: shipped[name] for name in _BODY if name in shipped}
    digest = body_digest(body)
    dutch = shipped["language"] == SOURCE_LANGUAGE
    newest = _newest(session, slug, shipped["language"])
    if newest is not None and (newest.origin != "shipped" or newest.digest == digest):
        return 0
    session.add(
        AnswerText(
            answer_slug=slug,
            language=shipped["language"],
            # The files count their versions too; the numbers agree where nobody has edited.
            version=max(shipped["version"], newest.version + 1 if newest else 1),
            source_version=None if dutch else _source_version(session, slug, shipped),
            written_as=shipped["status"],
            body=body,
            origin="shipped",
            digest=digest,
            written_at=now,
            significance=shipped.get("significance", MEANING) if dutch else None,
        )
    )
    return 1


def _source_version(session: Session, slug: str, shipped: dict[str, Any]) -> int:
    """Give the Dutch version that a shipped translation follows.

    Where the hub has edited the Dutch, that is at most the last one that was shipped: the
    translator of the files cannot have seen the hub's own words.
    """
    last_shipped = session.scalar(
        select(func.max(AnswerText.version)).where(
            AnswerText.answer_slug == slug,
            AnswerText.language == SOURCE_LANGUAGE,
            AnswerText.origin == "shipped",
        )
    )
    followed: int = shipped["source_version"]
    return min(followed, last_shipped or followed)


def _newest(session: Session, slug: str, language: str) -> AnswerText | None:
    return session.scalar(
        select(AnswerText)
        .where(AnswerText.answer_slug == slug, AnswerText.language == language)
        .order_by(AnswerText.version.desc())
        .limit(1)
    )
