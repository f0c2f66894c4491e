"""The full-text engines: FTS5 in SQLite, tsvector with GIN in PostgreSQL, and what goes without.

All three answer one question: in which rows of `search_entry` does a word begin so? What a row
is worth is the same everywhere and stands in `finding`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from sqlalchemy import Connection, TextClause, text

INDEX: Final = "search_entry_fts"

# Texts are long, and it says nothing where in them a word stands: their words stay behind.
_COLUMNS: Final = (
    "e.id, e.topic_code, e.answer_slug, e.place, CASE e.place WHEN 'text' THEN '' ELSE e.words END"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row in which a word was found; `words` is empty for the text of an answer."""

    id: int
    topic: str | None = field(compare=False)
    answer: str | None = field(compare=False)
    place: str = field(compare=False)
    words: tuple[str, ...] = field(compare=False)


class Lookup(Protocol):
    """Whatever can tell in which rows a word begins so."""

    def beginning_with(self, connection: Connection, beginnings: Sequence[str]) -> list[Entry]:
        """Give the rows in which a word begins with one of these."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A way to ask for beginnings: its name, its statement, and how it writes what is asked."""

    name: str
    statement: TextClause
    word: str
    between: str
    whole: str

    def beginning_with(self, connection: Connection, beginnings: Sequence[str]) -> list[Entry]:
        """Give the rows in which a word begins with one of these.

        The beginnings are folded: letters, digits and vowel signs alone, so that nothing in
        them could mean something to an engine. They travel as a value, never as SQL.
        """
        asked = self.whole % self.between.join(self.word % beginning for beginning in beginnings)
        return [_entry(row) for row in connection.execute(self.statement, {"asked": asked})]


def _entry(row: Sequence[Any]) -> Entry:
    number, topic, answer, place, words = row
    return Entry(number, topic, answer, place, tuple(words.split()))


def _asking(source: str, condition: str) -> TextClause:
    return text(f"SELECT {_COLUMNS} FROM {source} WHERE {condition}")  # noqa: S608 - constants


FTS5: Final = Engine(
    name="FTS5",
    statement=_asking(
        f"{INDEX} JOIN search_entry AS e ON e.id = {INDEX}.rowid", f"{INDEX} MATCH :asked"
    ),
    word='"%s"*', between=" OR ", whole="%s",
)  # fmt: skip
TSVECTOR: Final = Engine(
    name="tsvector",
    statement=_asking(
        "search_entry AS e",
        "search_entry_tokens(e.words) @@ CAST(:asked AS tsquery)",
    ),
    word="'%s':*", between=" | ", whole="%s",
)  # fmt: skip
# SQLite can be built without FTS5. Every row is looked at then; `hub check` says so.
NONE: Final = Engine(
    name="none",
    statement=_asking(
        "search_entry AS e",
        "EXISTS (SELECT 1 FROM json_each(:asked) WHERE instr(' ' || e.words, value))",
    ),
    word='" %s"', between=", ", whole="[%s]",
)  # fmt: skip


def engine_of(connection: Connection) -> Engine:
    """Give the engine of a database: its own where it has one."""
    if connection.dialect.name == "postgresql":
        return TSVECTOR
    there = connection.scalar(
        text(
            "SELECT EXISTS (SELECT 1 FROM pragma_module_list WHERE name = 'fts5')"
            " AND EXISTS (SELECT 1 FROM sqlite_master WHERE name = :index)"
        ),
        {"index": INDEX},
    )
    return FTS5 if there else NONE
