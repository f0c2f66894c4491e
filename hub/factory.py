"""The application, put together. Read it as a table of contents."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from hub import access, assets, commands, errors, formats, locale, pages, security
from hub.accounts.views import accounts
from hub.answers.views import answers
from hub.db import db, prepare_engine
from hub.early_signs.views import early_signs
from hub.editing.views import editing
from hub.facts.views import facts
from hub.kept import Kept
from hub.places.views import places
from hub.resources import resource
from hub.settings import read_settings
from hub.sheets import faces
from hub.sheets.views import sheets
from hub.statistics import models as _releases  # noqa: F401 - its tables belong to the schema
from hub.statistics.views import statistics
from hub.tracing.views import tracing
from hub.visits.desk_views import desk
from hub.visits.views import visits

BLUEPRINTS = (
    accounts,
    places,
    facts,
    answers,
    desk,
    visits,
    early_signs,
    sheets,
    statistics,
    tracing,
    editing,
)

csrf = CSRFProtect()


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Make the application from `config.py`, with other settings laid over it for tests.

    Raises SettingError where a setting is wrong, and MissingKeyError where a key is absent.
    """
    app = Flask(
        "hub",
        root_path=str(Path(__file__).parent),
        template_folder=str(resource("templates")),
        static_folder="static",
    )
    app.config.update(read_settings())
    app.config.update(settings or {})
    security.require_keys(app)
    app.config["INSTANCE"].mkdir(mode=0o700, parents=True, exist_ok=True)

    db.init_app(app)
    prepare_engine(app)
    csrf.init_app(app)
    app.extensions["form_keepers"] = {}
    app.extensions["kept"] = Kept()
    app.extensions["missing_glyphs"] = faces.missing_glyphs

    app.before_request(access.guard)
    app.after_request(security.harden)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(locale.jinja_globals())
    app.context_processor(pages.everywhere)
    formats.register(app)
    assets.register(app)
    errors.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    pages.register(app)
    commands.register(app, create_app)
    if app.config["TRUSTED_PROXIES"]:
        hops = app.config["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app
