"""Error pages that say what to do next, and carry nothing of what was typed."""

import traceback
from http import HTTPStatus

from flask import Flask, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadHost, HTTPException
from werkzeug.wrappers import Response

from hub import access
from hub.i18n import N_
from hub.locale import gettext as _
from hub.refusal import NotFound

_WORDS = {
    403: (N_("Not for this account"), N_("Ask the coordinator of your hub for the role you need.")),
    404: (N_("Not found"), N_("It is not there, or it belongs to another hub.")),
    400: (N_("Not understood"), N_("Go back, reload the page, and try again.")),
    405: (N_("Not possible here"), N_("Go back and use the button on the page.")),
    409: (N_("Already used"), N_("This visit was registered before with other content.")),
    422: (N_("This cannot be done as it stands"), ""),
    413: (N_("Too large"), N_("What was sent is larger than any form of the desk.")),
    500: (
        N_("Something went wrong"),
        N_("Nothing was stored. Try once more; if it happens again, tell the administrator."),
    ),
    501: (N_("Not in this version"), N_("This part of the desk comes with a later version.")),
}


def page(status: int, text: str | None = None) -> tuple[str, int]:
    """Make an error page in the reader's language."""
    title, advice = _WORDS.get(status, (HTTPStatus(status).phrase, ""))
    return (
        render_template(
            "errors/error.html",
            status=status,
            title=_(title),
            advice=text or (_(advice) if advice else ""),
        ),
        status,
    )


def register(app: Flask) -> None:
    """Register the error pages."""

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> tuple[str, int] | Response:
        if error.code is None or error.code < 400:
            return error.get_response()
        if isinstance(error, BadHost):  # there is no address of this desk to make a page with
            return Response(HTTPStatus.BAD_REQUEST.phrase, 400, mimetype="text/plain")
        return page(error.code)

    @app.errorhandler(NotFound)
    def not_found(_error: NotFound) -> tuple[str, int]:
        return page(404)

    @app.errorhandler(CSRFError)
    def form_too_old(_error: CSRFError) -> tuple[str, int] | Response:
        # A form that outlived its session is kept, and comes back after the sign-in.
        if request.endpoint in app.extensions["form_keepers"]:
            return access.to_sign_in()
        if request.endpoint == "accounts.sign_in":
            return redirect(request.full_path, 303)
        return page(400, _("This page was open too long. Go back, reload it, and send it again."))

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> tuple[str, int]:
        app.logger.error("%s at %s\n%s", type(error).__name__, request.endpoint, _trail(error))
        return page(500)


def _trail(error: Exception) -> str:
    """Give where an error came from, without its message, which may quote what was typed."""
    frames = traceback.extract_tb(error.__traceback__)
    return "\n".join(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
