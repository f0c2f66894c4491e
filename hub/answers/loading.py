"""Loading the shipped answers and their texts."""

import hashlib
import json
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.answers.models import Answer, AnswerText, AnswerTopic

_BODY: Final = (
    "title", "gist", "steps", "bring", "come_back", "referral", "first", "amounts", "do_not_say",
)  # fmt: skip


def body_digest(body: dict[str, Any]) -> str:
    """Give the SHA-256 of a text body, the same for the same words."""
    packed = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()


def load_answers(session: Session, folder: Path, now: datetime) -> int:
    """Bring the shipped answers into the database; give how many texts were new or changed.

    Safe to repeat. A shipped text that changed becomes a new version, unless the newest
    version was written at the desk: what a hub has edited is never overwritten.
    """
    changed = 0
    for file in sorted(folder.glob("*/answer.toml")):
        described = tomllib.loads(file.read_text("utf-8"))
        answer = _load_answer(session, described)
        for text_file in sorted(file.parent.glob("*.toml")):
            if text_file.name != "answer.toml":
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
    newest = session.scalar(
        select(AnswerText)
        .where(AnswerText.answer_slug == slug, AnswerText.language == shipped["language"])
        .order_by(AnswerText.version.desc())
        .limit(1)
    )
    if newest is not None and (newest.origin != "shipped" or newest.digest == digest):
        return 0
    session.add(
        AnswerText(
            answer_slug=slug,
            language=shipped["language"],
            version=newest.version + 1 if newest else 1,
            source_version=shipped.get("source_version"),
            status=shipped["status"],
            body=body,
            origin="shipped",
            digest=digest,
            written_at=now,
        )
    )
    return 1
