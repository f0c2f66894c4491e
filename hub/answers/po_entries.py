"""What goes to a translator and comes back: one entry for each string of the Dutch.

An entry is found by its context, `slug/place` such as `instalment/steps.1`. Where the Dutch of
an entry has changed since the translation was made, the entry is fuzzy and carries the Dutch
that was translated.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from hub.answers.bodies import is_for_volunteers
from hub.answers.history import Version, versions
from hub.answers.library import SOURCE_LANGUAGE, AnswerView, TextView, all_answers
from hub.answers.placeholders import strings_of
from hub.answers.standing import RETIRED
from hub.i18n import N_, knows_language
from hub.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Entry:
    """One string: the Dutch, its translation or an empty string, and the Dutch it was made of.

    `before` is that older Dutch where it differs, None where it does not.
    """

    slug: str
    place: str
    dutch: str
    translation: str
    before: str | None = None

    @property
    def context(self) -> str:
        """What names the entry in a file."""
        return f"{self.slug}/{self.place}"


@dataclass(frozen=True, slots=True)
class Sheaf:
    """All entries of one answer in one language, with the texts they come from.

    `made` is the newest version of the translation, None where there is none in use.
    """

    answer: AnswerView
    entries: tuple[Entry, ...]
    made: Version | None
    dutch_written_at: datetime

    @property
    def slug(self) -> str:
        """The answer's slug."""
        return self.answer.slug

    @property
    def dutch(self) -> TextView:
        """The Dutch that is to be translated."""
        return self.answer.dutch

    @property
    def version(self) -> int:
        """The version of the translation; 0 where there is none."""
        return self.made.text.version if self.made else 0


def require_foreign(language: str) -> None:
    """Refuse a language into which nothing is translated."""
    if language == SOURCE_LANGUAGE:
        raise Refusal(
            N_("Dutch is the language that is translated from. Choose another one."),
            field="language",
        )
    if not knows_language(language):
        raise Refusal(
            N_("%(tag)s is not a language code. Use one such as ar, tr, ti or pap."),
            field="language",
            tag=language,
        )


def translated_places(text: TextView, language: str) -> dict[str, str]:
    """Give the strings of a Dutch text that are translated into a language, by place."""
    volunteers = language == "en"
    return {
        place: said
        for place, said in strings_of(text.body)
        if said and (volunteers or not is_for_volunteers(place))
    }


def sheaves(session: Session, language: str) -> Iterator[Sheaf]:
    """Give the entries of every answer in a language, in the order of the answers."""
    for answer in all_answers(session).values():
        dutch = versions(session, answer.slug, SOURCE_LANGUAGE)
        newest = next(iter(versions(session, answer.slug, language)), None)
        made = newest if newest and newest.text.status != RETIRED else None
        yield Sheaf(
            answer, tuple(_entries(answer, dutch, made, language)), made, dutch[0].written_at
        )


def _entries(
    answer: AnswerView, dutch: list[Version], made: Version | None, language: str
) -> Iterator[Entry]:
    said = dict(strings_of(made.text.body)) if made else {}
    followed = made.text.source_version if made else None
    source = next((one.text for one in dutch if one.text.version == followed), answer.dutch)
    before = dict(strings_of(source.body))
    for place, original in translated_places(answer.dutch, language).items():
        translation = said.get(place, "")
        changed = translation and before.get(place, "") != original
        yield Entry(
            answer.slug,
            place,
            original,
            translation,
            before.get(place, "") if changed else None,
        )
