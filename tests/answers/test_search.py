"""Two or three letters in any content language find the topic."""

import pytest

from hub.answers.search import SearchIndex, normalise
from hub.topics.listing import TopicView


def topic(code: str, nl: str, en: str, parent: str | None = "REK") -> TopicView:
    return TopicView(code, parent, "normal", None, (("nl", nl), ("en", en)), None)


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    topics = {
        t.code: t
        for t in (
            topic("REK", "Energierekening", "Energy bill", None),
            topic("REK-01", "Jaarafrekening begrijpen", "Understanding the annual statement"),
            topic("REK-03", "Termijnbedrag te hoog", "Monthly instalment too high"),
            topic("REK-07", "Slimme meter", "Smart meter"),
        )
    }
    words = [
        ("REK-03", "voorschot"),
        ("REK-03", "قسط"),
        ("REK-01", "relevé annuel"),
        ("REK-07", "ቆጣሪ"),
    ]
    return SearchIndex(topics, words, [])


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("ter", "REK-03"),
        ("TERMIJN", "REK-03"),
        ("voors", "REK-03"),
        ("قسط", "REK-03"),
        ("releve", "REK-01"),
        ("ቆጣሪ", "REK-07"),
        ("rek07", "REK-07"),
        ("REK-07", "REK-07"),
        ("slimme met", "REK-07"),
        ("annual stat", "REK-01"),
    ],
)
def test_a_beginning_of_a_word_finds_its_topic_first(
    index: SearchIndex, query: str, wanted: str
) -> None:
    assert index.find(query)[0].topic == wanted


def test_every_word_of_the_query_must_be_found(index: SearchIndex) -> None:
    assert index.find("slimme xyz") == []


def test_nothing_typed_finds_nothing(index: SearchIndex) -> None:
    assert index.find("  !? ") == []


def test_what_the_hub_is_asked_most_settles_a_tie(index: SearchIndex) -> None:
    assert index.find("meter", {"REK-07": 9})[0].topic == "REK-07"


def test_case_and_accents_do_not_matter() -> None:
    assert normalise("ÉNERGÍE Şimdi") == normalise("energie simdi")
