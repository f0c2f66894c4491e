"""Hiding one more figure takes away what is made of it, and changes nothing else.

That is how no sum, share, rate, change, order or choice can be made of a hidden figure: it holds
for any pattern of hidden figures, so it holds for the one that protection chose.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.statistics import page
from hub.statistics.figures import known
from hub.statistics.figures.crossing import Grid
from hub.statistics.figures.movers import Movers
from hub.statistics.published import Published
from tests.statistics.published import releases

PERIODS = ("2025-Q2", "2026-04", "2026-05", "2026-06", "2026-Q2")
CHOICES = page.Asked(first="hub:hub-1", second="hub:hub-2")
VALUES = st.one_of(st.none(), st.integers(5, 90))


def full(release: Published, numbers: Sequence[int | None]) -> Published:
    """The release with other figures: any pattern of shown and hidden."""
    cells = list(release.values)
    return replace(
        release,
        values={cell: numbers[at % len(numbers)] for at, cell in enumerate(cells)},
    )


def composed(shelf: Sequence[Published]) -> page.Page:
    made = page.compose(shelf, "2026-Q2", CHOICES, "en")
    assert made is not None
    return made


DERIVED = ("since_before", "since_year_ago", "sent_on", "per_hour")
Place = tuple[Any, ...]


def figures(thing: Any, at: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every figure of a page by its place, the derived ones included."""
    if thing is None or isinstance(thing, int | Decimal):
        yield at, thing
    else:
        for name, part in inside(thing):
            yield from figures(part, (*at, name))


def inside(thing: Any) -> Iterator[tuple[Any, Any]]:
    """What a part of a page consists of; movers by their code, whatever their order."""
    if isinstance(thing, Movers):
        for mover in thing.compared:
            yield (mover.code, "growth"), mover.change.growth
            yield (mover.code, "difference"), mover.change.difference
    elif isinstance(thing, Published | str):
        return
    elif is_dataclass(thing):
        named = [field.name for field in fields(thing)]
        yield from ((n, getattr(thing, n)) for n in (*named, *DERIVED) if hasattr(thing, n))
    else:
        yield from thing.items() if isinstance(thing, Mapping) else enumerate(thing)


def orders(made: page.Page) -> dict[str, list[str]]:
    """The order of everything that is ordered by figures."""
    assert made.moved is not None
    movers = {name: getattr(made.moved, name) for name in ("mains", "topics", "areas", "languages")}
    return {
        **{f"{name} up": [m.code for m in found.risers] for name, found in movers.items()},
        **{f"{name} down": [m.code for m in found.fallers] for name, found in movers.items()},
    }


@settings(deadline=None)
@given(
    numbers=st.lists(VALUES, min_size=7, max_size=40),
    which=st.integers(0, len(PERIODS) - 1),
    where=st.integers(0, 10**6),
)
def test_hiding_one_more_figure_only_takes_away(
    numbers: list[int | None], which: int, where: int
) -> None:
    shelf = [full(release, numbers) for release in releases(PERIODS, per_month=120)]
    shown = [cell for cell, value in shelf[which].values.items() if value is not None]
    if not shown:
        return
    cell = shown[where % len(shown)]
    fewer = list(shelf)
    fewer[which] = replace(shelf[which], values={**shelf[which].values, cell: None})
    before, after = composed(shelf), composed(fewer)
    old, new = dict(figures(before)), dict(figures(after))
    assert set(new) == set(old)
    changed = {at: value for at, value in new.items() if value != old[at]}
    assert set(changed.values()) <= {None}, changed
    for name, order in orders(after).items():
        once = orders(before)[name]
        assert order == [code for code in once if code in order], name


@settings(deadline=None)
@given(numbers=st.lists(VALUES, min_size=7, max_size=40))
def test_rows_and_columns_keep_the_order_of_the_plan(numbers: list[int | None]) -> None:
    shelf = [full(release, numbers) for release in releases(PERIODS, per_month=120)]
    hidden = [replace(r, values=dict.fromkeys(r.values)) for r in shelf]
    made, blank = composed(shelf), composed(hidden)
    for name in ("districts", "languages", "hubs"):
        one, other = getattr(made, name), getattr(blank, name)
        assert (one.rows, one.columns) == (other.rows, other.columns)
    assert [line.topic for line in made.lines] == [line.topic for line in blank.lines]


@given(values=st.lists(VALUES, max_size=8))
def test_a_sum_with_a_hidden_figure_is_hidden(values: list[int | None]) -> None:
    if None in values:
        assert known.total(values) is None
    else:
        assert known.total(values) == sum(v for v in values if v is not None)


@given(rows=st.lists(st.lists(VALUES, min_size=3, max_size=3), min_size=1, max_size=6))
def test_bands_of_colour_come_from_shown_figures_and_rise_with_them(
    rows: list[list[int | None]],
) -> None:
    cells = tuple(tuple(row) for row in rows)
    names = tuple(map(str, range(len(rows))))
    made = Grid("area", names, ("A", "B", "C"), cells, (), (None,) * 3, None)
    shown = sorted({value for row in rows for value in row if value is not None})
    bands = [made.band(value) for value in shown]
    assert bands == sorted(bands)
    assert all(1 <= band <= 5 for band in bands)
    assert made.band(None) == 0
    assert made.shade(None) == ""


def test_a_page_of_nothing_but_hidden_figures_has_no_figure_at_all() -> None:
    shelf = [
        replace(r, values=dict.fromkeys(r.values), open_hours={})
        for r in releases(PERIODS, per_month=120)
    ]
    made = composed(shelf)
    assert {value for _, value in figures(made)} <= {None}
    assert not any(orders(made).values())
