"""Typefaces for the screen, for anyone: the sign-in page and a sheet's page need them too."""

from flask import abort, request
from werkzeug.wrappers import Response

from hub import access
from hub.sheets.screen_typefaces import screen_typeface

# They change with the pinned packages alone.
_KEPT = "public, max-age=2592000"


@access.open_to_anyone
def typeface(family: str) -> Response:
    """One typeface; 404 where its package is not installed, and the browser does without."""
    found = screen_typeface(family)
    if found is None:
        abort(404)
    zipped = request.accept_encodings["gzip"] > 0
    response = Response(found.zipped if zipped else found.plain, mimetype="font/ttf")
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = _KEPT
    response.set_etag(f"{found.digest}{'-gz' if zipped else ''}")
    return response.make_conditional(request)
