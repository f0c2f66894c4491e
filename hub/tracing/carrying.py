"""Which answers of a sheet a subject stood in; a sheet has several."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.answers.models import AnswerText
from hub.answers.placeholders import body_facts
from hub.facts.models import FactAlias
from hub.recalls.about import About, AboutText
from hub.sheets.models import SheetText

_AT_ONCE: Final = 500  # ids in one statement


def answers_on(
    session: Session, sheet_ids: Sequence[int], about: About
) -> dict[int, tuple[str, ...]]:
    """Give the slugs of the answers with something in them, by sheet, in the sheet's order.

    For a text that is its answer. For a value they are the answers whose Dutch names it; where
    none does, because the desk calculated with it, all answers of the sheet.
    """
    if isinstance(about, AboutText):
        return dict.fromkeys(sheet_ids, (about.slug,))
    texts: dict[int, list[int]] = defaultdict(list)
    for some in _pieces(sheet_ids):
        rows = session.execute(
            select(SheetText.sheet_id, SheetText.dutch_text_id)
            .where(SheetText.sheet_id.in_(some))
            .order_by(SheetText.sheet_id, SheetText.position)
        )
        for sheet_id, text_id in rows:
            texts[sheet_id].append(text_id)
    slugs, naming = _dutch(session, {one for ids in texts.values() for one in ids}, about)
    return {
        sheet_id: tuple(slugs[one] for one in ([i for i in ids if i in naming] or ids))
        for sheet_id, ids in texts.items()
    }


def _dutch(
    session: Session, text_ids: Collection[int], about: About
) -> tuple[dict[int, str], set[int]]:
    """Give the answers of Dutch texts, and which of these texts name a value."""
    if isinstance(about, AboutText):
        return {}, set()
    aliases = select(FactAlias.alias).where(FactAlias.code == about.code)
    codes = {about.code, *session.scalars(aliases)}
    slugs: dict[int, str] = {}
    naming: set[int] = set()
    for some in _pieces(sorted(text_ids)):
        for text in session.scalars(select(AnswerText).where(AnswerText.id.in_(some))):
            slugs[text.id] = text.answer_slug
            if any(f.code in codes and f.part == about.part for f in body_facts(text.body)):
                naming.add(text.id)
    return slugs, naming


def _pieces(ids: Sequence[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
