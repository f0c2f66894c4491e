"""The page, the page tree, the catalogue and the information of a file.

They stand in the places of ReportLab's own in its document, and write themselves in one go:
ReportLab composes each dictionary anew from objects, which took a twentieth of a sheet's time.
"""

from datetime import date
from typing import Any, Final

from reportlab.pdfbase import pdfdoc

from hub.sheets.pdf.objects import CompressedStream, reference, text_string

# The title in the bar of the window; true size and both sides of the paper, as hints to the
# printer's dialogue.
_PREFERENCES: Final = "<</DisplayDocTitle true/PrintScaling/None/Duplex/DuplexFlipLongEdge>>"
FONTS: Final = "BasicFonts"  # ReportLab's name for the fonts that all pages share


class TaggedPage(pdfdoc.PDFPage):
    """A page with its place in the parent tree and its tab order. `size` is in points."""

    def __init__(
        self,
        size: tuple[float, float],
        contents: CompressedStream,
        annotations: list[Any],
        place: int,
    ) -> None:
        self.size = size
        self.contents = contents
        self.annotations = annotations
        self.place = place

    def format(self, document: Any) -> bytes:
        """Give the page to the file."""
        width, height = self.size
        fonts = pdfdoc.PDFObjectReference(FONTS).format(document).decode()
        links = ""
        if self.annotations:
            linked = " ".join(reference(document, thing) for thing in self.annotations)
            links = f"/Annots[{linked}]"
        return (
            f"<</Type/Page/Parent {reference(document, document.Pages)}"
            f"/MediaBox[0 0 {width:.7g} {height:.7g}]/Contents {reference(document, self.contents)}"
            f"/Resources<</Font {fonts}>>"
            f"{links}/StructParents {self.place}/Tabs/S>>"
        ).encode("ascii")


class Pages(pdfdoc.PDFPages):
    """The page tree: one node that holds all pages."""

    def format(self, document: Any) -> bytes:
        """Give the page tree to the file."""
        kids = " ".join(reference(document, page) for page in self.pages)
        return f"<</Type/Pages/Count {len(self.pages)}/Kids[{kids}]>>".encode("ascii")


class Fonts(pdfdoc.PDFObject):
    """References to the fonts of all pages, by their names there."""

    def __init__(self) -> None:
        self.known: dict[str, Any] = {}

    def format(self, document: Any) -> bytes:
        """Give the dictionary to the file."""
        named = (f"/{name} {font.format(document).decode()}" for name, font in self.known.items())
        return f"<<{''.join(named)}>>".encode("ascii")


class Catalogue(pdfdoc.PDFCatalog):
    """The catalogue of a tagged file with metadata and an output intent."""

    def __init__(self, language: str, tree: Any, pages: Pages, outlines: Any) -> None:
        self.language = language
        self.tree = tree
        self.Pages = pages
        self.Outlines = outlines
        self.metadata: Any = None
        self.intent = ""

    def format(self, document: Any) -> bytes:
        """Give the catalogue to the file."""
        outlines = f"/Outlines {reference(document, self.Outlines)}" if self.Outlines else ""
        return (
            f"<</Type/Catalog/Pages {reference(document, self.Pages)}{outlines}/PageMode/UseNone"
            f"/Lang({self.language})/MarkInfo<</Marked true>>"
            f"/StructTreeRoot {reference(document, self.tree)}"
            f"/Metadata {reference(document, self.metadata)}/OutputIntents[{self.intent}]"
            f"/ViewerPreferences{_PREFERENCES}>>"
        ).encode("ascii")


class Information(pdfdoc.PDFInfo):
    """What the file says of itself, the same as its metadata. `made_on` is its day."""

    def __init__(self, title: str, author: str, creator: str, made_on: date) -> None:
        super().__init__()
        self.title = title
        self.author = author
        self.creator = creator
        self.made_on = made_on

    def format(self, document: Any) -> bytes:  # noqa: ARG002 - ReportLab gives it
        """Give the dictionary to the file."""
        moment = f"(D:{self.made_on:%Y%m%d}000000+00'00')"
        return (
            f"<</Title{text_string(self.title)}/Author{text_string(self.author)}"
            f"/Creator{text_string(self.creator)}/Producer{text_string(self.producer)}"
            f"/CreationDate{moment}/ModDate{moment}>>"
        ).encode("latin-1")


def take_over(document: Any, language: str, tree: Any, information: Information) -> Catalogue:
    """Put these in the place of ReportLab's own in its new document; give the catalogue."""
    document.Pages = Pages()
    document.info = information
    catalogue = Catalogue(language, tree, document.Pages, document.Outlines)
    document.Catalog = document._catalog = catalogue
    document.idToObject[FONTS] = Fonts()
    return catalogue
