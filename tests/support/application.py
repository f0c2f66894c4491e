"""An application as `hub serve` makes it, on a database and a clock of the test's own."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from hub.db import db
from hub.factory import create_app


class CompiledTemplates(BytecodeCache):
    """Templates that an earlier application of this process has compiled.

    Jinja keeps what it has compiled with one application, and every test has an application of
    its own: without this a test that shows a page spends most of its time on compiling it. Jinja
    itself asks, before it uses one, whether the source of the template is still the same.
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


_COMPILED = CompiledTemplates()


def make_app(database_url: str, instance: Path, clock: Callable[[], datetime]) -> Flask:
    """Make an application with fixed keys; its forms keep their tokens, its passwords Argon2."""
    app = create_app(
        {
            "TESTING": True,
            "INSTANCE": instance,
            "SQLALCHEMY_DATABASE_URI": database_url,
            "SECRET_KEY": b"the-secret-key-of-all-the-tests!",
            "FIELD_KEY": b"the-field-key-of-all-the-tests-!",
            "COMMAND_LANGUAGE": "en",
        }
    )
    app.extensions["clock"] = clock
    app.jinja_env.bytecode_cache = _COMPILED
    return app


def let_go(app: Flask) -> None:
    """Close every connection of an application to its database."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
