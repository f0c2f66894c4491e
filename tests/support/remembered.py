"""What every application of a run works out in the same way, worked out once for each worker.

A desk is one application for as long as its process lives, and keeps what it has once worked out:
compiled templates, the code that builds addresses, the SQL of its statements. Here every test has
an application of its own, on a database of its own, and without this file most of the time of a
small test goes into working all of that out again. Only what follows from the program text is
kept; nothing that any database holds.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule


class CompiledTemplates(BytecodeCache):
    """Templates that an earlier application of this process has compiled.

    Jinja itself asks, before it uses one, whether the source of the template is still the same.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what is kept for it."""
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what has been compiled."""
        self._compiled[bucket.key] = bucket.bytecode_to_string()


class RememberedRule(Rule):
    """A rule of which the function that builds an address is compiled once for each text.

    Werkzeug writes and compiles two functions for every rule of every application, from the text
    of the rule and its defaults. Should a later Werkzeug do that under another name, this method
    is not called any more, and the tests only take longer.
    """

    _known: ClassVar[dict[Any, Callable[..., tuple[str, str]]]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (
            *(self.rule, self.host, self.subdomain, self.merge_slashes, append_unknown),
            tuple(sorted((self.defaults or {}).items())),
        )
        if key not in self._known:
            self._known[key] = super()._compile_builder(append_unknown)
        return self._known[key]


# SQLAlchemy keeps the SQL of a statement by the statement and the dialect, and every engine has a
# dialect of its own. The dialects of two engines of a kind are made from the same settings here,
# and speak to the same server: what one has compiled is good for the other.
_STATEMENTS: LRUCache[Any, Any] = LRUCache(2000)


class _Alike:
    """A dialect that is the same as every other of its kind."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=_STATEMENTS)


class RememberedSqlite(_Alike, SQLiteDialect_pysqlite):
    """SQLite, with the statements of all engines kept together."""

    supports_statement_cache = True


class RememberedPostgres(_Alike, PGDialect_psycopg):
    """PostgreSQL, with the statements of all engines kept together."""

    supports_statement_cache = True


def remember() -> None:
    """Let every application that is made from now on in this process use what is kept here."""
    Flask.url_rule_class = RememberedRule
    registry.register("sqlite", __name__, RememberedSqlite.__name__)
    registry.register("postgresql.psycopg", __name__, RememberedPostgres.__name__)
