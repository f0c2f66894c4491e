"""Pages hold together: nothing leaves them, nothing overlaps, what belongs together stays so."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hub.sheets.content import FilledText, First, Format
from hub.sheets.layout.cells import Cell
from hub.sheets.layout.pages import SetSheet, set_sheet
from hub.sheets.layout.paint import paint
from hub.sheets.layout.style import LEAST_SMALL
from tests.sheets import samples
from tests.sheets.geometry import faults

FORMATS = [
    Format("a4"),
    Format("a4", large=True),
    Format("a4", points=16),
    Format("a4", points=8),
    Format("a5"),
    Format("a5", large=True),
    Format("receipt"),
    Format("receipt", large=True),
    Format("receipt", points=14),
]
GIVEN = {
    "supplier": "Vattenfall",
    "grid_operator": "Liander",
    "helper": "Buurtteam",
    "helper_phone": "020-5551234",
    "disconnect_date": "15-03-2027",
}


@pytest.mark.parametrize("form", FORMATS, ids=str)
@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_nothing_leaves_the_page_or_overlaps(language: str, form: Format) -> None:
    assert faults(set_sheet(samples.any_sheet(language, form))) == []


@pytest.mark.parametrize("slug", samples.slugs())
def test_every_shipped_answer_fits_one_page_beside_its_arabic(slug: str) -> None:
    result = set_sheet(samples.sheet(slug, "ar"))
    assert len(result.pages) == 1
    assert faults(result) == []


@pytest.mark.parametrize("values", [GIVEN, {}], ids=["filled in", "writing lines"])
def test_the_disconnection_sheet_fits_one_page_at_sixteen_points(values: dict[str, str]) -> None:
    answer = samples.answer("disconnection", "ar", values)
    result = set_sheet(samples.compose([answer], samples.frame("ar"), Format("a4", points=16)))
    assert len(result.pages) == 1
    assert faults(result) == []
    sizes = {line.size for cell in _cells(result, "step") for line in cell.lines}
    assert max(sizes) >= 16


def test_large_print_has_nothing_below_eighteen_points() -> None:
    result = set_sheet(samples.sheet("instalment", "ar", Format("a4", large=True)))
    sizes = [
        line.size
        for page in result.pages
        for part in page.parts
        for row in part.rows
        for cell in row.row.cells
        if cell
        for line in cell.lines
        if line.which == "body"
    ]
    assert min(sizes) >= 18


def test_small_type_has_a_least_size() -> None:
    result = set_sheet(samples.sheet("instalment", "en"))
    sizes = [
        line.size
        for role in ("small", "mark", "hub")
        for c in _cells(result, role)
        for line in c.lines
    ]
    assert min(sizes) >= LEAST_SMALL


def _cells(result: SetSheet, role: str) -> list[Cell]:
    return [
        cell
        for page in result.pages
        for part in page.parts
        for row in part.rows
        if row.row.block.role == role
        for cell in row.row.cells
        if cell
    ]


def test_steps_of_both_languages_stand_at_equal_height() -> None:
    result = set_sheet(samples.sheet("instalment", "ar"))
    rows = [
        row for part in result.pages[0].parts for row in part.rows if row.row.block.role == "step"
    ]
    assert len(rows) == 5
    for row in rows:
        arabic, dutch = (cell for cell in row.row.cells if cell)
        assert arabic.drawings[0].top == pytest.approx(dutch.drawings[0].top, abs=1.5)


def test_arabic_stands_at_the_right_and_english_at_the_left() -> None:
    for language, resident_right in (("ar", True), ("en", False)):
        result = set_sheet(samples.sheet("instalment", language))
        resident, dutch = result.pages[0].parts[1].rows[0].row.edges
        assert (resident > dutch) is resident_right


def test_columns_stay_aligned_over_the_page_break() -> None:
    result = set_sheet(samples.sheet(["disconnection", "instalment", "cannot-pay"], "ar"))
    assert len(result.pages) > 1
    assert faults(result) == []
    edges = {
        row.row.edges
        for page in result.pages
        for part in page.parts
        if part.part.part.kind == "answer"
        for row in part.rows
    }
    assert len(edges) == 1


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_heading_never_stands_alone_at_the_foot_of_a_page(language: str) -> None:
    everything = [slug for slug in samples.slugs() if language in samples.languages_of(slug)]
    result = set_sheet(samples.sheet(everything, language))
    assert len(result.pages) > 5
    for page in result.pages:
        last = page.parts[-1].rows[-1].row.block.role
        assert last not in ("heading", "title", "kicker", "mark")


def test_the_safety_card_comes_first() -> None:
    sheet = samples.sheet(["instalment", "safety"], "en")
    assert [part.kind for part in sheet.parts] == ["opening", "safety", "answer", "ending"]


def test_a_receipt_is_as_long_as_its_text() -> None:
    short = set_sheet(samples.own_sheet(samples.own_words("nl", step="Kort."), Format("receipt")))
    long = set_sheet(samples.own_sheet(samples.own_words("nl"), Format("receipt")))
    assert len(short.pages) == len(long.pages) == 1
    assert short.pages[0].height < long.pages[0].height


def test_a_receipt_is_printed_in_black_alone() -> None:
    sheet = samples.sheet("instalment", "ar", Format("receipt"))
    result = set_sheet(sheet)
    colours = {
        line.colour
        for part in result.pages[0].parts
        for row in part.rows
        for cell in row.row.cells
        if cell
        for line in cell.lines
    }
    assert colours <= {(0.0, 0.0, 0.0), (1.0, 1.0, 1.0)}


# --- anything that can be printed is printed well

_LETTERS = {
    "nl": "abcdefgh éëï ij 0123456789 €%-/.,():",
    "ar": "ابتثجحخدذرز سشصض كلمنهوي 0123456789 ،.()€ abc",
    "fa": "پچژگک ابتث\u200cی 0123456789 ،.() abc",
    "ti": "ሀለሐመሠረ ሰሸቀበ ።፣ 0123456789 abc €",
    "hi": "कखगघचछज टठडढ ।0123456789 abc €",
    "uk": "абвгґдеєжз иії 0123456789 .,() €",
}


def _text(language: str, longest: int) -> st.SearchStrategy[str]:
    letters = st.text(alphabet=_LETTERS[language] + "\ue000", max_size=longest)
    word = st.text(alphabet=_LETTERS[language].replace(" ", ""), min_size=60, max_size=200)
    return st.one_of(letters, word)


@st.composite
def _filled(draw: st.DrawFn, language: str) -> FilledText:
    text = _text(language, 160)
    texts = st.lists(text, max_size=6).map(tuple)
    steps = st.one_of(texts, st.lists(text, min_size=30, max_size=40).map(tuple))
    return FilledText(
        language=language,
        status=draw(st.sampled_from(["checked", "draft", "machine_draft", "outdated"])),
        title=draw(text.filter(str.strip)),
        gist=draw(text),
        steps=draw(steps),
        bring=draw(texts),
        come_back=draw(text),
        referral=draw(text),
        first=draw(st.none() | st.builds(First, text, text, text, text)),
        amounts=draw(st.lists(st.tuples(text, text), max_size=4).map(tuple)),
        marks=draw(texts),
    )


# Shrinking a whole sheet takes minutes and says little more than the fault itself.
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(data=st.data())
def test_random_texts_never_raise_overlap_or_leave_the_page(data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(sorted(_LETTERS)))
    answers = [
        samples.own_answer(data.draw(_filled(language)), data.draw(_filled("nl")))
        for _ in range(data.draw(st.integers(1, 2)))
    ]
    beside = data.draw(st.sampled_from([None, "nl"]))
    form = data.draw(st.sampled_from(FORMATS))
    sheet = samples.compose(answers, samples.frame(language, beside=beside), form)
    result = set_sheet(sheet)
    assert faults(result) == []
    assert paint(result).startswith(b"%PDF-1.7")
