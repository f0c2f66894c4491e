"""How each role looks: sizes as a share of the body size, weights, colours, spaces.

Nothing is said by colour alone; on a black-and-white printer every meaning stays.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

from hub.sheets.blocks import Role
from hub.sheets.formats import MM
from hub.sheets.languages import Tongue

Colour = tuple[float, float, float]

INK: Final[Colour] = (0.08, 0.10, 0.12)
ACCENT: Final[Colour] = (0.03, 0.29, 0.36)
QUIET: Final[Colour] = (0.30, 0.33, 0.35)
HAIRLINE: Final[Colour] = (0.72, 0.76, 0.78)
TINT: Final[Colour] = (0.925, 0.955, 0.96)
WHITE: Final[Colour] = (1.0, 1.0, 1.0)
BLACK: Final[Colour] = (0.0, 0.0, 0.0)

LEAST_SMALL: Final = 7.5


@dataclass(frozen=True, slots=True)
class RoleStyle:
    """The look of a role. `before` is the space above it and `size` its size, per body size.

    `capped` sizes stop growing with the body, so that large print keeps room for the advice;
    `dense` does so where a sheet would otherwise not fit its page.
    """

    tag: str
    size: float
    bold: bool = False
    colour: Colour = INK
    before: float = 0.0
    keep: bool = False
    panel: str = ""
    capped: float = 99.0
    dense: float = 99.0


STYLES: Final[dict[Role, RoleStyle]] = {
    "demonstration": RoleStyle("P", 0.95, bold=True, panel="solid", capped=12, dense=9),
    "brand": RoleStyle("P", 0.8, colour=QUIET, before=0.2, capped=12, dense=7.5),
    "kicker": RoleStyle("P", 0.9, True, ACCENT, before=0.7, keep=True, dense=9),
    "title": RoleStyle("H1", 1.62, bold=True, before=0.15, keep=True, dense=18.5),
    "mark": RoleStyle("P", 0.8, before=0.5, keep=True, panel="dashed", capped=11, dense=7.5),
    "first": RoleStyle("LI", 1.04, bold=True, before=0.3, panel="tint", dense=16),
    "gist": RoleStyle("P", 1.06, before=0.75, dense=16),
    "heading": RoleStyle("H2", 1.08, True, ACCENT, before=0.95, keep=True, dense=11.5),
    "step": RoleStyle("LI", 1.0, before=0.42),
    "tick": RoleStyle("LI", 1.0, before=0.32),
    "amount": RoleStyle("TR", 1.0, before=0.3, dense=12),
    "note": RoleStyle("P", 1.0, before=0.75, dense=11.5),
    "promise": RoleStyle("P", 1.0, before=0.6, capped=14, dense=9),
    "small": RoleStyle("P", 0.8, colour=QUIET, before=0.4, capped=12, dense=7.5),
    "hub": RoleStyle("P", 0.86, bold=True, before=0.7, capped=13, dense=8),
}
BLANK_LENGTH: Final = 28 * MM
_DENSE_BLANK: Final = 22 * MM


class Scale(NamedTuple):
    """One way to set a sheet: body size in points, and how generous the spaces are (from 0).

    `dense` is the last resort of a sheet that must keep to its page: narrow margins, and all
    but the advice itself in small type.
    """

    body: float
    air: float
    ink_only: bool
    large: bool = False
    dense: bool = False

    @property
    def blank(self) -> float:
        """The length of a writing line in points."""
        return _DENSE_BLANK if self.dense else BLANK_LENGTH

    @property
    def small(self) -> float:
        """The size of labels in a dense sheet."""
        return min(self.body * 0.8, 9.0)

    def size(self, style: RoleStyle) -> float:
        """The size of a role in points; in large print nothing is smaller than the body."""
        if self.large:
            return max(self.body, self.body * style.size)
        most = min(style.capped, style.dense) if self.dense else style.capped
        return max(min(self.body * style.size, most), LEAST_SMALL)

    def enlarged(self, speech: Tongue) -> float:
        """How much larger a script is set, so that it looks as large as Latin."""
        return 1.0 if self.dense else speech.enlarged

    def leading(self, size: float) -> float:
        """The distance between baselines."""
        if self.dense:
            return size * (1.13 + 0.07 * min(self.air, 1.0))
        air = min(self.air, 1.0)
        return size * (1.2 + 0.18 * air if size < 15 else 1.16 + 0.1 * air)

    def before(self, style: RoleStyle) -> float:
        """The space above a role."""
        if self.dense:
            return style.before * min(self.body, 12) * (0.26 + 0.3 * self.air)
        return style.before * self.body * (0.28 + 0.82 * self.air)

    def colour(self, colour: Colour) -> Colour:
        """The colour, or black on a printer that has no greys; white stays white."""
        return BLACK if self.ink_only and colour != WHITE else colour
