"""Several releases after each other: what was published stays, and nothing can be undone."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_protection_attacker import lost_cells

from hub.statistics.auditor import examine, parse_release
from hub.statistics.plan import (
    Codes,
    children_of,
    offered_tables,
    period_parts,
    plan_facts,
    planned_cells,
)
from hub.statistics.protection import Cell, Count, ProtectionError, protect
from hub.statistics.protection.files import Meta, write_cells, write_meta

CODES = Codes(
    topics={"REK": ["REK-01", "REK-02"], "ACH": ["ACH-01"]},
    hubs=["west", "oost"],
    districts={"W": ["B1", "B2"]},
    projects={"P": ["B1"]},
    languages=["nl", "ar"],
    tenures=["owner"],
    heatings=["block"],
    outcomes=["answered", "not_answered"],
    reasons=["language"],
    channels=["counter"],
    triggers=["letter"],
)
QUARTER, YEAR = "2026-Q1", "2026"
MONTHS = period_parts(QUARTER)

Question = tuple[str, ...]
"""One question as codes: topic, area, hub, language, …, month."""


@st.composite
def municipalities(draw: st.DrawFn) -> list[list[Question]]:
    """Visits of one quarter, each a list of one to three questions on different topics."""
    topics = ["REK-01", "REK-02", "ACH-01"]
    visits = []
    for _ in range(draw(st.integers(0, 60))):
        common = [
            draw(st.sampled_from(codes))
            for codes in (["B1", "B2", "unknown"], CODES.hubs, ["nl", "nl", "ar"])
        ]
        rest = ("owner", "block", "answered", "counter", "letter", draw(st.sampled_from(MONTHS)))
        asked = draw(st.lists(st.sampled_from(topics), min_size=1, max_size=3, unique=True))
        visits.append([(topic, *common, *rest) for topic in asked])
    return visits


def leaves(dimension: str, code: str) -> set[str]:
    """The finest codes below a code."""
    lists = children_of(CODES, "2026").get(dimension, {})
    if code not in lists:
        return {code}
    return {leaf for child in lists[code] for leaf in leaves(dimension, child)}


def count(cell: Cell, visits: list[list[Question]]) -> Count:
    wanted = [leaves(d, cell.code(d)) for d in Cell._fields[1:]]
    inside = [sum(all(c in w for c, w in zip(q, wanted, strict=True)) for q in v) for v in visits]
    different = sum(number > 0 for number in inside)
    return Count(different) if cell.measure == "visits" else Count(sum(inside), different)


def releases(
    visits: list[list[Question]],
    last_year: int,
    periods: Sequence[str] = (*MONTHS, QUARTER, YEAR),
) -> tuple[dict[Cell, int | None], dict[Cell, Count], set[Cell], list[tuple[str, str]]]:
    """Three months, their quarter and their year, each protected against what came before.

    A visit that came late is one of the month it was posted in: for the releases there is no
    other. The year's other quarters are never released; a reader does not know them.
    """
    ledger: dict[Cell, int | None] = {}
    counts: dict[Cell, Count] = {}
    small: set[Cell] = set()
    texts = []
    for period in periods:
        offered = offered_tables(period, CODES, last_year=last_year, own=0)
        own = planned_cells(period, CODES, offered)
        counts |= {cell: count(cell, visits) for cell in own}
        children = children_of(CODES, period)
        shown = protect(counts, children, seed=b"secret", published=ledger)
        assert all(shown.values[cell] == value for cell, value in ledger.items())
        ledger = dict(shown.values)
        small |= shown.small
        meta = write_meta(Meta(5, plan_facts(offered), children))
        texts.append((write_cells({c: ledger[c] for c in own}), meta))
    return ledger, counts, small, texts


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(municipalities(), st.sampled_from([0, 400, 10**6]), st.randoms(use_true_random=False))
def test_no_small_cell_of_any_release_is_lost_to_an_integer_attacker(
    visits: list[list[Question]], last_year: int, draw: Random
) -> None:
    """A sample of cells is attacked in the test's own way, all of them by the auditor."""
    ledger, counts, small, texts = releases(visits, last_year, (*MONTHS, QUARTER))
    children = children_of(CODES, QUARTER)
    for measure, threshold in (("questions", 5), ("visits", 20)):
        of_measure = sorted(cell for cell in small if cell.measure == measure)
        sample = draw.sample(of_measure, min(15, len(of_measure)))
        assert lost_cells(ledger, children, sample, threshold) == []
    exported = [parse_release(str(n), *text) for n, text in enumerate(texts)]
    truth = {cell: number.number for cell, number in counts.items()}
    assert examine(exported).findings == ()
    assert examine(exported, truth, small).findings == ()


