"""An application as `hub serve` makes it, on a database and a clock of the test's own."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Flask

from hub.db import db
from hub.factory import create_app
from tests.support.remembered import CompiledTemplates, remember

remember()
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
