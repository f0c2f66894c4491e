"""The sheet as a web page for whoever holds its code; nothing of the desk or the visit is on it."""

from functools import lru_cache

from flask import current_app, make_response, render_template, request
from werkzeug.wrappers import Response

from hub import access, clock
from hub.answers.publishing import RetiredText
from hub.db import db
from hub.places import lookup
from hub.places.models import Hub
from hub.resources import resource
from hub.sheets import handing_out, labels, records
from hub.sheets.labels import label
from hub.sheets.models import SheetRecord
from hub.sheets.records import Handed
from hub.sheets.web_twin import sections
from hub.visits.models import Visit

SOURCE_LANGUAGE = "nl"
# A phone may keep the page for a while; a cache on the way may not.
_KEPT = "private, max-age=600"


def twin_address(code: str) -> str:
    """Give the address that the QR code of a sheet leads to."""
    base: str = current_app.config["BASE_URL"]
    return f"{base}/s/{code}"


@access.open_to_anyone
def web_twin(code: str) -> Response:
    """The sheet under its code: 410 after its last day, 404 for a code that no sheet has."""
    record = records.by_code(db.session(), code)
    if record is None:
        return _notice(404, labels.NOT_THERE, _reader())
    visit = db.session.get_one(Visit, record.visit_id)
    hub = lookup.hub_by_id(db.session(), visit.hub_id)
    if record.valid_until and clock.today(hub.timezone) > record.valid_until:
        return _notice(410, labels.VALID_UNTIL, record.language, hub, record)
    try:
        handed = handing_out.hand_out_again(db.session(), record)
    except RetiredText:
        return _notice(410, labels.WITHDRAWN, record.language, hub)
    return _for_anyone(page_of(handed, hub), 200)


def page_of(handed: Handed, hub: Hub) -> str:
    """Give a sheet as a page, language by language."""
    sheet = handing_out.on_screen(handed, hub)
    told = sections(sheet)
    words = {
        section.language: {
            "read": label(section.language, labels.READ_ALOUD),
            "stop": label(section.language, labels.STOP_READING),
        }
        for section in told
    }
    return render_template("sheets/twin.html", sheet=sheet, sections=told, words=words)


def _notice(
    status: int,
    message: str,
    language: str,
    hub: Hub | None = None,
    record: SheetRecord | None = None,
) -> Response:
    """Say why there is no sheet, in the reader's language and in Dutch, and whom to ask."""
    values = {"date": record.valid_until} if record and record.valid_until else {}
    sentences = [
        label(code, message, **values).side() for code in dict.fromkeys((language, SOURCE_LANGUAGE))
    ]
    page = render_template("sheets/gone.html", sentences=sentences, hub=hub)
    return _for_anyone(page, status)


def _for_anyone(page: str, status: int) -> Response:
    """Keep a page out of search engines and shared caches, and its address out of other logs."""
    response: Response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Cache-Control"] = _KEPT if status == 200 else "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _reader() -> str:
    """Give the language a stranger's browser asks for, among those that sheets speak."""
    return request.accept_languages.best_match(_spoken(), SOURCE_LANGUAGE) or SOURCE_LANGUAGE


@lru_cache(maxsize=1)
def _spoken() -> tuple[str, ...]:
    files = resource("translations").glob("*/LC_MESSAGES/sheets.po")
    return tuple(sorted(file.parent.parent.name.replace("_", "-") for file in files))
