"""Templates as the sweeps see them: their HTML without Jinja, and what breaks a rule in it."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, nodes

from tests.house.code import ROOT

TEMPLATES = ROOT / "templates"
# Stands where an expression or a statement stood.
GAP = "\ufffc"
_SPOKEN = {"alt", "title", "placeholder", "aria-label", "aria-description", "aria-roledescription"}
_ADDRESSES = {"src", "href", "action", "formaction", "poster", "data", "srcset"}
# A block that fills a class attribute holds names, not words.
_CLASS_BLOCK = re.compile(r"\{% block \w*class %\}[^{]*\{% endblock %\}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SYNTAX = Environment(autoescape=True)


def templates(folder: Path = TEMPLATES) -> list[str]:
    """Give the names of all templates."""
    return [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.html"))]


def bare_html(source: str) -> str:
    """Give a template's HTML with a gap for everything that Jinja puts in."""
    parts = []
    depth = ""
    for _, token, value in _SYNTAX.lex(_CLASS_BLOCK.sub(GAP, source)):
        if token == "data":
            parts.append(value)
        elif token in {"variable_begin", "block_begin"}:
            depth = token
        elif token in {"variable_end", "block_end"} and depth:
            parts.append(GAP)
            depth = ""
    return "".join(parts)


class _Breaches(HTMLParser):
    """Collects what a page must not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._on_a_key = False

    def _say(self, what: str) -> None:
        self.found.append(f"line {self.getpos()[0]}: {what}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._on_a_key = tag == "kbd"
        if tag == "style" or (tag == "script" and "src" not in given):
            self._say(f"inline {tag}")
        for name, value in given.items():
            if name == "style" or name.startswith("on"):
                self._say(f"inline {name}")
            if name in _ADDRESSES and re.match(r"\s*(https?:|//|javascript:)", value):
                self._say(f"{name} leaves the desk: {value}")
            spoken = name in _SPOKEN or name.startswith("data-word")
            if spoken and _WORD.search(value):
                self._say(f"{name} is not translated: {value.replace(GAP, '…')}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "kbd":
            self._on_a_key = False

    def handle_data(self, data: str) -> None:
        # What stands on a key of the keyboard is the same in every language.
        if not self._on_a_key and _WORD.search(data):
            self._say(f"text is not translated: {data.replace(GAP, '…').strip()}")


def breaches(source: str) -> list[str]:
    """Name inline script and style, addresses of other hosts, and text outside gettext."""
    parser = _Breaches()
    parser.feed(bare_html(source))
    parser.close()
    return parser.found + [f"text is not translated: {text}" for text in _printed(source)]


def _printed(source: str) -> Iterator[str]:
    """Give words that an expression prints as they stand: `{{ "Yes" if good else "No" }}`."""
    for output in _SYNTAX.parse(source).find_all(nodes.Output):
        for part in output.nodes:
            for text in _literals(part):
                # Names of classes and states are small letters, one or two of them.
                if text.strip()[:1].isupper() or len(text.split()) > 2:
                    yield text


def _literals(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, nodes.CondExpr):
        for branch in (node.expr1, node.expr2):
            if branch is not None:
                yield from _literals(branch)
    elif isinstance(node, nodes.Concat):
        for piece in node.nodes:
            yield from _literals(piece)


def forms_without_token(source: str) -> list[str]:
    """Name the forms that post without the form token."""
    found = []
    for form in re.finditer(r"<form\b.*?</form>", source, re.DOTALL):
        posts = re.search(r"""method=["']?post""", form.group(), re.IGNORECASE)
        if posts and "csrf" not in form.group() and "hidden_tag" not in form.group():
            line = source[: form.start()].count("\n") + 1
            found.append(f"line {line}: a form posts without a token")
    return found
