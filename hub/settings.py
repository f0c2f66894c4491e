"""Reading `config.py`, in a checkout and in a wheel alike."""

from flask import Config

from hub.resources import resource


def read_settings() -> Config:
    """Execute `config.py` and give its settings. Raises SettingError for a wrong value."""
    settings = Config(resource("config.py").parent)
    settings.from_pyfile(str(resource("config.py")))
    return settings
