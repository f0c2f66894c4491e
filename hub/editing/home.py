"""What waits for an editor or a checker: texts by language, in the order of the reader's own."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hub.answers.library import SOURCE_LANGUAGE, AnswerView, TextView
from hub.answers.standing import DRAFT, MACHINE_DRAFT, OUTDATED, STATUSES

WAITING: Final = frozenset({DRAFT, MACHINE_DRAFT})


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which texts stand where: answers by language, and how many of each status."""

    answers: tuple[AnswerView, ...]
    languages: tuple[str, ...]

    def count(self, language: str, *statuses: str) -> int:
        """Count the texts of a language, of these statuses or of all."""
        return sum(
            text.status in (statuses or STATUSES)
            for answer in self.answers
            if (text := answer.texts.get(language)) is not None
        )


@dataclass(frozen=True, slots=True)
class LanguageWork:
    """The texts of one language that somebody has to look at; `own` where the reader may."""

    language: str
    own: bool
    texts: tuple[tuple[AnswerView, TextView], ...]


def languages_of(
    answers: Iterable[AnswerView], own: Collection[str], names: Mapping[str, str]
) -> list[str]:
    """Give the languages of some answers: the reader's own, Dutch, English, the rest by name."""
    found = {language for answer in answers for language in answer.texts} | set(own)
    first = [*sorted(own), SOURCE_LANGUAGE, "en"]
    rest = sorted(found - set(first), key=lambda language: names.get(language, language))
    return [language for language in dict.fromkeys([*first, *rest]) if language in found]


def with_status(
    answers: Sequence[AnswerView],
    languages: Sequence[str],
    own: Collection[str],
    statuses: Collection[str],
) -> list[LanguageWork]:
    """Give the texts with one of these statuses, language by language in their order.

    Languages without any are left out.
    """
    work = [
        LanguageWork(
            language,
            language in own,
            tuple(
                (answer, text)
                for answer in answers
                if (text := answer.texts.get(language)) is not None and text.status in statuses
            ),
        )
        for language in languages
    ]
    return [one for one in work if one.texts]


def outdated(
    answers: Sequence[AnswerView], languages: Sequence[str], own: Collection[str]
) -> list[LanguageWork]:
    """Give the texts whose Dutch changed its meaning since."""
    return with_status(answers, languages, own, {OUTDATED})


def waiting(
    answers: Sequence[AnswerView], languages: Sequence[str], own: Collection[str]
) -> list[LanguageWork]:
    """Give the texts that no reader of their language has checked."""
    return with_status(answers, languages, own, WAITING)
