"""Every setting of the desk: its name, its environment variable, its default.

This is the only file that reads the environment. It is executed for each application that
is made, so that a test can set the environment first. A wrong value stops the start with the
name of the variable and what it should be.
"""

import base64
import binascii
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

_MAKE_A_KEY = (
    "make one with: python3 -c "
    "'import base64,secrets;print(base64.b64encode(secrets.token_bytes(32)).decode())'"
)


class SettingError(ValueError):
    """A setting has a value that the desk cannot work with."""


def _number(name: str, default: int, least: int) -> int:
    given = os.environ.get(name, "").strip()
    if not given:
        return default
    if not given.isdecimal() or int(given) < least:
        raise SettingError(f"{name} should be a whole number of {least} or more, not {given!r}")
    return int(given)


def _key(name: str, file_name: str) -> bytes | None:
    """Read a key from the environment, or from the file `make run` made in the instance."""
    given = os.environ.get(name, "").strip()
    file = INSTANCE / file_name
    if not given and file.is_file():
        given, name = file.read_text("ascii").strip(), str(file)
    if not given:
        return None
    try:
        key = base64.b64decode(given, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SettingError(f"{name} should be base64 of 32 random bytes; {_MAKE_A_KEY}") from error
    if len(key) != 32:
        raise SettingError(
            f"{name} should be base64 of 32 random bytes, it holds {len(key)}; {_MAKE_A_KEY}"
        )
    return key


def _database(name: str, default: str) -> str:
    given = os.environ.get(name, "").strip() or default
    if given and not given.startswith(("sqlite:", "postgresql+psycopg:")):
        raise SettingError(
            f"{name} should begin with sqlite:/// or postgresql+psycopg://, "
            f"not with {given.split(':')[0]!r}"
        )
    return given


def _address(name: str, default: str) -> str:
    given = os.environ.get(name, "").strip() or default
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
        raise SettingError(f"{name} should be an address such as https://desk.example.org")
    return given.rstrip("/")


# --- where things stand ------------------------------------------------------------------
INSTANCE = Path(os.environ.get("HUB_INSTANCE") or "instance").resolve()
SQLALCHEMY_DATABASE_URI = _database("HUB_DATABASE_URL", f"sqlite:///{INSTANCE / 'hub.sqlite'}")
REPLICA_URL = _database("HUB_REPLICA_URL", "")
BASE_URL = _address("HUB_BASE_URL", "http://127.0.0.1:8000")
TRUSTED_PROXIES = _number("HUB_TRUSTED_PROXIES", 0, 0)

# --- keys: no default ----------------------------------------------------------------------
SECRET_KEY = _key("HUB_SECRET_KEY", "secret.key")
FIELD_KEY = _key("HUB_FIELD_KEY", "field.key")
HOW_TO_MAKE_A_KEY = _MAKE_A_KEY

# --- statistics ------------------------------------------------------------------------------
THRESHOLD = _number("HUB_THRESHOLD", 5, 5)

# --- sign-in at the municipality's own identity provider --------------------------------------
OIDC_ISSUER = os.environ.get("HUB_OIDC_ISSUER", "")
OIDC_CLIENT_ID = os.environ.get("HUB_OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = os.environ.get("HUB_OIDC_CLIENT_SECRET", "")

# --- language of commands ---------------------------------------------------------------------
COMMAND_LANGUAGE = (
    "nl"
    if (os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "")
    .lower()
    .startswith("nl")
    else "en"
)

# --- the web ----------------------------------------------------------------------------------
# The cookie holds no more than a random sign-in token and the form token.
SESSION_COOKIE_NAME = "hub"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = BASE_URL.startswith("https://")
PERMANENT_SESSION_LIFETIME = 12 * 3600
# A form may stay open at a busy desk for a whole shift.
WTF_CSRF_TIME_LIMIT = 12 * 3600
# Behind http on localhost there is no referrer to check; the token and SameSite do the work.
WTF_CSRF_SSL_STRICT = BASE_URL.startswith("https://")
MAX_CONTENT_LENGTH = 256 * 1024
SEND_FILE_MAX_AGE_DEFAULT = 365 * 24 * 3600
MAX_FORM_PARTS = 400
IDLE_MINUTES = 15
SQLALCHEMY_ENGINE_OPTIONS = (
    {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 8}
    if SQLALCHEMY_DATABASE_URI.startswith("postgresql")
    else {}
)
TEMPLATES_AUTO_RELOAD = "--debug" in sys.argv
