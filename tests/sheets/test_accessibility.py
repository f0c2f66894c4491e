"""Every file is PDF/UA-1 and PDF/A-2a at once, and its tags say what a reader needs."""

from io import BytesIO
from typing import Any

import page
import pikepdf
import pytest

from hub.sheets.content import Format
from hub.sheets.render import render
from tests.sheets import samples

FORMATS = {
    "a4": Format("a4"),
    "a4 large": Format("a4", large=True),
    "a4 16 pt": Format("a4", points=16),
    "a5": Format("a5"),
    "receipt": Format("receipt"),
}
PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)


def failures(file: bytes) -> set[tuple[str, str]]:
    """Give the rules that a file breaks, of both standards."""
    found = set()
    for profile in PROFILES:
        report = page.validate_pdf_bytes(file, profile=profile)
        found |= {(failure.rule_id, failure.message) for failure in report.failures}
        assert report.is_compliant == (not report.failures)
    return found


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_every_language_and_format_keeps_both_standards(language: str, form: str) -> None:
    assert failures(render(samples.any_sheet(language, FORMATS[form]))) == set()


def test_the_checker_would_notice_a_missing_tag_tree() -> None:
    with pikepdf.open(BytesIO(render(samples.sheet("safety", "nl")))) as document:
        del document.Root.StructTreeRoot
        broken = BytesIO()
        document.save(broken)
    assert failures(broken.getvalue())


def test_a_sheet_of_several_answers_keeps_both_standards() -> None:
    sheet = samples.sheet(["disconnection", "safety", "instalment"], "ar", demonstration=True)
    assert failures(render(sheet)) == set()


class Tree:
    """The structure tree of a file, flat."""

    def __init__(self, file: bytes) -> None:
        self.document = pikepdf.open(BytesIO(file))
        self.elements: list[Any] = []
        self._walk(self.document.Root.StructTreeRoot.K)

    def _walk(self, kids: Any) -> None:
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                self.elements.append(kid)
                if "/K" in kid:
                    self._walk(kid.K)

    def tagged(self, tag: str) -> list[Any]:
        """Give the elements of a tag."""
        return [element for element in self.elements if f"/{tag}" == element.S]


@pytest.fixture(scope="module")
def tree() -> Tree:
    return Tree(render(samples.sheet("instalment", "ar")))


def test_each_language_has_a_section_of_its_own(tree: Tree) -> None:
    assert {str(section.Lang) for section in tree.tagged("Sect")} == {"ar", "nl"}


def test_the_resident_s_language_is_read_first(tree: Tree) -> None:
    titles = tree.tagged("H1")
    assert [str(title.P.Lang) for title in titles] == ["ar", "nl"]


def test_steps_are_lists_with_labels(tree: Tree) -> None:
    labels = [item for item in tree.tagged("LI") if len(item.K) == 2]
    assert len(labels) == len(tree.tagged("LI")) > 10
    assert len(tree.tagged("Lbl")) == len(tree.tagged("LBody")) == len(labels)


def test_amounts_are_a_table_whose_rows_have_headers(tree: Tree) -> None:
    headers = tree.tagged("TH")
    assert headers
    assert len(headers) == len(tree.tagged("TR")) == len(tree.tagged("TD"))


def test_right_to_left_elements_carry_their_text_in_reading_order(tree: Tree) -> None:
    title = tree.tagged("H1")[0]
    assert str(title.ActualText) == samples.filled("instalment", "ar").title


def test_the_qr_code_says_what_it_opens(tree: Tree) -> None:
    (figure,) = tree.tagged("Figure")
    assert "https://hub.example.nl/s/" in str(figure.Alt)


def test_the_address_is_a_link(tree: Tree) -> None:
    (link,) = tree.document.pages[0].Annots
    assert str(link.A.URI).startswith("https://hub.example.nl/s/")
    assert len(tree.tagged("Link")) == 1


def test_a_box_to_tick_is_heard_as_one(tree: Tree) -> None:
    ticks = [label for label in tree.tagged("Lbl") if str(label.get("/ActualText", "")) == "☐"]
    assert len(ticks) == 2 * len(samples.filled("instalment", "nl").bring)


def test_the_file_has_a_title_and_a_language(tree: Tree) -> None:
    assert str(tree.document.Root.Lang) == "ar"
    assert samples.filled("instalment", "nl").title in str(tree.document.docinfo.Title)


def test_longer_sheets_have_bookmarks() -> None:
    longer = Tree(render(samples.sheet(["disconnection", "instalment", "safety"], "en")))
    with longer.document.open_outline() as outline:
        titles = [entry.title for entry in outline.root]
    assert len(longer.document.pages) > 1
    assert titles[0] == samples.filled("safety", "en").title
    assert len(titles) == 3