def test_a_municipality_without_visits_gets_releases_of_hidden_cells_only() -> None:
    ledger, *_ = releases([], 10**6)
    assert set(ledger.values()) == {None}


def test_a_municipality_with_three_visits_in_all_shows_nothing() -> None:
    """Nine questions are enough to be shown, three visits are not."""
    visit = [
        (topic, "B1", "west", "nl", "owner", "block", "answered", "counter", "letter", "2026-02")
        for topic in ("REK-01", "REK-02", "ACH-01")
    ]
    ledger, *_ = releases([list(visit)] * 3, 10**6)
    assert set(ledger.values()) == {None}


def test_a_municipality_of_one_hub_gives_nothing_away_by_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The hub's figures are the municipality's: one hidden there is hidden here."""
    monkeypatch.setattr(sys.modules[__name__], "CODES", replace(CODES, hubs=["west"]))
    draw = Random(3)  # noqa: S311 - nothing secret
    visits: list[list[Question]] = []
    for _ in range(70):
        month, language = draw.choice(MONTHS), draw.choice(["nl", "nl", "nl", "ar"])
        area, rest = draw.choice(["B1", "B2"]), ("owner", "block", "answered", "counter", "letter")
        topics = ["REK-01", "REK-02"][: draw.choice([1, 1, 2])]
        topics += ["ACH-01"] if draw.random() < 0.08 else []
        visits.append([(t, area, "west", language, *rest, month) for t in topics])
    ledger, counts, small, texts = releases(visits, 10**6)
    exported = [parse_release(str(n), *text) for n, text in enumerate(texts)]
    assert examine(exported, {c: n.number for c, n in counts.items()}, small).findings == ()
    at_hub = [c for c in ledger if c.hub == "west" and c.measure == "questions"]
    assert [ledger[c] for c in at_hub] == [ledger[c.at("hub", "ALL")] for c in at_hub]
    assert any(ledger[c] is not None for c in at_hub)
    assert any(ledger[c] is None for c in at_hub)


def test_a_published_cell_never_changes_and_a_hidden_one_never_opens() -> None:
    children = {"topic": {"ALL": ["A", "B", "C"]}}
    counts = {Cell(topic=t): Count(n) for t, n in (("A", 9), ("B", 3), ("C", 8))}
    first = protect({Cell(): Count(20), **counts}, children)
    again = protect({Cell(): Count(20), **counts}, children, published=first.values)
    assert again.values == first.values


def test_a_year_that_skips_a_quarter_still_counts_its_months() -> None:
    """103 less three shown quarters is 13, less January's 9 leaves 4 for two hidden months."""
    quarters = [f"2026-Q{q}" for q in (1, 2, 3, 4)]
    lists = {"period": {"2026": quarters, "2026-Q1": list(MONTHS)}}
    earlier: dict[Cell, int | None] = {Cell(period=q): 30 for q in quarters[1:]}
    earlier |= dict(zip((Cell(period=m) for m in MONTHS), (9, None, None), strict=True))
    counts = {cell: Count(value or 2) for cell, value in earlier.items()}
    shown = protect({**counts, Cell(period="2026"): Count(103)}, lists, published=earlier)
    assert shown.values[Cell(period="2026")] is None


