"""Where facts are used, told by the rooms above: the register knows no answers.

A room above registers a function of the type `UsesOfFacts` in
`app.extensions["uses_of_facts"]`, a list, when the application starts.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.facts.models import FactAlias


@dataclass(frozen=True, slots=True)
class Use:
    """An answer that prints a part of a fact: its titles by language, Dutch among them.

    `languages` are those of its newest texts that print the part.
    """

    slug: str
    number: str
    titles: Mapping[str, str]
    languages: tuple[str, ...]

    def title(self, language: str) -> str:
        """Give the title in a language, or in Dutch."""
        return self.titles.get(language) or self.titles["nl"]


# (code as the texts write it, part) -> the answers that print it
PartUses = Mapping[tuple[str, str], Sequence[Use]]
UsesOfFacts = Callable[[Session], PartUses]


def uses(session: Session, tellers: Iterable[UsesOfFacts]) -> dict[tuple[str, str], list[Use]]:
    """Give the uses of each part by (code without year, part), in the order they were told."""
    codes = {alias.alias: alias.code for alias in session.scalars(select(FactAlias))}
    found: dict[tuple[str, str], list[Use]] = defaultdict(list)
    for tell in tellers:
        for (code, part), told in tell(session).items():
            found[codes.get(code, code), part].extend(told)
    return dict(found)
