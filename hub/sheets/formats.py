"""Papers and body sizes. All lengths are PDF points (1/72 inch)."""

from dataclasses import dataclass, replace
from typing import Final

from hub.i18n import N_
from hub.sheets.content import Format
from hub.sheets.refusals import FormatRefused

MM: Final = 72 / 25.4
SMALLEST: Final = 7.0
LARGEST: Final = 36.0
LARGE_PRINT: Final = 18.0

_NO_PAPER = N_("There is no paper “%(paper)s”. Choose a4, a5 or receipt.")
_NO_SIZE = N_(
    "A body size of %(points)s points cannot be printed. Choose one from %(least)s to %(most)s."
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with its margins. `height` is None where the paper is as long as the text."""

    width: float
    height: float | None
    side: float
    top: float
    bottom: float
    gutter: float
    bodies: tuple[float, ...]
    ink_only: bool = False

    @property
    def measure(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.side


PAPERS: Final = {
    "a4": Paper(210 * MM, 297 * MM, 40, 30, 40, 28, (11.5, 11, 10.5, 10, 9.5)),
    "a5": Paper(148 * MM, 210 * MM, 30, 26, 34, 22, (10.5, 10, 9.5, 9, 8.5)),
    "receipt": Paper(80 * MM, None, 4.5 * MM, 14, 20, 10, (9.5,), ink_only=True),
}
# One language over the whole width of an A4 wants wider margins and a larger body.
_A4_SINGLE: Final = Paper(210 * MM, 297 * MM, 62, 34, 42, 28, (13, 12.5, 12, 11, 10))


def check_format(format: Format) -> None:  # noqa: A002
    """Raise `FormatRefused` for a paper or a size that cannot be printed."""
    if format.paper not in PAPERS:
        raise FormatRefused(_NO_PAPER, field="size", paper=format.paper)
    least = LARGE_PRINT if format.large else SMALLEST
    if format.points is not None and not least <= format.points <= LARGEST:
        raise FormatRefused(
            _NO_SIZE,
            field="points",
            points=f"{format.points:g}",
            least=f"{least:g}",
            most=f"{LARGEST:g}",
        )


def paper_of(format: Format, columns: int) -> Paper:  # noqa: A002
    """Give the paper of a format for a sheet with so many columns."""
    if format.paper == "a4" and columns == 1 and not format.large:
        return _A4_SINGLE
    return PAPERS[format.paper]


def narrowed(paper: Paper) -> Paper:
    """Give the paper with the margins of a dense sheet; every printer still reaches them."""
    return replace(paper, side=min(paper.side, 26), top=18, bottom=25, gutter=18)


def bodies_of(format: Format, paper: Paper) -> tuple[float, ...]:  # noqa: A002
    """Give the body sizes to try, best first."""
    if format.points is not None:
        return (format.points,)
    return (LARGE_PRINT,) if format.large else paper.bodies
