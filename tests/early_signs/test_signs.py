"""Signs are told as finely as they can be, and each once."""

from hub.early_signs.rule import Verdict, judge
from hub.early_signs.signs import Counted, PerWeek, Sign, add_up, find_signs

WIDER = {"WNT-06": "WNT", "WNT-03": "WNT", "B1": "W1", "B2": "W1"}
QUIET = [1] * 8


def _judge(counts: PerWeek) -> Verdict | None:
    return judge(counts[0], 600, counts[1:], [600] * 8)


def _signs(cases: dict[tuple[str, str], int]) -> list[Sign]:
    """Find the signs of a week with these visits of one topic each, after eight quiet weeks."""
    pairs: dict[tuple[str, str], PerWeek] = {pair: [n, *QUIET] for pair, n in cases.items()}
    counted = Counted(
        visits=add_up(pairs, lambda _: ["all"])["all"],
        topics=add_up(pairs, lambda pair: {pair[0], WIDER.get(pair[0], pair[0])}),
        areas=add_up(pairs, lambda pair: {pair[1], WIDER.get(pair[1], pair[1])}),
        pairs=add_up(pairs, lambda pair: {pair, (pair[0], WIDER.get(pair[1], pair[1]))}),
        wider=WIDER,
    )
    return list(find_signs(counted, _judge, frozenset({"unknown"})))


def _told(signs: list[Sign]) -> set[tuple[str | None, str | None]]:
    return {(sign.topic, sign.area) for sign in signs}


def test_nothing_is_told_of_a_usual_week() -> None:
    assert _signs({("WNT-06", "B1"): 1, ("WNT-03", "B2"): 2}) == []


def test_a_topic_stands_for_its_main_topic_and_names_where_it_rose() -> None:
    signs = _signs({("WNT-06", "B1"): 12, ("WNT-03", "B2"): 1})
    assert _told(signs) == {("WNT-06", None), (None, "B1")}
    assert [area for area, _ in signs[0].within] + [area for area, _ in signs[1].within] == ["B1"]


def test_a_main_topic_is_told_where_none_of_its_topics_rose_by_itself() -> None:
    told = _told(_signs({("WNT-06", "B1"): 4, ("WNT-03", "X"): 4}))
    assert told == {("WNT", None)}


def test_a_district_is_told_beside_its_neighbourhood_where_it_rose_without_it_too() -> None:
    told = _told(_signs({("WNT-06", "B1"): 9, ("REK-01", "B2"): 4, ("SUB-01", "W1"): 4}))
    assert {(None, "B1"), (None, "W1")} <= told


def test_a_district_is_told_where_none_of_its_neighbourhoods_rose_by_itself() -> None:
    told = _told(_signs({("WNT-06", "B1"): 4, ("REK-01", "B2"): 4}))
    assert told == {(None, "W1")}


def test_a_topic_may_rise_in_one_area_though_it_did_not_over_all() -> None:
    busy = {("WNT-06", f"X{number}"): 1 for number in range(8)}
    signs = _signs(busy | {("WNT-06", "B1"): 5})
    assert _told(signs) == {("WNT-06", "B1"), (None, "B1")}


def test_that_nobody_was_asked_is_no_place() -> None:
    assert _told(_signs({("WNT-06", "unknown"): 12})) == {("WNT-06", None)}


def test_the_least_likely_stands_first() -> None:
    signs = _signs({("WNT-06", "unknown"): 8, ("REK-01", "unknown"): 20})
    assert [sign.topic for sign in signs] == ["REK-01", "WNT-06"]


def test_without_a_comparison_there_are_no_signs() -> None:
    counted = Counted([9], {"WNT-06": [9]}, {"B1": [9]}, {("WNT-06", "B1"): [9]}, WIDER)
    assert find_signs(counted, lambda _: None, ()) == ()
