"""How each role looks: sizes as a share of the body size, weights, colours, spaces.

Nothing is said by colour alone; on a black-and-white printer every meaning stays.
"""

from dataclasses import dataclass
from typing import Final

from hub.sheets.blocks import Role

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

    `capped` sizes stop growing with the body, so that large print keeps room for the advice.
    """

    tag: str
    size: float
    bold: bool = False
    colour: Colour = INK
    before: float = 0.0
    keep: bool = False
    panel: str = ""
    capped: float = 99.0


STYLES: Final[dict[Role, RoleStyle]] = {
    "demonstration": RoleStyle("P", 0.95, bold=True, panel="solid", capped=12),
    "brand": RoleStyle("P", 0.8, colour=QUIET, before=0.2, capped=12),
    "kicker": RoleStyle("P", 0.9, bold=True, colour=ACCENT, before=0.7, keep=True),
    "title": RoleStyle("H1", 1.62, bold=True, before=0.15, keep=True),
    "mark": RoleStyle("P", 0.8, before=0.5, keep=True, panel="dashed", capped=11),
    "first": RoleStyle("LI", 1.04, bold=True, before=0.3, panel="tint"),
    "gist": RoleStyle("P", 1.06, before=0.75),
    "heading": RoleStyle("H2", 1.08, bold=True, colour=ACCENT, before=0.95, keep=True),
    "step": RoleStyle("LI", 1.0, before=0.42),
    "tick": RoleStyle("LI", 1.0, before=0.32),
    "amount": RoleStyle("TR", 1.0, before=0.3),
    "note": RoleStyle("P", 1.0, before=0.75),
    "promise": RoleStyle("P", 1.0, before=0.6, capped=14),
    "small": RoleStyle("P", 0.8, colour=QUIET, before=0.4, capped=12),
    "hub": RoleStyle("P", 0.86, bold=True, before=0.7, capped=13),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """One way to set a sheet: body size in points, and how generous the spaces are (0 to 1.6)."""

    body: float
    air: float
    ink_only: bool
    large: bool = False

    def size(self, style: RoleStyle) -> float:
        """The size of a role in points; in large print nothing is smaller than the body."""
        if self.large:
            return max(self.body, self.body * style.size)
        return max(min(self.body * style.size, style.capped), LEAST_SMALL)

    def leading(self, size: float) -> float:
        """The distance between baselines."""
        air = min(self.air, 1.0)
        return size * (1.2 + 0.18 * air if size < 15 else 1.16 + 0.1 * air)

    def before(self, style: RoleStyle) -> float:
        """The space above a role."""
        return style.before * self.body * (0.28 + 0.82 * self.air)

    def colour(self, colour: Colour) -> Colour:
        """The colour, or black on a printer that has no greys."""
        return BLACK if self.ink_only else colour
