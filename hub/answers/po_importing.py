"""Taking translations back: the whole file or nothing of it.

An answer comes in when all its entries are translated and none is fuzzy; the others are left
as they are and named. What comes in is a draft until a checker of the language has read it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from hub.answers.bodies import body_of, same_words
from hub.answers.history import version_of
from hub.answers.keeping import lock_newest, write_text
from hub.answers.library import AnswerView
from hub.answers.po_entries import Entry, Sheaf, sheaves
from hub.answers.po_headers import language_of, stated_versions, translator_of
from hub.answers.po_reading import PoEntry, PoFile
from hub.answers.text_rules import GoodText, Known, TextRefused, judge
from hub.csv_file import FileErrors
from hub.i18n import N_
from hub.refusal import NotFound, Refusal

TRANSLATOR: Final = "translator"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text of a file that will be kept, and the version it comes after."""

    slug: str
    text: GoodText
    after: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What an import will do: texts to keep, how many stay as they are, which are unfinished."""

    language: str
    translator: str | None
    incoming: tuple[Incoming, ...]
    unchanged: int
    unfinished: tuple[str, ...]


def settle(
    session: Session, file: PoFile, known_to: Callable[[AnswerView], Known], errors: FileErrors
) -> Settled:
    """Hold a file against the library. Raises FileRefused with every faulty entry named."""
    language = language_of(file, errors)
    every = {sheaf.slug: sheaf for sheaf in sheaves(session, language)}
    found = _by_answer(file, every, errors)
    errors.raise_any()
    stated = stated_versions(file)
    incoming: list[Incoming] = []
    unfinished: list[str] = []
    unchanged = 0
    for slug, entries in found.items():
        sheaf = every[slug]
        if not any(entry.msgstr for entry in entries.values()):
            continue
        if not _finished(sheaf, entries):
            unfinished.append(slug)
            continue
        body = body_of({place: entry.msgstr for place, entry in entries.items()})
        if _is_unchanged(session, sheaf, body, stated.get(slug), language):
            unchanged += 1
            continue
        good = _judged(sheaf, body, language, entries, known_to(sheaf.answer), errors)
        _require_current(sheaf, stated.get(slug), entries, errors)
        if good is not None:
            incoming.append(Incoming(slug, good, _newest_version(session, slug, language)))
    errors.raise_any()
    return Settled(language, translator_of(file), tuple(incoming), unchanged, tuple(unfinished))


def store(session: Session, settled: Settled, now: datetime) -> int:
    """Keep the texts of a settled file as drafts; give how many. Does not commit."""
    return sum(
        write_text(
            session,
            one.slug,
            one.text,
            seen_version=one.after,
            by_role=TRANSLATOR,
            now=now,
            origin="file",
            translator=settled.translator,
        )
        for one in settled.incoming
    )


def _by_answer(
    file: PoFile, every: Mapping[str, Sheaf], errors: FileErrors
) -> dict[str, dict[str, PoEntry]]:
    """Give the entries of a file by answer and place; faulty ones go to `errors`."""
    wanted = {entry.context: entry for sheaf in every.values() for entry in sheaf.entries}
    found: dict[str, dict[str, PoEntry]] = defaultdict(dict)
    for one in file.entries:
        entry = wanted.get(one.context or "")
        fault = _entry_fault(one, entry)
        if entry is not None and entry.place in found[entry.slug]:
            fault = _about(one, N_("%(entry)s: this entry stands twice. Keep one of the two."))
        if fault is not None:
            errors.add(fault)
        elif entry is not None:
            found[entry.slug][entry.place] = one
    return found


def _entry_fault(one: PoEntry, entry: Entry | None) -> Refusal | None:
    if one.plural:
        return _about(one, N_("%(entry)s: no text of the desk has plural forms. Remove them."))
    if entry is None:
        return _about(
            one,
            N_(
                "%(entry)s: the library has no such entry. Export the language anew and merge "
                "this file into it (msgmerge)."
            ),
        )
    if one.msgid != entry.dutch:
        return _about(
            one,
            N_(
                "%(entry)s: the Dutch has changed since this file was made. Export the language "
                "anew and merge this file into it (msgmerge)."
            ),
        )
    return None


def _about(one: PoEntry, message: str, **values: object) -> Refusal:
    named = one.context or one.msgid[:40] or "–"
    refusal = Refusal(message, line=one.line, entry=named)
    refusal.values |= values
    return refusal


def _finished(sheaf: Sheaf, entries: Mapping[str, PoEntry]) -> bool:
    """Tell whether every entry of an answer is there, translated and not fuzzy."""
    return all(
        (one := entries.get(entry.place)) is not None and one.msgstr.strip() and not one.fuzzy
        for entry in sheaf.entries
    )


def _is_unchanged(
    session: Session, sheaf: Sheaf, body: Mapping[str, Any], stated: int | None, language: str
) -> bool:
    """Tell whether the file says of an answer what it said when it was exported.

    The same words as the newest version change nothing, unless the Dutch of an entry is
    newer: then somebody has looked at it and found it right. Nor do the words of the version
    that the file was made from, where the desk has a newer one.
    """
    newer = any(entry.before is not None for entry in sheaf.entries)
    if sheaf.made and not newer and same_words(sheaf.made.text.body, body):
        return True
    if not stated or stated == sheaf.version:
        return False
    try:
        exported = version_of(session, sheaf.slug, language, stated)
    except NotFound:
        return False
    return same_words(exported.body, body)


def _judged(
    sheaf: Sheaf,
    body: Mapping[str, Any],
    language: str,
    entries: Mapping[str, PoEntry],
    known: Known,
    errors: FileErrors,
) -> GoodText | None:
    try:
        return judge(body, language, known, (sheaf.dutch.version, sheaf.dutch.body))
    except TextRefused as refused:
        for fault in refused.faults:
            one = entries.get(fault.field or "") or next(iter(entries.values()))
            errors.add(_EntryRefused(one, f"{sheaf.slug}/{fault.field}", fault))
        return None


class _EntryRefused(Refusal):
    """A rule that an entry does not meet, with the name of the entry before it."""

    def __init__(self, one: PoEntry, entry: str, fault: Refusal) -> None:
        super().__init__(fault.message, line=one.line)
        self.values = fault.values
        self.entry = entry

    def text(self, language: str) -> str:
        """Give the rule's own words after the name of the entry."""
        return f"{self.entry}: {super().text(language)}"


_RETIRED_SINCE: Final = N_(
    "%(entry)s: this text was taken out of use since this file was made. Export the language anew "
    "and merge this file into it."
)


def _require_current(
    sheaf: Sheaf, stated: int | None, entries: Mapping[str, PoEntry], errors: FileErrors
) -> None:
    """Refuse to lay a translation over one that the desk has written since the export."""
    if stated is None or stated == sheaf.version:
        return
    one = next(iter(entries.values()))
    if sheaf.made is None:
        errors.add(_about(one, _RETIRED_SINCE))
        return
    message = N_(
        "%(entry)s: version %(newest)s of this text was written at the desk since this file was "
        "made from version %(stated)s. Export the language anew and merge this file into it."
    )
    errors.add(_about(one, message, newest=sheaf.version, stated=stated))


def _newest_version(session: Session, slug: str, language: str) -> int:
    newest = lock_newest(session, slug, language)
    return newest.version if newest else 0
