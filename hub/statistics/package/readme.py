"""``README.txt``: how to read the files and how the figures are protected, in Dutch and English."""

import textwrap
from collections.abc import Iterator
from typing import Final

from hub.i18n import N_
from hub.statistics.figures import wording
from hub.statistics.package import words
from hub.statistics.published import Published

_WIDTH: Final = 78
_DOT_IN_FILES: Final = N_(
    "An x means: not shown, to protect visitors. It can stand for nobody, for a few, or for a "
    "larger number that would give another x away. All other figures are exact and never change."
)
_UNIT: Final = N_(
    "The figures count questions. A visit holds one to five questions, each about another topic. "
    "Persons are not counted: nobody who comes is asked for a name. Visits are counted apart, "
    "for each hub, and are shown from 20 upwards."
)
_TOTALS: Final = N_(
    "The total of the municipality is every question at its hubs, also from people who live "
    "elsewhere. Do not add up columns that hold an x: take the total of the table."
)
_POSTED: Final = N_(
    "A visit counts in the month in which it took place. Once that month has been counted, a "
    "visit that is reported later counts in the first month that is still open. Figures that "
    "were published are never changed."
)
_PROTECTION: Final = N_(
    "A number below %(threshold)s is never shown, and neither is one with fewer than "
    "%(threshold)s visits behind it; zeros are hidden in the same way. More figures are hidden "
    "where a hidden number could otherwise be found by subtraction. For every small number, all "
    "figures ever published of this municipality agree with a complete table in which it is 0, "
    "and with one in which it is %(threshold)s or more. A program that knows nothing but the "
    "published figures tried to undo this before the release was made, and could not. It read "
    "%(cells)s figures, of which %(hidden)s hidden, and compared them with %(tables)s complete "
    "tables."
)
_LIMITS: Final = N_(
    "This has limits. Somebody who knows nearly all visits personally can subtract them. What "
    "people saw at the desk themselves is not undone by hiding figures."
)
_CHECKING: Final = N_(
    "To check the files: manifest.json holds the SHA-256 digest of each of them, and the command "
    "“hub release audit FOLDER…” attacks the figures of any number of releases together."
)
READING: Final = N_("How to read the figures")
PROTECTION: Final = N_("How the figures are protected")
_FILES_HEADING: Final = N_("The files")
_MADE: Final = N_("Release %(id)s, made on %(day)s with version %(version)s of the desk.")
_TABLES_HEADING: Final = N_("Tables:")
FILES: Final = {
    "report.pdf": N_("a report of a few pages"),
    "workbook.xlsx": N_("all tables as a workbook"),
    "tables/": N_("each table as CSV and as JSON, with labels in Dutch and English"),
    "cells.csv": N_("every figure, one per line, for programs"),
    "meta.json": N_("which codes add up to which, for programs"),
    "datapackage.json": N_("description of the files and the data set"),
    "manifest.json": N_("what this release is, and the digests of the files"),
}


def write_readme(release: Published) -> str:
    """Text of the file: Dutch, then English, lines of at most 78 characters."""
    parts = ["\n".join(_lines(release, language)) for language in words.LANGUAGES]
    return f"\n{'=' * _WIDTH}\n\n".join(parts)


def dot_note(language: str) -> str:
    """Give what the sign in the place of a hidden figure means."""
    return words.say(language, _DOT_IN_FILES)


def reading_notes(language: str) -> tuple[str, ...]:
    """Give the paragraphs on how to read the figures."""
    return tuple(words.say(language, text) for text in (_DOT_IN_FILES, _UNIT, _TOTALS, _POSTED))


def protection_notes(release: Published, language: str) -> tuple[str, ...]:
    """Give the paragraphs on how the figures are protected, and its limits."""
    checked = release.checked
    what = words.say(
        language,
        _PROTECTION,
        threshold=release.threshold,
        cells=wording.number(checked.cells, language),
        hidden=wording.number(checked.hidden, language),
        tables=wording.number(checked.tables, language),
    )
    return (what, words.say(language, _LIMITS), words.say(language, _CHECKING))


def made_note(release: Published, language: str) -> str:
    """Give the line that says which release this is and when it was made."""
    return words.say(
        language,
        _MADE,
        id=release.id,
        day=words.long_day(release.made_at, language),
        version=release.version,
    )


def _lines(release: Published, language: str) -> Iterator[str]:
    yield from _wrapped(
        words.release_title(release.municipality_name, release.period, language), ""
    )
    yield from _wrapped(made_note(release, language), "")
    if release.demonstration:
        yield ""
        yield from _wrapped(words.say(language, words.DEMONSTRATION), "")
    notes = {
        READING: reading_notes(language),
        PROTECTION: protection_notes(release, language),
    }
    for heading, paragraphs in notes.items():
        yield from _heading(words.say(language, heading))
        for paragraph in paragraphs:
            yield ""
            yield from _wrapped(paragraph, "")
    yield from _heading(words.say(language, _FILES_HEADING))
    yield ""
    for name, text in FILES.items():
        yield from _wrapped(f"{name:<17} {words.say(language, text)}", " " * 18)
    yield from ("", words.say(language, _TABLES_HEADING))
    for table in release.tables():
        yield from _wrapped(f"{table:<20} {words.table_title(table, language)}", " " * 21)
    yield ""


def _heading(text: str) -> Iterator[str]:
    yield from ("", text, "-" * len(text))


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
