"""What the header of a PO file says: its language, its translator, the versions it was made of."""

from email.utils import parseaddr
from typing import Final

from hub.answers.po_entries import require_foreign
from hub.answers.po_reading import PoFile
from hub.answers.po_writing import MADE_FOR, NOBODY, VERSIONS
from hub.csv_file import FileErrors
from hub.i18n import N_
from hub.refusal import Refusal

_LONGEST_NAME: Final = 120


def language_of(file: PoFile, errors: FileErrors) -> str:
    """Give the language that the header names, as a BCP 47 tag. Raises FileRefused."""
    language = file.headers.get("language", "").strip().replace("_", "-")
    if not language:
        raise errors.stop(
            Refusal(
                N_("The header names no language: add a line “Language: ar”."),
                line=file.header_line,
            )
        )
    try:
        require_foreign(language)
    except Refusal as refusal:
        refusal.line, refusal.field = file.header_line, None
        raise errors.stop(refusal) from refusal
    made_for = file.headers.get(MADE_FOR.lower(), language).strip()
    if made_for != language:
        raise errors.stop(
            Refusal(
                N_(
                    "The header says %(language)s, but the file was made for %(made_for)s. "
                    "Export %(language)s, and translate that file."
                ),
                line=file.header_line,
                language=language,
                made_for=made_for[:20],
            )
        )
    return language


def stated_versions(file: PoFile) -> dict[str, int]:
    """Give the versions the file was made from; none where a tool has dropped the header."""
    pairs = (pair.partition("=") for pair in file.headers.get(VERSIONS.lower(), "").split())
    return {slug: int(number) for slug, _, number in pairs if number.isdecimal()}


def translator_of(file: PoFile) -> str | None:
    """Give the translator's name from the header; the address in it is not kept."""
    stated = " ".join(file.headers.get("last-translator", "").split())
    name = (parseaddr(stated)[0] or stated.partition("<")[0]).strip()
    printable = "".join(sign for sign in name if sign.isprintable())
    if "@" in printable or printable in {"", NOBODY, "FULL NAME"}:
        return None
    return printable[:_LONGEST_NAME]