def test_a_topic_that_came_in_the_middle_of_a_year_was_none_before() -> None:
    """A year's 21 is July's and October's quarter: a reader knows that there was none before."""
    quarters = [f"2026-Q{q}" for q in (1, 2, 3, 4)]
    old, new = ("REK", "ACH"), ("REK", "ACH", "NEW")
    numbers = {"REK": (30, 40, 50, 60), "ACH": (20, 30, 40, 50), "NEW": (0, 0, 18, 3)}
    ledger: dict[Cell, int | None] = {}
    counts: dict[Cell, Count] = {}
    exported, small = [], set()
    for at, period in enumerate((*quarters, "2026")):
        topics = old if at < 2 else new
        lists = {"topic": {"ALL": topics}, "period": {"2026": quarters} if at == 4 else {}}
        of = {t: sum(numbers[t]) if at == 4 else numbers[t][at] for t in topics}
        own = {Cell(topic=t, period=period): Count(n) for t, n in of.items()}
        own[Cell(period=period)] = Count(sum(of.values()))
        counts |= own
        shown = protect(counts, lists, published=ledger)
        ledger = dict(shown.values)
        small |= shown.small
        meta = write_meta(Meta(5, {"version": "1"}, lists))
        exported.append(parse_release(period, write_cells({c: ledger[c] for c in own}), meta))
    assert ledger[Cell(topic="NEW", period="2026")] is None
    truth = {cell: number.number for cell, number in counts.items()}
    assert examine(exported).findings == ()
    assert examine(exported, truth, small).findings == ()


def test_an_earlier_cell_keeps_the_threshold_of_its_release() -> None:
    """7 was published under 5; a threshold of 10 holds for what is new."""
    lists = {"period": {"2026-Q1": list(MONTHS)}}
    earlier: dict[Cell, int | None] = {Cell(period=m): 7 for m in MONTHS}
    counts = {cell: Count(7, threshold=5) for cell in earlier}
    quarter = Cell(period=QUARTER)
    shown = protect({**counts, quarter: Count(21)}, lists, threshold=10, published=earlier)
    assert shown.values[quarter] == 21


def test_what_earlier_releases_already_tell_is_refused_by_name() -> None:
    """A total and one part published by mistake leave the other part certain."""
    earlier: dict[Cell, int | None] = {Cell(): 12, Cell(topic="A"): 9}
    counts = {Cell(): Count(12), Cell(topic="A"): Count(9), Cell(topic="B"): Count(3)}
    with pytest.raises(ProtectionError, match="topic=B: earlier releases already tell"):
        protect(counts, {"topic": {"ALL": ["A", "B"]}}, published=earlier)


def test_what_cannot_be_protected_beside_earlier_releases_is_refused_by_name() -> None:
    """Rows of 20 and 4 against columns of 16 and 8: the first cell holds 12 or more."""
    children = {"topic": {"ALL": ["A", "B"]}, "language": {"ALL": ["nl", "ar"]}}
    margins = {Cell(): 24, Cell(topic="A"): 20, Cell(language="nl"): 16, Cell(language="ar"): 8}
    inner = {("A", "nl"): 16, ("A", "ar"): 4, ("B", "nl"): 0, ("B", "ar"): 4}
    counts = {Cell(topic=t, language=lang): Count(n) for (t, lang), n in inner.items()}
    counts |= {cell: Count(n) for cell, n in margins.items()}
    counts[Cell(topic="B")] = Count(4)
    with pytest.raises(ProtectionError, match="earlier releases"):
        protect(counts, children, published=margins)


def test_an_earlier_cell_without_its_true_count_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="topic=A: was released before"):
        protect({Cell(): Count(3)}, {}, published={Cell(topic="A"): None})


def test_progress_ends_at_all_requirements() -> None:
    steps: list[tuple[int, int]] = []
    counts = {Cell(topic=str(n)): Count(n) for n in range(8)}
    protect(
        {Cell(): Count(28), **counts},
        {"topic": {"ALL": [str(n) for n in range(8)]}},
        progress=lambda done, of: steps.append((done, of)),
    )
    assert steps[-1] == (9, 9)
    assert steps == sorted(steps)
