"""Writing the texts of a language as a gettext PO file for Poedit, Weblate and their like.

Strings are broken and escaped by Babel. Entries are written here: Babel wraps the comment that
carries the previous Dutch in the middle of a string, and `msgfmt` then refuses the file.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import normalize

from hub.answers.advice import fitting_length
from hub.answers.placeholders import blanks_in, facts_in
from hub.answers.po_entries import Entry, Sheaf
from hub.i18n import language_name

# Which version of each text the file holds, so that an import notices newer ones.
VERSIONS: Final = "X-Desk-Texts"
# For which language the file was made, whatever its header says later.
MADE_FOR: Final = "X-Desk-Language"
NOBODY: Final = "Nobody yet"
_KINDS: Final = {
    "title": "title",
    "gist": "the answer in two sentences",
    "steps": "step",
    "bring": "what to bring along",
    "come_back": "when to come back",
    "referral": "who helps further",
    "first": "box that is read first",
    "amounts": "table of amounts",
    "do_not_say": "for the volunteer: better not to say",
}


def write_catalogue(language: str, sheaves: Sequence[Sheaf]) -> str:
    """Give the PO file of a language; the same texts give the same file."""
    lines = [*_head(language, sheaves)]
    for sheaf in sheaves:
        for entry in sheaf.entries:
            lines += ["", *_entry_lines(entry, sheaf)]
    return "\n".join(lines) + "\n"


def _head(language: str, sheaves: Sequence[Sheaf]) -> Iterator[str]:
    name = language_name(language, "en")
    yield f"# Answers of the Energy Hub Desk in {name}."
    yield "# What stands in curly brackets is filled in later: copy it as it is."
    yield "# Keep a Dutch word of letters in brackets, as in instalment (termijnbedrag)."
    catalogue = Catalog(
        locale=language.replace("-", "_"),
        project="Energy Hub Desk answers",
        version="1",
        msgid_bugs_address="",
        creation_date=_newest(sheaf.dutch_written_at for sheaf in sheaves),
        revision_date=_newest(sheaf.made.written_at for sheaf in sheaves if sheaf.made),
        last_translator=last_translator(sheaves),
        language_team=name,
        charset="utf-8",
        fuzzy=False,
    )
    headers = [(n, v) for n, v in catalogue.mime_headers if n not in _LEFT_OUT]
    headers.append((MADE_FOR, language))
    headers.append((VERSIONS, " ".join(f"{s.slug}={s.version}" for s in sheaves)))
    yield 'msgid ""'
    yield 'msgstr ""'
    for key, value in headers:
        yield normalize(f"{key}: {value.strip()}\n", width=0).removeprefix('""\n')


_LEFT_OUT: Final = {"Generated-By", "Report-Msgid-Bugs-To"}


def last_translator(sheaves: Iterable[Sheaf]) -> str:
    """Give the name of whoever translated last, as it stood in a file."""
    named = [
        (sheaf.made.written_at, sheaf.made.translator)
        for sheaf in sheaves
        if sheaf.made and sheaf.made.translator
    ]
    return max(named)[1] if named else NOBODY


def _newest(moments: Iterable[datetime]) -> datetime:
    return max(moments, default=datetime(2026, 1, 1, tzinfo=UTC))


def _entry_lines(entry: Entry, sheaf: Sheaf) -> Iterator[str]:
    kind = entry.place.split(".")[0]
    yield f"#. {sheaf.answer.number} {sheaf.dutch.title}"
    yield f"#. {_KINDS[kind]}; about {fitting_length(entry.place)} characters fit"
    if sheaf.made and entry.translation:
        yield f"#. version {sheaf.version}, {sheaf.made.text.status.replace('_', ' ')}"
    yield f"#: answers/{entry.slug}/nl:{sheaf.dutch.version}"
    flags = ["fuzzy"] if entry.before is not None else []
    if blanks_in(entry.dutch) and not facts_in(entry.dutch):
        # Only what Python could fill in has this name in gettext; a fact's code has a hyphen.
        flags.append("python-brace-format")
    if flags:
        yield f"#, {', '.join(flags)}"
    if entry.before:
        yield from (f"#| {line}" for line in _field("msgctxt", entry.context))
        yield from (f"#| {line}" for line in _field("msgid", entry.before))
    yield from _field("msgctxt", entry.context)
    yield from _field("msgid", entry.dutch)
    yield from _field("msgstr", entry.translation)


def _field(name: str, text: str) -> list[str]:
    return f"{name} {normalize(text)}".split("\n")
