"""Table cells and numbers as HTML; a page has thousands, so that each is written once."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from hub.i18n import N_, translate
from hub.statistics.figures import wording

_FIGURE = Markup('<td class="num {}">{}</td>')
_HIDDEN = Markup('<td class="num cell-hidden">{}</td>')
_DOT = Markup(
    '<span class="dot" aria-hidden="true">·</span><span class="visually-hidden">{}</span>'
)


@lru_cache(maxsize=8)
def dot(language: str) -> Markup:
    """Give what stands for a hidden figure: a dot, and words for who does not see it."""
    return _DOT.format(translate(language, N_("not shown")))


@lru_cache(maxsize=65536)
def figure(value: int | Decimal | None, language: str, kind: str = "") -> Markup:
    """Give a table cell with a figure, with a class `kind`; a hidden one has no other class."""
    if value is None:
        return _HIDDEN.format(dot(language))
    return _FIGURE.format(kind, wording.number(value, language))


def row(
    values: Iterable[int | Decimal | None],
    language: str,
    shade: Callable[[Any], str] | None = None,
) -> Markup:
    """Give the cells of a row of figures; `shade` gives the class of each."""
    cells = [figure(value, language, shade(value) if shade else "") for value in values]
    return Markup("".join(cells))  # noqa: S704 - each is a cell made above


@lru_cache(maxsize=8192)
def share(value: Decimal | None, language: str) -> Markup:
    """Give a table cell with a share."""
    if value is None:
        return _HIDDEN.format(dot(language))
    return _FIGURE.format("", wording.percent(value, language))
