"""A sheet as it came out of the desk: its words in one line, its pages, its links to the web."""

import re
import subprocess
from io import BytesIO

import pikepdf

from tests.support.machine import program


def text_of(pdf: bytes) -> str:
    """Give the words of a printed sheet in one line, without invisible characters."""
    read = subprocess.run(
        [program("pdftotext"), "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    plain = re.sub("[\u2066-\u2069\u202a-\u202e]", "", read.stdout.decode())
    return re.sub(r"[\s\u00a0]+", " ", plain)


def page_widths(pdf: bytes) -> set[int]:
    """Give the widths of the pages in points."""
    with pikepdf.open(BytesIO(pdf)) as sheet:
        return {round(float(page.mediabox[2])) for page in sheet.pages}
