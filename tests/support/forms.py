"""Forms as a browser sends them: read from the page, filled in, sent with their token."""

from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.cast import PASSWORD, Person


class _Forms(HTMLParser):
    """Collects for every form of a page its action and the values it would send as it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._select: str | None = None
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((given.get("action", ""), {}))
        if not self.forms or "disabled" in given:
            return
        fields = self.forms[-1][1]
        name = given.get("name", "")
        if tag == "input" and name and given.get("type") not in {"submit", "button", "image"}:
            if given.get("type") not in {"checkbox", "radio"} or "checked" in given:
                fields[name] = given.get("value", "on")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in given or self._select not in fields:
                fields[self._select] = given.get("value", "")
        elif tag == "textarea" and name:
            self._area = name
            fields[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][1][self._area] += data


def fields_of(html: str, action: str | None = None) -> dict[str, str]:
    """Give what a form of a page would send untouched; the first form, or that of an action."""
    parser = _Forms()
    parser.feed(html)
    for where, fields in parser.forms:
        if action is None or where == action:
            return fields
    raise AssertionError(f"no form for {action} among {[where for where, _ in parser.forms]}")


def token_of(client: FlaskClient, address: str = "/sign-in") -> str:
    """Give a form token that is good in this client's session."""
    page = client.get(address)
    assert page.status_code == 200, f"{address} answered {page.status_code}"
    for _, fields in _forms_of(page.text):
        if "csrf_token" in fields:
            return fields["csrf_token"]
    raise AssertionError(f"no form with a token on {address}")


def _forms_of(html: str) -> list[tuple[str, dict[str, str]]]:
    parser = _Forms()
    parser.feed(html)
    return parser.forms


def post(
    client: FlaskClient, address: str, data: dict[str, Any], *, token_from: str | None = None
) -> TestResponse:
    """Send fields to an address with a form token, taken from the page at `token_from`."""
    token = token_of(client, token_from or address)
    return client.post(address, data={"csrf_token": token, **data})


def sign_in(
    client: FlaskClient, who: Person | str, password: str = PASSWORD, following: str = ""
) -> TestResponse:
    """Sign somebody in through the page, as a browser would; refuses to go on without success."""
    name = who.name if isinstance(who, Person) else who
    address = f"/sign-in?next={following}" if following else "/sign-in"
    fields = fields_of(client.get(address).text)
    answer = client.post(address, data=fields | {"name": name, "password": password})
    assert answer.status_code == 303, f"{name} could not sign in: {answer.status_code}"
    return answer
