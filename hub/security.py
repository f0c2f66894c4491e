"""Keys, headers, and the sealed cookie in which an open form waits for a sign-in."""

import json
import os
import zlib
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask, current_app, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

KEPT_SECONDS: Final = 12 * 3600
_MOST_COOKIE: Final = 3800

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self' blob:",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "base-uri 'none'",
    )
)


class MissingKeyError(RuntimeError):
    """A key has no value, and there is no default for keys."""


def require_keys(app: Flask) -> None:
    """Refuse to start without both keys, and say how to make one."""
    for setting in ("SECRET_KEY", "FIELD_KEY"):
        if not app.config.get(setting):
            raise MissingKeyError(f"HUB_{setting} is not set; {app.config['HOW_TO_MAKE_A_KEY']}")


def harden(response: Response) -> Response:
    """Put the security headers on every answer."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if current_app.config["SESSION_COOKIE_SECURE"]:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
    return response


def seal(value: object, purpose: str, key: bytes) -> str:
    """Encrypt a JSON value for a cookie (AES-256-GCM, the purpose as associated data)."""
    packed = zlib.compress(json.dumps(value, separators=(",", ":")).encode(), 9)
    nonce = os.urandom(12)
    return (nonce + AESGCM(key).encrypt(nonce, packed, purpose.encode())).hex()


def unseal(sealed: str, purpose: str, key: bytes) -> Any:
    """Give back what `seal` took; None where it was altered or made with another key."""
    try:
        raw = bytes.fromhex(sealed)
        packed = AESGCM(key).decrypt(raw[:12], raw[12:], purpose.encode())
        return json.loads(zlib.decompress(packed))
    except (ValueError, InvalidTag, zlib.error):
        return None


def from_this_site() -> bool:
    """Tell whether the request was sent by a page of this desk, as far as the browser says."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or origin == request.host_url.rstrip("/")


def keep_form(response: Response, name: str, form: MultiDict[str, str]) -> None:
    """Put an open form on an encrypted cookie of the same browser, for half a day at most.

    It never reaches the database: the blanks in it may hold a resident's amounts.
    """
    fields = [(key, value) for key, value in form.items(multi=True) if key != "csrf_token"]
    sealed = seal(fields, name, current_app.config["FIELD_KEY"])
    if len(sealed) > _MOST_COOKIE:
        current_app.logger.warning("an open form was too large to keep")
        return
    response.set_cookie(
        f"hub_{name}",
        sealed,
        max_age=KEPT_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )


def kept_form(name: str) -> MultiDict[str, str] | None:
    """Give the form that waits in this browser's cookie, or None."""
    sealed = request.cookies.get(f"hub_{name}")
    fields = unseal(sealed, name, current_app.config["FIELD_KEY"]) if sealed else None
    return MultiDict([(str(k), str(v)) for k, v in fields]) if fields else None


def forget_form(response: Response, name: str) -> None:
    """Remove the waiting form from this browser."""
    if f"hub_{name}" in request.cookies:
        response.delete_cookie(f"hub_{name}", samesite="Lax", httponly=True)
