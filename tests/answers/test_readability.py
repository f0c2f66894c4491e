"""How a Dutch text reads: syllables, sentences, Flesch-Douma, hard words."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.answers.hard_words import hard_words, hard_words_in, letter_words
from hub.answers.readability import (
    flesch_douma,
    readability,
    readability_of,
    sentences,
    syllables,
)
from hub.resources import content

_COUNTED = """
u:1 uw:1 gas:1 huis:1 kou:1 tijd:1 trein:1 mooi:1 haai:1 leeuw:1 nieuw:1 vrij:1 groei:1 wiel:1
ruit:1 zee:1 geur:1 beurt:1 dient:1 stroom:1 oven:2 water:2 warmte:2 koude:2 nieuwe:2 eeuwen:2
groeien:2 zeeën:2 knieën:2 idee:2 auto:2 euro:2 gebouw:2 schimmel:2 vochtig:2 buiten:2 toestel:2
oorzaak:2 hoeveel:2 voorschot:2 schuldhulp:2 dieet:2 kopie:2 ruïne:3 reünie:3 ideeën:3 kopieën:3
energie:3 rekening:3 betalen:3 verhuurder:3 gemeente:3 salderen:3 subsidie:3 familie:3 olie:2
gebeuren:3 kopieer:3 toestemming:3 bijzonder:3 thermostaat:3 leverancier:4 netbeheerder:4
meterstanden:4 beantwoorden:4 beoordelen:4 termijnbedrag:4 kilowattuur:4 januari:4 jaarafrekening:5
zonnepanelen:5 elektriciteit:5 energiearmoede:6 station:2 stations:2 pensioen:2 nationaal:4
informatie:4 isolatie:4 situatie:4 reactie:3 financieel:4 financiële:5 officieel:4 museum:3
België:3 industrieën:4 coöperatie:5 geïsoleerd:4 geïnformeerd:4 beëindigen:4 beïnvloeden:4 naïef:2
cliënt:2 patiënt:3 efficiënt:4 egoïst:3 baby:2 type:2 yoghurt:2 quotum:2 bureau:2 cadeau:2
website:2 e-mail:2 kWh:3 GJ:2 VvE:3 24:2
"""


@pytest.mark.parametrize("counted", _COUNTED.split())
def test_syllables_are_counted_as_a_dutch_reader_speaks_them(counted: str) -> None:
    word, number = counted.rsplit(":", 1)
    assert syllables(word) == int(number)


@given(st.from_regex(r"[a-zA-Zëïöüéè'’-]{1,20}", fullmatch=True))
def test_every_word_has_a_syllable_and_no_more_than_letters(word: str) -> None:
    assert 1 <= syllables(word) <= max(1, len(word))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bel vandaag. Vraag een regeling.", [2, 3]),
        ("Te hoog? Vraag {supplier} om minder", [2, 4]),
        ("Dat kost 1.500 euro per jaar.", [6]),
        ("Bel (020) 555 0101.", [4]),
        ("Lees dit. en dat", [4]),
        ("{F-X.days}", [1]),
        ("…", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_new_one_begins(text: str, words: list[int]) -> None:
    assert [sentence.words for sentence in sentences(text)] == words


def test_the_score_follows_the_formula_of_douma() -> None:
    # 10 words, 15 syllables, 2 sentences: 206.8 - 0.77 x 150 - 0.93 x 5
    assert flesch_douma(10, 15, 2) == pytest.approx(86.65)
    assert flesch_douma(0, 0, 0) is None


_HARD = (
    "Teneinde onmiddellijke beëindiging van de energielevering te voorkomen dient u "
    "overeenkomstig de voorwaarden schriftelijk een betalingsregeling aan te vragen bij uw "
    "energieleverancier."
)


def test_a_long_hard_sentence_scores_lower_than_short_plain_ones() -> None:
    plain = readability_of(["Bel vandaag. Vraag wat u kunt doen."])
    hard = readability_of([_HARD])
    assert plain.score is not None
    assert hard.score is not None
    assert plain.score > 80 > 40 > hard.score
    assert (plain.plain, hard.plain) == (True, False)
    assert hard.longest is not None
    assert hard.longest.long


def test_only_what_is_read_as_sentences_counts() -> None:
    body = {"title": "Een heel erg lange titel", "gist": "Bel nu.", "steps": ["Ga weg."]}
    found = readability({**body, "bring": ["De brief"], "do_not_say": ["Zeg niets."]})
    assert (found.words, len(found.sentences)) == (4, 2)


def test_a_text_without_words_has_no_score() -> None:
    found = readability({"title": "", "gist": "", "steps": []})
    assert (found.score, found.average, found.longest) == (None, 0.0, None)


@given(st.lists(st.text(max_size=60), max_size=5))
def test_reading_never_stops_on_anything_typed(texts: list[str]) -> None:
    found = readability_of(texts, texts)
    assert (found.score is None) == (found.words == 0)


# --- hard words ------------------------------------------------------------------------------


def test_a_hard_word_is_found_with_its_ending_and_not_inside_another() -> None:
    found = [one.word for one in hard_words_in("Uw Facturen, de verschuldigde som; inmiddels.")]
    assert "verschuldigd" in found
    assert "middels" not in found


def test_words_of_letters_are_told_apart() -> None:
    assert letter_words("Betaal uw termijnbedrag uiterlijk morgen.") == ["termijnbedrag"]


def test_the_list_of_hard_words_is_long_tidy_and_each_has_a_plain_one() -> None:
    assert len(hard_words()) >= 60
    with content("hard_words.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    words = [row["word"] for row in rows]
    assert words == [word.strip().lower() for word in words]
    assert len(set(words)) == len(words)
    assert all(row["plain"] and row["on_letters"] in {"yes", "no"} for row in rows)


def test_no_plain_word_is_itself_a_hard_one_that_no_letter_uses() -> None:
    hard = {
        (one.word, other.word)
        for one in hard_words()
        for other in hard_words_in(one.plain)
        if not other.on_letters
    }
    assert hard == set()
