"""Keep the catalogues of `messages` in step with the code.

    python scripts/strings.py            collect messages, write both catalogues, list what lacks
    python scripts/strings.py --check    change nothing; exit 1 when something is stale or lacks

Messages are English in the code. The English catalogue repeats them; the Dutch one is written
by hand, between the runs. The files hold no dates and no line numbers, so that a change in them
is a change of words. The words on paper are another domain, `sheets`, with its own keeper.
"""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

CHECKOUT: Final = Path(__file__).resolve().parent.parent
SOURCE_LANGUAGE: Final = "en"
LANGUAGES: Final = ("nl", "en")
KEYWORDS: Final = {
    "_": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "_l": None,
    "ngettext": (1, 2),
}
_BLANK: Final = re.compile(r"%(?:\((\w+)\))?[#0\- +]?(?:\d+)?(?:\.\d+)?[sdfr]")
_TAG: Final = re.compile(r"</?[a-zA-Z][^>]*>")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A message of the code: one form, or two where it counts something; and its files."""

    words: Words
    files: tuple[str, ...]


def collect(root: Path = CHECKOUT) -> list[Found]:
    """Give every message of the code, by file and wording. Unreadable files raise."""
    with (root / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    files: dict[Words, set[str]] = {}
    for file, _line, words, _comments, _context in extract_from_dir(
        root, methods, options, keywords=KEYWORDS
    ):
        key = (words,) if isinstance(words, str) else tuple(words)
        files.setdefault(key, set()).add(Path(file).as_posix())
    found = [Found(words, tuple(sorted(where))) for words, where in files.items()]
    return sorted(found, key=lambda one: (one.files[0], one.words))


def catalogue_file(language: str, root: Path = CHECKOUT) -> Path:
    """Give the path of a language's catalogue."""
    return root / "translations" / language / "LC_MESSAGES" / "messages.po"


def _forms(value: str | Iterable[str] | None) -> Words:
    return (value,) if isinstance(value, str) else tuple(value or ())


def read(language: str, root: Path = CHECKOUT) -> tuple[dict[Words, Words], list[str]]:
    """Give a catalogue's translations by message, and the messages marked fuzzy."""
    path = catalogue_file(language, root)
    if not path.exists():
        return {}, []
    with path.open("rb") as stream:
        stored: Catalog = read_po(stream, abort_invalid=True)
    messages: list[Message] = [message for message in stored if message.id]
    fuzzy = [_forms(message.id)[0] for message in messages if message.fuzzy]
    return {_forms(m.id): _forms(m.string) for m in messages if any(_forms(m.string))}, fuzzy


def translated(language: str, found: list[Found], stored: dict[Words, Words]) -> dict[Words, Words]:
    """Give the translation of every message, empty forms where there is none yet."""
    if language == SOURCE_LANGUAGE:
        return {one.words: one.words for one in found}
    empty = {1: ("",), 2: ("",) * get_plural(language).num_plurals}
    return {one.words: stored.get(one.words, empty[len(one.words)]) for one in found}


def render(language: str, found: list[Found], words: dict[Words, Words]) -> str:
    """Give the text of a catalogue file."""
    catalogue = Catalog(locale=language)
    for one in found:
        single = len(one.words) == 1
        catalogue.add(
            one.words[0] if single else one.words,
            words[one.words][0] if single else words[one.words],
            locations=[(file, 1) for file in one.files],
        )
    body = BytesIO()
    write_po(body, catalogue, omit_header=True, include_lineno=False, width=100)
    header = (
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: energy-hub-desk\\n"\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    return header + body.getvalue().decode("utf-8").rstrip("\n") + "\n"


def _blanks(text: str) -> set[str]:
    return {match.group(1) or match.group(0) for match in _BLANK.finditer(text.replace("%%", ""))}


def disagreements(message: Words, translation: Words) -> list[str]:
    """Say where a translation's blanks or tags are not those of its message.

    A plural form may leave out the number: "one visit" needs no figure.
    """
    blanks = set().union(*map(_blanks, message))
    counted = {"num"} if len(message) == 2 else set()
    tags = sorted(_TAG.findall(message[0]))
    found = []
    for form in translation:
        if not blanks - counted <= _blanks(form) <= blanks:
            found.append(f"{form!r} should hold the blanks {sorted(blanks)} of {message[0]!r}")
        if sorted(_TAG.findall(form)) != tags:
            found.append(f"{form!r} should hold the tags {tags} of {message[0]!r}")
    return found


def problems(language: str, root: Path = CHECKOUT) -> list[str]:
    """Say what is wrong with a catalogue as it lies on disk; empty when it is good."""
    found = collect(root)
    path = catalogue_file(language, root)
    stored, fuzzy = read(language, root)
    words = translated(language, found, stored)
    text = path.read_text("utf-8") if path.exists() else ""
    said = [f"fuzzy: {message!r}" for message in fuzzy]
    if text != render(language, found, words):
        said.append(f"{path.relative_to(root)} is not in step with the code; run: make strings")
    for message, translation in words.items():
        if not all(translation):
            said.append(f"not translated: {message[0]!r}")
        else:
            said += disagreements(message, translation)
    return said


def update(language: str, root: Path = CHECKOUT) -> list[str]:
    """Write a catalogue anew; give the translations that fell out because their message did."""
    found = collect(root)
    stored, _ = read(language, root)
    words = translated(language, found, stored)
    path = catalogue_file(language, root)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(language, found, words), "utf-8")
    if language == SOURCE_LANGUAGE:
        return []
    return [f"{old[0]!r} = {stored[old][0]!r}" for old in stored if old not in words]


def main() -> int:
    """Run from the command line; give the exit status."""
    if sys.argv[1:] not in ([], ["--check"]):
        sys.stderr.write("usage: strings.py [--check]\n")
        return 2
    status = 0
    for language in LANGUAGES:
        if not sys.argv[1:]:
            for line in update(language):
                sys.stdout.write(f"{language}: no longer used: {line}\n")
        for line in problems(language):
            sys.stderr.write(f"{language}: {line}\n")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
